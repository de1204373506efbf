import type { WriteDb } from '../../connection.ts';

/**
 * Tickets whose row is here and whose earlier messages are not, since older tickets are not kept;
 * and when a ticket beyond what is kept was opened last, which keeps it for a while.
 */
export function up(db: WriteDb): void {
  db.exec(`
    create table threads_partial (ticket_id text primary key) without rowid;
    create table opened (ticket_id text primary key, at integer not null) without rowid;
  `);
}
