import type { Queryable } from '../db/pool.ts';
import { row } from '../db/pool.ts';
import type { ServerSettings } from '../db/settings.ts';
import { problems } from '../problem.ts';

/** Where the database stands: the name of its history, and the next transaction number that it will give. */
export interface Standing { epoch: string; nextXid: bigint }

/**
 * Names this history of the database: the installation, the cluster and its timeline. A dump restored elsewhere has another
 * cluster, a point-in-time recovery another timeline; in both, transaction numbers say nothing about what a client has seen.
 */
export async function currentStanding(db: Queryable, settings: ServerSettings): Promise<Standing> {
  const found = await row<StandingRow>(db, standingSql(settings));
  if (!found) throw new Error('PostgreSQL does not know its own snapshot');
  return standingOf(found, settings);
}

export interface StandingRow { next: string; cluster: string | null }

/** The query behind `currentStanding`, for one that asks for more at once. */
export const standingSql = ({ seesControlFile }: ServerSettings): string => (seesControlFile
  ? "select pg_snapshot_xmax(pg_current_snapshot())::text as next, system_identifier || '.' || timeline_id as cluster from pg_control_system(), pg_control_checkpoint()"
  : 'select pg_snapshot_xmax(pg_current_snapshot())::text as next, null as cluster');

export const standingOf = ({ next, cluster }: StandingRow, { epoch }: ServerSettings): Standing => ({ epoch: cluster === null ? epoch : `${epoch}.${cluster}`, nextXid: BigInt(next) });

/** A cursor ahead of the database was given before the database went back to an older state. Throws Problem 410. */
export function assertNotAhead({ nextXid }: Standing, xid: string): void {
  if (BigInt(xid) > nextXid) throw problems.cursorGone();
}
