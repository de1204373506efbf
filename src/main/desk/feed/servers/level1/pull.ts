import type { TicketLevel1 } from '../../../../../contract/wire/entities.ts';
import type { Auth } from '../../../areas/session/auth.ts';
import { threadMarks } from '../../../areas/tickets/threads-read.ts';
import type { WriteDb } from '../../../sqlite/connection.ts';
import { ApiError, type ApiFailure } from '../../api-error.ts';
import { fromCursor, partsOf } from '../../long-answers.ts';
import type { ConnectParts } from '../server.ts';
import { applyList, applyThread, endFirstCopy, type ThreadParts } from './apply.ts';
import { assertThreadOf, readLevel1Messages } from './thread.ts';
import type { Vanishings } from './vanishings.ts';

export interface PullLevel1Parts {
  auth: Auth;
  cache: WriteDb;
  vanishings: Vanishings;
  reading: ThreadParts;
  stopped: () => boolean;
  on: ConnectParts['on'];
}

/** More than any desk has: a list that reaches it may be cut and then removes nothing. */
const listLimit = 100_000;
const threadsAtOnce = 4;

/**
 * Brings the cache up to a server without a feed: one list, then the threads of the tickets that
 * changed, newest activity first. There is no cursor; after a crash in the middle the next list is
 * compared again. Throws ApiError.
 */
export async function pullLevel1(parts: PullLevel1Parts): Promise<void> {
  const { auth, cache, vanishings, reading, stopped, on } = parts;
  const { tickets, complete } = await readList(auth);
  if (stopped()) return;
  const ids = new Set(tickets.map(({ id }) => id));
  if (ids.size < tickets.length)
    throw new ApiError({ kind: 'bad-answer', why: 'a list names a ticket twice' });
  const { applied, news } = applyList(
    cache,
    tickets,
    complete && vanishings.believes(threadMarks(cache).keys(), ids),
    reading.me,
  );
  if (applied.ticketIds.length > 0) on.page(applied);
  on.reached();
  await readThreads(news.changed, parts);
  if (!stopped()) endFirstCopy(cache);
}

/**
 * All tickets. A server that names where its answer goes on has listed everything once it names no
 * more.
 */
async function readList(auth: Auth): Promise<{ tickets: TicketLevel1[]; complete: boolean }> {
  const tickets: TicketLevel1[] = [];
  let parts = 0;
  for await (const part of partsOf(
    (cursor) =>
      auth.request('level1Tickets', { query: { limit: listLimit, ...fromCursor(cursor) } }),
    (list) => list.tickets.length,
  )) {
    parts += 1;
    for (const ticket of part.tickets) tickets.push(ticket);
  }
  return { tickets, complete: parts > 1 || tickets.length < listLimit };
}

/**
 * A thread that the server fails on (500) or that is too large is left for the next poll, so that
 * one bad ticket does not hide the others; if every one fails, the server has.
 */
async function readThreads(
  tickets: readonly TicketLevel1[],
  { auth, cache, reading, stopped, on }: PullLevel1Parts,
): Promise<void> {
  // One iterator for all workers: each takes the next ticket.
  const queue = tickets.values();
  const failed: ApiError[] = [];
  let fatal: unknown = null;
  let read = 0;

  async function work(): Promise<void> {
    for (const ticket of queue) {
      if (fatal !== null || stopped()) return;
      try {
        const messages = await readLevel1Messages(auth, ticket.id);
        assertThreadOf(ticket.id, messages);
        if (stopped()) return;
        on.page(applyThread(cache, ticket, messages, 'read', reading));
        read += 1;
      } catch (error) {
        if (!(error instanceof ApiError) || !isOfOneThread(error.failure)) fatal ??= error;
        // 404: gone since the list; the next list says so.
        else if (!isStatus(error.failure, 404)) failed.push(error);
      }
    }
  }

  await Promise.all(Array.from({ length: threadsAtOnce }, work));
  if (fatal !== null) throw fatal;
  if (read === 0 && failed[0]) throw failed[0];
}

const isStatus = (failure: ApiFailure, status: number): boolean =>
  failure.kind === 'status' && failure.status === status;

const isOfOneThread = (failure: ApiFailure): boolean =>
  failure.kind === 'bad-answer' || isStatus(failure, 500) || isStatus(failure, 404);
