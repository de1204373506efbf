import type { WriteDb } from '../../connection.ts';

/**
 * A message and the changes that were sent with it. The link stands beside the operations, not in
 * them: what is sent, and its hash, does not depend on it. A draft keeps the changes that will go
 * with it.
 */
export function up(db: WriteDb): void {
  db.exec(`
    create table units (
      operation_id text primary key,
      unit_id text not null,
      -- With the message: JSON of what the agent chose, to be put back into the composer.
      sent_with text
    ) without rowid;
    create index units_unit on units (unit_id);
    alter table drafts add column actions text not null default '{}';
  `);
}
