import type { WriteDb } from '../../connection.ts';

/** For servers without a feed: what the list said of each ticket when its thread was last read. */
export function up(db: WriteDb): void {
  db.exec(
    'create table threads_read (ticket_id text primary key, mark text not null) without rowid;',
  );
}
