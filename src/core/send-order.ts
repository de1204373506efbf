import { touchedFields, type Operation } from './operation.ts';

export interface SendOrder {
  /** The next operation of each ticket that may be sent, or is being sent. */
  next: Operation[];
  /** For each of the others, by id, the operation of the same ticket that it waits for. */
  waitsFor: Map<string, Operation>;
}

/**
 * An operation that others of its ticket may have to wait for. `isStopped`: it needs the agent, or
 * waits for one that does.
 */
interface Standing {
  operation: Operation;
  isStopped: boolean;
}

/**
 * Decides which operations may be sent. The operations of a ticket are sent in the order in which
 * they were written. But when one stands still, because it needs the agent or its undo window runs,
 * notes and changes of other fields may pass it (B3). `open`: oldest first. `unitOf`: the id of the
 * message that an operation was sent with, if any.
 */
export function sendOrder(
  open: readonly Operation[],
  unitOf: (operationId: string) => string | null,
): SendOrder {
  const next: Operation[] = [];
  const waitsFor = new Map<string, Operation>();
  const ahead = new Map<string, Standing>();
  const still = new Map<string, Standing[]>();
  for (const operation of open) {
    const { id, ticketId, state } = operation;
    const standing = still.get(ticketId) ?? [];
    const before =
      ahead.get(ticketId) ?? standing.find((earlier) => mustWait(operation, earlier, unitOf));
    if (before) waitsFor.set(id, before.operation);
    if (before || state === 'parked' || state === 'held') {
      const isStopped = state === 'parked' || before?.isStopped === true;
      still.set(ticketId, [...standing, { operation, isStopped }]);
    } else {
      next.push(operation);
      ahead.set(ticketId, { operation, isStopped: false });
    }
  }
  return { next, waitsFor };
}

/** The ids of the operations that wait, directly or not, for one that needs the agent. */
export function stoppedBehind(open: readonly Operation[], { waitsFor }: SendOrder): Set<string> {
  return behind(open, waitsFor, ({ state }) => state === 'parked');
}

/** The ids of the held operations, and of those that wait for them. */
export function heldBack(open: readonly Operation[], { waitsFor }: SendOrder): Set<string> {
  const isHeld = ({ state }: Operation): boolean => state === 'held';
  return new Set([...open.filter(isHeld).map(({ id }) => id), ...behind(open, waitsFor, isHeld)]);
}

function behind(
  open: readonly Operation[],
  waitsFor: SendOrder['waitsFor'],
  stands: (operation: Operation) => boolean,
): Set<string> {
  const found = new Set<string>();
  for (const { id } of open) {
    const before = waitsFor.get(id);
    if (before && (stands(before) || found.has(before.id))) found.add(id);
  }
  return found;
}

/**
 * True if an operation has to wait for an earlier one that stands still. Changes sent with a
 * message are never sent without it.
 */
function mustWait(
  later: Operation,
  { operation: earlier, isStopped }: Standing,
  unitOf: (operationId: string) => string | null,
): boolean {
  const { kind } = later.intent;
  if (kind === 'note') return false;
  if (kind !== 'change') return true;
  if (earlier.intent.kind === 'unreadable') return true;
  const unit = unitOf(later.id);
  if (unit !== null && unit === unitOf(earlier.id)) return true;
  // A reply that is about to be sent changes the status.
  const taken = earlier.intent.kind === 'reply' && !isStopped ? statusFields : fieldsOf(earlier);
  return fieldsOf(later).some((field) => taken.includes(field));
}

const statusFields = ['status', 'snoozed_until'];

/** Closing ends a snooze. */
function fieldsOf({ intent }: Operation): string[] {
  const fields = touchedFields(intent);
  return fields.includes('status') || fields.includes('snoozed_until')
    ? [...fields, ...statusFields]
    : fields;
}
