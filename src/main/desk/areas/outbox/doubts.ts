import type { Operation } from '../../../../core/operation.ts';
import type { Doubt } from '../../../../core/unknown-outcome.ts';
import type { Outbox } from './queue.ts';

/**
 * An operation in doubt: when its thread was first read without it, and when to look next, both
 * monotonic; `unwritten`: how its answer was lost, until that is durable.
 */
export interface InDoubt {
  firstLookAt: number | null;
  nextLookAt: number;
  unwritten: Doubt | null;
}

/** The operations whose answer was lost, and when to look for them. */
export interface Doubts {
  /** Looked for at once. */
  add(operationId: string, unwritten: Doubt): void;
  of(operationId: string): InDoubt | undefined;
  /** When (monotonic ms) the first one is due; Infinity for none. */
  nextLookAt(): number;
  end(operationId: string): void;
  /** Operations that the list or a thread has confirmed meanwhile are in doubt no longer. */
  endAllBut(open: readonly Operation[]): void;
}

/**
 * Begins with the operations that a crash left in flight and that did not go back to the queue:
 * they were tried without an idempotency key.
 */
export function createDoubts(outbox: Pick<Outbox, 'open'>): Doubts {
  const doubtful = new Map<string, InDoubt>();

  function add(operationId: string, unwritten: Doubt | null): void {
    doubtful.set(operationId, { firstLookAt: null, nextLookAt: 0, unwritten });
  }

  const leftInFlight = outbox.open().filter(({ state }) => state === 'inflight');
  for (const { id } of leftInFlight) add(id, null);

  return {
    add,
    of: (operationId) => doubtful.get(operationId),
    nextLookAt: () =>
      Math.min(Infinity, ...[...doubtful.values()].map(({ nextLookAt }) => nextLookAt)),
    end(operationId) {
      doubtful.delete(operationId);
    },
    endAllBut(open) {
      const ids = new Set(open.map(({ id }) => id));
      for (const id of doubtful.keys()) if (!ids.has(id)) doubtful.delete(id);
    },
  };
}
