import type { SyncPage } from '../../../src/contract/api.ts';
import { parseWireMicros } from '../../../src/core/time.ts';
import { refusals } from './refusal.ts';
import type { Actor } from './rows.ts';
import { byTime, isStaff, seesMessage, seesTicket, staffFor, threadOf, toMessage, toTicket } from './rows.ts';
import type { Change, State, TicketRow } from './state.ts';
import { compareChanges, feedKinds, horizonOf, isCurrent, tombstonesOf } from './state.ts';

const messagesPerPage = 2_000;
const firstId = '00000000-0000-0000-0000-000000000000';

type Position =
  | { mode: 'snapshot'; horizon: number; at: number; id: string }
  | { mode: 'moved'; horizon: number; id: string }
  | { mode: 'feed'; xid: number; kind: number; id: string };
interface Page { content: Omit<SyncPage, 'next_cursor' | 'has_more' | 'macros'>; next: Position; more: boolean }

export interface SyncRequest { cursor: string | undefined; limit: number; closedSince: string | undefined; /** Microseconds. */ now: number }

/** One page of the change feed, as src/server/feed makes it. */
export function syncPage(state: State, actor: Actor, { cursor, limit, closedSince, now }: SyncRequest): SyncPage {
  const position = cursor === undefined ? null : openCursor(state, actor, cursor);
  if (position && (position.mode === 'feed' ? position.xid : position.horizon) > state.nextXid) throw refusals.cursorGone();
  const kept = (ticket: TicketRow): boolean => closedSince === undefined || isRecent(ticket, parseWireMicros(closedSince), now);
  const page = pageAt(state, actor, position, limit, kept);
  return { ...page.content, macros: [], next_cursor: sealCursor(state, actor, page.next), has_more: page.more };
}

function pageAt(state: State, actor: Actor, position: Position | null, limit: number, kept: (ticket: TicketRow) => boolean): Page {
  if (!position || position.mode === 'snapshot') return snapshotPage(state, actor, position, limit, kept);
  return position.mode === 'moved' ? movedPage(state, actor, position, limit) : feedPage(state, actor, position, limit);
}

const seal = 'model';

function sealCursor(state: State, actor: Actor, position: Position): string {
  return `${Buffer.from(JSON.stringify({ epoch: state.epoch, user: actor.id, role: actor.role, position })).toString('base64url')}.${seal}`;
}

function openCursor(state: State, actor: Actor, cursor: string): Position {
  const [body = '', given, ...rest] = cursor.split('.');
  if (given !== seal || rest.length > 0) throw refusals.badCursor();
  // Only the model has sealed it, so the shape is its own.
  const was = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as { epoch: number; user: string; role: string; position: Position };
  if (was.epoch !== state.epoch || was.user !== actor.id || was.role !== actor.role) throw refusals.cursorGone();
  return was.position;
}

/** What a copy that looks back to `since` holds; both in microseconds. */
export function isRecent(ticket: TicketRow, since: number, now: number): boolean {
  return (ticket.status !== 'resolved' && ticket.status !== 'closed') || activityOf(ticket) >= since || ticket.updatedAt >= since || (ticket.snoozedUntil ?? 0) > now;
}

const activityOf = (ticket: TicketRow): number => ticket.lastMessageAt ?? ticket.createdAt;

function snapshotPage(state: State, actor: Actor, from: Extract<Position, { mode: 'snapshot' }> | null, limit: number, kept: (ticket: TicketRow) => boolean): Page {
  const horizon = from?.horizon ?? horizonOf(state);
  const candidates = [...state.tickets.values()].filter((t) => seesTicket(actor, t) && kept(t) && (!from || activityOf(t) < from.at || (activityOf(t) === from.at && t.id < from.id)))
    .toSorted((a, b) => activityOf(b) - activityOf(a) || (a.id < b.id ? 1 : -1)).slice(0, limit + 1);
  const chosen = fitting(state, actor, candidates, limit);
  const last = chosen.at(-1);
  const content = { ...loadWhole(state, actor, chosen), staff: from ? [] : staffFor(state, actor, null), removed: [] };
  if (last && chosen.length < candidates.length) return { content, next: { mode: 'snapshot', horizon, at: activityOf(last), id: last.id }, more: true };
  if (moved(state, actor, { mode: 'moved', horizon, id: firstId }).length > 0) return { content, next: { mode: 'moved', horizon, id: firstId }, more: true };
  return { content, ...goOn(state, actor, horizon) };
}

function movedPage(state: State, actor: Actor, from: Extract<Position, { mode: 'moved' }>, limit: number): Page {
  const candidates = moved(state, actor, from).slice(0, limit + 1);
  const chosen = fitting(state, actor, candidates, limit);
  const last = chosen.at(-1);
  const content = { ...loadWhole(state, actor, chosen), staff: [], removed: [] };
  if (last && chosen.length < candidates.length) return { content, next: { ...from, id: last.id }, more: true };
  return { content, ...goOn(state, actor, from.horizon) };
}

function moved(state: State, actor: Actor, from: Extract<Position, { mode: 'moved' }>): TicketRow[] {
  return [...state.tickets.values()].filter((t) => seesTicket(actor, t) && t.xid >= from.horizon && t.id > from.id).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function goOn(state: State, actor: Actor, horizon: number): Pick<Page, 'next' | 'more'> {
  const next: Position = { mode: 'feed', xid: horizon, kind: -1, id: firstId };
  return { next, more: changesAfter(state, actor, next, 1).length > 0 };
}

function fitting(state: State, actor: Actor, candidates: TicketRow[], limit: number): TicketRow[] {
  let sum = 0;
  const cut = candidates.findIndex((ticket, i) => {
    sum += threadOf(state, ticket.id).filter((m) => seesMessage(state, actor, m)).length;
    return i >= limit || (i > 0 && sum > messagesPerPage);
  });
  return cut === -1 ? candidates : candidates.slice(0, cut);
}

function loadWhole(state: State, actor: Actor, tickets: TicketRow[]): Pick<SyncPage, 'tickets' | 'messages'> {
  return {
    tickets: tickets.map((row) => toTicket(state, actor, row)),
    messages: tickets.flatMap((row) => threadOf(state, row.id)).filter((m) => seesMessage(state, actor, m)).toSorted(byTime).map((m) => toMessage(state, m)),
  };
}

function changesAfter(state: State, actor: Actor, after: Change, limit: number): Change[] {
  const horizon = horizonOf(state);
  const found: Change[] = [];
  for (let i = firstAfter(state.feed, after); i < state.feed.length && found.length < limit; i += 1) {
    const change = state.feed[i];
    if (!change || change.xid >= horizon) break;
    if (isCurrent(state, change) && sees(state, actor, change)) found.push(change);
  }
  return found;
}

function firstAfter(feed: readonly Change[], after: Change): number {
  let low = 0;
  let high = feed.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const change = feed[middle];
    if (change && compareChanges(change, after) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sees(state: State, actor: Actor, { xid, kind, id }: Change): boolean {
  switch (feedKinds[kind]) {
    case 'staff': return isStaff(actor) && state.users.get(id)?.role !== 'customer';
    case 'ticket': { const row = state.tickets.get(id); return row !== undefined && seesTicket(actor, row); }
    case 'message': { const row = state.messages.get(id); return row !== undefined && seesMessage(state, actor, row); }
    case 'removed': return isStaff(actor) || tombstonesOf(state, id).some((stone) => stone.xid === xid && stone.ownerId === actor.id && !stone.internal);
    default: return false;
  }
}

function feedPage(state: State, actor: Actor, from: Extract<Position, { mode: 'feed' }>, limit: number): Page {
  const found = changesAfter(state, actor, from, limit + 1);
  const changes = found.slice(0, limit);
  const last = changes.at(-1) ?? from;
  const ids = (kind: (typeof feedKinds)[number]): string[] => changes.filter((c) => feedKinds[c.kind] === kind).map((c) => c.id);
  const messages = ids('message').map((id) => state.messages.get(id)).filter((row) => row !== undefined).toSorted(byTime);
  const ticketIds = new Set([...ids('ticket'), ...messages.map((m) => m.ticketId)]);
  return {
    content: {
      tickets: [...ticketIds].map((id) => state.tickets.get(id)).filter((row) => row !== undefined).map((row) => toTicket(state, actor, row)),
      messages: messages.map((row) => toMessage(state, row)),
      staff: staffFor(state, actor, new Set(ids('staff'))),
      removed: ids('removed').flatMap((id) => tombstonesOf(state, id)).map(({ kind, id }) => ({ kind, id })),
    },
    next: { mode: 'feed', xid: last.xid, kind: last.kind, id: last.id },
    more: found.length > limit,
  };
}
