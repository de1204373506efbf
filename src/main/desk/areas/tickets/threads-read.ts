import { previewOf } from '../../../../core/overlay.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';
import { removeTicket } from './tickets-table.ts';

/** Every cached ticket with the mark its thread was last read at, null when it was not read. */
export function threadMarks(db: ReadDb): Map<string, string | null> {
  const rows = db
    .prepare<[], { id: string; mark: string | null }>(
      'select t.id, r.mark from tickets t left join threads_read r on r.ticket_id = t.id',
    )
    .all();
  return new Map(rows.map((row) => [row.id, row.mark]));
}

export function markThreadRead(db: WriteDb, ticketId: string, mark: string): void {
  db.prepare(
    'insert into threads_read (ticket_id, mark) values (?, ?) on conflict do update set mark = excluded.mark',
  ).run(ticketId, mark);
}

/**
 * Removes a ticket that the server does not list any more. Its mark goes too, or it would not be
 * read if it came back. Its messages are remembered: they may have gone to another ticket.
 */
export function removeListedTicket(db: WriteDb, ticketId: string): void {
  db.prepare('delete from threads_read where ticket_id = ?').run(ticketId);
  db.prepare('insert or ignore into removed (id) select id from messages where ticket_id = ?').run(
    ticketId,
  );
  removeTicket(db, ticketId);
}

/**
 * After a change of level: every thread is read again, and any version of a ticket counts as newer
 * than the one here.
 */
export function forgetVersions(db: WriteDb): void {
  db.prepare('delete from threads_read').run();
  db.prepare('update tickets set version = 0').run();
}

/**
 * Sets a ticket's preview and activity from its newest cached message that is not internal. Level 1
 * stamps a ticket and its message with clocks of their own, so their times cannot be compared as
 * those of level 2 can.
 */
export function showNewestMessage(db: WriteDb, ticketId: string): void {
  const newest = db
    .prepare<[string], { text: string; staff_id: string | null; created_at: number }>(
      `
        select text, staff_id, created_at
        from messages
        where ticket_id = ? and is_internal = 0
        order by key desc limit 1`,
    )
    .get(ticketId);
  if (!newest) return;
  db.prepare(
    'update tickets set activity_at = ?, preview = ?, preview_is_staff = ?, preview_staff_id = ? where id = ?',
  ).run(
    newest.created_at,
    previewOf(newest.text),
    Number(newest.staff_id !== null),
    newest.staff_id,
    ticketId,
  );
}
