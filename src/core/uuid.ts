import type { Random } from './clock.ts';

/** A version 7 UUID (RFC 9562): sorts by creation time. `now` in milliseconds since the epoch. */
export function uuidV7(now: number, random: Random): string {
  const bytes = Array.from({ length: 16 }, () => Math.floor(random() * 256));
  for (let i = 0; i < 6; i += 1) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.map((b) => b.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
