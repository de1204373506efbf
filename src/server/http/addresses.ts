import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * The addresses that count as one caller: an IPv4 address, or the /64 of an IPv6 address, because
 * one line is assigned that many. An IPv4 address written as IPv6 (mapped, or the network of a 6to4
 * gateway) is the IPv4 address.
 */
export function placeOf(address: string): string {
  const [ip = ''] = address.split('%');
  if (!isIPv6(ip)) return ip;
  const groups = groupsOf(ip);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return ipv4Of(groups[6], groups[7]);
  if (groups[0] === 0x2002) return ipv4Of(groups[1], groups[2]);
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight numbers of an IPv6 address. */
function groupsOf(ip: string): number[] {
  const [head = '', tail] = ip.split('::');
  const before = numbersOf(head);
  if (tail === undefined) return before;
  const after = numbersOf(tail);
  return [
    ...before,
    ...Array.from({ length: 8 - before.length - after.length }, () => 0),
    ...after,
  ];
}

function numbersOf(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!isIPv4(group)) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

const ipv4Of = (high = 0, low = 0): string =>
  [high >> 8, high & 255, low >> 8, low & 255].join('.');

const namedRanges: Record<string, readonly string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** Returns a test whether an address is one of `--trust-proxy`. */
export function inRanges(ranges: string | null): (address: string) => boolean {
  const list = new BlockList();
  const parts = (ranges ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  for (const range of parts.flatMap((part) => namedRanges[part] ?? [part])) {
    const [network = '', bits] = range.split('/');
    const family = isIPv6(network) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(network, family);
    else list.addSubnet(network, Number(bits), family);
  }
  return (address) => {
    const [ip = ''] = address.replace(/^::ffff:(?=\d+\.)/i, '').split('%');
    return list.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');
  };
}
