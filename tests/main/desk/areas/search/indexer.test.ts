import { beforeEach, expect, test } from 'vitest';
import type { Message } from '../../../../../src/contract/wire/entities.ts';
import { storeMessages } from '../../../../../src/main/desk/areas/tickets/message-writes.ts';
import type { WriteDb } from '../../../../../src/main/desk/sqlite/connection.ts';
import {
  countWaiting,
  indexWaiting,
} from '../../../../../src/main/desk/areas/search/search-index.ts';
import { createIndexer } from '../../../../../src/main/desk/areas/search/indexer.ts';
import { useCache } from '../../../../helpers/cache.ts';
import { createFakeClock } from '../../../../helpers/fake-clock.ts';
import { indexDamage } from '../../../../helpers/index-damage.ts';

const cacheOf = useCache();
let cache: WriteDb;
beforeEach(() => {
  cache = cacheOf();
});

const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
function store(from: number, count: number, text = ''): void {
  const messages = Array.from({ length: count }, (_, i): Message => ({
    id: uuid(from + i),
    ticket_id: uuid(1),
    user_id: uuid(2),
    staff_id: null,
    message: `word ${from + i}${text}`,
    is_internal: false,
    is_staff: false,
    created_at: new Date(1_700_000_000_000 + (from + i) * 1_000).toISOString(),
    author_name: 'Dana',
    client_id: null,
    mentions: [],
  }));
  cache.transaction(() => {
    storeMessages(cache, messages, 1);
  });
}
const waiting = (): number => countWaiting(cache, 10_000);

test('indexes in slices until nothing waits, and then plans nothing more', () => {
  const clock = createFakeClock();
  const indexer = createIndexer(cache, clock);
  store(1, 700);
  indexer.wake();
  clock.advance(0);
  expect(waiting()).toBeGreaterThan(0);
  expect(waiting()).toBeLessThan(700);
  clock.advance(10_000);
  expect([waiting(), clock.waiting()]).toEqual([0, 0]);
  expect(indexDamage(cache)).toEqual([]);
});

test('a search finds what a page of the feed has just brought; behind a full copy it says that something is missing', () => {
  const indexer = createIndexer(cache, createFakeClock());
  store(1, 400);
  expect([indexer.catchUp(), waiting()]).toEqual([true, 0]);
  store(1_000, 401);
  expect([indexer.catchUp(), waiting()]).toEqual([false, 401]);
});

test('a slice ends at three of the longest messages, whatever their number, and a search does not wait for many', () => {
  const indexer = createIndexer(cache, createFakeClock());
  store(1, 8, ' long'.repeat(19_000));
  expect([indexer.catchUp(), waiting()]).toEqual([false, 8]);
  expect(indexWaiting(cache, 500)).toBe(3);
  expect(waiting()).toBe(5);
  while (indexWaiting(cache, 500) > 0);
  expect([waiting(), indexer.catchUp(), indexDamage(cache)]).toEqual([0, true, []]);
});

test('does nothing any more once it is stopped', () => {
  const clock = createFakeClock();
  const indexer = createIndexer(cache, clock);
  store(1, 10);
  indexer.wake();
  indexer.stop();
  clock.advance(10_000);
  expect(waiting()).toBe(10);
});
