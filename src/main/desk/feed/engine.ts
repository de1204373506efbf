import type { PresenceEvent } from '../../../contract/api.ts';
import type { SyncState } from '../../../contract/bridge.ts';
import { retryDelay } from '../../../core/backoff.ts';
import type { Clock, Random, Timer } from '../../../core/clock.ts';
import type { Operation } from '../../../core/operation.ts';
import { heldBack, stoppedBehind } from '../../../core/send-order.ts';
import { parseWireTime } from '../../../core/time.ts';
import { troubleOf } from '../../../core/trouble.ts';
import { dropEndedKeyedTries, noteKeyedTry } from '../areas/outbox/keyed-tries.ts';
import { dropEndedKnownVersions, leastVersion } from '../areas/tickets/known-versions.ts';
import { readMeta } from '../sqlite/meta.ts';
import type { WriteDb } from '../sqlite/connection.ts';
import { countAllTickets } from '../areas/tickets/tickets-table.ts';
import type { ApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';
import type { Applied, ReadThrough } from './apply-page.ts';
import type { Auth } from '../areas/session/auth.ts';
import type { CopyThread } from './copy-thread.ts';
import { dispatch, type Outcome } from './servers/staffdesk/send.ts';
import {
  adoptLevel,
  askLevel,
  knownAbilities,
  knownLevel,
  provenLevel,
  type ServerLevel,
} from './servers/known.ts';
import type { Indexer } from '../areas/search/indexer.ts';
import { createLevel1 } from './servers/level1/server.ts';
import { createLive, type LiveState } from './servers/staffdesk/live.ts';
import { showsOnlyOwn } from './only-own.ts';
import type { Outbox } from '../areas/outbox/queue.ts';
import { pullToEnd } from './pull.ts';
import { createPush } from '../areas/outbox/push.ts';
import { createWitnesses } from '../areas/outbox/witness.ts';
import type { WorkingSet } from './working-set.ts';

export interface EngineOptions {
  api: ApiClient;
  auth: Auth;
  cache: WriteDb;
  indexer: Indexer;
  outbox: Outbox;
  outboxDb: WriteDb;
  clock: Clock;
  random: Random;
  me: string;
  myName: string;
  readThrough: ReadThrough;
  readBaseline: () => number;
  copyThread?: () => CopyThread | null;
  workingSet: Pick<WorkingSet, 'prepare' | 'copyFrom' | 'caughtUp' | 'days'>;
  onPage: (applied: Applied) => void;
  onSettled: (operation: Operation, outcome: Outcome) => void;
  /** Called whenever `state()` may have changed. */
  onState: () => void;
  /** A colleague has a ticket in front of them, or not any more. */
  onPresence: (said: PresenceEvent) => void;
  /**
   * Sync failed by what is no failure of the network or the server: the databases refused, or a
   * bug. It goes on and tries again.
   */
  onFault: (error: unknown) => void;
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
  /** How sync came to where it stands, for whoever asks why. */
  detail(): EngineDetail;
  stop(): Promise<void>;
}

interface EngineDetail {
  /** Failed tries since the last that worked. */
  failures: number;
  stream: LiveState;
  /**
   * Milliseconds between a change at the server and here, as the last one took; null before the
   * first.
   */
  lagMs: number | null;
  /** When the connection was last rebuilt because nothing moved (ms, server time). */
  rebuiltAt: number | null;
}

/** Events only say 'look again'; a lost one costs at most this. */
const pollMs = 60_000;
/**
 * Online with something to send and nothing moving for this long: the connection is rebuilt (R8).
 */
const stuckMs = 60_000;
/** While offline the server is looked for at least this often. */
const longestProbeMs = 15_000;
/**
 * A level-1 server that was upgraded between two polls breaks no connection, so it is asked again
 * now and then.
 */
const askAgainMs = 60 * 60_000;

/** The pull finds out what is wrong, shows it and resumes the queue once it works again. */
const asksForPull: ReadonlySet<Outcome['kind']> = new Set<Outcome['kind']>([
  'offline',
  'signed-out',
  'unsettled',
  'bad-answer',
]);

type Connection =
  | { kind: 'starting' }
  | { kind: 'up' }
  | { kind: 'offline'; reason: NonNullable<SyncState['reason']>; retryAt: number }
  | { kind: 'signed-out'; deactivated: boolean };

export function createEngine(options: EngineOptions): Engine {
  const { api, auth, cache, indexer, outbox, clock, random } = options;
  let connection: Connection = { kind: 'starting' };
  let liveState: LiveState = 'lost';
  let lastSyncAt: number | null = null;
  let failures = 0;
  let streamLosses = 0;
  let pulling: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let timer: Timer | null = null;
  let asked: { found: ServerLevel; at: number } | null = null;
  let watchdog: Timer | null = null;
  let lagMs: number | null = null;
  let rebuiltAt: number | null = null;
  /** Counted again after what may change it: state is asked for more often. */
  let tickets: number | null = null;

  const witnesses = createWitnesses(cache, outbox, options.me);
  dropEndedKeyedTries(options.outboxDb);
  dropEndedKnownVersions(options.outboxDb);

  /**
   * Written down first: to a server that later shows itself as one without keys it does not go
   * again.
   */
  function sendKeyed(operation: Operation): Promise<Outcome> {
    noteKeyedTry(options.outboxDb, operation.id);
    return dispatch(
      {
        auth,
        witness: witnesses.of(operation.id),
        notBefore: leastVersion(options.outboxDb, operation.id, readMeta(cache, 'copy')),
      },
      operation,
    );
  }

  const push = createPush({
    cache,
    outbox,
    clock,
    random,
    witnesses,
    me: options.me,
    send: (operation) => (knownLevel(cache) === 1 ? level1.send(operation) : sendKeyed(operation)),
    onFault: options.onFault,
    onSettled(operation, outcome) {
      // First what sync itself needs; what is for the window may fail.
      level1.settled(operation, outcome);
      if (asksForPull.has(outcome.kind)) pull();
      if (outcome.kind === 'acked') pullOwnWrites();
      cacheChanged();
      options.onSettled(operation, outcome);
    },
  });
  const level1 = createLevel1({
    ...options,
    witnesses,
    stopped: () => stopped,
    onPage: pageApplied,
    onListed: up,
    onSettled(operation, outcome) {
      cacheChanged();
      options.onSettled(operation, outcome);
      push.wake();
      if (outcome.kind === 'acked') pullOwnWrites();
    },
  });
  const live = createLive({
    auth,
    clock,
    onChanged: pull,
    onPresence: options.onPresence,
    onState(state) {
      liveState = state;
      // Perhaps a restart, and then perhaps with more than before.
      if (state === 'lost') asked = null;
      if (state === 'connected') {
        streamLosses = 0;
        push.hurry();
        pull();
      }
      if (state === 'lost' && connection.kind === 'up') {
        streamLosses += 1;
        // The first loss asks at once whether the server is there; a stream that keeps ending is
        // retried more slowly.
        planPull(streamLosses === 1 ? 0 : retryDelay(streamLosses, random, null, pollMs));
      }
      tellState();
    },
  });

  function planPull(ms: number): void {
    timer?.cancel();
    timer = stopped ? null : clock.setTimer(pull, ms);
  }

  /** Shows where sync stands. What the window cannot be told now it is told later; sync goes on. */
  function tellState(): void {
    try {
      options.onState();
    } catch (error) {
      options.onFault(error);
    }
  }

  function pull(): void {
    if (stopped) return;
    if (pulling) {
      again = true;
      return;
    }
    // Caught, since nobody stands above it: a rejection that nobody hears would end the desk.
    pulling = pullOnce()
      .catch(options.onFault)
      .finally(() => {
        pulling = null;
        if (!again) return;
        again = false;
        pull();
      });
  }

  function cacheChanged(): void {
    tickets = null;
    indexer.wake();
  }

  function pageApplied(applied: Applied): void {
    cacheChanged();
    for (const operation of maybeArrived(applied)) {
      const messageId = witnesses.arrivedMessage(operation);
      if (messageId !== null) outbox.acknowledge(operation.id, messageId);
    }
    const newest = applied.snapshot ? undefined : applied.newMessages.at(-1);
    if (newest) lagMs = Math.max(0, api.serverNow() - parseWireTime(newest.created_at));
    options.onPage(applied);
    tellState();
  }

  /**
   * The waiting operations that a page may confirm: those that its messages name, and those whose
   * messages a merge has moved.
   */
  function maybeArrived({ arrived, merged }: Applied): Operation[] {
    const named = new Set(arrived.map(({ operationId }) => operationId));
    const moved = merged.flatMap(({ ticketId }) => outbox.openOf(ticketId));
    return [
      ...outbox.open().filter(({ id }) => named.has(id)),
      ...moved.filter(({ id }) => !named.has(id)),
    ];
  }

  /**
   * Looks each minute whether something that could go has stopped moving, and then begins anew on
   * another connection.
   */
  function watch(): void {
    watchdog?.cancel();
    watchdog = stopped
      ? null
      : clock.setTimer(() => {
          const since = push.stuckSince();
          if (since !== null && clock.monotonic() - since >= stuckMs) {
            console.warn(
              `Nothing could be sent for ${Math.round((clock.monotonic() - since) / 1000)} ` +
                's although the server answers: the connection is rebuilt.',
            );
            rebuiltAt = api.serverNow();
            api.reset();
            live.stop();
            liveState = 'lost';
            pull();
            tellState();
          }
          watch();
        }, stuckMs);
  }

  /**
   * Without a feed what a write changed beside itself is seen at the next poll; so one follows once
   * nothing more waits.
   */
  function pullOwnWrites(): void {
    if (knownLevel(cache) === 1 && outbox.open().every((operation) => operation.state === 'parked'))
      pull();
  }

  /**
   * Brings the cache up to the server by what the server can do. Answers whether it has a feed.
   * Throws ApiError.
   */
  async function pullFrom(): Promise<'feed' | 'list'> {
    if (!asked || (asked.found.level === 1 && clock.monotonic() - asked.at >= askAgainMs)) {
      const found = await askLevel(auth, provenLevel(cache));
      asked = found && { found, at: clock.monotonic() };
    }
    if (stopped) return 'list';
    if ((asked?.found.level ?? knownLevel(cache)) === 1) {
      live.stop();
      await level1.pull();
      return 'list';
    }
    if (asked) adoptLevel(cache, asked.found);
    options.workingSet.prepare();
    await pullToEnd({
      ...options,
      copyFrom: options.workingSet.copyFrom,
      stopped: () => stopped,
      onPage: pageApplied,
    });
    return 'feed';
  }

  async function pullOnce(): Promise<void> {
    let from: 'feed' | 'list';
    try {
      from = await pullFrom();
    } catch (error) {
      if (!stopped) failed(error);
      return;
    }
    if (stopped) return;
    failures = 0;
    lastSyncAt = api.serverNow();
    planPull(pollMs);
    if (from === 'list') liveState = 'unsupported';
    else live.connect();
    up();
    options.workingSet.caughtUp();
  }

  /** The server is there: what waits goes out, and lost answers are looked for. */
  function up(): void {
    connection = { kind: 'up' };
    push.resume();
    level1.settleDue();
    tellState();
  }

  function failed(error: unknown): void {
    push.pause();
    live.stop();
    liveState = 'lost';
    again = false;
    // It may come back upgraded.
    asked = null;
    if (error instanceof ApiError && error.failure.kind === 'signed-out') {
      connection = { kind: 'signed-out', deactivated: error.failure.deactivated === true };
      timer?.cancel();
    } else {
      if (!(error instanceof ApiError)) {
        console.error('Sync failed unexpectedly', error);
        options.onFault(error);
      }
      const delay = retryDelay(failures, random, retryAfterOf(error), longestProbeMs);
      failures += 1;
      connection = { kind: 'offline', reason: reasonOf(error), retryAt: clock.monotonic() + delay };
      planPull(delay);
    }
    tellState();
  }

  function ticketCount(): number {
    tickets ??= countAllTickets(cache);
    return tickets;
  }

  function phase(): SyncState['phase'] {
    if (connection.kind === 'signed-out') return 'sign-in-needed';
    if (connection.kind === 'offline') return 'offline';
    if (readMeta(cache, 'snapshot') !== 'done')
      return readMeta(cache, 'cursor') === null && ticketCount() === 0 ? 'starting' : 'first-sync';
    if (connection.kind === 'starting') return 'catching-up';
    return liveState === 'lost' ? 'catching-up' : 'live';
  }

  /**
   * A stream that something between lets not through is none: the window says that it looks each
   * minute.
   */
  function abilitiesNow(): SyncState['abilities'] {
    const known = knownAbilities(cache);
    return { ...known, live: known.live && liveState !== 'unsupported' };
  }

  function reasonNow(): SyncState['reason'] {
    if (connection.kind === 'signed-out')
      return connection.deactivated ? 'account-deactivated' : null;
    return connection.kind === 'offline' ? connection.reason : null;
  }

  return {
    start() {
      watch();
      // What a crash or a migration left behind.
      indexer.wake();
      pull();
    },
    detail: () => ({ failures, stream: liveState, lagMs, rebuiltAt }),
    state() {
      const open = outbox.open();
      const parked = open.filter((operation) => operation.state === 'parked');
      // What waits behind one of them waits for the agent and not for the server.
      const order = outbox.order();
      const behindStopped = stoppedBehind(open, order);
      return {
        phase: phase(),
        waiting: open.length - parked.length - behindStopped.size,
        held: heldBack(open, order).size,
        needs_you: parked.length,
        last_sync_at: lastSyncAt,
        reason: reasonNow(),
        tickets_cached: ticketCount(),
        kept_days: options.workingSet.days(ticketCount()),
        next_attempt_in:
          connection.kind === 'offline'
            ? Math.max(0, Math.round(connection.retryAt - clock.monotonic()))
            : null,
        abilities: abilitiesNow(),
        ...(showsOnlyOwn(cache, options.me) ? { only_own: true } : {}),
      };
    },
    retry() {
      failures = 0;
      push.hurry();
      pull();
    },
    wakePush: () => {
      push.wake();
    },
    oddAnswers: push.oddAnswers,
    async stop() {
      stopped = true;
      timer?.cancel();
      watchdog?.cancel();
      live.stop();
      indexer.stop();
      await Promise.allSettled([push.stop(), level1.stop(), pulling]);
    },
  };
}

function reasonOf(error: unknown): NonNullable<SyncState['reason']> {
  if (!(error instanceof ApiError)) return isFromSqlite(error) ? 'storage-failed' : 'odd-answer';
  return troubleOf(error.failure) ?? 'server-error';
}

const isFromSqlite = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_');

function retryAfterOf(error: unknown): number | null {
  return error instanceof ApiError && error.failure.kind === 'status'
    ? error.failure.retryAfterMs
    : null;
}
