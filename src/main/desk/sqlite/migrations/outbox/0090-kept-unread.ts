import type { WriteDb } from '../../connection.ts';

/**
 * Tickets that the agent has marked unread. `mark` is never used twice: it distinguishes a mark
 * from an earlier one of the same ticket. `through` is the newest message (ms) that was here then,
 * and `queued` the newest operation.
 */
export function up(db: WriteDb): void {
  db.exec(`
    create table kept_unread (mark integer primary key autoincrement, account_id text not null,
      ticket_id text not null, since integer not null, through integer not null,
      queued integer not null, unique (account_id, ticket_id));
  `);
}
