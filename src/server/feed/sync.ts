import type { SyncPage } from '../../contract/api.ts';
import type { StaffMember, Ticket } from '../../contract/entities.ts';
import type { Actor } from '../auth/actor.ts';
import { isStaff } from '../auth/actor.ts';
import type { Pool, Queryable } from '../db/pool.ts';
import { row, rows, transaction } from '../db/pool.ts';
import type { ServerSettings } from '../db/settings.ts';
import { selectMessages } from '../domain/messages.ts';
import { selectTickets, visibleTickets } from '../domain/tickets.ts';

import { beforeAll, changesAfter, currentHorizon, feedKinds } from './changes.ts';
import type { Position } from './cursor.ts';
import { openCursor, sealCursor } from './cursor.ts';

export interface SyncRequest { cursor: string | undefined; limit: number }
type Content = Omit<SyncPage, 'next_cursor' | 'has_more' | 'macros'>;

/** A page is cut after this many messages, so that one long thread cannot make it huge; it holds at least one ticket. */
const messagesPerPage = 2_000;

/**
 * One page of the change feed: without a cursor the full copy, newest activity first; then the changes since the copy began.
 * Everything in a page is read in one snapshot. Throws Problem 400 and 410 for cursors.
 */
export async function syncPage(pool: Pool, settings: ServerSettings, actor: Actor, request: SyncRequest): Promise<SyncPage> {
  const position = request.cursor === undefined ? null : openCursor(settings, actor, request.cursor);
  return transaction(pool, async (tx) => {
    const page = position?.mode === 'feed' ? await feedPage(tx, actor, position, request.limit) : await snapshotPage(tx, actor, position, request.limit);
    return { ...page.content, macros: [], next_cursor: sealCursor(settings, actor, page.next), has_more: page.more };
  }, 'repeatable read read only');
}

interface Page { content: Content; next: Position; more: boolean }
type SnapshotPosition = Extract<Position, { mode: 'snapshot' }>;

async function snapshotPage(db: Queryable, actor: Actor, from: SnapshotPosition | null, limit: number): Promise<Page> {
  const horizon = from?.horizon ?? await currentHorizon(db);
  const candidates = await rows<{ id: string; at: string; messages: number }>(db, `
    select t.id, t.activity_at::text as at, (select count(*)::int from support_messages m where m.ticket_id = t.id) as messages
    from support_tickets t where ${visibleTickets(actor)} ${from ? 'and (t.activity_at, t.id) < ($3::timestamptz, $4::uuid)' : ''}
    order by t.activity_at desc, t.id desc limit $2`, [actor.id, limit + 1, ...(from ? [from.at, from.id] : [])]);
  const chosen = candidates.slice(0, fitting(candidates, limit));
  const last = chosen.at(-1);
  const more = chosen.length < candidates.length;
  const content: Content = {
    ...(await load(db, actor, chosen.map((c) => c.id), null)),
    staff: from ? [] : await staffFor(db, actor, null),
    removed: [],
  };
  const next: Position = more && last ? { mode: 'snapshot', horizon, at: last.at, id: last.id } : { mode: 'feed', xid: horizon, ...beforeAll };
  // After the copy the changes made meanwhile are still to come, so the reader is told to go on.
  return { content, next, more: more || await hasChanges(db, actor, next) };
}

function fitting(candidates: readonly { messages: number }[], limit: number): number {
  let sum = 0;
  for (const [i, { messages }] of candidates.entries()) {
    sum += messages;
    if (i >= limit || (i > 0 && sum > messagesPerPage)) return i;
  }
  return candidates.length;
}

async function hasChanges(db: Queryable, actor: Actor, next: Position): Promise<boolean> {
  return next.mode === 'feed' && (await changesAfter(db, actor, next, 1)).length > 0;
}

async function feedPage(db: Queryable, actor: Actor, from: Extract<Position, { mode: 'feed' }>, limit: number): Promise<Page> {
  const found = await changesAfter(db, actor, from, limit + 1);
  const changes = found.slice(0, limit);
  const last = changes.at(-1) ?? from;
  const ids = (kind: (typeof feedKinds)[number]): string[] => changes.filter((c) => feedKinds[c.kind] === kind).map((c) => c.id);
  const content: Content = {
    ...(await load(db, actor, ids('ticket'), ids('message'))),
    staff: await staffFor(db, actor, ids('staff')),
    removed: await rows<SyncPage['removed'][number]>(db, 'select kind, id from tombstones where id = any($1)', [ids('removed')]),
  };
  return { content, next: { mode: 'feed', xid: last.xid, kind: last.kind, id: last.id }, more: found.length > limit };
}

/** Tickets with `messageIds`, or with all their messages. In the order of the ids, which is the feed's. */
async function load(db: Queryable, actor: Actor, ticketIds: string[], messageIds: string[] | null): Promise<Pick<Content, 'tickets' | 'messages'>> {
  const tickets = await selectTickets(db, actor, 'and t.id = any($2)', [ticketIds]);
  const messages = messageIds === null
    ? await selectMessages(db, actor, 'and m.ticket_id = any($2) order by m.created_at, m.id', [ticketIds])
    : await selectMessages(db, actor, 'and m.id = any($2) order by m.created_at, m.id', [messageIds]);
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  return { tickets: ticketIds.map((id) => byId.get(id)).filter((t): t is Ticket => t !== undefined), messages };
}

/** Colleagues, for staff only; null means all of them. */
export async function staffFor(db: Queryable, actor: Actor, ids: string[] | null): Promise<StaffMember[]> {
  if (!isStaff(actor)) return [];
  return rows<StaffMember>(db, `select id, full_name as name, email, role, is_active from users where role <> 'customer' and ($1::uuid[] is null or id = any($1)) order by full_name`, [ids]);
}

/** Whether every transaction up to `xid` is visible to a reader that asks now. */
export async function horizonPassed(db: Queryable, xid: string): Promise<boolean> {
  return (await row<{ passed: boolean }>(db, 'select $1::xid8 < pg_snapshot_xmin(pg_current_snapshot()) as passed', [xid]))?.passed ?? false;
}

