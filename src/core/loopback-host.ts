const names = new Set([
  'localhost',
  'localhost6',
  'localhost.localdomain',
  'localhost6.localdomain6',
  'ip6-localhost',
  'ip6-loopback',
]);

/**
 * Of IPv4 in IPv6: mapped, compatible, translated and 6to4; the last two groups are the IPv4
 * address, or the second and third.
 */
const embedded =
  /^\[(?:::ffff:(?:0:)?|::|64:ff9b::)([\da-f]{1,4}):[\da-f]{1,4}\]$|^\[2002:([\da-f]{1,4}):/;

/**
 * Whether a host, as `new URL` writes it, is this computer itself. A program that listens there is
 * not what somebody who sends a link can mean, but it may be what they want to reach. Decimal,
 * hexadecimal and octal forms are one to URL.
 */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.+$/, '');
  if (names.has(host) || host.endsWith('.localhost')) return true;
  if (/^(?:127|0)(?:\.\d+){3}$/.test(host)) return true;
  if (host === '[::]' || host === '[::1]') return true;
  const [, last, first] = embedded.exec(host) ?? [];
  const group = last ?? first;
  return group !== undefined && [0x7f, 0].includes(Number.parseInt(group, 16) >> 8);
}
