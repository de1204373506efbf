import { beforeEach, describe, expect, test } from 'vitest';
import { endOfCursor, SyncPage } from '../../../../src/contract/wire/api.ts';
import type { Message, Ticket } from '../../../../src/contract/wire/entities.ts';
import { readMeta } from '../../../../src/main/desk/sqlite/meta.ts';
import type { WriteDb } from '../../../../src/main/desk/sqlite/connection.ts';
import { ApiError } from '../../../../src/main/desk/feed/api-error.ts';
import { beginSnapshot } from '../../../../src/main/desk/feed/generation.ts';
import { pullToEnd } from '../../../../src/main/desk/feed/pull.ts';
import { useCache } from '../../../helpers/cache.ts';
import { createFakeClock } from '../../../helpers/fake-clock.ts';

const cacheOf = useCache();
let cache: WriteDb;
beforeEach(() => {
  cache = cacheOf();
});

const page = (next: string, more: boolean): SyncPage => ({
  tickets: [],
  messages: [],
  staff: [],
  macros: [],
  removed: [],
  next_cursor: next,
  has_more: more,
});

/** Pulls from pages by cursor; what was asked and applied, in its order. */
async function pull(answer: (cursor: string | null) => SyncPage): Promise<string[]> {
  const order: string[] = [];
  await pullToEnd({
    data: {
      account: { id: 'me', name: 'Maya' },
      cache,
      marks: { readThrough: () => 0, baseline: () => 0 },
    },
    pages: {
      page({ cursor }) {
        order.push(`ask ${cursor ?? 'all'}`);
        return Promise.resolve().then(() => answer(cursor));
      },
      bytes: () => Promise.reject(new Error('nobody reads pages elsewhere')),
    },
    clock: createFakeClock(),
    copyFrom: () => null,
    stopped: () => false,
    onPage: () => {
      order.push(`applied ${readMeta(cache, 'cursor') ?? ''}`);
    },
  });
  return order;
}

test('the next page of a full copy is asked for while this one is applied; of the feed it is not', async () => {
  const pages: Record<string, SyncPage> = {
    all: page('b', true),
    b: page('c', true),
    c: page('d', false),
  };
  expect(await pull((cursor) => pages[cursor ?? 'all'] ?? page('d', false))).toEqual([
    'ask all',
    'ask b',
    'applied b',
    'ask c',
    'applied c',
    'applied d',
  ]);
  expect(await pull((cursor) => (cursor === 'd' ? page('e', true) : page('f', false)))).toEqual([
    'ask d',
    'applied e',
    'ask e',
    'applied f',
  ]);
});

test('a cursor that is outlived in the middle of a copy begins a new one, also where it was asked for ahead', async () => {
  let refused = false;
  const order = await pull((cursor) => {
    if (cursor === null) return page('b', true);
    if (refused) return page('c', false);
    refused = true;
    throw new ApiError({
      kind: 'status',
      status: 410,
      detail: 'Cursor has expired; start again without one',
      retryAfterMs: null,
      body: null,
    });
  });
  expect(order).toEqual([
    'ask all',
    'ask b',
    'applied b',
    'ask all',
    'ask b',
    'applied b',
    'applied c',
  ]);
  expect(readMeta(cache, 'snapshot')).toBe('done');
});

describe('a feed that does not get on is a bad answer, and its page is not taken', () => {
  const copied = page('a', false);
  const id = (n: number): string => `0199d7a0-0000-7000-8000-${String(n).padStart(12, '0')}`;
  const removal = (n: number): SyncPage => ({
    ...page(`c${n}`, true),
    removed: [{ kind: 'macro', id: id(n) }],
  });
  const badAnswer = { failure: { kind: 'bad-answer' } };

  async function pullFeed(
    answer: (cursor: string) => SyncPage,
  ): Promise<{ asked: number; cursor: string | null }> {
    let asked = 0;
    await pull(() => copied);
    await expect(
      pull((cursor) => {
        asked += 1;
        return answer(cursor ?? '');
      }),
    ).rejects.toMatchObject(badAnswer);
    return { asked, cursor: readMeta(cache, 'cursor') };
  }

  test('more at the same cursor', async () => {
    expect(await pullFeed(() => page('a', true))).toEqual({ asked: 1, cursor: 'a' });
  });

  test.each([2, 3, 7, 40])('a circle of %i cursors, each page with a row', async (length) => {
    let n = 0;
    const { asked } = await pullFeed(() => {
      n += 1;
      return { ...removal(n), next_cursor: `c${n % length}` };
    });
    expect(asked).toBeLessThan(4 * length);
  });

  test('other cursors without end and no row', async () => {
    let n = 0;
    const { asked } = await pullFeed(() => page(`c${(n += 1)}`, true));
    expect(asked).toBe(20);
  });

  test('other cursors without end and the same rows', async () => {
    let n = 0;
    const { asked } = await pullFeed(() => ({ ...removal(1), next_cursor: `c${(n += 1)}` }));
    expect(asked).toBe(21);
  });

  test('a copy whose pages bring nothing without end', async () => {
    let n = 0;
    await expect(pull(() => page(`c${(n += 1)}`, true))).rejects.toMatchObject(badAnswer);
    expect(n).toBeLessThan(30);
  });

  test('many pages with a new row each are none', async () => {
    await pull(() => copied);
    let n = 0;
    await pull(() => {
      n += 1;
      return n < 500 ? removal(n) : page('end', false);
    });
    expect(readMeta(cache, 'cursor')).toBe('end');
  });
});

describe('a page that follows another cursor than the one asked with', () => {
  const badAnswer = { failure: { kind: 'bad-answer', why: 'a page behind another cursor' } };
  const elsewhere: SyncPage = { ...page('z', false), after: 'y' };

  test('is not the whole of a new copy', async () => {
    await expect(pull(() => elsewhere)).rejects.toMatchObject(badAnswer);
    expect(readMeta(cache, 'cursor')).toBeNull();
  });

  test('ends no copy', async () => {
    await expect(
      pull((cursor) => (cursor === null ? { ...page('b', true), after: '' } : elsewhere)),
    ).rejects.toMatchObject(badAnswer);
    expect([readMeta(cache, 'cursor'), readMeta(cache, 'snapshot')]).toEqual(['b', null]);
  });

  test('is not where the feed goes on', async () => {
    await pull(() => page('a'.repeat(40), false));
    await expect(pull(() => elsewhere)).rejects.toMatchObject(badAnswer);
    expect(await pull(() => ({ ...page('b', false), after: endOfCursor('a'.repeat(40)) }))).toEqual(
      [`ask ${'a'.repeat(40)}`, 'applied b'],
    );
  });
});

test('a cursor longer than the server itself takes is no page', () => {
  expect(SyncPage.safeParse(page('x'.repeat(2_048), false)).success).toBe(true);
  expect(SyncPage.safeParse(page('x'.repeat(2_049), false)).success).toBe(false);
});

test('what something between says of a cursor begins no copy, unless it goes on saying it', async () => {
  await pull(() => page('a', false));
  for (const tries of [1, 2, 3]) {
    await expect(
      pull(() => {
        throw new ApiError({
          kind: 'status',
          status: 410,
          detail: 'Gone',
          retryAfterMs: null,
          body: null,
        });
      }),
      String(tries),
    ).rejects.toBeInstanceOf(ApiError);
    expect(readMeta(cache, 'snapshot')).toBe('done');
  }
  const order = await pull((cursor) => {
    if (cursor === 'a')
      throw new ApiError({
        kind: 'status',
        status: 410,
        detail: 'Gone',
        retryAfterMs: null,
        body: null,
      });
    return page('b', false);
  });
  expect(order).toEqual(['ask a', 'ask all', 'applied b']);
});

describe('a page of a new full copy with an id that named another message before', () => {
  const id = (n: number): string => `0199d7a0-0000-7000-8000-${String(n).padStart(12, '0')}`;
  const dana = { id: id(901), name: 'Dana', email: 'dana@example.test' };
  const at = (hour: number): string => `2026-01-01T0${hour}:00:00.000001Z`;
  const ticket = (n: number): Ticket => ({
    id: id(n),
    subject: 'Statement is empty',
    category: 'funding',
    priority: 'high',
    status: 'open',
    created_at: at(n),
    updated_at: at(n),
    resolved_at: null,
    last_message_at: at(n),
    requester: dana,
    assignee_id: null,
    tags: [],
    snoozed_until: null,
    version: 1,
    message_count: 1,
    last_message: null,
  });
  /** The message of ticket `n`. */
  const message = (n: number): Message => ({
    id: id(10 + n),
    ticket_id: id(n),
    user_id: dana.id,
    staff_id: null,
    message: `Text ${n}`,
    is_internal: false,
    is_staff: false,
    created_at: at(n),
    author_name: dana.name,
    client_id: null,
    mentions: [],
  });
  const of = (n: number, next: string, more: boolean): SyncPage => ({
    ...page(next, more),
    tickets: [ticket(n)],
    messages: [message(n)],
  });
  /** The page of ticket 1 as a fault of the way has made it: its message has the id of the other. */
  const taken: SyncPage = {
    ...of(1, 'b', true),
    messages: [{ ...message(1), id: message(2).id }],
  };
  const wayIn = (first: SyncPage) => (cursor: string | null) =>
    cursor === null ? first : of(2, 'end', false);
  const stored = () =>
    cache.prepare('select id, ticket_id, text, created_at from messages order by ticket_id').all();
  const rows = (...messages: Message[]) =>
    messages.map((one) => ({
      id: one.id,
      ticket_id: one.ticket_id,
      text: one.message,
      created_at: Date.parse(one.created_at),
    }));
  const badAnswer = { failure: { kind: 'bad-answer', why: 'a message of another time' } };

  beforeEach(async () => {
    await pull(wayIn(of(1, 'b', true)));
    beginSnapshot(cache);
  });

  test('is refused, and what was here is as it was', async () => {
    await expect(pull(wayIn(taken))).rejects.toMatchObject(badAnswer);
    expect(readMeta(cache, 'cursor')).toBeNull();
    expect(stored()).toEqual(rows(message(1), message(2)));
    await pull(wayIn(of(1, 'b', true)));
    expect(readMeta(cache, 'snapshot')).toBe('done');
    expect(stored()).toEqual(rows(message(1), message(2)));
  });

  test('is believed where the server goes on saying so: then the earlier copy was wrong', async () => {
    const server = (cursor: string | null): SyncPage =>
      cursor === null ? taken : { ...page('end', false), tickets: [ticket(2)] };
    for (let times = 1; times <= 6; times += 1)
      await expect(pull(server)).rejects.toMatchObject(badAnswer);
    await pull(server);
    expect(readMeta(cache, 'snapshot')).toBe('done');
    expect(stored()).toEqual(rows({ ...message(1), id: message(2).id }));
  });

  test('makes its copy begin again where it was believed and the rest of the copy says otherwise', async () => {
    const refused = async (server: (cursor: string | null) => SyncPage, times: number) => {
      for (let n = 0; n < times; n += 1)
        await expect(pull(server)).rejects.toMatchObject(badAnswer);
    };
    await refused(wayIn(taken), 6);
    // Believed, and then the page of ticket 2 is refused.
    await refused(wayIn(taken), 3);
    expect(readMeta(cache, 'cursor')).toBe('b');
    // The next copy, in turn, is contradicted by this one.
    await refused(wayIn(of(1, 'b', true)), 6);
    await pull(wayIn(of(1, 'b', true)));
    expect(readMeta(cache, 'snapshot')).toBe('done');
    expect(stored()).toEqual(rows(message(1), message(2)));
  });
});
