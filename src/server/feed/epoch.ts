import { createHash } from 'node:crypto';
import { row, type Queryable } from '../db/pool.ts';
import type { ServerSettings } from '../db/settings.ts';
import { problems } from '../http/problem.ts';

/** The present state of the database. */
export interface Standing {
  /** The name of its history: opaque, and the same in every process. */
  epoch: string;
  /** The next transaction number. */
  nextXid: bigint;
}

/**
 * Names this history of the database: after a restore, transaction numbers do not show what a
 * client has seen. Each kind of restore changes a part of the name: a dump restored elsewhere the
 * cluster, a point-in-time recovery its timeline, a restore into a new database that database's
 * oid, one over the existing tables their oid, one of the rows alone the transaction that wrote the
 * epoch's row. VACUUM FULL, CLUSTER, freezing, moves between tablespaces and renaming change none
 * of them.
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
 * The query of `currentStanding`, for a query that reads more at once. No row: somebody is
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
 * A cursor ahead of the database was issued before the database was restored to an older state.
 * Throws Problem 410.
 */
export function assertNotAhead({ nextXid }: Standing, xid: string): void {
  if (BigInt(xid) > nextXid) throw problems.cursorGone();
}
