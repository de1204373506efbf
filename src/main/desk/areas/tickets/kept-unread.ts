import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import { mergedInto } from './merged.ts';
import { newestKey, repliesAfter, type ReplyRecord } from './messages.ts';
import { getTicket } from './tickets-table.ts';
import { markUnread, unreadSince } from './unread.ts';

/** The agent's wish that a ticket stays unread. */
interface KeptUnread {
  /** Never used twice. */
  mark: number;
  since: number;
  /** When the newest message that was here was written (ms): a later own reply ends the mark. */
  through: number;
  /** The newest operation that was queued then: a reply that waited already does not end it. */
  queued: number;
}

export function keptUnread({ db, key }: OwnRows, ticketId: string): KeptUnread | null {
  return (
    db
      .prepare<[string, string], KeptUnread>(
        'select mark, since, through, queued from kept_unread where account_id = ? and ticket_id = ?',
      )
      .get(key, ticketId) ?? null
  );
}

/** Durable before it shows: what the cache lacks after a crash, `followAllKeptUnread` adds. */
export function keepTicketUnread(
  cache: WriteDb,
  own: OwnRows,
  ticketId: string,
  since: number,
): void {
  const queued =
    own.db.prepare<[], { seq: number | null }>('select max(seq) as seq from operations').get()
      ?.seq ?? 0;
  const through = Math.floor(newestKey(cache, ticketId) / 1_000);
  writeKept(own, ticketId, { since, through, queued });
  markUnread(cache, ticketId, since);
}

function writeKept(
  { db, key }: OwnRows,
  ticketId: string,
  { since, through, queued }: Omit<KeptUnread, 'mark'>,
): void {
  db.prepare(
    'insert or replace into kept_unread (account_id, ticket_id, since, through, queued) values (?, ?, ?, ?, ?)',
  ).run(key, ticketId, since, through, queued);
}

export function endKeptUnread({ db, key }: OwnRows, ticketId: string): void {
  db.prepare('delete from kept_unread where account_id = ? and ticket_id = ?').run(key, ticketId);
}

/**
 * After a page or an answer: a ticket that the agent keeps unread is so, also in a cache that was
 * made again and under the ticket that took it over, until a reply that came after the mark has
 * settled it.
 */
export function followKeptUnread(cache: WriteDb, own: OwnRows, me: string, ticketId: string): void {
  const kept = keptUnread(own, ticketId);
  if (kept === null) return;
  const into = mergedInto(cache, ticketId);
  if (into !== null) {
    moveKept(own, ticketId, kept, into);
    followKeptUnread(cache, own, me, into);
    return;
  }
  // The unread table knows which replies settle something: not those that a merge has brought.
  if ((unreadSince(cache, ticketId) ?? Infinity) <= kept.since) return;
  if (repliesAfter(cache, ticketId, me, kept.through).some(isLater(own.db, kept)))
    endKeptUnread(own, ticketId);
  else if (getTicket(cache, ticketId)) markUnread(cache, ticketId, kept.since);
}

/** The last run may have ended between the two files. */
export function followAllKeptUnread(cache: WriteDb, own: OwnRows, me: string): void {
  for (const id of ticketsKeptUnread(own)) followKeptUnread(cache, own, me, id);
}

export function ticketsKeptUnread({ db, key }: OwnRows): string[] {
  return db
    .prepare<[string], { id: string }>(
      'select ticket_id as id from kept_unread where account_id = ?',
    )
    .all(key)
    .map(({ id }) => id);
}

function moveKept(own: OwnRows, ticketId: string, kept: KeptUnread, into: string): void {
  const there = keptUnread(own, into) ?? kept;
  own.db.transaction(() => {
    endKeptUnread(own, ticketId);
    writeKept(own, into, {
      since: Math.min(kept.since, there.since),
      through: Math.max(kept.through, there.through),
      queued: Math.max(kept.queued, there.queued),
    });
  });
}

/** Whether a reply was not yet waiting here when the mark was set. */
const isLater =
  (outboxDb: ReadDb, { queued }: KeptUnread) =>
  ({ id, client_id: operationId }: ReplyRecord): boolean =>
    outboxDb
      .prepare<[number, string | null, string], { one: number }>(
        'select 1 as one from operations where seq <= ? and (id = ? or server_id = ?)',
      )
      .get(queued, operationId, id) === undefined;
