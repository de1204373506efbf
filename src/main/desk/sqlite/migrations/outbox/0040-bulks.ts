import type { WriteDb } from '../../connection.ts';

/**
 * Actions of the agent on many tickets at once. The tickets are written down before the first
 * operation is queued, so that a crash half way does not leave it half done; each ticket's
 * progress is the state of its operation.
 */
export function up(db: WriteDb): void {
  db.exec(`
    create table bulks (
      id text primary key,
      account_id text not null,
      -- JSON: contract/bridge.ts BulkAction.
      action text not null,
      started_at integer not null,
      wanted text not null
    ) without rowid;
    create index bulks_account on bulks (account_id, started_at);

    create table bulk_items (
      bulk_id text not null,
      seq integer not null,
      ticket_id text not null,
      -- Key of the newest message that the desk had when the agent decided.
      seen integer not null,
      outcome text not null,
      operation_id text,
      reason text,
      primary key (bulk_id, seq)
    ) without rowid;
    create index bulk_items_operation on bulk_items (operation_id) where operation_id is not null;
    create index bulk_items_todo on bulk_items (bulk_id, seq) where outcome = 'todo';
  `);
}
