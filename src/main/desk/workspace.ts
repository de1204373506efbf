import { join } from 'node:path';
import type { Account, Bulk, SyncState } from '../../contract/bridge.ts';
import type { Clock, Random } from '../../core/clock.ts';
import { day, minute } from '../../core/time.ts';
import { uuidV7 } from '../../core/uuid.ts';
import {
  lowerReadThrough,
  readBaseline,
  readThrough,
  setReadBaseline,
  type StoredAccount,
} from './areas/session/accounts.ts';
import { ticketsToDo } from './areas/triage/bulks.ts';
import { enterCache, leaveCache, openCache, readCache, removeCache } from './sqlite/cache-file.ts';
import { cacheVersion } from './sqlite/changes.ts';
import { seenFile, type SeenFile } from './sqlite/file-identity.ts';
import { allDraftTickets, moveDrafts, ticketsWithDrafts } from './areas/compose/drafts.ts';
import { mergedInto } from './areas/tickets/merged.ts';
import { readMeta, removeMeta, writeMeta } from './sqlite/meta.ts';
import type { ReadDb, WriteDb } from './sqlite/connection.ts';
import { lastServerTime } from './areas/outbox/retention-table.ts';
import { readSettings } from './areas/settings/settings-table.ts';
import { newestActivity } from './areas/tickets/tickets-table.ts';
import { unreadSince } from './areas/tickets/unread.ts';
import type { ApiClient } from './feed/api-client.ts';
import { knownVersion } from './feed/apply-page.ts';
import type { Auth } from './areas/session/auth.ts';
import { createCheckpoints } from './sqlite/checkpoints.ts';
import type { StartCopyThread } from './feed/copy-thread.ts';
import { createEngine, type Engine } from './feed/engine.ts';
import { knownAbilities } from './feed/level.ts';
import { createIndexer, type Indexer } from './areas/search/indexer.ts';
import { offerLost } from './areas/outbox/lost.ts';
import { createOutbox, type Outbox } from './areas/outbox/queue.ts';
import type { ServerTime } from './feed/server-time.ts';
import { createWorkingSet, type WorkingSet } from './feed/working-set.ts';
import { openLocalSnoozes, type LocalSnoozes } from './areas/triage/snoozes-table.ts';
import { createBeside } from './beside.ts';
import type { Events } from './events.ts';
import { createHolds, type Holds } from './areas/compose/holds.ts';
import { createNotifier, type Notifier } from './areas/notices/notifier.ts';
import { createBulks, type Bulks } from './areas/triage/bulk-run.ts';
import { createMemo, type Memo } from './areas/tickets/counted.ts';
import { createOverlaid, type Overlaid } from './areas/tickets/overlaid.ts';
import { createWaker, endRefusedSnooze, type Sleep } from './areas/triage/snooze.ts';
import { createPresence, type Presence } from './areas/presence/presence.ts';
import { createRetention } from './areas/outbox/retention.ts';

export interface DeskParts {
  dataDir: string;
  outboxDb: WriteDb;
  api: ApiClient;
  auth: Auth;
  time: ServerTime;
  clock: Clock;
  random: Random;
  events: Events;
  /** Nothing can be written: the cache is read as it is, and there is no sync. */
  reading: boolean;
  /** The server wants a new sign-in, or has accepted one. */
  onSignInNeeded: (needed: boolean) => void;
  /** Time has passed: after each pull, and after each try of one. */
  onBeat: () => void;
  /** Something failed that should not. */
  onFault: (error: unknown) => void;
  startCopyThread?: StartCopyThread;
}

/**
 * What one signed-in account works with. Another account gets another one and sees nothing of this
 * (R11).
 */
export interface Workspace {
  account: Account;
  /** Names the account in this data folder: its rows in outbox.db stand under it. */
  key: string;
  cache: WriteDb;
  /** Which file the cache is; null for a copy in memory. */
  cacheFile: SeenFile | null;
  /** Whoever had the cache open last ended without closing it. */
  unclean: boolean;
  auth: Auth;
  outboxDb: WriteDb;
  outbox: Outbox;
  engine: Engine;
  /** Where sync stands, as the window is told. */
  syncState: () => SyncState;
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

/** After a disk that was full, for example. */
const releaseAgainMs = 5_000;

/**
 * On a new desk, what customers wrote in the last day counts as unread; older news would only drown
 * it.
 */
const newDeskUnreadMs = day;

/** Throws SqliteError and what else storage throws; nothing of it is open then. */
export function openWorkspace(parts: DeskParts, stored: StoredAccount): Workspace {
  const path = cachePath(parts.dataDir);
  const cache = parts.reading ? readCacheOf(path, stored.key) : openCacheOf(path, stored.key);
  try {
    const { unclean } = parts.reading ? { unclean: false } : enterCache(cache);
    return workOn(parts, stored, {
      cache,
      cacheFile: parts.reading ? null : seenFile(path),
      unclean,
    });
  } catch (error) {
    cache.close();
    throw error;
  }
}

function workOn(
  parts: DeskParts,
  { account, key, server }: StoredAccount,
  { cache, cacheFile, unclean }: Pick<Workspace, 'cache' | 'cacheFile' | 'unclean'>,
): Workspace {
  const { outboxDb, clock, random, events, api, auth, time } = parts;
  const outbox = createOutbox({
    db: outboxDb,
    accountId: key,
    clock,
    random,
    serverNow: time.now,
    known: (ticketId) => knownVersion(cache, ticketId),
  });

  const readThroughOf = (ticketId: string): number =>
    Math.max(baselineOf(), readThrough(outboxDb, key, ticketId) ?? 0);

  let baseline = readBaseline(outboxDb, key);
  // Set with the first page, once the server's time can be relied on: it holds for good.
  const baselineOf = (): number => {
    if (baseline !== null) return baseline;
    const now = time.trusted();
    if (now === null) return time.now() - newDeskUnreadMs;
    setReadBaseline(outboxDb, key, now - newDeskUnreadMs);
    baseline = readBaseline(outboxDb, key) ?? 0;
    return baseline;
  };

  const snoozes = openLocalSnoozes(outboxDb, key);
  // This machine's own clock wakes nothing: it may be days ahead.
  const sleepNow = time.atLeast;
  /**
   * Runs steps that follow a commit. An error that they threw would tell the agent that nothing was
   * kept, and the agent would do it again. Most often a database cannot be read just then.
   */
  const afterCommit = (...steps: (() => void)[]): void => {
    for (const step of steps) {
      try {
        step();
      } catch (error) {
        parts.onFault(error);
      }
    }
  };
  const changed = (ticketIds: string[] | null): void => {
    afterCommit(
      () => {
        events.emit('data.changed', { ticket_ids: ticketIds });
      },
      () => {
        waker.plan();
      },
      () => {
        checkpoints.written();
      },
    );
  };
  /**
   * The window counts from the server's time: on a computer that is 4 h behind, 'in 3 hours' would
   * be over.
   */
  const clockAhead = (): Pick<SyncState, 'clock_ahead_ms'> => {
    const now = time.trusted();
    const ahead = now === null ? 0 : Math.round((clock.now() - now) / minute) * minute;
    return ahead === 0 ? {} : { clock_ahead_ms: ahead };
  };
  const syncState = (): SyncState => ({ ...engine.state(), ...clockAhead() });
  let shown = '';
  const emitState = (): void => {
    retention.look();
    parts.onBeat();
    afterCommit(() => {
      const offered = offerWhatIsDue();
      if (offered.length > 0) changed(offered);
    });
    const state = syncState();
    parts.onSignInNeeded(state.phase === 'sign-in-needed');
    // The countdown alone is no news.
    const told = JSON.stringify({ ...state, next_attempt_in: null });
    presence.connection();
    if (told === shown) return;
    shown = told;
    events.emit('sync.changed', state);
  };
  const notifier = createNotifier({
    cache,
    outbox,
    me: account.id,
    events,
    clock,
    settings: () => readSettings(outboxDb, key),
  });
  const beside = createBeside(parts.startCopyThread, cache, {
    cachePath: cachePath(parts.dataDir),
    outboxPath: join(parts.dataDir, 'outbox.db'),
    accountId: account.id,
    accountKey: key,
  });
  const indexer = createIndexer(cache, clock, beside.indexing);
  const checkpoints = createCheckpoints({
    clock,
    databases: [cache, outboxDb],
    busy: () => beside.indexing.beside() !== null,
  });
  const workingSet = createWorkingSet({
    cache,
    auth,
    clock,
    readThrough: readThroughOf,
    onChanged: (ids) => {
      indexer.wake();
      changed(ids);
    },
    onWanted: () => {
      changed(offerLost(cache, outbox, time.trusted()).offered);
    },
    onFault: parts.onFault,
    serverNow: time.trusted,
    stamp: time.now,
    choice: () => readSettings(outboxDb, key).keep_closed_days,
    inUse: () =>
      new Set([
        ...outbox.open().map((operation) => operation.ticketId),
        ...ticketsWithDrafts(outboxDb, key),
        ...snoozes.all().keys(),
        ...ticketsToDo(outboxDb, key),
      ]),
  });
  /** Stays due while it cannot be written down. Returns the tickets that look different now. */
  const offerWhatIsDue = (): string[] => {
    if (parts.reading || readMeta(cache, 'offer_due') === null) return [];
    const { offered, unsure } = offerLost(cache, outbox, time.trusted());
    workingSet.want(unsure);
    removeMeta(cache, 'offer_due');
    return offered;
  };
  const engine = createEngine({
    api,
    auth,
    cache,
    indexer,
    outbox,
    outboxDb,
    clock,
    random,
    me: account.id,
    myName: account.name,
    readThrough: readThroughOf,
    readBaseline: baselineOf,
    copyThread: beside.copying,
    workingSet,
    onPage(applied) {
      for (const { ticketId, into } of applied.merged) moveDrafts(outboxDb, ticketId, into);
      for (const ticketId of applied.ticketIds) keepUnread(cache, outboxDb, key, ticketId);
      const offered = offerWhatIsDue();
      work.bulks.moved();
      changed(applied.snapshot || applied.lists ? null : [...applied.ticketIds, ...offered]);
      if (!applied.snapshot) notifier.arrived(applied.newMessages, applied.assigned);
    },
    onSettled(operation, outcome) {
      if (outcome.kind === 'parked' && outcome.reason === 'refused')
        endRefusedSnooze(work, operation);
      changed([operation.ticketId]);
      work.bulks.moved();
      emitState();
    },
    onState: emitState,
    onFault: parts.onFault,
    onPresence: (said) => {
      presence.heard(said);
    },
  });
  function presenceIsCarried(): boolean {
    try {
      return knownAbilities(cache).presence && engine.detail().stream === 'connected';
    } catch {
      // The cache cannot be read now, which its next reader says; presence is a courtesy.
      return false;
    }
  }
  const presence = createPresence({
    clock,
    me: account.id,
    connected: presenceIsCarried,
    say: async (ticketId, state) => {
      await auth.request('putPresence', { params: { id: ticketId }, body: { state } });
    },
    onView: (view) => {
      events.emit('presence.changed', view);
    },
  });

  const operationsAdded = (ticketIds: string[]): void => {
    changed(ticketIds);
    afterCommit(emitState, engine.wakePush);
  };
  const operationAdded = (ticketId: string): void => {
    operationsAdded([ticketId]);
    afterCommit(() => {
      work.bulks.moved();
    });
  };
  /** Their windows are over. Those of a bulk end together and are released together. */
  const over: string[] = [];
  const holds = createHolds(clock, (operationId) => {
    over.push(operationId);
    if (over.length === 1) clock.setTimer(releaseOver, 0);
  });

  function releaseOver(): void {
    const ids = over.splice(0);
    // The workspace was closed meanwhile.
    if (holds.stopped()) return;
    try {
      const tickets = outbox.together(() =>
        ids.flatMap((id) => {
          const operation = outbox.byId(id);
          return operation && outbox.release(id) ? [operation.ticketId] : [];
        }),
      );
      if (tickets.length === 0) return;
      operationsAdded(tickets);
      afterCommit(() => {
        work.bulks.moved();
      });
    } catch (error) {
      // They were to go now, so they go as soon as that can be written down.
      parts.onFault(error);
      for (const id of ids) holds.begin(id, releaseAgainMs);
    }
  }

  time.remember(lastServerTime(outboxDb, server.key) ?? newestActivity(cache));
  const retention = createRetention({
    outboxDb,
    serverKey: server.key,
    time,
    clock,
    onFault: parts.onFault,
  });
  const waker = createWaker({
    cache,
    outbox,
    snoozes,
    clock,
    now: sleepNow,
    onWake: changed,
    onFault: parts.onFault,
  });
  const endTrusted = time.onTrusted(() => {
    waker.plan();
  });
  const sleep = (): Sleep => ({ now: sleepNow(), local: snoozes.all() });
  const versionNow = (): string => cacheVersion(cache, sleepNow());
  const base = {
    account,
    key,
    cache,
    cacheFile,
    unclean,
    auth,
    outboxDb,
    outbox,
    engine,
    syncState,
    indexer,
    workingSet,
    notifier,
    holds,
    presence,
    clock,
    snoozes,
    sleep,
    changed,
    operationAdded,
    operationsAdded,
    serverNow: time.now,
    readThrough: readThroughOf,
    counted: createMemo(versionNow),
    overlaid: createOverlaid({ cache, outbox, me: account.id, cacheVersion: versionNow, sleep }),
    newId: () => uuidV7(clock.now(), random),
    emitBulk: (bulk: Bulk) => {
      events.emit('bulk.changed', bulk);
    },
  };
  const work: Workspace = {
    ...base,
    bulks: createBulks(() => work),
    async close() {
      holds.stop();
      work.bulks.stop();
      waker.stop();
      endTrusted();
      checkpoints.stop();
      presence.stop();
      retention.stop();
      await Promise.all([engine.stop(), workingSet.stop()]);
      await beside.stop();
      leaveCache(cache);
    },
  };
  work.bulks.wake();
  if (!parts.reading) followMerges(cache, outboxDb);
  return work;
}

/** What is unread stays so, also where the cache is made again from times. */
export function keepUnread(cache: ReadDb, outboxDb: WriteDb, key: string, ticketId: string): void {
  const since = unreadSince(cache, ticketId);
  if (since !== null) lowerReadThrough(outboxDb, key, ticketId, since - 1);
}

/**
 * The page that tells of a merge and the drafts stand in two files: the last run may have ended
 * between them.
 */
function followMerges(cache: ReadDb, outboxDb: WriteDb): void {
  for (const ticketId of allDraftTickets(outboxDb)) {
    const into = mergedInto(cache, ticketId);
    if (into !== null) moveDrafts(outboxDb, ticketId, into);
  }
}

/**
 * The cache belongs to one account on one server; another owner's copy is removed before anything
 * can read it.
 */
function openCacheOf(path: string, owner: string): WriteDb {
  let cache = openCache(path).db;
  try {
    const found = readMeta(cache, 'owner');
    if (found !== null && found !== owner) {
      cache.close();
      removeCache(path);
      cache = openCache(path).db;
    }
    if (found !== owner) writeMeta(cache, 'owner', owner);
    return cache;
  } catch (error) {
    cache.close();
    throw error;
  }
}

/** The same while nothing can be written: another owner's copy is not shown. */
function readCacheOf(path: string, owner: string): WriteDb {
  const cache = readCache(path);
  if (readMeta(cache, 'owner') === owner) return cache;
  cache.close();
  return readCache('');
}
