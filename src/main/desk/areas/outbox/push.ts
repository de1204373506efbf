import { retryDelay } from '../../../../core/backoff.ts';
import type { Clock, Random, Timer } from '../../../../core/clock.ts';
import type { Operation } from '../../../../core/operation.ts';
import { createLateWrites } from './late-writes.ts';
import { sendLater, type Outcome } from './outcome.ts';
import { createPacing } from './pacing.ts';
import type { Outbox } from './queue.ts';
import type { Recorder } from './recorder.ts';

export interface PushParts {
  /** One try, judged. Rejects only with what is a bug. */
  send: (operation: Operation) => Promise<Outcome>;
  /** What ends an operation before it is sent; each such end is an outcome like any other. */
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

/** A database that refused is tried again at least this often (ms). */
const longestLookMs = 15_000;

/** Nothing else is sent before a pull has told whether the server is there at all. */
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
  const busy = new Map<string, Promise<void>>();
  const pacing = createPacing(clock, random);
  /** By ticket; their operations stay in flight until they are written. */
  const outcomes = createLateWrites({ clock, random, longestMs: longestLookMs, onFault: on.fault });
  const looks = createLooks(parts, () => !paused && !stopped, look);
  let paused = true;
  let stopped = false;
  let movedAt = clock.monotonic();

  /** Starts what may go; returns when (monotonic ms) more may. */
  function look(): number {
    let nextAt = Infinity;
    let moved = false;
    for (const operation of outbox.order().next) {
      if (busy.size >= ticketsAtOnce) return Infinity;
      if (busy.has(operation.ticketId) || operation.state !== 'queued') continue;
      const at = pacing.notBefore(operation);
      if (at > clock.monotonic()) nextAt = Math.min(nextAt, at);
      else if (hasEnded(operation)) moved = true;
      else start(operation);
    }
    // What stood behind it in its ticket may go now.
    return moved ? look() : nextAt;
  }

  function hasEnded(operation: Operation): boolean {
    const outcome = parts.endBefore(operation);
    if (!outcome) return false;
    record(operation, outcome);
    tell(operation, outcome);
    return true;
  }

  function start(operation: Operation): void {
    // Read first: once it is in flight nothing may fail before it is sent.
    const generation = parts.generation();
    if (!outbox.markInflight(operation.id)) return;
    if (busy.size === 0) movedAt = clock.monotonic();
    const isOutdated = (): boolean => !stopped && parts.generation() !== generation;
    const run = tryOnce(parts, operation).then((outcome) => {
      settle(operation, () => (counts(outcome, isOutdated) ? outcome : { kind: 'outdated' }));
    });
    busy.set(operation.ticketId, run);
  }

  /** An answer must not be lost: its ticket waits until what became of the try is written. */
  function settle(operation: Operation, judged: () => Outcome): void {
    outcomes.make(
      operation.ticketId,
      () => {
        movedAt = clock.monotonic();
        const outcome = judged();
        record(operation, outcome);
        return outcome;
      },
      (outcome) => {
        busy.delete(operation.ticketId);
        tell(operation, outcome);
        looks.now();
      },
    );
  }

  function record(operation: Operation, outcome: Outcome): void {
    // First: nothing else is to go out meanwhile, also where this cannot be written now.
    if (stopsTheQueue.has(outcome.kind)) paused = true;
    recorder.record(operation, outcome);
    pacing.note(operation, outcome);
  }

  /** The outcome is durable; whoever hears of it cannot undo that. */
  function tell(operation: Operation, outcome: Outcome): void {
    try {
      on.settled(operation, outcome);
    } catch (error) {
      on.fault(error);
    }
  }

  return {
    wake: looks.now,
    pause() {
      paused = true;
    },
    resume() {
      if (paused) {
        movedAt = clock.monotonic();
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
    stuckSince: () => (!paused && !stopped && busy.size > outcomes.waiting() ? movedAt : null),
    async stop() {
      stopped = true;
      looks.stop();
      // After this the databases may be closing; recovery at the next start puts back what is in
      // flight.
      outcomes.stop();
      await Promise.allSettled(busy.values());
    },
  };
}

/**
 * A bug of ours must not lose the operation or stop the others: it goes back and is tried later.
 * Never rejects.
 */
async function tryOnce({ send, on }: PushParts, operation: Operation): Promise<Outcome> {
  try {
    return await send(operation);
  } catch (error) {
    console.error('Sending an operation failed unexpectedly', operation.id, error);
    on.fault(error);
    return sendLater;
  }
}

/**
 * Where the server was set back meanwhile, or shows another account's part by now, neither a yes nor
 * a no from before can be relied on.
 */
const counts = ({ kind }: Outcome, isOutdated: () => boolean): boolean =>
  (kind !== 'acked' && kind !== 'parked') || !isOutdated();

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
