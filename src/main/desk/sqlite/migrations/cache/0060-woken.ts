import type { WriteDb } from '../../connection.ts';

/**
 * Whose snooze a customer's message has ended, and when: the ticket says why it is back until
 * somebody answers.
 */
export function up(db: WriteDb): void {
  db.exec('create table woken (ticket_id text primary key, at integer not null) without rowid');
}
