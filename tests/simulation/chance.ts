import type { Random } from '../../src/core/clock.ts';

/** Seeded chance: the only one that a simulation knows. */
export interface Chance {
  random: Random;
  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  flip(probability: number): boolean;
  /** A version 4 UUID. */
  uuid(): string;
}

/** The same seed and label give the same sequence (sfc32, seeded by a 32-bit hash of both). */
export function createChance(seed: number, label: string): Chance {
  let [a, b, c, counter] = [
    hash(`a${label}`, seed),
    hash(`b${label}`, seed),
    hash(`c${label}`, seed),
    1,
  ];
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i += 1) next();
  const random = (): number => next() / 2 ** 32;
  const between = (low: number, high: number): number =>
    low + Math.floor(random() * (high - low + 1));
  return {
    random,
    between,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new Error('nothing to pick from');
      // The index is below the length by construction.
      return list[between(0, list.length - 1)] as T;
    },
    flip: (probability) => random() < probability,
    uuid() {
      const hex = [next(), next(), next(), next()]
        .map((n) => n.toString(16).padStart(8, '0'))
        .join('');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
}

function hash(text: string, seed: number): number {
  let h = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 13)) | 0;
}
