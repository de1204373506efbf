import type { Message } from '../../../../contract/wire/entities.ts';
import { parseWireTime } from '../../../../core/time.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

/** Marks a ticket as holding something unseen since `since` (ms); an earlier mark stays. */
export function markUnread(db: WriteDb, ticketId: string, since: number): void {
  db.prepare(
    'insert into unread (ticket_id, since) values (?, ?) on conflict do update set since = min(since, excluded.since)',
  ).run(ticketId, since);
}

/** When the first unseen message of a ticket was written (ms); null: all of it was seen. */
export function unreadSince(db: ReadDb, ticketId: string): number | null {
  return (
    db
      .prepare<[string], { since: number }>('select since from unread where ticket_id = ?')
      .get(ticketId)?.since ?? null
  );
}

/**
 * A message, written at `at` (ms), goes to another ticket: one that nobody has seen stays so there.
 */
export function carryUnread(
  db: WriteDb,
  { from, into, at }: { from: string; into: string; at: number },
): void {
  const since = unreadSince(db, from);
  if (since !== null && since <= at) markUnread(db, into, at);
}

export function clearUnread(db: WriteDb, ticketId: string): boolean {
  return db.prepare('delete from unread where ticket_id = ?').run(ticketId).changes > 0;
}

/** Until when (server ms) the agent has read a ticket. */
export type ReadThrough = (ticketId: string) => number;

/** Facts that decide which messages of a page are unread. */
export interface ReadState {
  me: string;
  /** True if the messages of this ticket arrived since it was here, so nobody can have seen them. */
  isNews: (ticketId: string) => boolean;
  readThrough: ReadThrough;
  /** Tickets that the page merges another one into. */
  merging?: ReadonlySet<string>;
}

/**
 * A customer's message is unread until it is seen, also one that a merge has put before what was
 * read. Only where old ones come with new ones its time decides. What was answered is settled: by
 * me always, by anyone where the desk has nothing of the thread yet. An answer that comes with a
 * merge answered another ticket.
 */
export function markUnreadOf(
  db: WriteDb,
  messages: readonly Message[],
  { me, isNews, readThrough, merging }: ReadState,
): void {
  for (const [ticketId, thread] of Map.groupBy(
    messages.filter((message) => !message.is_internal),
    (message) => message.ticket_id,
  )) {
    const news = isNews(ticketId);
    const answered = merging?.has(ticketId)
      ? -1
      : thread.findLastIndex((message) => message.is_staff && (!news || message.staff_id === me));
    if (answered >= 0) clearUnread(db, ticketId);
    const asked = thread
      .slice(answered + 1)
      .filter((message) => !message.is_staff)
      .map((message) => parseWireTime(message.created_at));
    const through = asked.length > 0 && !news ? readThrough(ticketId) : -Infinity;
    const unread = asked.filter((at) => at > through);
    if (unread.length > 0) markUnread(db, ticketId, Math.min(...unread));
  }
}

/** An own reply settles what stands before it, whether its answer or the feed brings it. */
export function settleAnswered(db: WriteDb, replies: readonly Message[]): void {
  for (const { is_staff, is_internal, ticket_id: ticketId } of replies)
    if (is_staff && !is_internal) clearUnread(db, ticketId);
}
