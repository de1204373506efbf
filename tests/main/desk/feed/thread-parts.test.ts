import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../../src/contract/wire/api.ts';
import type { Message, Ticket } from '../../../../src/contract/wire/entities.ts';
import { threadWindow } from '../../../../src/main/desk/areas/tickets/messages.ts';
import { writeMeta } from '../../../../src/main/desk/sqlite/meta.ts';
import type { WriteDb } from '../../../../src/main/desk/sqlite/connection.ts';
import {
  isPartial,
  partialThreads,
} from '../../../../src/main/desk/areas/tickets/threads-partial.ts';
import { getTicket } from '../../../../src/main/desk/areas/tickets/tickets-table.ts';
import type { RequestParts } from '../../../../src/main/desk/feed/api-client.ts';
import { ApiError } from '../../../../src/main/desk/feed/api-error.ts';
import type { Auth } from '../../../../src/main/desk/areas/session/auth.ts';
import { createWholeThreads } from '../../../../src/main/desk/feed/whole-threads.ts';
import { useCache } from '../../../helpers/cache.ts';

const cacheOf = useCache();
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [ticketId, customer, agent] = [uuid(1), uuid(2), uuid(3)];
const length = 9;
const at = (n: number): string => `2026-01-01T10:00:0${n}.000000Z`;

const ticket: Ticket = {
  id: ticketId,
  subject: 'A long one',
  category: 'other',
  priority: 'medium',
  status: 'open',
  created_at: at(0),
  updated_at: at(8),
  resolved_at: null,
  last_message_at: at(8),
  requester: { id: customer, name: 'Dana Okafor', email: 'dana@example.test' },
  assignee_id: null,
  tags: [],
  snoozed_until: null,
  version: 3,
  message_count: length,
  last_message: { preview: 'message 8', is_staff: false },
};
/** Staff wrote the one in the middle. */
const messages = Array.from({ length }, (_, n): Message => {
  const staff = n === 4;
  return {
    id: uuid(100 + n),
    ticket_id: ticketId,
    user_id: staff ? null : customer,
    staff_id: staff ? agent : null,
    message: `message ${n}`,
    is_internal: false,
    is_staff: staff,
    created_at: at(n),
    author_name: 'Somebody',
    client_id: null,
    mentions: [],
  };
});

/**
 * A server that answers two messages at a time, from the newest back; `failsAt`: the request that
 * gets no answer.
 */
function serverOf(failsAt = Infinity): { auth: Auth; asked: () => number } {
  let asked = 0;
  const request = (_: string, { query }: RequestParts): Promise<Answer<'getTicket'>> => {
    asked += 1;
    if (asked === failsAt) return Promise.reject(new ApiError({ kind: 'unreachable' }));
    expect(query?.['order']).toBe('desc');
    const from = Number(query?.['cursor'] ?? 0);
    const part = messages.toReversed().slice(from, from + 2);
    return Promise.resolve({
      ticket,
      messages: part,
      ...(from + 2 < length ? { next_cursor: String(from + 2) } : {}),
    });
  };
  return { auth: { request } as unknown as Auth, asked: () => asked };
}
function threadsOf(cache: WriteDb, auth: Auth, onChanged: () => void = () => undefined) {
  writeMeta(cache, 'snapshot', 'done');
  writeMeta(cache, 'cursor', 'somewhere');
  return createWholeThreads({ cache, auth, readThrough: () => 0, onChanged });
}
const here = (cache: WriteDb): string[] =>
  threadWindow(cache, ticketId, null, 100).map(({ text }) => text);
const all = messages.map(({ message }) => message);

describe('a thread that comes in parts', () => {
  test('can be read once its newest part is here, is partial until the last, and then whole', async () => {
    const cache = cacheOf();
    const { auth } = serverOf();
    const seen: [string[], boolean][] = [];
    const threads = threadsOf(cache, auth, () => {
      seen.push([here(cache), isPartial(cache, ticketId)]);
    });
    expect(await threads.fetch(ticketId)).toBe(ticketId);
    expect(seen[0]).toEqual([all.slice(-2), true]);
    expect(await threads.complete([ticketId])).toBe(true);
    expect(seen.map(([texts, partial]) => [texts.length, partial])).toEqual([
      [2, true],
      [4, true],
      [6, true],
      [8, true],
      [9, false],
    ]);
    expect(here(cache)).toEqual(all);
    expect(partialThreads(cache)).toEqual([]);
    await threads.stop();
  });

  test('and breaks off in the middle stays partial, and the next time comes whole', async () => {
    const cache = cacheOf();
    const broken = threadsOf(cache, serverOf(3).auth);
    expect(await broken.complete([ticketId])).toBe(false);
    await broken.stop();
    expect(here(cache)).toEqual(all.slice(-4));
    // As after a crash: nothing is known but what is in the file.
    expect(partialThreads(cache)).toEqual([ticketId]);
    const threads = threadsOf(cache, serverOf().auth);
    expect(await threads.complete(partialThreads(cache))).toBe(true);
    expect(here(cache)).toEqual(all);
    expect(partialThreads(cache)).toEqual([]);
    await threads.stop();
  });

  test('is unread from the first message that nobody answered, wherever the parts are cut', async () => {
    const cache = cacheOf();
    const threads = threadsOf(cache, serverOf().auth);
    await threads.complete([ticketId]);
    const unread = cache.prepare<[], { since: number }>('select since from unread').all();
    expect(unread).toEqual([{ since: Date.parse(at(5)) }]);
    expect(getTicket(cache, ticketId)?.last_customer_at).toBe(Date.parse(at(8)));
    await threads.stop();
  });

  test('of which the newest part fails is not there, and is asked for again', async () => {
    const cache = cacheOf();
    const threads = threadsOf(cache, serverOf(1).auth);
    await expect(threads.fetch(ticketId)).rejects.toThrow('unreachable');
    expect(await threads.fetch(ticketId)).toBe(ticketId);
    await threads.stop();
  });
});
