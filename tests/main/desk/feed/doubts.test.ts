import { beforeEach, describe, expect, test } from 'vitest';
import {
  believeThisCopy,
  outweighsEarlier,
  tooOftenDoubted,
} from '../../../../src/main/desk/feed/doubts.ts';
import { beginSnapshot } from '../../../../src/main/desk/feed/generation.ts';
import type { WriteDb } from '../../../../src/main/desk/sqlite/connection.ts';
import { writeMeta } from '../../../../src/main/desk/sqlite/meta.ts';
import { useCache } from '../../../helpers/cache.ts';

const cacheOf = useCache();
let cache: WriteDb;
beforeEach(() => {
  cache = cacheOf();
});

/** How many answers are doubted until that is too many. */
function untilTooMany(isTooMany: () => boolean): number {
  for (let times = 1; times < 10_000; times += 1) if (isTooMany()) return times;
  return Infinity;
}

describe('answers at one cursor that cannot be true', () => {
  test('are too many at the fourth in a row', () => {
    expect(tooOftenDoubted(cache, 'a')).toBe(false);
    expect(untilTooMany(() => tooOftenDoubted(cache, 'b'))).toBe(4);
  });

  test('begin a copy ever more rarely while none ends, but never not at all', () => {
    const counts = Array.from({ length: 11 }, () =>
      untilTooMany(() => tooOftenDoubted(cache, 'a')),
    );
    expect(counts).toEqual([4, 7, 13, 25, 49, 97, 193, 385, 769, 769, 769]);
  });

  test('are counted on from what an earlier version has stored', () => {
    writeMeta(cache, 'doubted', '{"cursor":"a","times":3}');
    expect(tooOftenDoubted(cache, 'a')).toBe(true);
  });
});

test('a full copy outweighs an earlier one at its seventh contradiction, and from then on', () => {
  expect(untilTooMany(() => outweighsEarlier(cache))).toBe(7);
  expect(outweighsEarlier(cache)).toBe(true);
  beginSnapshot(cache);
  expect(untilTooMany(() => outweighsEarlier(cache))).toBe(7);
});

test('a copy from a server of another level than before is believed at once', () => {
  believeThisCopy(cache);
  expect(outweighsEarlier(cache)).toBe(true);
  beginSnapshot(cache);
  expect(outweighsEarlier(cache)).toBe(false);
});
