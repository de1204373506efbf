import type {
  CallOutput,
  FieldConflict,
  JournalItem,
  OutboxItem,
} from '../../../../contract/bridge.ts';
import type { TicketChange } from '../../../../contract/api.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import type { Operation, SettledOperation } from '../../../../core/operation.ts';
import { stoppedBehind } from '../../../../core/send-order.ts';
import { mergedInto } from '../tickets/merged.ts';
import { newestKey } from '../tickets/messages.ts';
import { getTicket, ticketSubjects } from '../tickets/tickets-table.ts';
import { sentWithOf, unitOf } from '../compose/units-table.ts';
import { newerThanSeen } from './staleness.ts';
import { deliveryOf, fromServer } from '../tickets/thread.ts';
import { baseOf } from '../triage/triage.ts';
import { discardUnit } from '../compose/units.ts';
import type { Workspace } from '../../workspace.ts';

const mostListed = 1_000;

/** Everything that the server has not confirmed, oldest first. */
export function listOutbox(work: Workspace): CallOutput<'outbox.list'> {
  const open = work.outbox.open();
  const subjectOf = subjects(work, open);
  const order = work.outbox.order();
  const stopped = stoppedBehind(open, order);
  return open.map((operation) =>
    toItem(work, operation, subjectOf, {
      behind: stopped.has(operation.id),
      waits_for: order.waitsFor.get(operation.id)?.id ?? null,
    }),
  );
}

type SubjectOf = (ticketId: string) => string;

function toItem(
  work: Workspace,
  operation: Operation,
  subjectOf: SubjectOf,
  waits: Pick<OutboxItem, 'behind' | 'waits_for'>,
): OutboxItem {
  const reason = operation.parked?.reason ?? null;
  return {
    ...toLine(operation, subjectOf),
    state: deliveryOf(operation),
    odd_answers: work.engine.oddAnswers(operation.id),
    held_ms: operation.state === 'held' ? work.holds.left(operation.id) : null,
    reason,
    conflicts: reason === 'conflict' ? conflictsOf(work, operation) : [],
    newer:
      reason === 'stale'
        ? newerThanSeen(work.cache, operation, work.account.id).map((message) =>
            fromServer(message, work.account.id),
          )
        : [],
    merged_into: targetOf(work, operation),
    ...waits,
    unit: unitOf(work.outboxDb, operation.id),
    sent_with: sentWithOf(work.outboxDb, operation.id),
  };
}

function toLine(
  { id, ticketId, intent, attempts, createdAt }: Operation,
  subjectOf: SubjectOf,
): Omit<JournalItem, 'ended_at' | 'server_id'> {
  return {
    id,
    ticket_id: ticketId,
    subject: subjectOf(ticketId),
    kind: intent.kind === 'unreadable' ? 'change' : intent.kind,
    text:
      intent.kind === 'reply' || intent.kind === 'note'
        ? intent.text
        : intent.kind === 'unreadable'
          ? intent.raw
          : null,
    change: intent.kind === 'change' ? intent.change : null,
    attempts,
    created_at: createdAt,
  };
}

function conflictsOf(work: Workspace, operation: Operation): FieldConflict[] {
  const record = getTicket(work.cache, operation.ticketId);
  const { intent } = operation;
  if (!record || intent.kind !== 'change') return [];
  const now = baseOf(record, intent.change);
  return clashing(operation).flatMap((field) =>
    field in now
      ? [
          {
            field,
            base: intent.base[field] ?? null,
            mine: intent.change[field] ?? null,
            theirs: now[field] ?? null,
          },
        ]
      : [],
  );
}

type Field = Exclude<keyof TicketChange, 'tags'>;
const fields: readonly Field[] = [
  'status',
  'priority',
  'category',
  'assignee_id',
  'snoozed_until',
  'subject',
];

/** The fields that the server named when it refused. */
function clashing({ parked }: Operation): Field[] {
  const named = (parked?.detail ?? '').split(', ');
  return fields.filter((field) => named.includes(field));
}

/** Where the conversation of a merged ticket went on, as far as this desk can show it. */
function targetOf(work: Workspace, { ticketId, parked }: Operation): OutboxItem['merged_into'] {
  if (parked?.reason !== 'ticket-merged' && parked?.reason !== 'ticket-gone') return null;
  const target = getTicket(work.cache, mergedInto(work.cache, ticketId) ?? parked.detail ?? '');
  return target && { id: target.id, subject: target.subject };
}

/**
 * Sends a parked operation again. A conflicted change goes as a new operation based on what the
 * server has now, and so does a message that the server had confirmed and lost: under its old key
 * it could only repeat its old answer. Any other one goes under its own id, since an earlier try
 * may have arrived. The agent has now seen what there is.
 */
export function retryOperation(work: Workspace, operationId: string): void {
  work.operationAdded(sendAgain(work, operationId));
}

/** The same without telling the window; answers the ticket. */
export function sendAgain(work: Workspace, operationId: string): string {
  const operation = find(work, operationId);
  if (operation.parked?.reason === 'conflict')
    return decideConflict(work, operationId, clashing(operation));
  const seenThrough = newestKey(work.cache, operation.ticketId);
  const done =
    operation.parked?.reason === 'lost' && operation.intent.kind !== 'unreadable'
      ? work.outbox.replace(operationId, operation.ticketId, operation.intent, { seenThrough }) !==
        null
      : work.outbox.unpark(operationId, seenThrough);
  if (!done) throw new BridgeError('operation-not-found');
  return operation.ticketId;
}

/**
 * Decides a conflict: what does not clash goes, and of what does the fields in `mine`; with nothing
 * left the operation is discarded.
 */
export function resolveConflict(
  work: Workspace,
  operationId: string,
  mine: readonly string[],
): void {
  work.operationAdded(decideConflict(work, operationId, mine));
}

function decideConflict(work: Workspace, operationId: string, mine: readonly string[]): string {
  const operation = find(work, operationId);
  const record = getTicket(work.cache, operation.ticketId);
  const { intent } = operation;
  if (!record || intent.kind !== 'change' || operation.parked?.reason !== 'conflict')
    throw new BridgeError('operation-not-found');
  const dropped = new Set<string>(clashing(operation).filter((field) => !mine.includes(field)));
  const change: TicketChange = Object.fromEntries(
    Object.entries(intent.change).filter(([field]) => !dropped.has(field)),
  );
  const done =
    Object.keys(change).length === 0
      ? work.outbox.discard(operationId)
      : work.outbox.replace(operationId, operation.ticketId, {
          kind: 'change',
          change,
          base: baseOf(record, change),
        }) !== null;
  if (!done) throw new BridgeError('operation-not-found');
  return operation.ticketId;
}

/**
 * Sends what was meant for a merged ticket to the one that took it over, as a new operation that
 * has seen what is there.
 */
export function repostOperation(work: Workspace, operationId: string): CallOutput<'outbox.repost'> {
  const operation = find(work, operationId);
  const target = targetOf(work, operation);
  if (!target || operation.intent.kind === 'unreadable') throw new BridgeError('ticket-not-found');
  const id = work.outbox.replace(operationId, target.id, operation.intent, {
    seenThrough: newestKey(work.cache, target.id),
  });
  if (id === null) throw new BridgeError('operation-not-found');
  work.operationAdded(target.id);
  work.changed([operation.ticketId]);
  return { operation_id: id };
}

/**
 * Takes an operation out, by the agent's decision, a message with what was to go with it. One that
 * is under way cannot be called back.
 */
export function discardOperation(work: Workspace, operationId: string): void {
  const operation = find(work, operationId);
  if (!work.outbox.together(() => discardUnit(work, operation)))
    throw new BridgeError('operation-not-found');
  work.holds.end(operationId);
  work.operationAdded(operation.ticketId);
}

/** What the agent discarded and age has not removed yet, newest first. */
export function listBin(work: Workspace): CallOutput<'outbox.bin'> {
  return toJournal(work, work.outbox.settled('discarded', 0, mostListed));
}

/** What the server has confirmed, newest first. */
export function listJournal(work: Workspace, limit: number): CallOutput<'outbox.journal'> {
  return toJournal(work, work.outbox.settled('acked', 0, limit));
}

/** How a message of this desk reached the server. */
export function receiptOf(work: Workspace, messageId: string): CallOutput<'message.receipt'> {
  const operation = work.outbox.ofMessage(messageId);
  return operation && (toJournal(work, [operation])[0] ?? null);
}

function toJournal(work: Workspace, operations: readonly SettledOperation[]): JournalItem[] {
  const subjectOf = subjects(work, operations);
  return operations.map((operation) => ({
    ...toLine(operation, subjectOf),
    ended_at: operation.settledAt,
    server_id: operation.serverId,
  }));
}

/** Subjects of the tickets of these operations, asked for at once. */
function subjects(work: Workspace, operations: readonly Operation[]): SubjectOf {
  const known = ticketSubjects(
    work.cache,
    operations.map((operation) => operation.ticketId),
  );
  return (ticketId) => known.get(ticketId) ?? '';
}

function find(work: Workspace, operationId: string): Operation {
  const operation = work.outbox.open().find((o) => o.id === operationId);
  if (!operation) throw new BridgeError('operation-not-found');
  return operation;
}
