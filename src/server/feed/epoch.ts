import { createHash } from 'node:crypto';
import { row, type Queryable } from '../db/pool.ts';
import type { ServerSettings } from '../db/settings.ts';
import { problems } from '../http/problem.ts';

/** Where the database stands. */
export interface Standing {
  /** The name of its history: opaque, and the same from every process. */
  epoch: string;
  /** The next transaction number that it will give. */
  nextXid: bigint;
}

/**
 * Names this history of the database. Across restores, transaction numbers say nothing about what a
 * client has seen. Each way back changes a part of the name: a dump restored elsewhere the cluster,
 * a point-in-time recovery its timeline, a restore into a new database that database's oid, one
 * over the existing tables their oid, one of the rows alone the transaction that wrote the epoch's
 * row. VACUUM FULL, CLUSTER, freezing, moves between tablespaces and renaming change none of them.
 */
export async function currentStanding(db: Queryable, settings: ServerSettings): Promise<Standing> {
  const found = await row<StandingRow>(db, standingSql(settings));
  if (!found) throw problems.unavailable();
  return standingOf(found);
}

export interface StandingRow {
  next: string;
  history: string;
}

/**
 * The query behind `currentStanding`, for one that asks for more at once. No row: somebody is
 * restoring the settings now.
 */
export const standingSql = ({ seesControlFile }: ServerSettings): string => `
  select pg_snapshot_xmax(pg_current_snapshot())::text as next,
    concat_ws('.', s.value, ${seesControlFile ? 'c.system_identifier, p.timeline_id' : 'null'},
      d.oid, s.tableoid::oid, s.xmin) as history
  from server_settings s join pg_database d on d.datname =
    current_database()${seesControlFile ? ', pg_control_system() c, pg_control_checkpoint() p' : ''}
  where s.name = 'epoch'`;

export function standingOf({ next, history }: StandingRow): Standing {
  return {
    epoch: createHash('sha256').update(`history:${history}`).digest('base64url'),
    nextXid: BigInt(next),
  };
}

/**
 * A cursor ahead of the database was given before the database went back to an older state. Throws
 * Problem 410.
 */
export function assertNotAhead({ nextXid }: Standing, xid: string): void {
  if (BigInt(xid) > nextXid) throw problems.cursorGone();
}
