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
