import type { TicketBase, TicketChange } from '../../contract/api.ts';
import type { CallInput, CallOutput, TicketRow } from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';
import { getTicket } from '../db/tickets.ts';
import { requireAbility, requireChange } from './abilities.ts';
import { toRow } from './rows.ts';
import type { Workspace } from './workspace.ts';

/** Queues a change of fields with the values that the agent saw, so that the server can tell a clash from a change. */
export function changeTicket(work: Workspace, input: CallInput<'triage.change'>): CallOutput<'triage.change'> {
  requireChange(work, input.change);
  const seen = currentTicket(work, input.ticket_id);
  const change = toChange(input.change);
  const id = work.outbox.enqueue(input.ticket_id, { kind: 'change', change, base: baseOf(seen, change) });
  work.operationAdded(input.ticket_id);
  return { operation_id: id };
}

export function closeTicket(work: Workspace, ticketId: string): CallOutput<'triage.close'> {
  if (currentTicket(work, ticketId).status === 'closed') throw new BridgeError('ticket-closed');
  const id = work.outbox.enqueue(ticketId, { kind: 'close' });
  work.operationAdded(ticketId);
  return { operation_id: id };
}

export function reopenTicket(work: Workspace, ticketId: string): CallOutput<'triage.reopen'> {
  requireAbility(work, 'reopen');
  if (currentTicket(work, ticketId).status !== 'closed') throw new BridgeError('invalid-input', { message: 'the ticket is not closed' });
  const id = work.outbox.enqueue(ticketId, { kind: 'reopen' });
  work.operationAdded(ticketId);
  return { operation_id: id };
}

/** The ticket as the agent sees it, or BridgeError 'ticket-not-found'. */
export function currentTicket(work: Workspace, ticketId: string): TicketRow {
  const record = getTicket(work.cache, ticketId);
  if (!record) throw new BridgeError('ticket-not-found');
  return toRow(record, work.outbox.openOf(ticketId), work.account.id, false);
}

/** The base of a change: each touched field's value as seen. Tags are a set and need none. */
export function baseOf(seen: Pick<TicketRow, 'status' | 'priority' | 'category' | 'assignee_id'>, change: TicketChange): TicketBase {
  return {
    ...(change.status === undefined ? {} : { status: seen.status }),
    ...(change.priority === undefined ? {} : { priority: seen.priority }),
    ...(change.category === undefined ? {} : { category: seen.category }),
    ...(change.assignee_id === undefined ? {} : { assignee_id: seen.assignee_id }),
  };
}

/** Leaves out what the window left undefined. */
function toChange(input: CallInput<'triage.change'>['change']): TicketChange {
  return {
    ...(input.status === undefined ? {} : { status: input.status }),
    ...(input.priority === undefined ? {} : { priority: input.priority }),
    ...(input.category === undefined ? {} : { category: input.category }),
    ...(input.assignee_id === undefined ? {} : { assignee_id: input.assignee_id }),
    ...(input.tags === undefined ? {} : { tags: input.tags }),
  };
}
