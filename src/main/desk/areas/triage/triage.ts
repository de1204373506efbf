import type { TicketBase, TicketChange } from '../../../../contract/wire/api.ts';
import type {
  Account,
  CallInput,
  CallOutput,
  TicketFieldChange,
} from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import {
  inverseOf,
  touchedFields,
  type Operation,
  type OperationIntent,
} from '../../../../core/operation.ts';
import { requireAbility, requireChange } from './abilities.ts';
import type { TicketFields } from '../../../../core/overlay.ts';
import { effectiveTags } from '../../../../core/tags.ts';
import { currentFields, currentTicket, seenKey, unusedId } from '../tickets/current-ticket.ts';
import { readSettings } from '../settings/settings-table.ts';
import { knownAbilities } from '../../feed/servers/known.ts';
import { keepLocally, type Snoozes } from './snooze.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import type { Holds } from '../outbox/holds.ts';
import type { Outbox } from '../outbox/queue.ts';
import type { Tell } from '../../tell.ts';

export interface TriageParts {
  cache: ReadDb;
  outbox: Outbox;
  own: OwnRows;
  account: Account;
  snoozes: Snoozes;
  serverNow: () => number;
  holds: Holds;
  tell: Tell;
}

type QueueChangeParts = Pick<TriageParts, 'cache' | 'outbox' | 'snoozes' | 'serverNow'>;
type ChangeParts = QueueChangeParts & Pick<TriageParts, 'account' | 'tell'>;
type QueueCloseParts = Pick<TriageParts, 'cache' | 'outbox' | 'own' | 'snoozes'>;
type CloseParts = QueueCloseParts & Pick<TriageParts, 'account' | 'holds' | 'tell'>;
type ReopenParts = Pick<TriageParts, 'cache' | 'outbox' | 'account' | 'snoozes' | 'tell'>;
type TakeBackParts = Pick<TriageParts, 'cache' | 'outbox' | 'snoozes'>;
type UndoParts = TakeBackParts & Pick<TriageParts, 'tell'>;

/**
 * Queues a change of fields with the values that the agent saw, so that the server can tell a clash
 * from a change.
 */
export function changeTicket(
  parts: ChangeParts,
  input: CallInput<'triage.change'>,
): CallOutput<'triage.change'> {
  requireChange(parts.cache, input.change);
  const seen = currentFields(parts, input.ticket_id);
  const before = madeBefore(parts, input, isSo(seen, input.change));
  if (before) return { operation_id: before };
  const id = queueChange(parts, input.ticket_id, seen, input.change, {
    throughReplies: input.through_replies,
    attempt: input.attempt,
  });
  parts.tell.operationAdded(input.ticket_id);
  return { operation_id: id };
}

interface ChangeOptions {
  throughReplies?: boolean | undefined;
  attempt?: string | undefined;
}

/**
 * Finds what a command made that is repeated because its result was lost. Only while its effect `holds`:
 * where it does not, somebody has changed the ticket since, and the agent wants it again.
 */
function madeBefore(
  parts: Pick<TriageParts, 'outbox'>,
  { ticket_id: ticketId, attempt }: { ticket_id: string; attempt?: string | undefined },
  holds: boolean,
): string | null {
  const made = holds && attempt !== undefined ? parts.outbox.byId(attempt) : null;
  return made && made.ticketId === ticketId && made.state !== 'discarded' ? made.id : null;
}

/**
 * Queues the change of one ticket, also for a bulk; the caller notifies the window. Throws
 * BridgeError.
 */
export function queueChange(
  parts: QueueChangeParts,
  ticketId: string,
  seen: TicketFields,
  wanted: TicketFieldChange,
  { throughReplies = false, attempt }: ChangeOptions = {},
): string {
  checkSnooze(parts, seen.status, wanted.snoozed_until);
  const change = effective(seen, toChange(wanted));
  const { snoozed_until: until } = change;
  return parts.outbox.together(() => {
    const id = parts.outbox.enqueue(
      ticketId,
      { kind: 'change', change, base: baseOf(seen, change) },
      { id: unusedId(parts.outbox, attempt) },
    );
    if (until !== undefined)
      keepLocally(parts, ticketId, until === null ? null : Date.parse(until), throughReplies);
    return id;
  });
}

/** Whether a change would leave the ticket as it is. */
export function isSo(seen: TicketFields, wanted: TicketFieldChange): boolean {
  const { tags, ...fields } = effective(seen, toChange(wanted));
  const base = baseOf(seen, fields);
  const same = Object.entries(fields).every(
    ([field, value]) => base[field as keyof TicketBase] === value,
  );
  return same && (tags === undefined || tags.add.length + tags.remove.length === 0);
}

export function closeTicket(
  parts: CloseParts,
  input: CallInput<'triage.close'>,
): CallOutput<'triage.close'> {
  const { ticket_id: ticketId, seen, attempt } = input;
  const fields = currentFields(parts, ticketId);
  const before = madeBefore(parts, input, fields.status === 'closed');
  if (before !== null)
    return {
      operation_id: before,
      ...(finalCloseMs(parts) === null ? {} : { undo_ms: parts.holds.left(before) ?? 0 }),
    };
  if (fields.status === 'closed') throw new BridgeError('ticket-closed');
  const undoMs = finalCloseMs(parts);
  const id = queueClose(parts, ticketId, fields, {
    seenThrough: seenKey(parts.cache, ticketId, seen),
    id: unusedId(parts.outbox, attempt),
  });
  if (undoMs !== null && undoMs > 0) parts.holds.begin(id, undoMs);
  parts.tell.operationAdded(ticketId);
  return { operation_id: id, ...(undoMs === null ? {} : { undo_ms: undoMs }) };
}

/**
 * How long (ms) a close can be undone where the server could not reopen the ticket afterwards: it
 * is held that long before it is sent. Null: the server can reopen, so nothing is held.
 */
export function finalCloseMs(parts: Pick<TriageParts, 'cache' | 'own'>): number | null {
  return knownAbilities(parts.cache).changes
    ? null
    : readSettings(parts.own.db, parts.own.key).undo_seconds * 1000;
}

/**
 * Queues the close of one ticket, also for a bulk; the caller notifies the window, and begins the
 * undo window of a close that is held.
 */
export function queueClose(
  parts: QueueCloseParts,
  ticketId: string,
  { status, snoozed_until: snoozed }: TicketFields,
  options: { seenThrough: number; id?: string | undefined },
): string {
  const asleep =
    snoozed !== null && snoozed > parts.snoozes.sleep().now
      ? { snoozed: new Date(snoozed).toISOString() }
      : {};
  const state = (finalCloseMs(parts) ?? 0) > 0 ? 'held' : 'queued';
  return parts.outbox.enqueue(
    ticketId,
    { kind: 'close', before: status, ...asleep },
    { ...options, state },
  );
}

export function reopenTicket(
  parts: ReopenParts,
  input: CallInput<'triage.reopen'>,
): CallOutput<'triage.reopen'> {
  const { ticket_id: ticketId, attempt } = input;
  requireAbility(parts.cache, 'reopen');
  const isClosed = currentTicket(parts, ticketId).status === 'closed';
  const before = madeBefore(parts, input, !isClosed);
  if (before !== null) return { operation_id: before };
  if (!isClosed) throw new BridgeError('invalid-input', { message: 'the ticket is not closed' });
  const id = parts.outbox.enqueue(
    ticketId,
    { kind: 'reopen' },
    { id: unusedId(parts.outbox, attempt) },
  );
  parts.tell.operationAdded(ticketId);
  return { operation_id: id };
}

/**
 * Takes a change, close or reopen back. Where it has not gone out it is dropped, else the opposite
 * is queued against what it set, so that the server refuses it where someone changed the field
 * since. Throws BridgeError 'not-undoable'.
 */
export function undoTriage(parts: UndoParts, operationId: string): CallOutput<'triage.undo'> {
  const { ticketId, inverse } = takeBackTriage(parts, operationId);
  parts.tell.operationAdded(ticketId);
  return { result: inverse === null ? 'dropped' : 'reversed' };
}

/**
 * As `undoTriage`, without notifying the window. `inverse`: the opposite operation that was queued;
 * null: the operation was dropped.
 */
export function takeBackTriage(
  parts: TakeBackParts,
  operationId: string,
): { ticketId: string; inverse: string | null } {
  const operation = parts.outbox.byId(operationId);
  const inverse = operation ? inverseOf(operation.intent) : null;
  if (!operation || !inverse || operation.state === 'discarded' || builtOn(parts, operation))
    throw new BridgeError('not-undoable');
  const { ticketId, intent } = operation;
  return parts.outbox.together(() => {
    // One in flight is answered like one that has arrived: the opposite waits behind it in its
    // ticket.
    const opposite = parts.outbox.discard(operationId)
      ? null
      : queueInverse(parts, ticketId, inverse);
    if (touchedFields(intent).includes('snoozed_until')) parts.snoozes.set(ticketId, null, 0);
    return { ticketId, inverse: opposite };
  });
}

/**
 * Throws BridgeError 'not-undoable' where the server cannot do the opposite: then nothing says that
 * it was undone.
 */
function queueInverse(parts: TakeBackParts, ticketId: string, inverse: OperationIntent): string {
  const { changes, assignment } = knownAbilities(parts.cache);
  const fields = touchedFields(inverse).filter((field) => field !== 'snoozed_until');
  const isPossible =
    inverse.kind !== 'change' ||
    fields.every((field) => (field === 'assignee_id' ? assignment : changes));
  if (!isPossible) throw new BridgeError('not-undoable');
  return parts.outbox.enqueue(ticketId, awakeIfOver(inverse, parts.snoozes.sleep().now));
}

/**
 * Whether a later waiting operation starts from what this one sets: that one must be taken back
 * first.
 */
function builtOn(
  parts: Pick<TriageParts, 'outbox'>,
  { seq, ticketId, intent }: Operation,
): boolean {
  const fields = touchedFields(intent);
  return parts.outbox
    .openOf(ticketId)
    .some(
      (later) =>
        later.seq > seq && touchedFields(later.intent).some((field) => fields.includes(field)),
    );
}

/** The base of a change: each touched field's value as seen. Tags are a set and need none. */
export function baseOf(
  seen: Pick<TicketFields, 'status' | 'priority' | 'category' | 'assignee_id' | 'snoozed_until'>,
  change: TicketChange,
): TicketBase {
  return {
    ...(change.status === undefined ? {} : { status: seen.status }),
    ...(change.priority === undefined ? {} : { priority: seen.priority }),
    ...(change.category === undefined ? {} : { category: seen.category }),
    ...(change.assignee_id === undefined ? {} : { assignee_id: seen.assignee_id }),
    ...(change.snoozed_until === undefined
      ? {}
      : {
          snoozed_until:
            seen.snoozed_until === null ? null : new Date(seen.snoozed_until).toISOString(),
        }),
  };
}

/** A snooze ends in the future and on a ticket that still wants parts. Throws BridgeError. */
function checkSnooze(
  parts: Pick<TriageParts, 'serverNow'>,
  status: string,
  until: string | null | undefined,
): void {
  if (until === null || until === undefined) return;
  if (status === 'closed') throw new BridgeError('ticket-closed');
  if (Date.parse(until) <= parts.serverNow())
    throw new BridgeError('invalid-input', { message: 'a snooze ends in the future' });
}

/** Going back to a snooze that is over by now means being awake. */
function awakeIfOver(intent: OperationIntent, now: number): OperationIntent {
  if (
    intent.kind !== 'change' ||
    !intent.change.snoozed_until ||
    Date.parse(intent.change.snoozed_until) > now
  )
    return intent;
  return { ...intent, change: { ...intent.change, snoozed_until: null } };
}

/** Without tags that are there, or gone, already: undoing the change must not touch those. */
function effective(seen: TicketFields, { tags, ...fields }: TicketChange): TicketChange {
  if (!tags) return fields;
  const changed = effectiveTags(seen.tags, tags);
  return changed.add.length + changed.remove.length > 0 || Object.keys(fields).length === 0
    ? { ...fields, tags: changed }
    : fields;
}

/** Leaves out what the window left undefined. */
function toChange(input: CallInput<'triage.change'>['change']): TicketChange {
  return {
    ...(input.status === undefined ? {} : { status: input.status }),
    ...(input.priority === undefined ? {} : { priority: input.priority }),
    ...(input.category === undefined ? {} : { category: input.category }),
    ...(input.assignee_id === undefined ? {} : { assignee_id: input.assignee_id }),
    ...(input.snoozed_until === undefined ? {} : { snoozed_until: input.snoozed_until }),
    ...(input.tags === undefined ? {} : { tags: input.tags }),
  };
}
