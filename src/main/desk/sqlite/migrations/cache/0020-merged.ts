import type { WriteDb } from '../../connection.ts';

/** Which ticket took over a merged one, so that what waits for the old one can be offered there. */
export function up(db: WriteDb): void {
  db.exec('create table merged (ticket_id text primary key, into_id text not null) without rowid');
}
