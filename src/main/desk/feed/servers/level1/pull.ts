import type { MessageLevel1, TicketLevel1 } from '../../../../../contract/entities.ts';
import type { WriteDb } from '../../../sqlite/connection.ts';
import { threadMarks } from '../../../areas/tickets/threads-read.ts';
import { ApiError, type ApiFailure } from '../../api-error.ts';
import { applyList, applyThread, endFirstCopy, type ThreadParts } from './apply.ts';
import type { Applied } from '../../apply-page.ts';
import type { Auth } from '../../../areas/session/auth.ts';
import { fromCursor, partsOf } from '../../long-answers.ts';

export interface PullLevel1Options extends ThreadParts {
  auth: Auth;
  cache: WriteDb;
  vanishings: Vanishings;
  /** Called after each commit, never inside its transaction. */
  onPage: (applied: Applied) => void;
  /**
   * The list is there: the inbox can be used and what waits can go out while threads are still
   * read.
   */
  onListed: () => void;
  stopped: () => boolean;
}

/** More than any desk has: a list that reaches it may be cut and then removes nothing. */
const listLimit = 100_000;
const threadsAtOnce = 4;

/**
 * Brings the cache up to a server without a feed: one list, then the threads of the tickets that
 * changed, newest activity first. There is no cursor; after a crash in the middle the next list is
 * compared again. Throws ApiError.
 */
export async function pullLevel1(options: PullLevel1Options): Promise<void> {
  const { auth, cache, vanishings, onPage, onListed, stopped } = options;
  const { tickets, complete } = await readList(auth);
  if (stopped()) return;
  const ids = new Set(tickets.map(({ id }) => id));
  if (ids.size < tickets.length)
    throw new ApiError({ kind: 'bad-answer', why: 'a list names a ticket twice' });
  const { applied, news } = applyList(
    cache,
    tickets,
    complete && vanishings.believes(threadMarks(cache).keys(), ids),
    options.me,
  );
  if (applied.ticketIds.length > 0) onPage(applied);
  onListed();
  await readThreads(news.changed, options);
  if (!stopped()) endFirstCopy(cache);
}

/**
 * All tickets. A server that names where its answer goes on has told everything once it names no
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
 * A ticket as it is now with all its messages, oldest first. The messages that come with the ticket
 * are not used: the existing service takes nobody for staff there and leaves notes out. Throws
 * ApiError.
 */
export async function readLevel1Thread(
  auth: Auth,
  id: string,
): Promise<{ ticket: TicketLevel1; messages: MessageLevel1[] }> {
  const { ticket } = await auth.request('level1Ticket', { params: { id } });
  return { ticket, messages: await readLevel1Messages(auth, id) };
}

/** All messages of a ticket, oldest first. Throws ApiError. */
async function readLevel1Messages(auth: Auth, id: string): Promise<MessageLevel1[]> {
  const messages: MessageLevel1[] = [];
  const parts = partsOf(
    (cursor) => auth.request('level1Messages', { params: { id }, query: fromCursor(cursor) }),
    (part) => part.messages.length,
  );
  for await (const part of parts) for (const message of part.messages) messages.push(message);
  return messages;
}

/**
 * A thread that the server fails on (500) or that is too large is left for the next poll, so that
 * one bad ticket does not hide the others; if every one fails, the server has.
 */
async function readThreads(
  tickets: readonly TicketLevel1[],
  options: PullLevel1Options,
): Promise<void> {
  const { auth, cache, onPage, stopped } = options;
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
        onPage(applyThread(cache, ticket, messages, 'read', options));
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

/**
 * A thread is one ticket's: what speaks of another one is no answer to what was asked. Throws
 * ApiError.
 */
export function assertThreadOf(
  ticketId: string,
  messages: readonly MessageLevel1[],
  shownId = ticketId,
): void {
  const ids = new Set(messages.map(({ id }) => id));
  if (
    shownId !== ticketId ||
    messages.some((message) => message.ticket_id !== ticketId) ||
    ids.size < messages.length
  ) {
    throw new ApiError({ kind: 'bad-answer', why: 'a thread of another ticket' });
  }
}

/** Fewer than this may vanish from a list at once. */
const fewVanish = 20;

/**
 * Whether a list may say that tickets are gone. One that names less than half of what was there is
 * believed when the next one says the same.
 */
export interface Vanishings {
  believes(known: Iterable<string>, listed: ReadonlySet<string>): boolean;
}

export function createVanishings(): Vanishings {
  let doubted = new Set<string>();
  return {
    believes(known, listed) {
      const all = [...known];
      const vanished = all.filter((id) => !listed.has(id));
      const isMuch = vanished.length >= fewVanish && 2 * vanished.length > all.length;
      const isSaidAgain = vanished.every((id) => doubted.has(id));
      doubted = new Set(isMuch ? vanished : []);
      return !isMuch || isSaidAgain;
    },
  };
}
