import type { Actor } from '../auth/actor.ts';
import type { Queryable } from '../db/pool.ts';
import { rows } from '../db/pool.ts';
import { visibleMessages } from '../domain/messages.ts';
import { visibleTickets } from '../domain/tickets.ts';
import { beforeAll, changesAfter, currentHorizon, firstId } from './changes.ts';
import type { Position } from './cursor.ts';
import { loadWhole, macrosFor, staffFor } from './load.ts';
import type { Page, SyncRequest } from './sync.ts';

/** A page is cut after this many messages, so that long threads cannot make it huge; it holds at least one ticket. */
const messagesPerPage = 2_000;

type At<M extends Position['mode']> = Extract<Position, { mode: M }>;
interface Candidate { id: string; at: string; messages: number }

/** A page of the full copy: the next tickets by activity, newest first, each with all its messages. The first one brings colleagues and macros. */
export async function snapshotPage(db: Queryable, actor: Actor, from: At<'snapshot'> | null, { limit, closedSince }: Pick<SyncRequest, 'limit' | 'closedSince'>): Promise<Page> {
  const horizon = from?.horizon ?? await currentHorizon(db);
  const candidates = await rows<Candidate>(db, `
    select t.id, t.activity_at::text as at, ${messageCount(actor)} as messages from support_tickets t
    where ${visibleTickets(actor)} and ($3::timestamptz is null or ${isRecent('$3')}) ${from ? 'and (t.activity_at, t.id) < ($4::timestamptz, $5::uuid)' : ''} order by t.activity_at desc, t.id desc limit $2`,
  [actor.id, limit + 1, closedSince ?? null, ...(from ? [from.at, from.id] : [])]);
  const chosen = fitting(candidates, limit);
  const last = chosen.at(-1);
  const content = { ...(await loadWhole(db, actor, chosen.map((c) => c.id))), staff: from ? [] : await staffFor(db, actor, null), macros: from ? [] : await macrosFor(db, actor, null), removed: [] };
  if (last && chosen.length < candidates.length) return { content, next: { mode: 'snapshot', horizon, at: last.at, id: last.id }, more: true };
  if ((await moved(db, actor, { mode: 'moved', horizon, id: firstId }, 0)).length > 0) return { content, next: { mode: 'moved', horizon, id: firstId }, more: true };
  return { content, ...(await goOn(db, actor, horizon)) };
}

/** What a copy that looks back to `since`, a parameter, holds of `t`. A snooze that runs keeps a resolved ticket alive. */
export const isRecent = (since: string): string => `(t.status not in ('resolved', 'closed') or t.activity_at >= ${since} or t.updated_at >= ${since} or coalesce(t.snoozed_until > now(), false))`;

/**
 * A page of the copy's second part. A ticket that is written to during the copy jumps to its newest end, past the reader; the
 * feed would bring its new row but not its old messages. Such a ticket carries a transaction at or above the horizon for
 * good, so walking those by id, which never changes, meets each of them.
 */
export async function movedPage(db: Queryable, actor: Actor, from: At<'moved'>, limit: number): Promise<Page> {
  const candidates = await moved(db, actor, from, limit);
  const chosen = fitting(candidates, limit);
  const last = chosen.at(-1);
  const content = { ...(await loadWhole(db, actor, chosen.map((c) => c.id))), staff: [], macros: [], removed: [] };
  if (last && chosen.length < candidates.length) return { content, next: { ...from, id: last.id }, more: true };
  return { content, ...(await goOn(db, actor, from.horizon)) };
}

function moved(db: Queryable, actor: Actor, from: At<'moved'>, limit: number): Promise<Candidate[]> {
  return rows<Candidate>(db, `
    select t.id, '' as at, ${messageCount(actor)} as messages from support_tickets t
    where ${visibleTickets(actor)} and t.xid >= $2::xid8 and t.id > $3 order by t.id limit $4`, [actor.id, from.horizon, from.id, limit + 1]);
}

/** The feed from where the copy began. What was written meanwhile is still to come, so a reader with changes ahead is told to go on. */
async function goOn(db: Queryable, actor: Actor, horizon: string): Promise<Pick<Page, 'next' | 'more'>> {
  const next: Position = { mode: 'feed', xid: horizon, ...beforeAll };
  return { next, more: (await changesAfter(db, actor, next, 1)).length > 0 };
}

/** Of what the actor sees: a page's length must not tell a customer of notes. */
const messageCount = (actor: Actor): string => `(select count(*)::int from support_messages m where m.ticket_id = t.id and ${visibleMessages(actor)})`;

function fitting(candidates: readonly Candidate[], limit: number): Candidate[] {
  let sum = 0;
  const cut = candidates.findIndex(({ messages }, i) => {
    sum += messages;
    return i >= limit || (i > 0 && sum > messagesPerPage);
  });
  return cut === -1 ? [...candidates] : candidates.slice(0, cut);
}
