import { retryDelay } from '../../../../core/backoff.ts';
import type { Clock, Random } from '../../../../core/clock.ts';
import type { Operation } from '../../../../core/operation.ts';
import { createOneTimer } from '../../feed/one-timer.ts';
import { createInFlight, longestLookMs, type InFlight } from './in-flight.ts';
import type { Outcome } from './outcome.ts';
import { createPacing, type Pacing } from './pacing.ts';
import type { Outbox } from './queue.ts';
import type { Recorder } from './recorder.ts';

export interface PushParts {
  /** One try, judged. Rejects only with what is a bug. */
  send: (operation: Operation) => Promise<Outcome>;
  /** The outcome of an operation that must not be sent any more; null for one that may. */
  endBefore: (operation: Operation) => Outcome | null;
  /** Which full copy the cache holds. */
  generation: () => number;
  outbox: Outbox;
  recorder: Recorder;
  clock: Clock;
  random: Random;
  on: PushListener;
}

interface PushListener {
  /** After each outcome is committed. */
  settled(operation: Operation, outcome: Outcome): void;
  /**
   * The databases refuse to be read or written: full, held by another program, gone. They are tried
   * again.
   */
  fault(error: unknown): void;
}

export interface Push {
  /**
   * Looks for work now: after an enqueue, and when the network, the session or the server is back.
   */
  wake(): void;
  /** Holds back everything until `resume`: offline or signed out. */
  pause(): void;
  resume(): void;
  /** Tries what waits for its next attempt now, unless the server itself has asked for the wait. */
  hurry(): void;
  /** How many answers in a row to this operation were not to it. */
  oddAnswers(operationId: string): number;
  /**
   * Since when (monotonic ms) something that could go has not moved; null when nothing is stuck.
   */
  stuckSince(): number | null;
  stop(): Promise<void>;
}

const ticketsAtOnce = 4;

/** Nothing else is sent before a pull has shown whether the server is there at all. */
const stopsTheQueue: ReadonlySet<Outcome['kind']> = new Set<Outcome['kind']>([
  'bad-answer',
  'offline',
  'signed-out',
]);

/**
 * Sends the outbox in its order (core/send-order.ts), one at a time of a ticket, at most four
 * tickets at once (R4).
 */
export function createPush(parts: PushParts): Push {
  const { clock, random, on } = parts;
  const pacing = createPacing(clock, random);
  const looks = createLooks(parts, () => startNext(parts, { pacing, outcomes, inFlight }));
  const outcomes = createOutcomes(parts, pacing, looks.pause);
  const inFlight = createInFlight({
    ...parts,
    on: {
      record: outcomes.record,
      recorded(operation, outcome) {
        outcomes.tell(operation, outcome);
        looks.now();
      },
      fault: on.fault,
    },
  });

  return {
    wake: looks.now,
    pause: looks.pause,
    resume() {
      if (!looks.areOn()) {
        inFlight.moved();
        pacing.hurry();
      }
      looks.resume();
    },
    hurry() {
      pacing.hurry();
      pacing.hurryOdd();
      looks.now();
    },
    oddAnswers: pacing.oddAnswers,
    stuckSince: () => (looks.areOn() ? inFlight.stuckSince() : null),
    async stop() {
      looks.stop();
      await inFlight.stop();
    },
  };
}

interface Lanes {
  pacing: Pacing;
  outcomes: Outcomes;
  inFlight: InFlight;
}

/** Starts what may go; returns when (monotonic ms) more may. */
function startNext(parts: Pick<PushParts, 'outbox' | 'clock'>, lanes: Lanes): number {
  const { outbox, clock } = parts;
  const { pacing, outcomes, inFlight } = lanes;
  let nextAt = Infinity;
  let moved = false;
  for (const operation of outbox.order().next) {
    if (inFlight.count() >= ticketsAtOnce) return Infinity;
    if (inFlight.has(operation.ticketId) || operation.state !== 'queued') continue;
    const at = pacing.notBefore(operation);
    if (at > clock.monotonic()) nextAt = Math.min(nextAt, at);
    else if (outcomes.endBefore(operation)) moved = true;
    else inFlight.start(operation);
  }
  // Operations that stood behind it in its ticket may go now.
  return moved ? startNext(parts, lanes) : nextAt;
}

/** Writes what became of operations, and reports it. */
interface Outcomes {
  record(operation: Operation, outcome: Outcome): void;
  /** The outcome is durable; a listener that fails cannot undo that. */
  tell(operation: Operation, outcome: Outcome): void;
  /** Ends an operation that must not be sent any more; returns whether it was one. */
  endBefore(operation: Operation): boolean;
}

function createOutcomes(
  { endBefore, recorder, on }: Pick<PushParts, 'endBefore' | 'recorder' | 'on'>,
  pacing: Pacing,
  stopQueue: () => void,
): Outcomes {
  function record(operation: Operation, outcome: Outcome): void {
    // First: nothing else is to go out meanwhile, also where this cannot be written now.
    if (stopsTheQueue.has(outcome.kind)) stopQueue();
    recorder.record(operation, outcome);
    pacing.note(operation, outcome);
  }

  function tell(operation: Operation, outcome: Outcome): void {
    try {
      on.settled(operation, outcome);
    } catch (error) {
      on.fault(error);
    }
  }

  return {
    record,
    tell,
    endBefore(operation) {
      const outcome = endBefore(operation);
      if (!outcome) return false;
      record(operation, outcome);
      tell(operation, outcome);
      return true;
    },
  };
}

/** Looks for work: when asked, at the time that the last look named, and after a refusal. */
interface Looks {
  now(): void;
  /** Not from the start, and not between `pause` and `resume`. */
  areOn(): boolean;
  pause(): void;
  resume(): void;
  stop(): void;
}

function createLooks(
  { clock, random, on }: Pick<PushParts, 'clock' | 'random' | 'on'>,
  look: () => number,
): Looks {
  const timer = createOneTimer(clock);
  let paused = true;
  /** How often in a row looking for work has met a database that refused. */
  let faults = 0;

  const areOn = (): boolean => !paused && !timer.stopped();

  function now(): void {
    timer.cancel();
    if (!areOn()) return;
    try {
      const nextAt = look();
      faults = 0;
      if (nextAt < Infinity) timer.set(now, Math.max(0, nextAt - clock.monotonic()));
    } catch (error) {
      // Nobody stands above a timer: thrown on, this would end the desk.
      on.fault(error);
      timer.set(now, retryDelay((faults += 1), random, null, longestLookMs));
    }
  }

  return {
    now,
    areOn,
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      now();
    },
    stop: timer.stop,
  };
}
