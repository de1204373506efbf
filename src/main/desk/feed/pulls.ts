import { retryDelay } from '../../../core/backoff.ts';
import type { Clock, Random, Timer } from '../../../core/clock.ts';
import { ApiError } from './api-error.ts';
import { reasonOf, type Connection } from './connection.ts';
import { createOneAtATime } from './one-at-a-time.ts';
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
  let connection: Connection = { kind: 'starting' };
  let failures = 0;
  let lastWorkedAt: number | null = null;
  let timer: Timer | null = null;
  let stopped = false;
  const runs = createOneAtATime({ run, onFault: on.fault });

  function plan(ms: number): void {
    timer?.cancel();
    timer = stopped ? null : clock.setTimer(runs.ask, ms);
  }

  async function run(): Promise<void> {
    let server: Server | null;
    try {
      server = await pull();
    } catch (error) {
      if (!stopped) failed(error);
      return;
    }
    if (stopped || server === null) return;
    failures = 0;
    lastWorkedAt = serverNow();
    plan(pollMs);
    on.worked(server);
  }

  function failed(error: unknown): void {
    runs.forgetAsked();
    if (error instanceof ApiError && error.failure.kind === 'signed-out') {
      connection = { kind: 'signed-out', deactivated: error.failure.deactivated === true };
      timer?.cancel();
    } else {
      if (!(error instanceof ApiError)) {
        console.error('Sync failed unexpectedly', error);
        on.fault(error);
      }
      const delay = retryDelay(failures, random, retryAfterOf(error), longestProbeMs);
      failures += 1;
      connection = { kind: 'offline', reason: reasonOf(error), retryAt: clock.monotonic() + delay };
      plan(delay);
    }
    on.failed();
  }

  return {
    now: runs.ask,
    in: plan,
    retry() {
      failures = 0;
      runs.ask();
    },
    reached() {
      connection = { kind: 'up' };
    },
    connection: () => connection,
    failures: () => failures,
    lastWorkedAt: () => lastWorkedAt,
    async stop() {
      stopped = true;
      timer?.cancel();
      await runs.stop();
    },
  };
}

function retryAfterOf(error: unknown): number | null {
  return error instanceof ApiError && error.failure.kind === 'status'
    ? error.failure.retryAfterMs
    : null;
}
