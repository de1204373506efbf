import { join } from 'node:path';
import type { Account, SyncState } from '../../contract/bridge.ts';
import type { Clock, Random } from '../../core/clock.ts';
import { day } from '../../core/time.ts';
import { readBaseline, readThrough, setReadBaseline } from '../db/accounts.ts';
import { openCache, removeCache } from '../db/cache-file.ts';
import { moveDrafts } from '../db/drafts.ts';
import { readMeta, writeMeta } from '../db/meta.ts';
import { emptyBin } from '../db/operations.ts';
import type { WriteDb } from '../db/open.ts';
import type { ApiClient } from '../sync/api-client.ts';
import type { Auth } from '../sync/auth.ts';
import type { Engine } from '../sync/engine.ts';
import { knownAbilities } from '../sync/level.ts';
import { createEngine } from '../sync/engine.ts';
import { offerLost } from '../sync/lost.ts';
import type { Outbox } from '../sync/outbox.ts';
import { createOutbox } from '../sync/outbox.ts';
import type { Events } from './events.ts';
import type { Holds } from './holds.ts';
import { createHolds } from './holds.ts';
import type { Notifier } from './notifier.ts';
import { createNotifier } from './notifier.ts';
import { binAgeMs } from './outbox.ts';
import type { Presence } from './presence.ts';
import { createPresence } from './presence.ts';

export interface DeskParts {
  dataDir: string;
  server: string;
  outboxDb: WriteDb;
  api: ApiClient;
  auth: Auth;
  clock: Clock;
  random: Random;
  events: Events;
  /** The server wants a new sign-in, or has accepted one. */
  onSignInNeeded: (needed: boolean) => void;
}

/** What one signed-in account works with. Another account gets another one and sees nothing of this (R11). */
export interface Workspace {
  account: Account;
  cache: WriteDb;
  outboxDb: WriteDb;
  outbox: Outbox;
  engine: Engine;
  notifier: Notifier;
  holds: Holds;
  presence: Presence;
  clock: Clock;
  serverNow: () => number;
  /** Until when (server ms) the agent has read a ticket. */
  readThrough: (ticketId: string) => number;
  /** Tells the window that these tickets look different now (null: anything may). */
  changed: (ticketIds: string[] | null) => void;
  /** After an enqueue: shows it and sends it. */
  operationAdded: (ticketId: string) => void;
  close: () => Promise<void>;
}

/** On a new desk, what customers wrote in the last day counts as unread; older news would only drown it. */
const newDeskUnreadMs = day;

export function openWorkspace(parts: DeskParts, account: Account): Workspace {
  const { outboxDb, clock, random, events, api, auth } = parts;
  const cache = openCacheOf(join(parts.dataDir, 'cache.db'), `${parts.server} ${account.id}`);
  const outbox = createOutbox({ db: outboxDb, accountId: account.id, clock, random, serverNow: () => api.serverNow() });

  const readThroughOf = (ticketId: string): number =>
    Math.max(baselineOf(), readThrough(outboxDb, account.id, ticketId) ?? 0);

  let baseline = readBaseline(outboxDb, account.id);
  // Set with the first page, when the server's time is known.
  const baselineOf = (): number => {
    if (baseline === null) {
      setReadBaseline(outboxDb, account.id, api.serverNow() - newDeskUnreadMs);
      baseline = readBaseline(outboxDb, account.id) ?? 0;
    }
    return baseline;
  };

  const changed = (ticketIds: string[] | null): void => { events.emit('data.changed', { ticket_ids: ticketIds }); };
  let shown = '';
  const emitState = (): void => {
    const state: SyncState = engine.state();
    parts.onSignInNeeded(state.phase === 'sign-in-needed');
    // The countdown alone is no news.
    const key = JSON.stringify({ ...state, next_attempt_in: null });
    presence.connection();
    if (key === shown) return;
    shown = key;
    events.emit('sync.changed', state);
  };
  const notifier = createNotifier({ cache, outbox, me: account.id, events });
  const engine = createEngine({
    api, auth, cache, outbox, outboxDb, clock, random, me: account.id, myName: account.name, readThrough: readThroughOf,
    onPage(applied) {
      for (const { ticketId, into } of applied.merged) moveDrafts(outboxDb, ticketId, into);
      const lost = applied.copied ? offerLost(cache, outbox, api.serverNow()) : [];
      if (applied.copied) emptyBin(outboxDb, api.serverNow() - binAgeMs);
      changed(applied.snapshot || applied.lists ? null : [...applied.ticketIds, ...lost]);
      if (!applied.snapshot) notifier.arrived(applied.newMessages);
    },
    onSettled(operation) {
      changed([operation.ticketId]);
      emitState();
    },
    onState: emitState,
    onPresence: (said) => { presence.heard(said); },
  });
  const presence = createPresence({
    clock, me: account.id,
    connected: () => knownAbilities(cache).presence && engine.detail().stream === 'connected',
    say: async (ticketId, state) => { await auth.request('putPresence', { params: { id: ticketId }, body: { state } }); },
    onView: (view) => { events.emit('presence.changed', view); },
  });

  const operationAdded = (ticketId: string): void => {
    changed([ticketId]);
    emitState();
    engine.wakePush();
  };
  const holds = createHolds(clock, (operationId) => {
    const operation = outbox.byId(operationId);
    if (operation && outbox.release(operationId)) operationAdded(operation.ticketId);
  });

  return {
    account, cache, outboxDb, outbox, engine, notifier, holds, presence, clock, changed, operationAdded,
    serverNow: () => api.serverNow(),
    readThrough: readThroughOf,
    async close() {
      holds.stop();
      presence.stop();
      await engine.stop();
      cache.close();
    },
  };
}

/** The cache belongs to one account on one server; another owner's copy is removed before anything can read it. */
function openCacheOf(path: string, owner: string): WriteDb {
  let cache = openCache(path).db;
  const found = readMeta(cache, 'owner');
  if (found !== null && found !== owner) {
    cache.close();
    removeCache(path);
    cache = openCache(path).db;
  }
  writeMeta(cache, 'owner', owner);
  return cache;
}
