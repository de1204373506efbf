import { createHash } from 'node:crypto';

export type Random = () => number;

/** A seeded generator of numbers in [0, 1): mulberry32, small and good enough for demo data. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * The seed of part `index` of `stream`, so that each ticket can be made without the ones before it.
 */
export function subSeed(seed: number, stream: number, index: number): number {
  let h =
    Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^
    Math.imul(stream + 1, 0xc2b2ae35) ^
    Math.imul(index + 1, 0x27d4eb2f);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  h ^= h >>> 12;
  return h >>> 0;
}

/** A whole number from `low` to `high`, both included. */
export function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** One of a list that is not empty. */
export function pick<T>(random: Random, list: readonly T[]): T {
  const found = list[Math.min(list.length - 1, Math.floor(random() * list.length))];
  if (found === undefined) throw new RangeError('Nothing to pick from.');
  return found;
}

/** True in `share` of the calls. */
export function chance(random: Random, share: number): boolean {
  return random() < share;
}

/** A UUID of version 4 shape, unique among those drawn from the same stream. */
export function uuid(random: Random): string {
  const hex = [0, 1, 2, 3]
    .map(() =>
      Math.floor(random() * 4_294_967_296)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('');
  const variant = '89ab'[parseInt(hex.charAt(16), 16) & 3] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/**
 * A UUID of version 7 shape from a creation time and a name. The generator above has 2^32 states,
 * so ids from many streams of it would collide; these do not.
 */
export function uuidOf(name: string, at: Date): string {
  const time = at.getTime().toString(16).padStart(12, '0');
  const hex = createHash('sha256').update(name).digest('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
