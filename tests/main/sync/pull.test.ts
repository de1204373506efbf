import { beforeEach, expect, test } from 'vitest';
import type { SyncPage } from '../../../src/contract/api.ts';
import { readMeta } from '../../../src/main/db/meta.ts';
import type { WriteDb } from '../../../src/main/db/open.ts';
import { ApiError } from '../../../src/main/sync/api-error.ts';
import type { Auth } from '../../../src/main/sync/auth.ts';
import { pullToEnd } from '../../../src/main/sync/pull.ts';
import { useCache } from '../../helpers/cache.ts';
import { fakeClock } from '../../helpers/clock.ts';

const cacheOf = useCache();
let cache: WriteDb;
beforeEach(() => { cache = cacheOf(); });

const page = (next: string, more: boolean): SyncPage => ({ tickets: [], messages: [], staff: [], macros: [], removed: [], next_cursor: next, has_more: more });

/** Pulls from pages by cursor; what was asked and applied, in its order. */
async function pull(answer: (cursor: string | null) => SyncPage): Promise<string[]> {
  const order: string[] = [];
  const request = ((_: string, { query }: { query: { cursor?: string } }) => {
    order.push(`ask ${query.cursor ?? 'all'}`);
    return Promise.resolve().then(() => answer(query.cursor ?? null));
  }) as unknown as Auth['request'];
  await pullToEnd({
    // Only requests are made of it.
    auth: { request } as Auth,
    cache, clock: fakeClock(), me: 'me', readThrough: () => 0, readBaseline: () => 0, copyFrom: () => null, stopped: () => false,
    onPage: () => { order.push(`applied ${readMeta(cache, 'cursor') ?? ''}`); },
  });
  return order;
}

test('the next page of a full copy is asked for while this one is applied; of the feed it is not', async () => {
  const pages: Record<string, SyncPage> = { all: page('b', true), b: page('c', true), c: page('d', false) };
  expect(await pull((cursor) => pages[cursor ?? 'all'] ?? page('d', false))).toEqual(['ask all', 'ask b', 'applied b', 'ask c', 'applied c', 'applied d']);
  expect(await pull((cursor) => (cursor === 'd' ? page('e', true) : page('f', false)))).toEqual(['ask d', 'applied e', 'ask e', 'applied f']);
});

test('a cursor that is outlived in the middle of a copy begins a new one, also where it was asked for ahead', async () => {
  let refused = false;
  const order = await pull((cursor) => {
    if (cursor === null) return page('b', true);
    if (refused) return page('c', false);
    refused = true;
    throw new ApiError({ kind: 'status', status: 410, detail: 'gone', retryAfterMs: null, body: null });
  });
  expect(order).toEqual(['ask all', 'ask b', 'applied b', 'ask all', 'ask b', 'applied b', 'applied c']);
  expect(readMeta(cache, 'snapshot')).toBe('done');
});
