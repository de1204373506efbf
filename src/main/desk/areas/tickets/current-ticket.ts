import type { TicketRow } from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import { layOver, type TicketFields } from '../../../../core/overlay.ts';
import { keyOfMessage, newestKey } from './messages.ts';
import { getTicket } from './tickets-table.ts';
import { toFields, toRow } from './rows.ts';
import type { Workspace } from '../../workspace.ts';

/** The ticket as the agent sees it, or BridgeError 'ticket-not-found'. */
export function currentTicket(work: Workspace, ticketId: string): TicketRow {
  const record = getTicket(work.cache, ticketId);
  if (!record) throw new BridgeError('ticket-not-found');
  return toRow(record, work.outbox.openOf(ticketId), work.account.id, false, work.sleep());
}

/**
 * The fields of a ticket as its waiting operations leave them, or BridgeError 'ticket-not-found'.
 */
export function currentFields(work: Workspace, ticketId: string): TicketFields {
  const record = getTicket(work.cache, ticketId);
  if (!record) throw new BridgeError('ticket-not-found');
  return layOver(toFields(record, work.account.id), work.outbox.openOf(ticketId)).ticket;
}

/**
 * Key of the newest message that was on the author's screen; what the desk has where the window did
 * not say, or names one that has gone.
 */
export function seenKey(
  work: Workspace,
  ticketId: string,
  seen: string | null | undefined,
): number {
  return (
    (seen ? keyOfMessage(work.cache, ticketId, seen) : null) ?? newestKey(work.cache, ticketId)
  );
}

/**
 * The window's name for an attempt as the id of its operation; undefined where that was used, by
 * one that was taken back since.
 */
export function unusedId(work: Workspace, attempt: string | undefined): string | undefined {
  return attempt !== undefined && work.outbox.byId(attempt) ? undefined : attempt;
}
