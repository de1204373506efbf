import type { WriteDb } from '../../connection.ts';

/**
 * Operations that were tried under their key. Such a try may have arrived, and only a server that
 * knows keys can tell: to one that shows itself as level 1 afterwards they are never sent without.
 */
export function up(db: WriteDb): void {
  db.exec(`create table keyed_tries (
    operation_id text primary key,
    -- What was known of its ticket before the first try, and in which full copy; null: nothing.
    version integer,
    generation integer not null,
    -- The agent was asked whether it arrived; so a later try is their decision.
    asked integer not null default 0
  ) without rowid;`);
}
