import type { Queryable } from '../db/pool.ts';
import { row } from '../db/pool.ts';
import type { ServerSettings } from '../db/settings.ts';
import { problems } from '../problem.ts';

/**
 * Names this history of the database: the installation, the cluster and its timeline. A dump restored elsewhere has another
 * cluster, a point-in-time recovery another timeline; in both, transaction numbers say nothing about what a client has seen.
 */
export async function currentEpoch(db: Queryable, settings: ServerSettings): Promise<string> {
  if (!settings.seesControlFile) return settings.epoch;
  const cluster = await row<{ id: string }>(db, "select system_identifier || '.' || timeline_id as id from pg_control_system(), pg_control_checkpoint()");
  return `${settings.epoch}.${cluster?.id ?? ''}`;
}

/** A cursor ahead of the database was given before the database went back to an older state. Throws Problem 410. */
export async function assertNotAhead(db: Queryable, xid: string): Promise<void> {
  const answer = await row<{ ahead: boolean }>(db, 'select $1::xid8 > pg_snapshot_xmax(pg_current_snapshot()) as ahead', [xid]);
  if (answer?.ahead !== false) throw problems.cursorGone();
}
