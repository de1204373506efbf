import { join } from 'node:path';
import type { Account, Bulk, SyncState } from '../../contract/bridge.ts';
import type { Clock, Random } from '../../core/clock.ts';
import { day } from '../../core/time.ts';
import { uuidV7 } from '../../core/uuid.ts';
import { readBaseline, readThrough, setReadBaseline } from '../db/accounts.ts';
import { forgetBulks, ticketsToDo } from '../db/bulks.ts';
import { enterCache, leaveCache, openCache, removeCache } from '../db/cache-file.ts';
import { cacheVersion } from '../db/changes.ts';
import { moveDrafts, ticketsWithDrafts } from '../db/drafts.ts';
import { readMeta, writeMeta } from '../db/meta.ts';
import { emptyBin } from '../db/operations.ts';
import type { WriteDb } from '../db/open.ts';
import { readSettings } from '../db/settings.ts';
import type { ApiClient } from '../sync/api-client.ts';
import type { Auth } from '../sync/auth.ts';
import { createCheckpoints } from '../sync/checkpoints.ts';
import type { StartCopyThread } from '../sync/copy-thread.ts';
import type { Engine } from '../sync/engine.ts';
import { knownAbilities } from '../sync/level.ts';
import { createEngine } from '../sync/engine.ts';
import type { Indexer } from '../sync/indexer.ts';
import { createIndexer } from '../sync/indexer.ts';
import { offerLost } from '../sync/lost.ts';
import type { Outbox } from '../sync/outbox.ts';
import { createOutbox } from '../sync/outbox.ts';
import type { WorkingSet } from '../sync/working-set.ts';
import { createWorkingSet } from '../sync/working-set.ts';
import type { LocalSnoozes } from '../db/snoozes.ts';
import { openLocalSnoozes } from '../db/snoozes.ts';
import { createBeside } from './beside.ts';
import type { Events } from './events.ts';
import type { Holds } from './holds.ts';
import { createHolds } from './holds.ts';
import type { Notifier } from './notifier.ts';
import { createNotifier } from './notifier.ts';
import type { Bulks } from './bulk-run.ts';
import { createBulks } from './bulk-run.ts';
import type { Memo } from './memo.ts';
import { createMemo } from './memo.ts';
import { binAgeMs } from './outbox.ts';
import type { Overlaid } from './overlaid.ts';
import { createOverlaid } from './overlaid.ts';
import type { Sleep } from './snooze.ts';
import { createWaker, endRefusedSnooze } from './snooze.ts';
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
  /** Something failed that should not. */
  onFault: (error: unknown) => void;
  startCopyThread?: StartCopyThread;
}

/** What one signed-in account works with. Another account gets another one and sees nothing of this (R11). */
export interface Workspace {
  account: Account;
  cache: WriteDb;
  /** Whoever had the cache open last ended without closing it. */
  unclean: boolean;
  auth: Auth;
  outboxDb: WriteDb;
  outbox: Outbox;
  engine: Engine;
  workingSet: WorkingSet;
  indexer: Indexer;
  notifier: Notifier;
  holds: Holds;
  presence: Presence;
  clock: Clock;
  serverNow: () => number;
  snoozes: LocalSnoozes;
  /** What decides now whether a ticket sleeps. */
  sleep: () => Sleep;
  /** Until when (server ms) the agent has read a ticket. */
  readThrough: (ticketId: string) => number;
  /** Tells the window that these tickets look different now (null: anything may). */
  changed: (ticketIds: string[] | null) => void;
  /** After an enqueue: shows it and sends it. */
  operationAdded: (ticketId: string) => void;
  /** The same for many at once. */
  operationsAdded: (ticketIds: string[]) => void;
  /** Counts of the cache, which hold until it changes. */
  counted: Memo;
  overlaid: () => Overlaid;
  newId: () => string;
  emitBulk: (bulk: Bulk) => void;
  bulks: Bulks;
  close: () => Promise<void>;
}

/** Where the copy of the server lies in a data folder. */
export const cachePath = (dataDir: string): string => join(dataDir, 'cache.db');

/** On a new desk, what customers wrote in the last day counts as unread; older news would only drown it. */
const newDeskUnreadMs = day;

export function openWorkspace(parts: DeskParts, account: Account): Workspace {
  const { outboxDb, clock, random, events, api, auth } = parts;
  const cache = openCacheOf(cachePath(parts.dataDir), `${parts.server} ${account.id}`);
  const { unclean } = enterCache(cache);
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

  const snoozes = openLocalSnoozes(outboxDb, account.id);
  // Offline the server's time is carried on by a clock that may stand still while the machine sleeps: this machine's own may be ahead of it.
  const sleepNow = (): number => (engine.detail().failures > 0 ? Math.max(api.serverNow(), clock.now()) : api.serverNow());
  const changed = (ticketIds: string[] | null): void => {
    events.emit('data.changed', { ticket_ids: ticketIds });
    waker.plan();
    checkpoints.written();
  };
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
  const notifier = createNotifier({ cache, outbox, me: account.id, events, clock, settings: () => readSettings(outboxDb, account.id) });
  const beside = createBeside(parts.startCopyThread, cache, { cachePath: cachePath(parts.dataDir), outboxPath: join(parts.dataDir, 'outbox.db'), accountId: account.id });
  const indexer = createIndexer(cache, clock, beside.indexing);
  const checkpoints = createCheckpoints({ clock, databases: [cache, outboxDb], busy: () => beside.indexing.beside() !== null });
  const workingSet = createWorkingSet({
    cache, auth, clock, readThrough: readThroughOf, onChanged: (ids) => { indexer.wake(); changed(ids); }, onWanted: () => { changed(offerLost(cache, outbox, api.serverNow()).offered); },
    serverNow: () => api.serverNow(),
    choice: () => readSettings(outboxDb, account.id).keep_closed_days,
    inUse: () => new Set([...outbox.open().map((operation) => operation.ticketId), ...ticketsWithDrafts(outboxDb, account.id), ...snoozes.all().keys(), ...ticketsToDo(outboxDb, account.id)]),
  });
  const engine = createEngine({
    api, auth, cache, indexer, outbox, outboxDb, clock, random, me: account.id, myName: account.name, readThrough: readThroughOf, readBaseline: baselineOf, copyThread: beside.copying, workingSet,
    onPage(applied) {
      for (const { ticketId, into } of applied.merged) moveDrafts(outboxDb, ticketId, into);
      const lost = applied.copied ? offerLost(cache, outbox, api.serverNow()) : { offered: [], unsure: [] };
      if (applied.copied) {
        workingSet.want(lost.unsure);
        emptyBin(outboxDb, api.serverNow() - binAgeMs);
        forgetBulks(outboxDb, api.serverNow() - binAgeMs);
      }
      work.bulks.moved();
      changed(applied.snapshot || applied.lists ? null : [...applied.ticketIds, ...lost.offered]);
      if (!applied.snapshot) notifier.arrived(applied.newMessages, applied.assigned);
    },
    onSettled(operation, outcome) {
      if (outcome.kind === 'parked' && outcome.reason === 'refused') endRefusedSnooze(work, operation);
      changed([operation.ticketId]);
      work.bulks.moved();
      emitState();
    },
    onState: emitState,
    onFault: parts.onFault,
    onPresence: (said) => { presence.heard(said); },
  });
  const presence = createPresence({
    clock, me: account.id,
    connected: () => knownAbilities(cache).presence && engine.detail().stream === 'connected',
    say: async (ticketId, state) => { await auth.request('putPresence', { params: { id: ticketId }, body: { state } }); },
    onView: (view) => { events.emit('presence.changed', view); },
  });

  const operationsAdded = (ticketIds: string[]): void => {
    changed(ticketIds);
    emitState();
    engine.wakePush();
  };
  const operationAdded = (ticketId: string): void => {
    operationsAdded([ticketId]);
    work.bulks.moved();
  };
  const holds = createHolds(clock, (operationId) => {
    const operation = outbox.byId(operationId);
    if (operation && outbox.release(operationId)) operationAdded(operation.ticketId);
  });

  const waker = createWaker({ cache, outbox, snoozes, clock, now: sleepNow, onWake: changed });
  const sleep = (): Sleep => ({ now: sleepNow(), local: snoozes.all() });
  const versionNow = (): string => cacheVersion(cache, sleepNow());
  const base = {
    account, cache, unclean, auth, outboxDb, outbox, engine, indexer, workingSet, notifier, holds, presence, clock, snoozes, sleep, changed, operationAdded, operationsAdded,
    serverNow: () => api.serverNow(),
    readThrough: readThroughOf,
    counted: createMemo(versionNow),
    overlaid: createOverlaid({ cache, outbox, me: account.id, cacheVersion: versionNow, sleep }),
    newId: () => uuidV7(clock.now(), random),
    emitBulk: (bulk: Bulk) => { events.emit('bulk.changed', bulk); },
  };
  const work: Workspace = {
    ...base,
    bulks: createBulks(() => work),
    async close() {
      holds.stop();
      work.bulks.stop();
      waker.stop();
      checkpoints.stop();
      presence.stop();
      await Promise.all([engine.stop(), workingSet.stop()]);
      await beside.stop();
      leaveCache(cache);
    },
  };
  work.bulks.wake();
  return work;
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
