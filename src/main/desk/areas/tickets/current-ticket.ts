import type { Account, TicketRow } from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import { layOver, type TicketFields } from '../../../../core/overlay.ts';
import { keyOfMessage, newestKey } from './messages.ts';
import { getTicket } from './tickets-table.ts';
import { toFields, toRow } from './rows.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { Outbox } from '../outbox/queue.ts';
import type { Snoozes } from '../triage/snooze.ts';

/** The server's row of a ticket, and the operations that are laid over it. */
export interface FieldParts {
  cache: ReadDb;
  outbox: Pick<Outbox, 'openOf'>;
  account: Account;
}

export interface SeenParts extends FieldParts {
  snoozes: Pick<Snoozes, 'sleep'>;
}

/** The ticket as the agent sees it, or BridgeError 'ticket-not-found'. */
export function currentTicket(parts: SeenParts, ticketId: string): TicketRow {
  const record = getTicket(parts.cache, ticketId);
  if (!record) throw new BridgeError('ticket-not-found');
  return toRow(
    record,
    parts.outbox.openOf(ticketId),
    parts.account.id,
    false,
    parts.snoozes.sleep(),
  );
}

/**
 * The fields of a ticket as its waiting operations leave them, or BridgeError 'ticket-not-found'.
 */
export function currentFields(parts: FieldParts, ticketId: string): TicketFields {
  const record = getTicket(parts.cache, ticketId);
  if (!record) throw new BridgeError('ticket-not-found');
  return layOver(toFields(record, parts.account.id), parts.outbox.openOf(ticketId)).ticket;
}

/**
 * Key of the newest message that was on the author's screen; what the desk has where the window did
 * not say, or names one that has gone.
 */
export function seenKey(cache: ReadDb, ticketId: string, seen: string | null | undefined): number {
  return (seen ? keyOfMessage(cache, ticketId, seen) : null) ?? newestKey(cache, ticketId);
}

/**
 * The window's name for an attempt as the id of its operation; undefined where that was used, by
 * one that was taken back since.
 */
export function unusedId(
  outbox: Pick<Outbox, 'byId'>,
  attempt: string | undefined,
): string | undefined {
  return attempt !== undefined && outbox.byId(attempt) ? undefined : attempt;
}
