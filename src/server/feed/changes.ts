import { isStaff, type Actor } from '../auth/actor.ts';
import { row, rows, type Queryable } from '../db/pool.ts';
import { messagesSource, visibleMessages } from '../areas/messages/messages.ts';
import { visibleTickets } from '../areas/tickets/tickets.ts';
import { messageBytes, smallBytes, ticketBytes } from './page-size.ts';

export interface Change {
  xid: string;
  kind: number;
  id: string;
}
/** `bytes`: the approximate size of its JSON. */
export interface SizedChange extends Change {
  bytes: number;
}

/**
 * The order of kinds within one transaction: a message never comes before its ticket. Cursors
 * contain the number, so another order needs a new schema version.
 */
export const feedKinds = ['staff', 'macro', 'ticket', 'message', 'removed'] as const;
export const firstId = '00000000-0000-0000-0000-000000000000';
export const beforeAll = { kind: -1, id: firstId };

/**
 * The rule that makes the feed lossless: only rows of transactions below the oldest running one are
 * served, so nothing can commit behind a cursor. `none` omits it; it exists for the test that
 * proves the need.
 */
export type Horizon = 'xmin' | 'none';
const belowHorizon: Record<Horizon, string> = {
  xmin: 'c.xid < pg_snapshot_xmin(pg_current_snapshot())',
  none: 'true',
};

/** The oldest transaction that may still be running, as seen by this snapshot. */
export async function currentHorizon(db: Queryable): Promise<string> {
  return (
    (await row<{ x: string }>(db, 'select pg_snapshot_xmin(pg_current_snapshot())::text as x'))
      ?.x ?? '0'
  );
}

/**
 * Seconds for which the oldest open writer has held the horizon back; 0 if there is none. Sees
 * other users' writers only with pg_read_all_stats.
 */
export async function feedLagSeconds(db: Queryable): Promise<number> {
  const lag = await row<{ seconds: number }>(
    db,
    `
    select coalesce(extract(epoch from clock_timestamp() - min(xact_start)), 0)::float8 as seconds
    from pg_stat_activity
    where backend_xid is not null`,
  );
  return lag?.seconds ?? 0;
}

/**
 * The next changes after a position that the actor may see, in the order of their writing
 * transactions, at most `limit`.
 */
export function changesAfter(
  db: Queryable,
  actor: Actor,
  after: Change,
  limit: number,
  horizon: Horizon = 'xmin',
): Promise<SizedChange[]> {
  return rows<SizedChange>(db, changesSql(actor, after, horizon), [
    actor.id,
    after.xid,
    after.id,
    limit,
  ]);
}

/**
 * The query of `changesAfter`: `$1` is the actor's id, `$2` and `$3` the position's transaction and
 * id, `$4` the most rows.
 */
export function changesSql(actor: Actor, after: Change, horizon: Horizon): string {
  const source = sources(actor);
  // Each kind is limited separately, so that its index is read no further than a page can be long.
  const kinds = feedKinds.map(
    (name, kind) => `
    (select c.xid, ${kind} as kind, c.id, c.bytes
     from (${source[name]}) c
     where ${positionRule(kind, after.kind)} and ${belowHorizon[horizon]}
     order by c.xid, c.id limit $4)`,
  );
  return `
    select found.xid::text, found.kind, found.id, found.bytes
    from (${kinds.join(' union all')}) found
    order by found.xid, found.kind, found.id limit $4`;
}

/**
 * The one rule for who is told of a removal, as SQL on `d`: staff of those for staff, a customer of
 * rows that only they saw. `$1` is the actor's id.
 */
export const audibleRemovals = (actor: Actor): string =>
  isStaff(actor) ? '$1::uuid is not null and d.owner_id is null' : 'd.owner_id = $1';

/** The rows of each kind with their sizes; a message brings its ticket. */
function sources(actor: Actor): Record<(typeof feedKinds)[number], string> {
  const staffOnly = isStaff(actor) ? '$1::uuid is not null' : '$1::uuid is null';
  return {
    staff: `select u.xid, u.id, ${smallBytes} as bytes from users u where u.role <> 'customer' and ${staffOnly}`,
    macro: `
      select a.xid, a.id, json_octets(a.text) + ${messageBytes} as bytes
      from support_macros a
      where ${staffOnly}`,
    ticket: `select t.xid, t.id, ${ticketBytes} as bytes from support_tickets t where ${visibleTickets(actor)}`,
    message: `
      select m.xid, m.id, m.octets + ${ticketBytes + messageBytes} as bytes
      from ${messagesSource(actor)}
      where ${visibleMessages(actor)}`,
    removed: `select d.xid, d.id, ${smallBytes} as bytes from tombstones d where ${audibleRemovals(actor)}`,
  };
}

/**
 * 'After' in the order (xid, kind, id), for the rows of one kind. All four parameters are named so
 * that their types are known.
 */
function positionRule(kind: number, afterKind: number): string {
  const idIsBound = '$3::uuid is not null';
  if (kind < afterKind) return `c.xid > $2::xid8 and ${idIsBound}`;
  if (kind > afterKind) return `c.xid >= $2::xid8 and ${idIsBound}`;
  return '(c.xid, c.id) > ($2::xid8, $3::uuid)';
}
