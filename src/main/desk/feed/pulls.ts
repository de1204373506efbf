import { retryDelay } from '../../../core/backoff.ts';
import type { Clock, Random } from '../../../core/clock.ts';
import { ApiError } from './api-error.ts';
import { reasonOf, type Connection } from './connection.ts';
import { createOneAtATime } from './one-at-a-time.ts';
import { createOneTimer } from './one-timer.ts';
import type { Server } from './servers/server.ts';

export interface PullsParts {
  /** Brings the cache up to the server that it returns; null when stopped before. */
  pull: () => Promise<Server | null>;
  clock: Clock;
  random: Random;
  serverNow: () => number;
  on: PullsListener;
}

interface PullsListener {
  /** A pull has worked, at this server. */
  worked(server: Server): void;
  /** A pull has failed; the connection says why. */
  failed(): void;
  fault(error: unknown): void;
}

/** Pulls one at a time: when asked, once a minute, and after a failure ever more slowly. */
export interface Pulls {
  now(): void;
  /** In `ms`, in place of the next one that was planned. */
  in(ms: number): void;
  /** Now, as if nothing had failed before. */
  retry(): void;
  /** The server responds, though the pull that has found it may not be over. */
  reached(): void;
  connection(): Connection;
  /** Failed tries since the last that worked. */
  failures(): number;
  /** When the last one worked (ms, server time). */
  lastWorkedAt(): number | null;
  stop(): Promise<void>;
}

/** Events only say 'look again'; a lost one costs at most this. */
export const pollMs = 60_000;
/** While offline the server is looked for at least this often. */
const longestProbeMs = 15_000;

export function createPulls({ pull, clock, random, serverNow, on }: PullsParts): Pulls {
  const attempts = createAttempts(clock, random);
  const timer = createOneTimer(clock);
  const runs = createOneAtATime({ run, onFault: on.fault });

  async function run(): Promise<void> {
    let server: Server | null;
    try {
      server = await pull();
    } catch (error) {
      if (!timer.stopped()) failed(error);
      return;
    }
    if (timer.stopped() || server === null) return;
    attempts.worked(serverNow());
    timer.set(runs.ask, pollMs);
    on.worked(server);
  }

  function failed(error: unknown): void {
    runs.forgetAsked();
    if (!(error instanceof ApiError)) on.fault(error);
    const retryIn = attempts.failed(error);
    if (retryIn === null) timer.cancel();
    else timer.set(runs.ask, retryIn);
    on.failed();
  }

  return {
    now: runs.ask,
    in(ms) {
      timer.set(runs.ask, ms);
    },
    retry() {
      attempts.forgive();
      runs.ask();
    },
    reached: attempts.reached,
    connection: attempts.connection,
    failures: attempts.failures,
    lastWorkedAt: attempts.lastWorkedAt,
    async stop() {
      timer.stop();
      await runs.stop();
    },
  };
}

/** The connection as the pulls have found it, and how long to wait after one that failed. */
function createAttempts(clock: Clock, random: Random) {
  let connection: Connection = { kind: 'starting' };
  let failures = 0;
  let lastWorkedAt: number | null = null;
  return {
    connection: (): Connection => connection,
    failures: () => failures,
    lastWorkedAt: () => lastWorkedAt,
    reached() {
      connection = { kind: 'up' };
    },
    /** At this time (ms, server time). */
    worked(at: number) {
      failures = 0;
      lastWorkedAt = at;
    },
    /** The next one that fails counts as the first. */
    forgive() {
      failures = 0;
    },
    /** How soon (ms) to try again; null where only a new sign-in helps. */
    failed(error: unknown): number | null {
      if (error instanceof ApiError && error.failure.kind === 'signed-out') {
        connection = { kind: 'signed-out', deactivated: error.failure.deactivated === true };
        return null;
      }
      const delay = retryDelay(failures, random, retryAfterOf(error), longestProbeMs);
      failures += 1;
      connection = { kind: 'offline', reason: reasonOf(error), retryAt: clock.monotonic() + delay };
      return delay;
    },
  };
}

function retryAfterOf(error: unknown): number | null {
  return error instanceof ApiError && error.failure.kind === 'status'
    ? error.failure.retryAfterMs
    : null;
}
