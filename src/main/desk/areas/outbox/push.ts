import { retryDelay } from '../../../../core/backoff.ts';
import type { Clock, Random, Timer } from '../../../../core/clock.ts';
import type { Operation } from '../../../../core/operation.ts';
import { createInFlight, longestLookMs } from './in-flight.ts';
import type { Outcome } from './outcome.ts';
import { createPacing } from './pacing.ts';
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
  const { outbox, recorder, clock, random, on } = parts;
  const tell = tellerOf(on);
  const pacing = createPacing(clock, random);
  const inFlight = createInFlight({
    ...parts,
    on: {
      record,
      recorded(operation, outcome) {
        tell(operation, outcome);
        looks.now();
      },
      fault: on.fault,
    },
  });
  const looks = createLooks(parts, () => !paused && !stopped, look);
  let paused = true;
  let stopped = false;

  /** Starts what may go; returns when (monotonic ms) more may. */
  function look(): number {
    let nextAt = Infinity;
    let moved = false;
    for (const operation of outbox.order().next) {
      if (inFlight.count() >= ticketsAtOnce) return Infinity;
      if (inFlight.has(operation.ticketId) || operation.state !== 'queued') continue;
      const at = pacing.notBefore(operation);
      if (at > clock.monotonic()) nextAt = Math.min(nextAt, at);
      else if (hasEnded(operation)) moved = true;
      else inFlight.start(operation);
    }
    // Operations that stood behind it in its ticket may go now.
    return moved ? look() : nextAt;
  }

  function hasEnded(operation: Operation): boolean {
    const outcome = parts.endBefore(operation);
    if (!outcome) return false;
    record(operation, outcome);
    tell(operation, outcome);
    return true;
  }

  function record(operation: Operation, outcome: Outcome): void {
    // First: nothing else is to go out meanwhile, also where this cannot be written now.
    if (stopsTheQueue.has(outcome.kind)) paused = true;
    recorder.record(operation, outcome);
    pacing.note(operation, outcome);
  }

  return {
    wake: looks.now,
    pause() {
      paused = true;
    },
    resume() {
      if (paused) {
        inFlight.moved();
        pacing.hurry();
      }
      paused = false;
      looks.now();
    },
    hurry() {
      pacing.hurry();
      pacing.hurryOdd();
      looks.now();
    },
    oddAnswers: pacing.oddAnswers,
    stuckSince: () => (paused || stopped ? null : inFlight.stuckSince()),
    async stop() {
      stopped = true;
      looks.stop();
      await inFlight.stop();
    },
  };
}

/** The outcome is durable; a listener that fails cannot undo that. */
function tellerOf({ settled, fault }: PushListener): PushListener['settled'] {
  return (operation, outcome) => {
    try {
      settled(operation, outcome);
    } catch (error) {
      fault(error);
    }
  };
}

/** Looks for work: when asked, at the time that the last look named, and after a refusal. */
interface Looks {
  now(): void;
  stop(): void;
}

function createLooks(
  { clock, random, on }: Pick<PushParts, 'clock' | 'random' | 'on'>,
  may: () => boolean,
  look: () => number,
): Looks {
  let timer: Timer | null = null;
  /** How often in a row looking for work has met a database that refused. */
  let faults = 0;

  function now(): void {
    timer?.cancel();
    timer = null;
    if (!may()) return;
    try {
      const nextAt = look();
      faults = 0;
      if (nextAt < Infinity) timer = clock.setTimer(now, Math.max(0, nextAt - clock.monotonic()));
    } catch (error) {
      // Nobody stands above a timer: thrown on, this would end the desk.
      on.fault(error);
      timer = clock.setTimer(now, retryDelay((faults += 1), random, null, longestLookMs));
    }
  }

  return {
    now,
    stop() {
      timer?.cancel();
    },
  };
}
