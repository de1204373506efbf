import { expect, test } from 'vitest';
import type { Message } from '../../../../src/contract/wire/entities.ts';
import { ApiError } from '../../../../src/main/desk/feed/api-error.ts';
import { threadWindow } from '../../../../src/main/desk/areas/tickets/messages.ts';
import { writeMeta } from '../../../../src/main/desk/sqlite/meta.ts';
import { beginSnapshot } from '../../../../src/main/desk/feed/generation.ts';
import type { Auth } from '../../../../src/main/desk/areas/session/auth.ts';
import { createWholeThreads } from '../../../../src/main/desk/feed/whole-threads.ts';
import { useCache } from '../../../helpers/cache.ts';
import { plainTicket } from '../../../helpers/plain-ticket.ts';

const cacheOf = useCache();

test('a ticket that the server did not know is not asked for again, until a new full copy may know it', async () => {
  const cache = cacheOf();
  const asked: string[] = [];
  const auth = {
    request: (_: string, { params }: { params: { id: string } }) => {
      asked.push(params.id);
      return Promise.reject(
        new ApiError({
          kind: 'status',
          status: 404,
          detail: 'Ticket not found',
          retryAfterMs: null,
          body: undefined,
        }),
      );
    },
  } as unknown as Auth;
  const threads = createWholeThreads({
    cache,
    auth,
    readThrough: () => 0,
    onChanged: () => undefined,
  });
  expect(await threads.complete(['one', 'other'])).toBe(true);
  expect(await threads.complete(['one', 'other'])).toBe(true);
  expect(asked).toEqual(['one', 'other']);
  // The role that was lost is back, or the server was set back to when the ticket was there.
  beginSnapshot(cache);
  await threads.complete(['one']);
  expect(asked).toEqual(['one', 'other', 'one']);
  await threads.stop();
});

test('a thread that a full copy has overtaken is read again: it may show what was removed since', async () => {
  const cache = cacheOf();
  writeMeta(cache, 'snapshot', 'done');
  const at = '2026-01-01T10:00:00.000000Z';
  const ids = [
    '00000000-0000-4000-8000-000000000001',
    '00000000-0000-4000-8000-00000000000b',
    '00000000-0000-4000-8000-00000000000c',
  ] as const;
  const [ticketId, kept, removed] = ids;
  const said = (id: string): Message => ({
    id,
    ticket_id: ticketId,
    user_id: ticketId,
    staff_id: null,
    message: 'Hello',
    is_internal: false,
    is_staff: false,
    created_at: at,
    author_name: 'Dana Okafor',
    client_id: null,
    mentions: [],
  });
  const answers = [[said(kept), said(removed)], [said(kept)]];
  const auth = {
    request() {
      const messages = answers.shift();
      // The answer was made before the copy, and comes after it.
      if (answers.length > 0) {
        beginSnapshot(cache);
        writeMeta(cache, 'snapshot', 'done');
      }
      return Promise.resolve({ ticket: plainTicket(ticketId, Date.parse(at)), messages });
    },
  } as unknown as Auth;
  const threads = createWholeThreads({
    cache,
    auth,
    readThrough: () => 0,
    onChanged: () => undefined,
  });
  await threads.complete([ticketId]);
  expect(threadWindow(cache, ticketId, null, 10).map(({ id }) => id)).toEqual([kept]);
  await threads.stop();
});
