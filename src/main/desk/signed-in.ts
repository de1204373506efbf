import { join } from 'node:path';
import type { Account, StartPlace, SyncState, Topic, Touched } from '../../contract/bridge.ts';
import type { Clock, Random } from '../../core/clock.ts';
import type { Operation } from '../../core/operation.ts';
import { uuidV7 } from '../../core/uuid.ts';
import { accountCalls, type AccountQueries, type Commands } from './account-calls.ts';
import { followMerges, openAccountData, type AccountData } from './account-data.ts';
import {
  createAccountSync,
  type AccountSync,
  type ServerSide,
  type SyncListener,
} from './account-sync.ts';
import { startUpkeep, type Upkeep } from './account-upkeep.ts';
import type { DraftParts } from './areas/compose/draft-saves.ts';
import { moveDrafts } from './areas/compose/drafts.ts';
import { sendHeldBeforeQuit, sendLeftHeld } from './areas/compose/held-at-quit.ts';
import { createNotifier, type Notifier } from './areas/notices/notifier.ts';
import { windowsLeft } from './areas/outbox/holds.ts';
import { offerWhatIsDue } from './areas/outbox/lost.ts';
import type { Outcome } from './areas/outbox/outcome.ts';
import { createUndoWindows } from './areas/outbox/undo-windows.ts';
import type { StoredAccount } from './areas/session/accounts.ts';
import { readSettings } from './areas/settings/settings-table.ts';
import { startPlace } from './areas/settings/start-place.ts';
import { followAllKeptUnread, followKeptUnread } from './areas/tickets/kept-unread.ts';
import { keepUnread } from './areas/tickets/read-marks.ts';
import { createBulkActs } from './areas/triage/bulk-acts.ts';
import { createBulks } from './areas/triage/bulk-run.ts';
import { endRefusedSnooze } from './areas/triage/snooze.ts';
import { createBeside, type Beside } from './beside.ts';
import type { Events } from './events.ts';
import type { Applied } from './feed/apply-page.ts';
import type { StartCopyThread } from './feed/copy-thread.ts';
import { cachePath, openAccountCache, type AccountCache } from './sqlite/account-cache.ts';
import { leaveCache } from './sqlite/cache-file.ts';
import type { WriteDb } from './sqlite/connection.ts';
import { createTell, type Tell } from './tell.ts';

export interface SignedInParts {
  folder: {
    dataDir: string;
    outboxDb: WriteDb;
    /** Nothing can be written: the cache is read as it is, and there is no sync. */
    reading: boolean;
  };
  server: ServerSide;
  clock: Clock;
  random: Random;
  events: Events;
  on: DeskListener;
  startCopyThread?: StartCopyThread;
}

/** Callbacks of an account to the desk. */
export interface DeskListener {
  /** Something was committed. */
  touched: (touched: Touched) => void;
  /** The server wants a new sign-in, or has accepted one. */
  signInNeeded: (needed: boolean) => void;
  /** Time has passed: after each pull, and after each try of one. */
  beat: () => void;
  /** Something failed that should not. */
  fault: (error: unknown) => void;
}

/** The account that works now. Another account gets its own, and sees nothing of this one (R11). */
export interface SignedIn {
  account: Account;
  calls: AccountQueries['calls'];
  again: AccountQueries['again'];
  cache: Pick<AccountCache, 'file' | 'unclean'>;
  sync: {
    start(): void;
    /** Tries now. */
    retry(): void;
    state(): SyncState;
  };
  drafts: DraftParts;
  held: {
    /** The undo windows that run now. */
    left(): [operationId: string, ms: number][];
    resume(windows: readonly [operationId: string, ms: number][]): void;
    sendLeft(): void;
    sendBeforeQuit(): Promise<void>;
  };
  /** Where a window begins. */
  place(): StartPlace | null;
  /** The ticket in front of the agent; whether its window has the focus. */
  front(ticketId: string | null, focused: boolean): void;
  close(): Promise<void>;
}

/** Throws SqliteError and what else storage throws; nothing of the account is open then. */
export function signInHere(parts: SignedInParts, stored: StoredAccount): SignedIn {
  const { dataDir, reading } = parts.folder;
  const cache = openAccountCache(dataDir, stored.key, reading);
  const opened = new DisposableStack();
  opened.defer(() => {
    cache.db.close();
  });
  try {
    return begin(parts, stored, cache, opened);
  } catch (error) {
    opened.dispose();
    throw error;
  }
}

/** `opened`: what is to be closed again where this throws. */
function begin(
  parts: SignedInParts,
  stored: StoredAccount,
  cache: AccountCache,
  opened: DisposableStack,
): SignedIn {
  const { folder, server, clock, random, events, on } = parts;
  const { tell, after, afterCommit } = createTell(on);
  const { time } = server;
  const data = openAccountData(cache.db, folder.outboxDb, stored, { time, clock, random });
  const notifier = openNotifier(data, events, clock);
  const commands = openCommands(parts, { data, tell, notifier });
  const beside = openBeside(parts, data);
  const busy = (): boolean => beside.indexing.beside() !== null;
  const serverKey = stored.server.key;
  const upkeep = startUpkeep({ data, serverKey, time, clock, tell, busy, onFault: on.fault });
  // Both have timers, and would look into files that are closed.
  opened.defer(upkeep.stop);
  opened.defer(commands.bulks.stop);
  const work: Work = { data, server, commands, notifier, upkeep, sync: () => sync };
  const sync = createAccountSync({
    data,
    server,
    clock,
    random,
    events,
    beside,
    tell,
    on: follow(parts, work, afterCommit),
  });
  after.changed.push(upkeep.written);
  after.queued.push(sync.shown.look, sync.engine.wakePush);
  after.moved.push(commands.bulks.moved);
  commands.bulks.wake();
  if (!folder.reading) {
    followMerges(cache.db, folder.outboxDb);
    followAllKeptUnread(cache.db, data.own, data.account.id);
  }
  return signedIn(parts, work, cache, beside);
}

/** The parts of an account that works. */
interface Work {
  data: AccountData;
  server: ServerSide;
  commands: Commands;
  notifier: Notifier;
  upkeep: Upkeep;
  /** It is made from these. */
  sync: () => AccountSync;
}

/** Follows up what sync brings, and what is due by then. */
function follow(
  { folder, on }: SignedInParts,
  work: Work,
  afterCommit: (steps: readonly (() => void)[]) => void,
): SyncListener {
  const { data, server, commands, upkeep } = work;
  const offerDue = (): string[] => {
    if (folder.reading) return [];
    const { want } = work.sync().workingSet;
    return offerWhatIsDue(data.cache, data.outbox, server.time.trusted(), want);
  };
  const tellOffered = (): void => {
    const offered = offerDue();
    if (offered.length > 0) commands.tell.changed(offered, ['operations']);
  };
  return {
    ...on,
    beat() {
      upkeep.look();
      on.beat();
      afterCommit([tellOffered]);
    },
    page(applied) {
      followPage(work, applied, offerDue);
    },
    settled(operation, outcome) {
      followOutcome(work, operation, outcome);
    },
  };
}

function signedIn(
  { folder, events }: SignedInParts,
  work: Work,
  cache: AccountCache,
  beside: Beside,
): SignedIn {
  const { data, server, commands, notifier, upkeep } = work;
  const { holds, bulks, tell } = commands;
  const sync = work.sync();
  return {
    account: data.account,
    ...accountCalls({ data, server, sync, commands, dataDir: folder.dataDir }),
    cache,
    sync: {
      start: sync.engine.start,
      retry: sync.engine.retry,
      state: sync.shown.state,
    },
    drafts: { cache: cache.db, own: data.own, holds, tell },
    held: heldOf({ data, sync, commands, events }),
    place: () => startPlace(data),
    front(ticketId, focused) {
      notifier.front(focused ? ticketId : null);
      sync.workingSet.front(ticketId);
    },
    async close() {
      holds.stop();
      bulks.stop();
      upkeep.stop();
      await sync.stop();
      await beside.stop();
      leaveCache(cache.db);
    },
  };
}

const openNotifier = (
  { account, cache, outbox, own }: AccountData,
  events: Events,
  clock: Clock,
): Notifier =>
  createNotifier({
    cache,
    outbox,
    me: account.id,
    events,
    clock,
    settings: () => readSettings(own.db, own.key),
  });

const openBeside = (
  { folder: { dataDir }, startCopyThread }: SignedInParts,
  { account, cache, own }: AccountData,
): Beside =>
  createBeside(startCopyThread, cache, {
    cachePath: cachePath(dataDir),
    outboxPath: join(dataDir, 'outbox.db'),
    accountId: account.id,
    accountKey: own.key,
  });

function openCommands(
  { server, clock, random, events, on }: SignedInParts,
  { data, tell, notifier }: { data: AccountData; tell: Tell; notifier: Notifier },
): Commands {
  const { account, cache, own, outbox, snoozes, marks } = data;
  const reading = { cache, own, readThrough: marks.readThrough, onSeen: notifier.seen };
  const holds = createUndoWindows({ clock, outbox, tell, onFault: on.fault });
  const acts = createBulkActs({
    ...reading,
    outbox,
    account,
    snoozes,
    serverNow: server.time.now,
  });
  const bulks = createBulks({
    own,
    outbox,
    acts,
    holds,
    tell,
    clock,
    onBulk: (bulk) => {
      events.emit('bulk.changed', bulk);
    },
  });
  return { clock, newId: () => uuidV7(clock.now(), random), tell, holds, bulks, reading };
}

/** Messages that wait are confirmed by a page, and drafts follow a merge. */
const touchedByPages: readonly Topic[] = ['tickets', 'reads', 'operations', 'drafts'];

/**
 * Brings everything outside the cache in line with a page that has just been committed. `offerDue`
 * returns the tickets that look different now.
 */
function followPage(
  { data, commands, notifier }: Pick<Work, 'data' | 'commands' | 'notifier'>,
  { ticketIds, merged, snapshot, lists, newMessages, assigned }: Applied,
  offerDue: () => string[],
): void {
  const { account, cache, own } = data;
  for (const { ticketId, into } of merged) moveDrafts(own.db, ticketId, into);
  for (const ticketId of ticketIds) {
    followKeptUnread(cache, own, account.id, ticketId);
    keepUnread(cache, own.db, own.key, ticketId);
  }
  const offered = offerDue();
  commands.bulks.moved();
  commands.tell.changed(snapshot ? null : [...ticketIds, ...offered], [
    ...touchedByPages,
    ...(snapshot || lists ? (['staff', 'macros'] as const) : []),
  ]);
  if (!snapshot) notifier.arrived(newMessages, assigned);
}

/** Follows up the outcome of an operation after it is committed. */
function followOutcome(
  { data, server, sync, commands }: Pick<Work, 'data' | 'server' | 'sync' | 'commands'>,
  operation: Operation,
  outcome: Outcome,
): void {
  const { account, cache, own, outbox, snoozes } = data;
  const { tell, bulks } = commands;
  followKeptUnread(cache, own, account.id, operation.ticketId);
  if (outcome.kind === 'parked' && outcome.reason === 'refused')
    endRefusedSnooze({ cache, outbox, snoozes, serverNow: server.time.now, tell }, operation);
  tell.changed([operation.ticketId], ['tickets', 'operations', 'reads']);
  bulks.moved();
  sync().shown.look();
}

function heldOf({
  data: { outbox, own },
  sync: { engine },
  commands: { clock, holds, tell },
  events,
}: {
  data: AccountData;
  sync: AccountSync;
  commands: Commands;
  events: Events;
}): SignedIn['held'] {
  return {
    left: () => windowsLeft({ outbox, holds }),
    resume(windows) {
      for (const [id, ms] of windows) holds.begin(id, ms);
    },
    sendLeft() {
      sendLeftHeld({ outbox, own, holds, tell });
    },
    sendBeforeQuit: () => sendHeldBeforeQuit({ outbox, own, holds, tell, engine, clock, events }),
  };
}
