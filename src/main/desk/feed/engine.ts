import type { PresenceEvent } from '../../../contract/wire/api.ts';
import type { SyncState } from '../../../contract/bridge.ts';
import type { Clock, Random } from '../../../core/clock.ts';
import type { Operation } from '../../../core/operation.ts';
import { parseWireTime } from '../../../core/time.ts';
import type { Outcome } from '../areas/outbox/outcome.ts';
import type { Indexer } from '../areas/search/indexer.ts';
import type { Auth } from '../areas/session/auth.ts';
import { countAllTickets } from '../areas/tickets/tickets-table.ts';
import type { ReadDb } from '../sqlite/connection.ts';
import type { ApiClient } from './api-client.ts';
import type { Applied } from './apply-page.ts';
import type { CopyThread } from './copy-thread.ts';
import { createExchange, type Exchange, type ExchangeListener } from './exchange.ts';
import type { WatchState } from './servers/server.ts';
import { syncStateOf } from './sync-state.ts';
import type { SyncedData } from './synced-data.ts';
import { createWatchdog } from './watchdog.ts';
import type { WorkingSet } from './working-set.ts';

export interface EngineParts {
  data: SyncedData;
  server: { api: ApiClient; auth: Auth };
  workingSet: Pick<WorkingSet, 'prepare' | 'copyFrom' | 'caughtUp' | 'days'>;
  indexer: Indexer;
  /** The thread that does the work of a full sync; absent or null: the work is done here. */
  copyThread?: () => CopyThread | null;
  clock: Clock;
  random: Random;
  on: EngineListener;
}

interface EngineListener {
  page(applied: Applied): void;
  settled(operation: Operation, outcome: Outcome): void;
  /** Called whenever `state()` may have changed. */
  state(): void;
  /** A colleague has a ticket in front of them, or not any more. */
  presence(said: PresenceEvent): void;
  /**
   * Sync failed, for a reason other than the network or the server: the databases refused, or a
   * bug. It goes on and tries again.
   */
  fault(error: unknown): void;
}

/**
 * Keeps the cache equal to the server and the outbox empty: pull, push and the event stream under
 * one roof.
 */
export interface Engine {
  start(): void;
  state(): SyncState;
  /** Tries now: the agent asked, or has signed in again. */
  retry(): void;
  /** There is a new operation. */
  wakePush(): void;
  /** How many answers in a row to this operation were not to it. */
  oddAnswers(operationId: string): number;
  /** How sync came to its present state, for diagnosis. */
  detail(): EngineDetail;
  stop(): Promise<void>;
}

interface EngineDetail {
  /** Failed tries since the last that worked. */
  failures: number;
  stream: WatchState;
  /**
   * Milliseconds between a change at the server and here, as the last one took; null before the
   * first.
   */
  lagMs: number | null;
  /** When the connection was last rebuilt because nothing moved (ms, server time). */
  rebuiltAt: number | null;
}

export function createEngine(parts: EngineParts): Engine {
  const { data, server, indexer } = parts;
  const { api, auth } = server;
  const tickets = countOnce(data.cache);
  const lag = createLag(api.serverNow);
  const on = listenerOf(parts, tickets, lag);
  const { copyThread } = parts;
  const exchange = createExchange({ ...parts, auth, copyThread, serverNow: api.serverNow, on });
  const { receiving, push } = exchange;
  const watchdog = createWatchdog({
    clock: parts.clock,
    stuckSince: push.stuckSince,
    onStuck() {
      api.reset();
      receiving.renew();
      on.state();
    },
    serverNow: api.serverNow,
  });

  return {
    start() {
      watchdog.start();
      // Index the rows that a crash or a migration left behind.
      indexer.wake();
      receiving.pull();
    },
    detail: () => ({
      failures: receiving.failures(),
      stream: receiving.stream(),
      lagMs: lag.ms(),
      rebuiltAt: watchdog.lastStuckAt(),
    }),
    state: () => stateNow(parts, receiving, tickets.now()),
    retry() {
      push.hurry();
      receiving.retry();
    },
    wakePush: push.wake,
    oddAnswers: push.oddAnswers,
    async stop() {
      watchdog.stop();
      indexer.stop();
      await exchange.stop();
    },
  };
}

/** Keeps the figures and the indexes up with what comes, and hands it on. */
function listenerOf(
  { indexer, on }: Pick<EngineParts, 'indexer' | 'on'>,
  tickets: TicketCount,
  lag: Lag,
): ExchangeListener {
  /** A state that cannot be pushed to the window now is pushed later; sync goes on. */
  function state(): void {
    try {
      on.state();
    } catch (error) {
      on.fault(error);
    }
  }

  return {
    ...on,
    state,
    cacheChanged() {
      tickets.forget();
      indexer.wake();
    },
    page(applied) {
      lag.note(applied);
      on.page(applied);
      state();
    },
  };
}

function stateNow(
  { data, workingSet, clock }: EngineParts,
  receiving: Exchange['receiving'],
  tickets: number,
): SyncState {
  const keptDays = workingSet.days(tickets);
  return syncStateOf({ data, receiving, tickets, keptDays, now: clock.monotonic() });
}

interface TicketCount {
  now: () => number;
  forget: () => void;
}

interface Lag {
  note: (applied: Applied) => void;
  ms: () => number | null;
}

/** Counts the tickets of the cache once after each change: they are asked for more often. */
function countOnce(cache: ReadDb): TicketCount {
  let count: number | null = null;
  return {
    now: () => (count ??= countAllTickets(cache)),
    forget() {
      count = null;
    },
  };
}

/** How long the newest message of the feed took to come here. */
function createLag(serverNow: () => number): Lag {
  let ms: number | null = null;
  return {
    note({ snapshot, newMessages }) {
      const newest = snapshot ? undefined : newMessages.at(-1);
      if (newest) ms = Math.max(0, serverNow() - parseWireTime(newest.created_at));
    },
    ms: () => ms,
  };
}
