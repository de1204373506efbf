import type { WriteDb } from '../../connection.ts';

/**
 * Tickets whose snooze was ended by a customer's message, and when: the ticket says why it is back
 * until somebody replies.
 */
export function up(db: WriteDb): void {
  db.exec('create table woken (ticket_id text primary key, at integer not null) without rowid');
}
