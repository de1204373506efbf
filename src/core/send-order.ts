import { touchedFields, type Operation } from './operation.ts';

export interface SendOrder {
  /** The next one of each ticket that may go, or is on its way. */
  next: Operation[];
  /** What each of the others waits for, by id: an operation of the same ticket. */
  waitsFor: Map<string, Operation>;
}

/**
 * One that others of its ticket may have to wait for. `isStopped`: until the agent decides, about
 * it or about one before it.
 */
interface Standing {
  operation: Operation;
  isStopped: boolean;
}

/**
 * Which operations may go. In a ticket all arrives in the order in which it was written; but past
 * one that stands still, because the agent has to decide about it or its undo window runs, go notes
 * and changes of other fields (B3). `open`: oldest first. `unitOf`: the id of what an operation was
 * sent with, if anything.
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

/** The ids of those that wait for one that needs the agent, whether at once or behind another. */
export function stoppedBehind(open: readonly Operation[], { waitsFor }: SendOrder): Set<string> {
  return behind(open, waitsFor, ({ state }) => state === 'parked');
}

/** The ids of those that are held, and of those that wait for them. */
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
 * Whether one has to wait for an earlier one that stands still. What was sent with a message never
 * goes without it.
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
  // A reply that is about to go moves the status.
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
