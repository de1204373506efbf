import type { Clock, Random } from '../../../../core/clock.ts';
import type { Operation } from '../../../../core/operation.ts';
import { createLateWrites } from './late-writes.ts';
import { sendLater, type Outcome } from './outcome.ts';
import type { Outbox } from './queue.ts';

export interface InFlightParts {
  /** One try, judged. Rejects only with what is a bug. */
  send: (operation: Operation) => Promise<Outcome>;
  /** Which full copy the cache holds. */
  generation: () => number;
  outbox: Pick<Outbox, 'markInflight'>;
  clock: Clock;
  random: Random;
  on: InFlightListener;
}

interface InFlightListener {
  /** Writes the outcome of a try; throws where that is not possible now. */
  record(operation: Operation, outcome: Outcome): void;
  /** It is written. */
  recorded(operation: Operation, outcome: Outcome): void;
  fault(error: unknown): void;
}

/** Operations that are being sent, at most one a ticket, until their outcomes are written. */
export interface InFlight {
  count(): number;
  has(ticketId: string): boolean;
  start(operation: Operation): void;
  /** Counts the time without progress from now. */
  moved(): void;
  /** Since when (monotonic ms) nothing has moved, where something waits for the server. */
  stuckSince(): number | null;
  /** Resolves once nothing is under way; nothing is written any more. */
  stop(): Promise<void>;
}

/** A database that refused is tried again at least this often (ms). */
export const longestLookMs = 15_000;

export function createInFlight(parts: InFlightParts): InFlight {
  const { generation, outbox, clock, random, on } = parts;
  const busy = createBusy(clock);
  /** By ticket; their operations stay in flight until they are written. */
  const outcomes = createLateWrites({ clock, random, longestMs: longestLookMs, onFault: on.fault });
  let stopped = false;

  /** An answer must not be lost: its ticket waits until what became of the try is written. */
  function settle(operation: Operation, judged: () => Outcome): void {
    const write = (): Outcome => {
      busy.moved();
      const outcome = judged();
      on.record(operation, outcome);
      return outcome;
    };
    outcomes.make(operation.ticketId, write, (outcome) => {
      busy.end(operation.ticketId);
      on.recorded(operation, outcome);
    });
  }

  return {
    count: busy.count,
    has: busy.has,
    start(operation) {
      // Read first: once it is in flight nothing may fail before it is sent.
      const before = generation();
      if (!outbox.markInflight(operation.id)) return;
      const isOutdated = (): boolean => !stopped && generation() !== before;
      const run = tryOnce(parts, operation).then((outcome) => {
        settle(operation, () => (counts(outcome, isOutdated) ? outcome : { kind: 'outdated' }));
      });
      busy.begin(operation.ticketId, run);
    },
    moved: busy.moved,
    stuckSince: () => (busy.count() > outcomes.waiting() ? busy.movedAt() : null),
    async stop() {
      stopped = true;
      // The databases may be closing; recovery at the next start puts back what is in flight.
      outcomes.stop();
      await busy.over();
    },
  };
}

/** The tickets that something is sent to, and when (monotonic ms) one of them last moved. */
function createBusy(clock: Clock) {
  const runs = new Map<string, Promise<void>>();
  let movedAt = clock.monotonic();

  function moved(): void {
    movedAt = clock.monotonic();
  }

  return {
    count: () => runs.size,
    has: (ticketId: string) => runs.has(ticketId),
    begin(ticketId: string, run: Promise<void>) {
      if (runs.size === 0) moved();
      runs.set(ticketId, run);
    },
    end(ticketId: string) {
      runs.delete(ticketId);
    },
    moved,
    movedAt: () => movedAt,
    /** Never rejects. */
    over: () => Promise.allSettled(runs.values()),
  };
}

/**
 * A bug of ours must not lose the operation or stop the others: it goes back and is tried later.
 * Never rejects.
 */
async function tryOnce({ send, on }: InFlightParts, operation: Operation): Promise<Outcome> {
  try {
    return await send(operation);
  } catch (error) {
    console.error('Sending an operation failed unexpectedly', operation.id, error);
    on.fault(error);
    return sendLater;
  }
}

/**
 * Whether an outcome counts. After a server was set back, or shows the part of another account,
 * neither a yes nor a no from before can be relied on.
 */
const counts = ({ kind }: Outcome, isOutdated: () => boolean): boolean =>
  (kind !== 'acked' && kind !== 'parked') || !isOutdated();
