import type { Actor } from '../auth/actor.ts';
import type { Queryable } from '../db/pool.ts';
import { visibleMessages } from '../domain/messages.ts';
import { ticketText } from '../domain/ticket-text.ts';
import { ticketRows } from '../domain/tickets.ts';
import { beforeAll, changesAfter, currentHorizon, firstId } from './changes.ts';
import type { Position } from './cursor.ts';
import type { Loaded } from './load.ts';
import { conversationsOf, macrosFor, staffFor } from './load.ts';
import { fitting, messageBytes, ticketBytes } from './page-size.ts';
import type { Page, SyncRequest } from './sync.ts';

type At<M extends Position['mode']> = Extract<Position, { mode: M }>;
interface Candidate { id: string; at: string; bytes: number; text: string }

/** A page of the full copy: the next tickets by activity, newest first, each with all its messages. The first one brings colleagues and macros. */
export async function snapshotPage(db: Queryable, actor: Actor, from: At<'snapshot'> | null, { limit, closedSince }: Pick<SyncRequest, 'limit' | 'closedSince'>): Promise<Page> {
  const horizon = from?.horizon ?? await currentHorizon(db);
  const after = from ? 'and (t.activity_at, t.id) < ($4::timestamptz, $5::uuid)' : '';
  const candidates = await candidatesOf(db, actor, `and ($3::timestamptz is null or ${isRecent('$3')}) ${after} order by t.activity_at desc, t.id desc limit $2`, [limit + 1, closedSince ?? null, ...(from ? [from.at, from.id] : [])]);
  const chosen = fitting(candidates, limit);
  const last = chosen.at(-1);
  const content = { ...(await wholeOf(db, actor, chosen)), staff: from ? [] : await staffFor(db, actor, null), macros: from ? [] : await macrosFor(db, actor, null), removed: [] };
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
  const content = { ...(await wholeOf(db, actor, chosen)), staff: [], macros: [], removed: [] };
  if (last && chosen.length < candidates.length) return { content, next: { ...from, id: last.id }, more: true };
  return { content, ...(await goOn(db, actor, from.horizon)) };
}

function moved(db: Queryable, actor: Actor, from: At<'moved'>, limit: number): Promise<Candidate[]> {
  return candidatesOf(db, actor, 'and t.xid >= $2::xid8 and t.id > $3 order by t.id limit $4', [from.horizon, from.id, limit + 1]);
}

/** Tickets with how much they and their conversations are, of what the actor sees: a page's length must not tell a customer of notes. */
async function candidatesOf(db: Queryable, actor: Actor, rest: string, values: unknown[]): Promise<Candidate[]> {
  const found = await ticketRows(db, actor, `, t.activity_at::text,
    ${ticketBytes} + coalesce((select sum(octet_length(m.message) + ${messageBytes}) from support_messages m where m.ticket_id = t.id and ${visibleMessages(actor)}), 0)`, rest, values);
  return found.map((row) => ({ id: row[0] ?? '', at: row.at(-2) ?? '', bytes: Number(row.at(-1)), text: ticketText(row) }));
}

async function wholeOf(db: Queryable, actor: Actor, chosen: readonly Candidate[]): Promise<Loaded> {
  return { tickets: chosen.map((c) => c.text), messages: await conversationsOf(db, actor, chosen.map((c) => c.id)) };
}

/** The feed from where the copy began. What was written meanwhile is still to come, so a reader with changes ahead is told to go on. */
async function goOn(db: Queryable, actor: Actor, horizon: string): Promise<Pick<Page, 'next' | 'more'>> {
  const next: Position = { mode: 'feed', xid: horizon, ...beforeAll };
  return { next, more: (await changesAfter(db, actor, next, 1)).length > 0 };
}
