import type { Clock, Random } from '../../core/clock.ts';
import type { Operation } from '../../core/operation.ts';
import { ticketsInUse, type AccountData } from './account-data.ts';
import { offerLost } from './areas/outbox/lost.ts';
import type { Outcome } from './areas/outbox/outcome.ts';
import { createPresence, type Presence } from './areas/presence/presence.ts';
import { createIndexer, type Indexer } from './areas/search/indexer.ts';
import type { Auth } from './areas/session/auth.ts';
import { readSettings } from './areas/settings/settings-table.ts';
import { followKeptUnread } from './areas/tickets/kept-unread.ts';
import type { Beside } from './beside.ts';
import type { Events } from './events.ts';
import type { ApiClient } from './feed/api-client.ts';
import type { Applied } from './feed/apply-page.ts';
import { createEngine, type Engine } from './feed/engine.ts';
import { knownAbilities } from './feed/servers/known.ts';
import type { ServerTime } from './feed/server-time.ts';
import { createSyncShown, type SyncShown } from './feed/sync-shown.ts';
import { createWorkingSet, type WorkingSet } from './feed/working-set.ts';
import type { ReadDb } from './sqlite/connection.ts';
import type { Tell } from './tell.ts';

/** The server, as the account that is signed in reaches it. */
export interface ServerSide {
  api: ApiClient;
  auth: Auth;
  time: ServerTime;
}

/** Hears of the outcomes of sync. */
export interface SyncListener {
  page(applied: Applied): void;
  settled(operation: Operation, outcome: Outcome): void;
  /** The server wants a new sign-in, or has accepted one. */
  signInNeeded(needed: boolean): void;
  /** Time has passed: after each pull, and after each try of one. */
  beat(): void;
  /** Something failed that should not. */
  fault(error: unknown): void;
}

export interface AccountSyncParts {
  data: AccountData;
  server: ServerSide;
  clock: Clock;
  random: Random;
  events: Events;
  beside: Beside;
  tell: Pick<Tell, 'changed'>;
  on: SyncListener;
}

/** Keeps the copy of one account equal to the server. */
export interface AccountSync {
  engine: Engine;
  workingSet: WorkingSet;
  indexer: Indexer;
  presence: Presence;
  shown: SyncShown;
  stop(): Promise<void>;
}

export function createAccountSync(parts: AccountSyncParts): AccountSync {
  const { data, server, clock, random, beside, on } = parts;
  const indexer = createIndexer(data.cache, clock, beside.indexing);
  const workingSet = openWorkingSet(parts, indexer);
  const engine = createEngine({
    data,
    server,
    workingSet,
    indexer,
    copyThread: beside.copying,
    clock,
    random,
    on: {
      page: on.page,
      settled: on.settled,
      state() {
        shown.look();
      },
      presence(said) {
        presence.heard(said);
      },
      fault: on.fault,
    },
  });
  const presence = openPresence(parts, engine);
  const shown = openShown(parts, engine, presence);
  const stop = async (): Promise<void> => {
    presence.stop();
    await Promise.all([engine.stop(), workingSet.stop()]);
  };
  return { engine, workingSet, indexer, presence, shown, stop };
}

function openShown(
  { server, clock, events, on }: AccountSyncParts,
  engine: Engine,
  presence: Presence,
): SyncShown {
  return createSyncShown({
    engine,
    time: server.time,
    clock,
    onBeat: on.beat,
    onState: ({ phase }) => {
      on.signInNeeded(phase === 'sign-in-needed');
      presence.connection();
    },
    onNews: (state) => {
      events.emit('sync.changed', state);
    },
  });
}

function openPresence(
  { data: { account, cache }, server, clock, events }: AccountSyncParts,
  engine: Engine,
): Presence {
  return createPresence({
    clock,
    me: account.id,
    connected: () => presenceIsCarried(cache, engine),
    say: async (ticketId, state) => {
      await server.auth.request('putPresence', { params: { id: ticketId }, body: { state } });
    },
    onView: (view) => {
      events.emit('presence.changed', view);
    },
  });
}

function openWorkingSet(parts: AccountSyncParts, indexer: Indexer): WorkingSet {
  const { data, server, clock, tell, on } = parts;
  const { cache, own, outbox, marks } = data;
  return createWorkingSet({
    cache,
    auth: server.auth,
    clock,
    time: server.time,
    readThrough: marks.readThrough,
    wishes: {
      choice: () => readSettings(own.db, own.key).keep_closed_days,
      inUse: () => ticketsInUse(data),
    },
    on: {
      changed(ids) {
        indexer.wake();
        for (const id of ids) followKeptUnread(cache, own, data.account.id, id);
        tell.changed(ids, ['tickets', 'reads', 'operations', 'drafts']);
      },
      wanted() {
        tell.changed(offerLost(cache, outbox, server.time.trusted()).offered, ['operations']);
      },
      fault: on.fault,
    },
  });
}

function presenceIsCarried(cache: ReadDb, engine: Engine): boolean {
  try {
    return knownAbilities(cache).presence && engine.detail().stream === 'connected';
  } catch {
    // The cache cannot be read now, which its next reader says; presence is a courtesy.
    return false;
  }
}
