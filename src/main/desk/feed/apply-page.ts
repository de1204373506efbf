import type { Message, Ticket } from '../../../contract/wire/entities.ts';
import type { SyncPage } from '../../../contract/wire/api.ts';
import { sweepOlder, sweepStart, type Sweep } from '../sqlite/generations.ts';
import { storeMessages, type Moved } from '../areas/tickets/message-writes.ts';
import { hasMessages, messageExists } from '../areas/tickets/messages.ts';
import { readMeta, removeMeta, writeMeta } from '../sqlite/meta.ts';
import type { ReadDb, WriteDb } from '../sqlite/connection.ts';
import { wasRemoved } from '../areas/tickets/removed.ts';
import { clearStaff, storeStaff } from '../areas/tickets/staff.ts';
import {
  absentTickets,
  markDoubtful,
  markPartial,
  markWhole,
} from '../areas/tickets/threads-partial.ts';
import { clearMacros, storeMacro } from '../areas/compose/macros.ts';
import { getTicket, storedVersion, storeTicket } from '../areas/tickets/tickets-table.ts';
import {
  carryUnread,
  markUnreadOf,
  settleAnswered,
  type ReadState,
  type ReadThrough,
} from '../areas/tickets/unread.ts';
import { answerGeneration, currentGeneration, unconfirmedGeneration } from './generation.ts';
import type { Pace } from './pace.ts';
import { remove } from './removals.ts';

export interface Applied {
  /** The page belongs to a full sync, not to the feed: nothing in it is news. */
  snapshot: boolean;
  ticketIds: string[];
  newMessages: Message[];
  /** Tickets that were known here and have become this account's. */
  assigned: string[];
  /**
   * Messages that this account's own operations have become: these are confirmed, whatever became
   * of their answers.
   */
  arrived: { operationId: string; messageId: string }[];
  merged: { ticketId: string; into: string }[];
  /** The page ended a full sync. */
  copied: boolean;
  /** Colleagues or canned replies are others than before. */
  lists: boolean;
}

/**
 * Applies a page and its cursor in one transaction: after a crash either both are there or neither.
 */
export function applyPage(
  db: WriteDb,
  page: SyncPage,
  me: string,
  readThrough: ReadThrough,
): Applied {
  return db.transaction(() => {
    const scope = openPage(db, page, me, readThrough);
    const assigned = scope.snapshot
      ? []
      : page.tickets
          .filter((ticket) => ticket.assignee_id === me && becomesMine(db, ticket.id, me))
          .map((ticket) => ticket.id);
    // The feed brings only what is new of a ticket that was not kept.
    const strangers = scope.snapshot
      ? []
      : absentTickets(
          db,
          page.tickets.map((ticket) => ticket.id),
        );
    const newMessages = storeContent(db, page, scope);
    if (endsCopy(page, scope))
      for (let sweep = sweepOf(db, scope); sweep !== null;)
        sweep = sweepOlder(db, scope.generation, sweep, 1_000);
    const closed = closePage(db, page, scope);
    markPartial(db, strangers);
    return { ...closed, assigned, newMessages: newMessages.filter((m) => m.staff_id !== me) };
  });
}

/** How work on a long page is cut. */
export interface Slices extends Pace {
  /** The desk is closing. */
  stopped: () => boolean;
}

/**
 * Applies a page of a full sync in transactions of some rows, the cursor in the last: after a crash
 * the page comes again, and storing a row twice changes nothing. Null when the desk closed before
 * the end.
 */
export async function applyCopyPage(
  db: WriteDb,
  page: SyncPage,
  me: string,
  readThrough: ReadThrough,
  slices: Slices,
): Promise<Applied | null> {
  const place: Place = { scope: null, rows: rowsOf(page), at: 0, sweep: null };
  while (!slices.stopped()) {
    const applied = slices.timed(() =>
      db.transaction(() =>
        applySlice(db, page, place, slices.rows(), () => openPage(db, page, me, readThrough)),
      ),
    );
    if (applied !== null) return applied;
    await slices.pause(0);
  }
  return null;
}

/** How far a page has come: its rows, then the removal of what its copy did not bring. */
interface Place {
  scope: PageScope | null;
  rows: readonly PageRow[];
  at: number;
  sweep: Sweep | null;
}

/** The next `most` rows of a page; most pages are one slice, and the end of each is in its last. */
function applySlice(
  db: WriteDb,
  page: SyncPage,
  place: Place,
  most: number,
  open: () => PageScope,
): Applied | null {
  if (place.scope === null) {
    place.scope = open();
    if (endsCopy(page, place.scope)) place.sweep = sweepOf(db, place.scope);
  }
  const { scope, rows, at } = place;
  if (at < rows.length) {
    const part = rows.slice(at, at + most);
    place.at += part.length;
    storeContent(
      db,
      {
        tickets: part.flatMap(({ ticket }) => ticket ?? []),
        messages: byTime(part.flatMap(({ message }) => message ?? [])),
      },
      scope,
    );
  } else if (place.sweep !== null)
    place.sweep = sweepOlder(db, scope.generation, place.sweep, most);
  return place.at < rows.length || place.sweep !== null ? null : closePage(db, page, scope);
}

interface PageRow {
  ticket?: Ticket;
  message?: Message;
}

/** Each ticket with its messages behind it, so that a thread is not long without its ticket. */
function rowsOf(page: SyncPage): PageRow[] {
  const threads = Map.groupBy(page.messages, (message) => message.ticket_id);
  const rows = page.tickets.flatMap((ticket): PageRow[] => [
    { ticket },
    ...(threads.get(ticket.id) ?? []).map((message) => ({ message })),
  ]);
  const here = new Set(page.tickets.map((ticket) => ticket.id));
  return [
    ...rows,
    ...page.messages
      .filter((message) => !here.has(message.ticket_id))
      .map((message) => ({ message })),
  ];
}

/**
 * Sorts messages so that those which lie together in the file are written together. Wire times
 * sort as text; messages of the same time keep their order.
 */
const byTime = (messages: readonly Message[]): Message[] =>
  messages.toSorted((a, b) =>
    a.created_at < b.created_at ? -1 : a.created_at > b.created_at ? 1 : 0,
  );

interface PageScope extends ReadState {
  generation: number;
  snapshot: boolean;
  /** Tickets that this page merges another one into. */
  merging: ReadonlySet<string>;
}

function openPage(db: WriteDb, page: SyncPage, me: string, readThrough: ReadThrough): PageScope {
  const snapshot = readMeta(db, 'snapshot') !== 'done';
  // The first page of a full sync brings all colleagues and canned replies, to a customer none.
  if (snapshot && readMeta(db, 'cursor') === null) {
    clearStaff(db);
    clearMacros(db);
  }
  for (const member of page.staff) storeStaff(db, member);
  for (const macro of page.macros) storeMacro(db, macro);
  const merging = new Set(page.removed.flatMap(({ merged_into: into }) => into ?? []));
  return {
    generation: currentGeneration(db),
    snapshot,
    isNews: () => !snapshot,
    me,
    readThrough,
    merging,
  };
}

function storeContent(
  db: WriteDb,
  { tickets, messages }: Pick<SyncPage, 'tickets' | 'messages'>,
  scope: PageScope,
): Message[] {
  for (const ticket of tickets) storeTicket(db, ticket, scope.generation);
  // A copy that is made again: what it brings of a thread that was here is news as any.
  const known = scope.snapshot ? threadsBefore(db, messages, scope.generation) : null;
  const moved: Moved[] = [];
  const newMessages = storeMessages(db, messages, scope.generation, (one) => {
    moved.push(one);
  });
  markUnreadOf(
    db,
    newMessages,
    known === null ? scope : { ...scope, isNews: (ticketId) => known.has(ticketId) },
  );
  // Behind the answers that came with it: those answered the ticket that it goes to, or the one
  // that it was in.
  for (const one of moved) carryUnread(db, one);
  return newMessages;
}

const endsCopy = (page: SyncPage, scope: PageScope): boolean => scope.snapshot && !page.has_more;

/** A first copy has nothing older to remove, but what was answered before it began. */
const sweepOf = (db: ReadDb, scope: PageScope): typeof sweepStart | null =>
  scope.generation > 1 || readMeta(db, 'unconfirmed') !== null ? sweepStart : null;

function closePage(db: WriteDb, page: SyncPage, scope: PageScope): Applied {
  for (const gone of page.removed) remove(db, gone);
  if (scope.snapshot) markThreads(db, page);
  const copied = endsCopy(page, scope);
  if (copied) {
    writeMeta(db, 'snapshot', 'done');
    removeMeta(db, 'unconfirmed');
    removeMeta(db, 'doubted');
    writeMeta(db, 'offer_due', '1');
  }
  writeMeta(db, 'cursor', page.next_cursor);
  return {
    snapshot: scope.snapshot,
    assigned: [],
    newMessages: [],
    ticketIds: touched(page),
    copied,
    lists:
      page.staff.length + page.macros.length > 0 ||
      page.removed.some(({ kind }) => kind === 'staff' || kind === 'macro'),
    arrived: page.messages.flatMap(({ id, client_id, staff_id }) =>
      client_id !== null && staff_id === scope.me
        ? [{ operationId: client_id, messageId: id }]
        : [],
    ),
    merged: page.removed.flatMap(({ kind, id, merged_into: into }) =>
      kind === 'ticket' && into !== undefined ? [{ ticketId: id, into }] : [],
    ),
  };
}

/**
 * A copy brings whole threads, but at its end also what has moved since it began, and of a ticket
 * that it left out as too old that is only the latest. Whether the rest is here is counted once the
 * copy has taken away what it did not bring.
 */
function markThreads(db: WriteDb, page: SyncPage): void {
  const brought = new Map<string, number>();
  for (const { ticket_id: id } of page.messages) brought.set(id, (brought.get(id) ?? 0) + 1);
  const { whole = [], doubtful = [] } = Object.groupBy(
    page.tickets,
    ({ id, message_count: count }) => ((brought.get(id) ?? 0) >= count ? 'whole' : 'doubtful'),
  );
  markWhole(
    db,
    whole.map(({ id }) => id),
  );
  markDoubtful(
    db,
    doubtful.map(({ id }) => id),
  );
}

function becomesMine(db: ReadDb, ticketId: string, me: string): boolean {
  const known = getTicket(db, ticketId);
  return known !== null && known.assignee_id !== me;
}

/** The ticket and the message that a response to an operation shows. */
export interface Answered {
  ticket?: Ticket;
  message?: Message;
}

/**
 * Applies the server's answer to an operation: it is truth like any page, but moves no cursor. It
 * may come after the page that removes its ticket or message, and must not bring that back: no
 * later page would remove it again.
 */
export function applyAnswer(db: WriteDb, answer: Answered): void {
  db.transaction(() => {
    storeAnswer(db, answer, answerGeneration(db));
  });
}

/**
 * As `applyAnswer`, for one that may be older than the full sync: a server repeats what it answered
 * first under a key. What the copy lacks may have been removed before it, which no page tells, so
 * it is left to the feed, and to a copy that is under way.
 */
export function applyOldAnswer(db: WriteDb, { ticket, message }: Answered): void {
  db.transaction(() => {
    if (readMeta(db, 'snapshot') === 'done') {
      const generation = currentGeneration(db);
      if (ticket && storedVersion(db, ticket.id, generation) !== null)
        storeAnswer(db, { ticket }, generation);
      return;
    }
    // The cached row knows better to which ticket the message belongs.
    const isMissing = message !== undefined && !messageExists(db, message.id);
    storeAnswer(
      db,
      { ...(ticket ? { ticket } : {}), ...(isMissing ? { message } : {}) },
      unconfirmedGeneration(db),
    );
  });
}

function storeAnswer(db: WriteDb, { ticket, message }: Answered, generation: number): void {
  const strangers = ticket ? absentTickets(db, [ticket.id]) : [];
  if (ticket && !wasRemoved(db, ticket.id) && isNewer(db, ticket, generation))
    storeTicket(db, ticket, generation);
  if (message && !wasRemoved(db, message.id) && !wasRemoved(db, message.ticket_id))
    settleAnswered(db, storeMessages(db, [message], generation));
  if (readMeta(db, 'snapshot') === 'done') markPartial(db, strangers);
  // A copy that does not bring this ticket takes its messages away and leaves the row, which
  // counts as new.
  else if (ticket) markDoubtful(db, [ticket.id]);
}

/**
 * A note counts in its ticket without a new version, so a page of the same version may know of more
 * notes than a late answer.
 */
function isNewer(db: ReadDb, ticket: Ticket, generation: number): boolean {
  const known = storedVersion(db, ticket.id, generation);
  return known === null || known < ticket.version;
}

/** The tickets of these messages that an earlier copy has brought messages of. */
function threadsBefore(
  db: ReadDb,
  messages: readonly Message[],
  generation: number,
): ReadonlySet<string> {
  const ids = generation > 1 ? [...new Set(messages.map((message) => message.ticket_id))] : [];
  return new Set(ids.filter((id) => hasMessages(db, id, generation)));
}

function touched(page: SyncPage): string[] {
  const removed = page.removed.filter((r) => r.kind === 'ticket').map((r) => r.id);
  return [
    ...new Set([
      ...page.tickets.map((t) => t.id),
      ...page.messages.map((m) => m.ticket_id),
      ...removed,
    ]),
  ];
}
