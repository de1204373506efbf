import type { CallOutput, OutboxItem } from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';
import type { Operation } from '../../core/operation.ts';
import { describeIntent, parkReasons } from '../../core/operation.ts';
import { listStaff } from '../db/staff.ts';
import { getTicket } from '../db/tickets.ts';
import { deliveryOf } from './thread.ts';
import { baseOf } from './triage.ts';
import type { Workspace } from './workspace.ts';

/** Everything that the server has not confirmed, oldest first. */
export function listOutbox(work: Workspace): CallOutput<'outbox.list'> {
  const names = new Map(listStaff(work.cache).map((member) => [member.id, member.name]));
  return work.outbox.open().map((operation) => toItem(work, operation, (id) => names.get(id) ?? 'a colleague'));
}

function toItem(work: Workspace, operation: Operation, staffName: (id: string) => string): OutboxItem {
  const { intent } = operation;
  return {
    id: operation.id,
    ticket_id: operation.ticketId,
    subject: getTicket(work.cache, operation.ticketId)?.subject ?? '',
    kind: intent.kind === 'unreadable' ? 'change' : intent.kind,
    summary: describeIntent(intent, staffName),
    text: intent.kind === 'reply' || intent.kind === 'note' ? intent.text : null,
    state: deliveryOf(operation),
    why: operation.parked ? parkReasons[operation.parked.reason] : null,
    attempts: operation.attempts,
    created_at: operation.createdAt,
  };
}

/** Sends a parked operation again. A conflicted change goes as a new operation based on what the server has now. */
export function retryOperation(work: Workspace, operationId: string): void {
  const operation = find(work, operationId);
  const record = getTicket(work.cache, operation.ticketId);
  const { intent } = operation;
  const done = operation.parked?.reason === 'conflict' && intent.kind === 'change' && record
    ? work.outbox.replace(operationId, operation.ticketId, { ...intent, base: baseOf(record, intent.change) }) !== null
    : work.outbox.unpark(operationId);
  if (!done) throw new BridgeError('operation-not-found');
  work.operationAdded(operation.ticketId);
}

/** Takes an operation out for good, by the agent's decision. One that is under way cannot be called back. */
export function discardOperation(work: Workspace, operationId: string): void {
  const operation = find(work, operationId);
  if (!work.outbox.discard(operationId)) throw new BridgeError('operation-not-found');
  work.operationAdded(operation.ticketId);
}

function find(work: Workspace, operationId: string): Operation {
  const operation = work.outbox.open().find((o) => o.id === operationId);
  if (!operation) throw new BridgeError('operation-not-found');
  return operation;
}
