import type { CallInput } from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import type { Tell } from '../../tell.ts';
import { setReadThrough } from '../session/accounts.ts';
import { endKeptUnread, keepTicketUnread, keptUnread } from './kept-unread.ts';
import { getTicket, type TicketRecord } from './tickets-table.ts';
import { clearUnread, unreadSince } from './unread.ts';

export interface ReadParts {
  cache: WriteDb;
  own: OwnRows;
  /** Until when (server ms) the agent has read a ticket. */
  readThrough: (ticketId: string) => number;
  /** The agent has seen this ticket. */
  onSeen: (ticketId: string) => void;
}

export interface MarkReadParts extends ReadParts {
  tell: Pick<Tell, 'changed'>;
}

/**
 * All that the window showed counts as read: nothing, where more has come since it asked. It asks
 * again then. Returns whether the ticket is read now.
 */
export function markRead(
  parts: MarkReadParts,
  { ticket_id: ticketId, state }: CallInput<'thread.markRead'>,
): boolean {
  const record = getTicket(parts.cache, ticketId);
  const isSeen =
    record !== null &&
    (state === undefined || state === unreadState(parts.cache, parts.own, record));
  if (isSeen && setRead(parts, ticketId)) parts.tell.changed([ticketId], ['reads']);
  return isSeen;
}

/**
 * Differs once anything arrives, at the end or by a merge before what was read, and once the agent
 * marks it unread.
 */
export function unreadState(
  cache: ReadDb,
  own: OwnRows,
  { id, last_customer_at: at, message_count: count }: TicketRecord,
): string {
  const mark = keptUnread(own, id)?.mark ?? '-';
  return `${unreadSince(cache, id) ?? '-'} ${at ?? '-'} ${count} ${mark}`;
}

/**
 * The agent keeps a ticket unread, from the customer's last message on. Returns its unread state
 * from then on. Throws BridgeError 'ticket-not-found'.
 */
export function markUnreadAgain(parts: MarkReadParts, ticketId: string): string {
  const record = setUnread(parts, ticketId);
  parts.tell.changed([ticketId], ['reads']);
  return unreadState(parts.cache, parts.own, record);
}

/** As `markUnreadAgain`; the window is not notified. */
export function setUnread({ cache, own }: ReadParts, ticketId: string): TicketRecord {
  const record = getTicket(cache, ticketId);
  if (!record) throw new BridgeError('ticket-not-found');
  keepTicketUnread(cache, own, ticketId, record.last_customer_at ?? record.activity_at);
  return record;
}

/**
 * Everything that is in the cache of this ticket now counts as read, and the window is not
 * notified. Returns whether it was unread.
 */
export function setRead(parts: ReadParts, ticketId: string): boolean {
  const record = getTicket(parts.cache, ticketId);
  if (!record) return false;
  parts.onSeen(ticketId);
  endKeptUnread(parts.own, ticketId);
  if (record.last_customer_at !== null && record.last_customer_at > parts.readThrough(ticketId)) {
    setReadThrough(parts.own.db, parts.own.key, ticketId, record.last_customer_at);
  }
  return clearUnread(parts.cache, ticketId);
}
