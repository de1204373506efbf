import type {
  Account,
  CallOutput,
  FieldConflict,
  JournalItem,
  OutboxItem,
} from '../../../../contract/bridge.ts';
import type { TicketChange } from '../../../../contract/wire/api.ts';
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
import type { Engine } from '../../feed/engine.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import type { Tell } from '../../tell.ts';
import type { Holds } from './holds.ts';
import type { Outbox } from './queue.ts';

export interface OutboxParts {
  cache: ReadDb;
  outbox: Outbox;
  own: OwnRows;
  account: Account;
  holds: Holds;
  engine: Pick<Engine, 'oddAnswers'>;
  tell: Tell;
}

type ItemParts = Omit<OutboxParts, 'tell'>;
type ResendParts = Pick<OutboxParts, 'cache' | 'outbox'>;

const mostListed = 1_000;

/** Everything that the server has not confirmed, oldest first. */
export function listOutbox(parts: ItemParts): CallOutput<'outbox.list'> {
  const open = parts.outbox.open();
  const subjectOf = subjects(parts.cache, open);
  const order = parts.outbox.order();
  const stopped = stoppedBehind(open, order);
  return open.map((operation) =>
    toItem(parts, operation, subjectOf, {
      behind: stopped.has(operation.id),
      waits_for: order.waitsFor.get(operation.id)?.id ?? null,
    }),
  );
}

type SubjectOf = (ticketId: string) => string;

function toItem(
  parts: ItemParts,
  operation: Operation,
  subjectOf: SubjectOf,
  waits: Pick<OutboxItem, 'behind' | 'waits_for'>,
): OutboxItem {
  const reason = operation.parked?.reason ?? null;
  return {
    ...toLine(operation, subjectOf),
    state: deliveryOf(operation),
    odd_answers: parts.engine.oddAnswers(operation.id),
    held_ms: operation.state === 'held' ? parts.holds.left(operation.id) : null,
    reason,
    conflicts: reason === 'conflict' ? conflictsOf(parts.cache, operation) : [],
    newer:
      reason === 'stale'
        ? newerThanSeen(parts.cache, operation, parts.account.id).map((message) =>
            fromServer(message, parts.account.id),
          )
        : [],
    merged_into: targetOf(parts.cache, operation),
    ...waits,
    unit: unitOf(parts.own.db, operation.id),
    sent_with: sentWithOf(parts.own.db, operation.id),
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

function conflictsOf(cache: ReadDb, operation: Operation): FieldConflict[] {
  const record = getTicket(cache, operation.ticketId);
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
function targetOf(cache: ReadDb, { ticketId, parked }: Operation): OutboxItem['merged_into'] {
  if (parked?.reason !== 'ticket-merged' && parked?.reason !== 'ticket-gone') return null;
  const target = getTicket(cache, mergedInto(cache, ticketId) ?? parked.detail ?? '');
  return target && { id: target.id, subject: target.subject };
}

/**
 * Sends a parked operation again. A conflicted change goes as a new operation based on what the
 * server has now, and so does a message that the server had confirmed and lost: under its old key
 * it could only repeat its old answer. Any other one goes under its own id, since an earlier try
 * may have arrived. The agent has now seen what there is.
 */
export function retryOperation(
  parts: ResendParts & Pick<OutboxParts, 'tell'>,
  operationId: string,
): void {
  parts.tell.operationAdded(sendAgain(parts, operationId));
}

/** As `retryOperation`, without notifying the window; returns the ticket's id. */
export function sendAgain(parts: ResendParts, operationId: string): string {
  const operation = find(parts.outbox, operationId);
  if (operation.parked?.reason === 'conflict')
    return decideConflict(parts, operationId, clashing(operation));
  const seenThrough = newestKey(parts.cache, operation.ticketId);
  const done =
    operation.parked?.reason === 'lost' && operation.intent.kind !== 'unreadable'
      ? parts.outbox.replace(operationId, operation.ticketId, operation.intent, { seenThrough }) !==
        null
      : parts.outbox.unpark(operationId, seenThrough);
  if (!done) throw new BridgeError('operation-not-found');
  return operation.ticketId;
}

/**
 * Decides a conflict: what does not clash goes, and of what does the fields in `mine`; with nothing
 * left the operation is discarded.
 */
export function resolveConflict(
  parts: ResendParts & Pick<OutboxParts, 'tell'>,
  operationId: string,
  mine: readonly string[],
): void {
  parts.tell.operationAdded(decideConflict(parts, operationId, mine));
}

function decideConflict(parts: ResendParts, operationId: string, mine: readonly string[]): string {
  const operation = find(parts.outbox, operationId);
  const record = getTicket(parts.cache, operation.ticketId);
  const { intent } = operation;
  if (!record || intent.kind !== 'change' || operation.parked?.reason !== 'conflict')
    throw new BridgeError('operation-not-found');
  const dropped = new Set<string>(clashing(operation).filter((field) => !mine.includes(field)));
  const change: TicketChange = Object.fromEntries(
    Object.entries(intent.change).filter(([field]) => !dropped.has(field)),
  );
  const done =
    Object.keys(change).length === 0
      ? parts.outbox.discard(operationId)
      : parts.outbox.replace(operationId, operation.ticketId, {
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
export function repostOperation(
  parts: ResendParts & Pick<OutboxParts, 'tell'>,
  operationId: string,
): CallOutput<'outbox.repost'> {
  const operation = find(parts.outbox, operationId);
  const target = targetOf(parts.cache, operation);
  if (!target || operation.intent.kind === 'unreadable') throw new BridgeError('ticket-not-found');
  const id = parts.outbox.replace(operationId, target.id, operation.intent, {
    seenThrough: newestKey(parts.cache, target.id),
  });
  if (id === null) throw new BridgeError('operation-not-found');
  parts.tell.operationsAdded([target.id, operation.ticketId]);
  return { operation_id: id };
}

/**
 * Takes an operation out, by the agent's decision, a message with what was to go with it. One that
 * is under way cannot be called back.
 */
export function discardOperation(
  parts: Pick<OutboxParts, 'outbox' | 'own' | 'holds' | 'tell'>,
  operationId: string,
): void {
  const operation = find(parts.outbox, operationId);
  if (!parts.outbox.together(() => discardUnit(parts, operation)))
    throw new BridgeError('operation-not-found');
  parts.holds.end(operationId);
  parts.tell.operationAdded(operation.ticketId);
}

/** Discarded operations that have not been removed by age yet, newest first. */
export function listBin(parts: ResendParts): CallOutput<'outbox.bin'> {
  return toJournal(parts.cache, parts.outbox.settled('discarded', 0, mostListed));
}

/** Operations that the server has confirmed, newest first. */
export function listJournal(parts: ResendParts, limit: number): CallOutput<'outbox.journal'> {
  return toJournal(parts.cache, parts.outbox.settled('acked', 0, limit));
}

/** How a message of this desk reached the server. */
export function receiptOf(parts: ResendParts, messageId: string): CallOutput<'message.receipt'> {
  const operation = parts.outbox.ofMessage(messageId);
  return operation && (toJournal(parts.cache, [operation])[0] ?? null);
}

function toJournal(cache: ReadDb, operations: readonly SettledOperation[]): JournalItem[] {
  const subjectOf = subjects(cache, operations);
  return operations.map((operation) => ({
    ...toLine(operation, subjectOf),
    ended_at: operation.settledAt,
    server_id: operation.serverId,
  }));
}

/** Subjects of the tickets of these operations, asked for at once. */
function subjects(cache: ReadDb, operations: readonly Operation[]): SubjectOf {
  const known = ticketSubjects(
    cache,
    operations.map((operation) => operation.ticketId),
  );
  return (ticketId) => known.get(ticketId) ?? '';
}

function find(outbox: Outbox, operationId: string): Operation {
  const operation = outbox.open().find((o) => o.id === operationId);
  if (!operation) throw new BridgeError('operation-not-found');
  return operation;
}
