import { endOfCursor, type SyncPage } from '../../../src/contract/wire/api.ts';
import { parseWireMicros } from '../../../src/core/time.ts';
import {
  fitting,
  messageBytes,
  mostMessages,
  pageBytes,
  smallBytes,
  ticketBytes,
} from '../../../src/server/feed/page-size.ts';
import { refusals } from './refusal.ts';
import {
  byTime,
  isStaff,
  seesMessage,
  seesTicket,
  staffFor,
  threadOf,
  toMessage,
  toTicket,
  type Actor,
} from './rows.ts';
import {
  compareChanges,
  epochOf,
  feedKinds,
  horizonOf,
  isCurrent,
  tombstonesOf,
  type Change,
  type MessageRow,
  type State,
  type TicketRow,
} from './state.ts';

const firstId = '00000000-0000-0000-0000-000000000000';

type Position =
  | { mode: 'snapshot'; horizon: number; at: number; id: string; inside?: Inside | undefined }
  | { mode: 'moved'; horizon: number; id: string; inside?: Inside | undefined }
  | { mode: 'feed'; xid: number; kind: number; id: string };
interface Page {
  content: Omit<SyncPage, 'next_cursor' | 'has_more' | 'after' | 'macros'>;
  next: Position;
  more: boolean;
}

export interface SyncRequest {
  cursor: string | undefined;
  limit: number;
  closedSince: string | undefined;
  /** Microseconds. */ now: number;
}

/** One page of the change feed, as src/server/feed makes it. */
export function syncPage(
  state: State,
  actor: Actor,
  { cursor, limit, closedSince, now }: SyncRequest,
): SyncPage {
  const position = cursor === undefined ? null : openCursor(state, actor, cursor);
  if (position && (position.mode === 'feed' ? position.xid : position.horizon) > state.nextXid)
    throw refusals.cursorGone();
  const kept = (ticket: TicketRow): boolean =>
    closedSince === undefined || isRecent(ticket, parseWireMicros(closedSince), now);
  const page = pageAt(state, actor, position, limit, kept);
  return {
    ...page.content,
    macros: [],
    next_cursor: sealCursor(state, actor, page.next),
    has_more: page.more,
    after: endOfCursor(cursor),
  };
}

function pageAt(
  state: State,
  actor: Actor,
  position: Position | null,
  limit: number,
  kept: (ticket: TicketRow) => boolean,
): Page {
  if (!position || position.mode === 'snapshot')
    return snapshotPage(state, actor, position, limit, kept);
  return position.mode === 'moved'
    ? movedPage(state, actor, position, limit)
    : feedPage(state, actor, position, limit);
}

/** So that cursors differ at their ends, as sealed ones do. */
function sealOf(body: string): string {
  let sum = 0;
  for (const letter of body) sum = (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) | 0;
  return `model${(sum >>> 0).toString(16).padStart(8, '0')}`;
}

function sealCursor(state: State, actor: Actor, position: Position): string {
  const body = Buffer.from(
    JSON.stringify({ epoch: epochOf(state), user: actor.id, role: actor.role, position }),
  ).toString('base64url');
  return `${body}.${sealOf(body)}`;
}

function openCursor(state: State, actor: Actor, cursor: string): Position {
  const [body = '', given, ...rest] = cursor.split('.');
  if (given !== sealOf(body) || rest.length > 0) throw refusals.badCursor();
  // Only the model has sealed it, so the shape is its own.
  const was = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as {
    epoch: string;
    user: string;
    role: string;
    position: Position;
  };
  if (was.epoch !== epochOf(state) || was.user !== actor.id || was.role !== actor.role)
    throw refusals.cursorGone();
  return was.position;
}

/** What a copy that looks back to `since` holds; both in microseconds. */
export function isRecent(ticket: TicketRow, since: number, now: number): boolean {
  return (
    (ticket.status !== 'resolved' && ticket.status !== 'closed') ||
    activityOf(ticket) >= since ||
    ticket.updatedAt >= since ||
    (ticket.snoozedUntil ?? 0) > now
  );
}

const activityOf = (ticket: TicketRow): number => ticket.lastMessageAt ?? ticket.createdAt;

function snapshotPage(
  state: State,
  actor: Actor,
  from: Extract<Position, { mode: 'snapshot' }> | null,
  limit: number,
  kept: (ticket: TicketRow) => boolean,
): Page {
  const horizon = from?.horizon ?? horizonOf(state);
  const goesOn = (t: TicketRow): boolean =>
    from?.inside !== undefined && t.id === from.id && activityOf(t) === from.at;
  const behind = (t: TicketRow): boolean =>
    !from || activityOf(t) < from.at || (activityOf(t) === from.at && t.id < from.id);
  const candidates = [...state.tickets.values()]
    .filter((t) => seesTicket(actor, t) && (goesOn(t) || (kept(t) && behind(t))))
    .toSorted((a, b) => activityOf(b) - activityOf(a) || (a.id < b.id ? 1 : -1))
    .slice(0, limit + 1);
  const cut = cutPage(
    state,
    actor,
    candidates,
    limit,
    candidates[0]?.id === from?.id ? from?.inside : undefined,
  );
  const last = cut.tickets.at(-1);
  const content = {
    ...load(state, actor, cut),
    staff: from ? [] : staffFor(state, actor, null),
    removed: [],
  };
  if (last && hasMore(cut, candidates))
    return {
      content,
      next: { mode: 'snapshot', horizon, at: activityOf(last), id: last.id, inside: cut.inside },
      more: true,
    };
  if (moved(state, actor, { mode: 'moved', horizon, id: firstId }).length > 0)
    return { content, next: { mode: 'moved', horizon, id: firstId }, more: true };
  return { content, ...goOn(state, actor, horizon) };
}

function movedPage(
  state: State,
  actor: Actor,
  from: Extract<Position, { mode: 'moved' }>,
  limit: number,
): Page {
  const candidates = moved(state, actor, from).slice(0, limit + 1);
  const cut = cutPage(
    state,
    actor,
    candidates,
    limit,
    candidates[0]?.id === from.id ? from.inside : undefined,
  );
  const last = cut.tickets.at(-1);
  const content = { ...load(state, actor, cut), staff: [], removed: [] };
  if (last && hasMore(cut, candidates))
    return { content, next: { ...from, id: last.id, inside: cut.inside }, more: true };
  return { content, ...goOn(state, actor, from.horizon) };
}

function moved(
  state: State,
  actor: Actor,
  from: Extract<Position, { mode: 'moved' }>,
): TicketRow[] {
  return [...state.tickets.values()]
    .filter(
      (t) =>
        seesTicket(actor, t) &&
        t.xid >= from.horizon &&
        (t.id > from.id || (t.id === from.id && from.inside !== undefined)),
    )
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function goOn(state: State, actor: Actor, horizon: number): Pick<Page, 'next' | 'more'> {
  const next: Position = { mode: 'feed', xid: horizon, kind: -1, id: firstId };
  return { next, more: changesAfter(state, actor, next, 1).length > 0 };
}

/** Behind this message of a conversation. */
interface Inside {
  at: number;
  id: string;
}
interface Cut {
  tickets: TicketRow[];
  messages: MessageRow[];
  inside: Inside | undefined;
}

const sizeOf = ({ text }: MessageRow): number =>
  Buffer.byteLength(JSON.stringify(text)) + messageBytes;

/** As many as fit into a page; a conversation may be cut anywhere. */
function cutPage(
  state: State,
  actor: Actor,
  candidates: readonly TicketRow[],
  limit: number,
  from: Inside | undefined,
): Cut {
  const cut: Cut = { tickets: [], messages: [], inside: undefined };
  let sum = 0;
  for (const [n, ticket] of candidates.slice(0, limit).entries()) {
    const thread = threadOf(state, ticket.id)
      .filter((m) => seesMessage(state, actor, m))
      .toSorted(byTime)
      .filter(
        (m) =>
          n > 0 || !from || m.createdAt > from.at || (m.createdAt === from.at && m.id > from.id),
      );
    if (
      cut.tickets.length > 0 &&
      sum + ticketBytes + (thread[0] ? sizeOf(thread[0]) : 0) > state.pageBytes
    )
      return cut;
    cut.tickets.push(ticket);
    sum += ticketBytes;
    for (const [i, message] of thread.entries()) {
      sum += sizeOf(message);
      const before = thread[i - 1];
      if (before && sum > state.pageBytes)
        return { ...cut, inside: { at: before.createdAt, id: before.id } };
      cut.messages.push(message);
    }
    // So many messages fill a page, however short they are, and the server looks at no more.
    if (
      candidates
        .slice(0, n + 1)
        .reduce((count, one) => count + toTicket(state, actor, one).message_count, 0) >=
      mostMessages
    )
      return cut;
  }
  return cut;
}

const hasMore = ({ tickets, inside }: Cut, candidates: readonly TicketRow[]): boolean =>
  inside !== undefined || tickets.length < candidates.length;

function load(
  state: State,
  actor: Actor,
  { tickets, messages }: Cut,
): Pick<SyncPage, 'tickets' | 'messages'> {
  return {
    tickets: tickets.map((row) => toTicket(state, actor, row)),
    messages: messages.toSorted(byTime).map((m) => toMessage(state, actor, m)),
  };
}

function changesAfter(state: State, actor: Actor, after: Change, limit: number): Change[] {
  const horizon = horizonOf(state);
  const found: Change[] = [];
  for (
    let i = firstAfter(state.feed, after);
    i < state.feed.length && found.length < limit;
    i += 1
  ) {
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
    case 'staff':
      return isStaff(actor) && state.users.get(id)?.role !== 'customer';
    case 'ticket': {
      const row = state.tickets.get(id);
      return row !== undefined && seesTicket(actor, row);
    }
    case 'message': {
      const row = state.messages.get(id);
      return row !== undefined && seesMessage(state, actor, row);
    }
    case 'removed':
      return (
        isStaff(actor) ||
        tombstonesOf(state, id).some(
          (stone) => stone.xid === xid && stone.ownerId === actor.id && !stone.internal,
        )
      );
    default:
      return false;
  }
}

function bytesOf(state: State, { kind, id }: Change): number {
  const message = feedKinds[kind] === 'message' ? state.messages.get(id) : undefined;
  return message
    ? sizeOf(message) + ticketBytes
    : feedKinds[kind] === 'ticket'
      ? ticketBytes
      : smallBytes;
}

function feedPage(
  state: State,
  actor: Actor,
  from: Extract<Position, { mode: 'feed' }>,
  limit: number,
): Page {
  const found = changesAfter(state, actor, from, limit + 1);
  // A smaller page is one where everything is larger.
  const scale = pageBytes / state.pageBytes;
  const changes = fitting(
    found.map((change) => ({ ...change, bytes: scale * bytesOf(state, change) })),
    limit,
  );
  const last = changes.at(-1) ?? from;
  const ids = (kind: (typeof feedKinds)[number]): string[] =>
    changes.filter((c) => feedKinds[c.kind] === kind).map((c) => c.id);
  const messages = ids('message')
    .map((id) => state.messages.get(id))
    .filter((row) => row !== undefined)
    .toSorted(byTime);
  const ticketIds = new Set([...ids('ticket'), ...messages.map((m) => m.ticketId)]);
  return {
    content: {
      tickets: [...ticketIds]
        .map((id) => state.tickets.get(id))
        .filter((row) => row !== undefined)
        .map((row) => toTicket(state, actor, row)),
      messages: messages.map((row) => toMessage(state, actor, row)),
      staff: staffFor(state, actor, new Set(ids('staff'))),
      removed: ids('removed')
        .flatMap((id) => tombstonesOf(state, id))
        .map(({ kind, id }) => ({ kind, id })),
    },
    next: { mode: 'feed', xid: last.xid, kind: last.kind, id: last.id },
    more: found.length > changes.length,
  };
}
