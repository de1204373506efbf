import type { ReadDb, WriteDb } from '../sqlite/connection.ts';
import { removeTicket } from '../areas/tickets/tickets-table.ts';
import { markWhole } from '../areas/tickets/threads-partial.ts';

export interface OldTicket {
  id: string;
  activity_at: number;
  /** Nothing in the cache speaks for keeping it. */ free: boolean;
}

/** Times in ms, server time. */
export interface KeptRule {
  since: number;
  now: number;
  /** A ticket opened since then is kept. */ openedSince: number;
}

/** Closed tickets without activity since `since`, oldest first, behind `after`. */
export function oldTickets(
  db: ReadDb,
  { since, now, openedSince }: KeptRule,
  after: Pick<OldTicket, 'id' | 'activity_at'>,
  limit: number,
): OldTicket[] {
  return db
    .prepare<Record<string, string | number>, { id: string; activity_at: number; free: number }>(`
    select t.id, t.activity_at, t.updated_at < @since and (t.snoozed_until is null or t.snoozed_until <= @now)
        and not exists (select 1 from unread u where u.ticket_id = t.id) and not exists (select 1
          from opened o where o.ticket_id = t.id and o.at >= @openedSince) as free
    from tickets t
    where t.active = 0 and t.activity_at < @since and (t.activity_at, t.id) > (@at, @id)
    order by t.activity_at, t.id limit @limit`)
    .all({ since, now, openedSince, at: after.activity_at, id: after.id, limit })
    .map((row) => ({ ...row, free: row.free === 1 }));
}

/** Takes a ticket off this computer; it comes back whole when it moves or is opened. */
export function evictTicket(db: WriteDb, id: string): void {
  removeTicket(db, id);
  markWhole(db, [id]);
}

/** Notes that a ticket was opened at `at` (ms, server time). */
export function noteOpened(db: WriteDb, id: string, at: number): void {
  db.prepare(
    'insert into opened (ticket_id, at) values (?, ?) on conflict do update set at = max(at, excluded.at)',
  ).run(id, at);
}

export function forgetOpened(db: WriteDb, before: number): void {
  db.prepare('delete from opened where at < ?').run(before);
}
