import type { CallInput } from '../../../../contract/bridge.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import type { Tell } from '../../tell.ts';
import { setReadThrough } from '../session/accounts.ts';
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
 * again then.
 */
export function markRead(
  parts: MarkReadParts,
  { ticket_id: ticketId, state }: CallInput<'thread.markRead'>,
): void {
  const record = getTicket(parts.cache, ticketId);
  const isSeen =
    record !== null && (state === undefined || state === unreadState(parts.cache, record));
  if (isSeen && setRead(parts, ticketId)) parts.tell.changed([ticketId], ['reads']);
}

/** Differs once anything arrives: at the end, or by a merge before what was read. */
export function unreadState(
  cache: ReadDb,
  { id, last_customer_at: at, message_count: count }: TicketRecord,
): string {
  return `${unreadSince(cache, id) ?? '-'} ${at ?? '-'} ${count}`;
}

/**
 * Everything that is in the cache of this ticket now counts as read, and the window is not told.
 * Returns whether it was unread.
 */
export function setRead(parts: ReadParts, ticketId: string): boolean {
  const record = getTicket(parts.cache, ticketId);
  if (!record) return false;
  parts.onSeen(ticketId);
  if (record.last_customer_at !== null && record.last_customer_at > parts.readThrough(ticketId)) {
    setReadThrough(parts.own.db, parts.own.key, ticketId, record.last_customer_at);
  }
  return clearUnread(parts.cache, ticketId);
}
