const names = new Set([
  'localhost',
  'localhost6',
  'localhost.localdomain',
  'localhost6.localdomain6',
  'ip6-localhost',
  'ip6-loopback',
]);

/**
 * IPv4 within IPv6: mapped, compatible, translated and 6to4. The IPv4 address is in the last two
 * groups, or in the second and third.
 */
const embedded =
  /^\[(?:::ffff:(?:0:)?|::|64:ff9b::)([\da-f]{1,4}):[\da-f]{1,4}\]$|^\[2002:([\da-f]{1,4}):/;

/**
 * True if a host, as `new URL` writes it, is this computer. The sender of a link cannot mean a
 * program that listens there, but may want to attack it. URL has already unified decimal,
 * hexadecimal and octal forms.
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
