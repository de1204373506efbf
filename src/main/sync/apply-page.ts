import type { Message, Ticket } from '../../contract/entities.ts';
import type { SyncPage } from '../../contract/api.ts';
import { assertNever } from '../../core/assert-never.ts';
import { parseWireTime } from '../../core/time.ts';
import { removeMessage, storeMessage } from '../db/messages.ts';
import { storeMerge } from '../db/merged.ts';
import { readMeta, removeMeta, writeMeta } from '../db/meta.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { clearRemoved, markRemoved, wasRemoved } from '../db/removed.ts';
import { clearStaff, removeStaff, storeStaff } from '../db/staff.ts';
import { absentTickets, markDoubtful, markPartial, markWhole } from '../db/threads-partial.ts';
import { clearMacros, removeMacro, storeMacro } from '../db/macros.ts';
import { getTicket, removeOlderGenerations, removeTicket, storedVersion, storeTicket } from '../db/tickets.ts';
import { clearUnread, markUnread } from '../db/unread.ts';

export interface Applied {
  /** The page belongs to a full copy, not to the feed: nothing in it is news. */
  snapshot: boolean;
  ticketIds: string[];
  newMessages: Message[];
  /** Tickets that were known here and have become this account's. */
  assigned: string[];
  /** What this account's own operations have become: they are confirmed, whatever became of their answers. */
  arrived: { operationId: string; messageId: string }[];
  merged: { ticketId: string; into: string }[];
  /** The page ended a full copy. */
  copied: boolean;
  /** Colleagues or canned replies are others than before. */
  lists: boolean;
}

/** Until when (server ms) the agent has read a ticket. */
export type ReadThrough = (ticketId: string) => number;

/** Applies a page and its cursor in one transaction: after a crash either both are there or neither. */
export function applyPage(db: WriteDb, page: SyncPage, me: string, readThrough: ReadThrough): Applied {
  return db.transaction(() => {
    const generation = currentGeneration(db);
    const snapshot = readMeta(db, 'snapshot') !== 'done';
    // The first page of a full copy brings all colleagues and canned replies, to a customer none.
    if (snapshot && readMeta(db, 'cursor') === null) {
      clearStaff(db);
      clearMacros(db);
    }
    for (const member of page.staff) storeStaff(db, member);
    for (const macro of page.macros) storeMacro(db, macro);
    const assigned = snapshot ? [] : page.tickets.filter((ticket) => ticket.assignee_id === me && becomesMine(db, ticket.id, me)).map((ticket) => ticket.id);
    const ticketIds = page.tickets.map((ticket) => ticket.id);
    const strangers = snapshot ? [] : absentTickets(db, ticketIds);
    for (const ticket of page.tickets) storeTicket(db, ticket, generation);
    const newMessages = page.messages.filter((message) => storeMessage(db, message, generation));
    for (const message of newMessages) markIfUnread(db, message, { me, snapshot, readThrough });
    for (const gone of page.removed) remove(db, gone);
    // A copy brings whole threads, the feed only what is new of a ticket that was not kept.
    if (snapshot) markWhole(db, ticketIds);
    else markPartial(db, strangers);
    const complete = snapshot && !page.has_more;
    if (complete) {
      removeOlderGenerations(db, generation);
      writeMeta(db, 'snapshot', 'done');
    }
    writeMeta(db, 'cursor', page.next_cursor);
    return {
      snapshot, assigned, newMessages: newMessages.filter((m) => m.staff_id !== me), ticketIds: touched(page), copied: complete,
      lists: page.staff.length + page.macros.length > 0 || page.removed.some(({ kind }) => kind === 'staff' || kind === 'macro'),
      arrived: page.messages.flatMap(({ id, client_id, staff_id }) => (client_id !== null && staff_id === me ? [{ operationId: client_id, messageId: id }] : [])),
      merged: page.removed.flatMap(({ kind, id, merged_into: into }) => (kind === 'ticket' && into !== undefined ? [{ ticketId: id, into }] : [])),
    };
  });
}

function becomesMine(db: ReadDb, ticketId: string, me: string): boolean {
  const known = getTicket(db, ticketId);
  return known !== null && known.assignee_id !== me;
}

/**
 * What the server answered to an operation is truth like any page, but moves no cursor. It may come after the page that
 * removes what it speaks of, and must not bring that back: no later page would remove it again.
 */
export function applyAnswer(db: WriteDb, { ticket, message }: { ticket?: Ticket; message?: Message }): void {
  db.transaction(() => {
    const generation = currentGeneration(db);
    const strangers = ticket ? absentTickets(db, [ticket.id]) : [];
    if (ticket && !wasRemoved(db, ticket.id) && isNews(db, ticket, generation)) storeTicket(db, ticket, generation);
    if (message && !wasRemoved(db, message.id) && !wasRemoved(db, message.ticket_id)) storeMessage(db, message, generation);
    if (readMeta(db, 'snapshot') === 'done') markPartial(db, strangers);
    // A copy that does not bring this ticket takes its messages away and leaves the row, which counts as new.
    else if (ticket) markDoubtful(db, [ticket.id]);
  });
}

/** A note counts in its ticket without a new version, so a page of the same version may know of more notes than a late answer. */
function isNews(db: ReadDb, ticket: Ticket, generation: number): boolean {
  const known = storedVersion(db, ticket.id, generation);
  return known === null || known < ticket.version;
}

/** Begins a new full copy. What is cached stays readable until the copy is complete and then replaces it. */
export function beginSnapshot(db: WriteDb): void {
  db.transaction(() => {
    writeMeta(db, 'generation', String(currentGeneration(db) + 1));
    writeMeta(db, 'snapshot', 'running');
    removeMeta(db, 'cursor');
    clearRemoved(db);
  });
}

export function currentGeneration(db: ReadDb): number {
  return Number(readMeta(db, 'generation') ?? '1');
}

export interface ReadState { me: string; snapshot: boolean; readThrough: ReadThrough }

/** A customer's message is unread until it is seen. What was answered is settled: by me always, by anyone on a new desk. */
export function markIfUnread(db: WriteDb, message: Message, { me, snapshot, readThrough }: ReadState): void {
  if (message.is_internal) return;
  if (message.is_staff) {
    if (snapshot || message.staff_id === me) clearUnread(db, message.ticket_id);
    return;
  }
  const at = parseWireTime(message.created_at);
  if (at > readThrough(message.ticket_id)) markUnread(db, message.ticket_id, at);
}

function remove(db: WriteDb, gone: SyncPage['removed'][number]): void {
  switch (gone.kind) {
    case 'ticket':
      removeTicket(db, gone.id);
      markRemoved(db, gone.id);
      if (gone.merged_into !== undefined) storeMerge(db, gone.id, gone.merged_into);
      return;
    case 'message': removeMessage(db, gone.id); markRemoved(db, gone.id); return;
    case 'staff': removeStaff(db, gone.id); return;
    case 'macro': removeMacro(db, gone.id); return;
    default: assertNever(gone.kind);
  }
}

function touched(page: SyncPage): string[] {
  const removed = page.removed.filter((r) => r.kind === 'ticket').map((r) => r.id);
  return [...new Set([...page.tickets.map((t) => t.id), ...page.messages.map((m) => m.ticket_id), ...removed])];
}
