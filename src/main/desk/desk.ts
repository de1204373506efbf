import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CallName,
  type CallOutput,
  type SessionState,
  type SyncState,
  type bridgeCalls,
} from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';
import { abilitiesOf } from '../../core/abilities.ts';
import type { Clock, Random } from '../../core/clock.ts';
import { fitOf, type Fit, type Told } from '../../core/server-identity.ts';
import type { z } from 'zod';
import {
  currentAccount,
  forgetCurrentAccount,
  rememberAccount,
  type StoredAccount,
} from './areas/session/accounts.ts';
import { dropUnbegunBulks } from './areas/triage/bulks.ts';
import { removeCache, setAsideCache } from './sqlite/cache-file.ts';
import { findCustomers } from './areas/search/customers.ts';
import { isDamage, type FileCheck } from './sqlite/file-check.ts';
import { sameFile } from './sqlite/file-identity.ts';
import { lockDataFolder, type FolderLock } from './sqlite/lock.ts';
import { createOutboxFile } from './sqlite/outbox-file.ts';
import { closeToOthers } from './sqlite/private-files.ts';
import { knownServers, rememberServer } from './areas/session/servers.ts';
import { storageFaultOf } from './sqlite/storage-fault.ts';
import { listStaff } from './areas/tickets/staff.ts';
import { sqliteVersion } from './areas/settings/storage-figures.ts';
import { listTags } from './areas/tickets/tickets-table.ts';
import { createApiClient } from './feed/api-client.ts';
import { createAuth, type StandIn, type TokenOwner } from './areas/session/auth.ts';
import { createServerCheck } from './areas/session/server-check.ts';
import { createServerTime } from './feed/server-time.ts';
import type { StartCopyThread } from './feed/copy-thread.ts';
import type { SecretStore } from './areas/session/secrets.ts';
import { readSettings } from './areas/settings/settings-table.ts';
import type { Transport } from './feed/transport.ts';
import { releaseMessage, restoreMessage, sendMessage, takeBack } from './areas/compose/compose.ts';
import { keepDraft, listVersions, type DraftOwner } from './areas/compose/draft-saves.ts';
import { createEvents, type Events } from './events.ts';
import { getBulk, listRecentBulks, retryBulk, startBulk, undoBulk } from './areas/triage/bulk.ts';
import { countSavedViews, countViews, listView } from './areas/tickets/list.ts';
import {
  discardOperation,
  listBin,
  listJournal,
  listOutbox,
  receiptOf,
  repostOperation,
  resolveConflict,
  retryOperation,
} from './areas/outbox/outbox.ts';
import { recentSearches, rememberSearch } from './areas/search/recent-searches.ts';
import { searchOlder } from './areas/search/search-older.ts';
import { searchTickets } from './areas/search/search.ts';
import { similarTickets } from './areas/search/similar.ts';
import { changeSettings } from './areas/settings/settings.ts';
import { takeOver, workElsewhere } from './areas/session/elsewhere.ts';
import { startFailure, storageOf, windowsLeft } from './areas/settings/storage.ts';
import { createStorageGuard } from './areas/settings/storage-guard.ts';
import { sendHeldBeforeQuit, sendLeftHeld } from './areas/compose/held-at-quit.ts';
import { checkAccount, signInFailure } from './areas/session/session.ts';
import { fetchThread, getThread, markRead } from './areas/tickets/thread.ts';
import { syncDetail } from './feed/sync-detail.ts';
import { changeTicket, closeTicket, reopenTicket, undoTriage } from './areas/triage/triage.ts';
import { listMacros } from './areas/compose/macros.ts';
import { unitParts } from './areas/compose/units.ts';
import { cachePath, openWorkspace, type Workspace } from './workspace.ts';
import packageFile from '../../../package.json' with { type: 'json' };

export interface DeskOptions {
  dataDir: string;
  /** Scheme, host and port of the support API. */
  server: string;
  clock: Clock;
  random: Random;
  secrets: SecretStore;
  /** The demo's own sign-in, used without asking; null in real use. */
  standIn: StandIn | null;
  /** In place of the network, in a simulation. */
  transport?: Transport;
  /** Looks through a database file on another thread; absent where there are no threads. */
  checkFile?: (path: string) => FileCheck;
  /** Does the work of a full copy on another thread; absent where there are no threads. */
  startCopyThread?: StartCopyThread;
}

type Input<N extends CallName> = z.output<(typeof bridgeCalls)[N]['input']>;
/** One function per call of the contract; inputs arrive parsed. */
export type Handlers = {
  [N in CallName]: (input: Input<N>) => CallOutput<N> | Promise<CallOutput<N>>;
};

/** The application: databases, sync, queries, commands and events, without a window. */
export interface Desk {
  handlers: Handlers;
  events: Events;
  close(): Promise<void>;
}

const noSync: SyncState = {
  phase: 'signed-out',
  waiting: 0,
  held: 0,
  needs_you: 0,
  last_sync_at: null,
  reason: null,
  tickets_cached: 0,
  kept_days: null,
  next_attempt_in: null,
  abilities: abilitiesOf(null, []),
};

/**
 * Opens the desk in its data folder, for reading where nothing can be written there. Throws
 * DataFolderInUseError, NewerFileError: each with a sentence for the user.
 */
export function openDesk(options: DeskOptions): Desk {
  const { dataDir, server, random, secrets, standIn, transport, checkFile, startCopyThread } =
    options;
  const clock = unfailing(options.clock, (error) => {
    suspect(error);
  });
  const outboxPath = join(dataDir, 'outbox.db');
  let lock: FolderLock | null = null;
  const outbox = createOutboxFile(outboxPath, mayWrite);
  const outboxDb = outbox.db;
  const time = createServerTime(clock);
  const api = createApiClient(server, time, transport);
  const check = createServerCheck(api, judge);
  const auth = createAuth({ api, check, secrets, clock, standIn });
  const events = createEvents();
  let work: Workspace | null = null;
  /** Whose work it is, also while it is closed and opened again. */
  let signedIn: StoredAccount | null = null;
  /** Under which key each account that was signed in since the start has its rows, by its id. */
  const wereHere = new Map<string, string>();
  /** The server that was here before another one answered at its address. */
  let displaced: string | null = null;
  let signInNeeded = false;
  let closed = false;
  let leaving: Promise<void> = Promise.resolve();
  const inTurn = createTurns();
  let fileCheck: FileCheck | null = null;
  const guard = createStorageGuard({
    dir: dataDir,
    clock,
    tryWriting,
    keepInPlace,
    onState: tellSession,
    onRecovered: (reading) => {
      void inTurn(() => recovered(reading)).catch(suspect);
    },
  });

  function session(): SessionState {
    return {
      state: work ? (signInNeeded ? 'sign-in-needed' : 'signed-in') : 'signed-out',
      account: work?.account ?? null,
      server,
      secret_store: secrets.kind,
      demo_email: standIn?.email ?? null,
      salvage: outbox.salvage && {
        recovered: outbox.salvage.operations,
        damaged: outbox.salvage.damaged,
        file: outbox.salvage.file,
      },
      storage: guard.state(),
      elsewhere: workElsewhere(outboxDb, server, work && signedIn, displaced),
      server_changed: displaced !== null,
    };
  }

  /**
   * Told again when the data folder can be read again, where it cannot now: timers tell it too, and
   * nobody stands above them.
   */
  function tellSession(): void {
    try {
      events.emit('session.changed', session());
    } catch (error) {
      if (storageFaultOf(error, dataDir) === null) throw error;
      console.warn('What the session is could not be told', error);
    }
  }

  function setSignInNeeded(needed: boolean): void {
    if (needed === signInNeeded) return;
    signInNeeded = needed;
    tellSession();
  }

  /**
   * Takes the folder's lock where it is not held, or not the one any more that another desk would
   * meet.
   */
  function mayWrite(): boolean {
    if (lock?.holds()) return true;
    lock?.release();
    lock = null;
    try {
      lock = lockDataFolder(dataDir);
      return true;
    } catch (error) {
      console.warn('The data folder cannot be locked', error);
      return false;
    }
  }

  function openForWriting(): void {
    lock ??= lockDataFolder(dataDir);
    closeToOthers(dataDir);
    outbox.openForWriting();
    dropUnbegunBulks(outboxDb);
    const { salvage } = outbox;
    if (salvage)
      console.error(
        `outbox.db was damaged: ${salvage.operations} operations and ${salvage.drafts} ` +
          `drafts recovered, ${salvage.damaged} not readable; the file is kept as ` +
          `${salvage.file}.`,
      );
  }

  function keepInPlace(): void {
    if (guard.state().reading) return;
    outbox.keepInPlace();
    const isSwapped = (): boolean => work !== null && !sameFile(cachePath(dataDir), work.cacheFile);
    if (isSwapped())
      void inTurn(async () => {
        if (isSwapped()) await renewCache(() => undefined);
      }).catch(suspect);
  }

  function tryWriting(): void {
    if (guard.state().reading) openForWriting();
    outboxDb
      .prepare(
        `
          insert into settings (name, value) values ('last-written', ?)
          on conflict do update set value = excluded.value`,
      )
      .run('x'.repeat(probeBytes));
  }

  /** Copies that were read give way to the files themselves; otherwise what waited is tried now. */
  async function recovered(reading: boolean): Promise<void> {
    if (!reading && work) {
      work.engine.retry();
      return;
    }
    await leave();
    if (closed) return;
    begin();
    tellSession();
    events.emit('data.changed', { ticket_ids: null });
  }

  function begin(): void {
    const known = signedIn ?? currentAccount(outboxDb, server);
    if (known) enterAgain(known);
    else if (standIn && !guard.state().reading)
      void signIn(standIn).catch((error: unknown) => {
        if (!(error instanceof BridgeError)) console.error('The demo sign-in failed', error);
      });
  }

  function enter(account: StoredAccount): void {
    const { reading } = guard.state();
    auth.use(tokenOwner(account));
    signInNeeded = false;
    signedIn = account;
    wereHere.set(account.account.id, account.key);
    work = openWorkspace(
      {
        dataDir,
        outboxDb,
        api,
        auth,
        time,
        clock,
        random,
        events,
        reading,
        onSignInNeeded: setSignInNeeded,
        onBeat: beat,
        onFault: suspect,
        ...(startCopyThread ? { startCopyThread } : {}),
      },
      account,
    );
    tellSession();
    if (reading) return;
    work.engine.start();
    if (work.unclean) inspectCache();
  }

  /**
   * The same where an earlier run, or an earlier stay of this account, may have left something in
   * its undo window.
   */
  function enterAgain(account: StoredAccount): void {
    enter(account);
    if (guard.state().reading) return;
    try {
      sendLeftHeld(here());
    } catch (error) {
      // They stay held, and the agent is shown them.
      suspect(error);
    }
  }

  /** In turn, or a stay that begins meanwhile is left open beside the next one. */
  async function leave(): Promise<void> {
    fileCheck?.stop();
    fileCheck = null;
    const left = work;
    work = null;
    if (left) leaving = left.close();
    // Also one that is closing already: nothing may be closed under it.
    await leaving;
  }

  /**
   * Begins with an empty cache; what waits, is written or is held stays. `drop` takes the old file
   * away.
   */
  async function renewCache(drop: (path: string) => void): Promise<void> {
    const heldFor = windowsLeft(here());
    await leave();
    if (closed || !signedIn) return;
    try {
      drop(cachePath(dataDir));
      enter(signedIn);
    } catch (error) {
      if (!guard.noticed(error)) throw error;
      readOnly(error);
    }
    for (const [id, ms] of heldFor) here().holds.begin(id, ms);
  }

  /**
   * After a bad end, or when a read met damage: looks through the whole cache beside the work and
   * copies the server anew if it is bad (R12).
   */
  function inspectCache(): void {
    if (fileCheck || !checkFile) return;
    const mine = checkFile(cachePath(dataDir));
    fileCheck = mine;
    void mine.sound
      .then(async (sound) => {
        if (fileCheck !== mine) return;
        fileCheck = null;
        if (sound) return;
        console.error(
          'cache.db was damaged; it is kept as cache.db.damaged, and everything is copied from the server again.',
        );
        await inTurn(() => renewCache(setAsideCache));
      })
      .catch(suspect);
  }

  /** Shows what there is while nothing can be written. */
  function readOnly(error: unknown): void {
    outbox.openForReading();
    guard.onlyReading(error);
    begin();
  }

  async function signIn({ email, password }: StandIn): Promise<SessionState> {
    const granted = await auth.signIn(email, password).catch((error: unknown) => {
      throw signInFailure(error);
    });
    const account = checkAccount(granted.me);
    if (closed) throw new BridgeError('not-signed-in');
    // One 404 is a gateway's in the middle of a deploy: taken for another server, what waits for
    // this one would be out of sight.
    if (granted.told === null && granted.me.role !== undefined && saidBefore())
      throw new BridgeError('unexpected-answer');
    return inTurn(async () => {
      const stored = rememberAccount(outboxDb, account, server, granted.told);
      const same = work !== null && signedIn?.key === stored.key;
      if (!same) await leave();
      await auth.take(tokenOwner(stored), granted);
      if (closed) throw new BridgeError('not-signed-in');
      displaced = null;
      signedIn = stored;
      if (same) work?.engine.retry();
      else enterAgain(stored);
      return session();
    });
  }

  /**
   * Whether a server has said at this address which one it is. None unlearns that; one of level 1
   * never knew, and names no roles either.
   */
  function saidBefore(): boolean {
    return knownServers(outboxDb).some(
      ({ address, identity }) => address === server && identity !== null,
    );
  }

  function signOut(): Promise<SessionState> {
    return inTurn(async () => {
      await leave();
      forgetCurrentAccount(outboxDb);
      // What the server has is not for whoever uses this computer next; what it has not is kept in
      // outbox.db.
      removeCache(cachePath(dataDir));
      await auth.signOut();
      signedIn = null;
      tellSession();
      return session();
    });
  }

  /** How what the server says of itself fits the account that is at work. */
  function judge(told: Told): Fit {
    if (!signedIn) return 'same';
    const mine = signedIn.server;
    const fit = fitOf(knownServers(outboxDb), mine, server, told);
    if (fit === 'other') void displace(mine.key).catch(suspect);
    if (
      fit === 'same' &&
      told !== null &&
      (mine.identity?.installation !== told.installation || mine.identity.history !== told.history)
    ) {
      signedIn.server = { ...mine, identity: told };
      try {
        rememberServer(outboxDb, signedIn.server);
      } catch (error) {
        suspect(error);
      }
    }
    return fit;
  }

  /** Another server answers: it gets nothing of the one before, and shows nothing of it. */
  async function displace(serverKey: string): Promise<void> {
    if (displaced !== null || closed) return;
    displaced = serverKey;
    console.warn(`Another server than before answers at ${server}; nothing is sent to it.`);
    // At once, and again in turn: something may just be opening it.
    await leave();
    await inTurn(async () => {
      await leave();
      signedIn = null;
      forgetCurrentAccount(outboxDb);
      tellSession();
    });
  }

  function takeWorkOver(key: string): Promise<SessionState> {
    return inTurn(async () => {
      here();
      const mine = signedIn;
      if (!mine) throw new BridgeError('not-signed-in');
      await leave();
      if (closed) throw new BridgeError('not-signed-in');
      try {
        takeOver(outboxDb, mine, key);
      } finally {
        enter(mine);
      }
      events.emit('data.changed', { ticket_ids: null });
      return session();
    });
  }

  function beat(): void {
    if (guard.state().fault === null) guard.look();
  }

  /** The workspace of the signed-in account, or BridgeError 'not-signed-in'. */
  function here(): Workspace {
    if (!work) throw new BridgeError('not-signed-in');
    return work;
  }

  /**
   * Whose draft a window saves: one that has not heard of a sign-out yet still has texts of the
   * account before.
   */
  function draftOwner(accountId: string | undefined): DraftOwner {
    const isHere = accountId === undefined || accountId === work?.account.id;
    const key = isHere ? here().key : wereHere.get(accountId);
    if (key === undefined) throw new BridgeError('not-signed-in');
    return { outboxDb, key, now: time.now(), work: isHere ? work : null };
  }

  function suspect(error: unknown): void {
    if (error instanceof BridgeError || guard.noticed(error)) return;
    if (work && isDamage(error)) inspectCache();
    else console.error('Something failed that should not', error);
  }

  const handlers: Handlers = {
    'session.get': () => session(),
    'session.signIn': signIn,
    'session.signOut': signOut,
    'session.takeOver': ({ key }) => takeWorkOver(key),
    'sync.get': () =>
      work
        ? { ...work.syncState(), ...(guard.state().reading ? { phase: 'offline' as const } : {}) }
        : noSync,
    'sync.detail': () => syncDetail(here()),
    'sync.retry': () => {
      const { fault, reading } = guard.state();
      if (fault !== null) guard.look();
      // Copies give way to the files first, and sync begins with them.
      if (!reading) here().engine.retry();
      return {};
    },
    'staff.list': () => listStaff(here().cache),
    'views.counts': () => countViews(here()),
    'views.saved': () => countSavedViews(here()),
    'tags.list': () => listTags(here().cache),
    'bulk.start': (input) => startBulk(here(), input),
    'bulk.list': () => listRecentBulks(here()),
    'bulk.get': ({ bulk_id, limit }) => getBulk(here(), bulk_id, limit),
    'bulk.undo': ({ bulk_id }) => undoBulk(here(), bulk_id),
    'bulk.retry': ({ bulk_id }) => retryBulk(here(), bulk_id),
    'tickets.list': (input) => listView(here(), input),
    'thread.get': (input) => getThread(here(), input),
    'thread.fetch': ({ ticket_id }) => fetchThread(here(), ticket_id),
    'thread.markRead': (input) => {
      markRead(here(), input);
      return {};
    },
    'search.query': (input) => searchTickets(here(), input),
    'customers.find': ({ query, limit }) => {
      here().indexer.catchUp();
      return { customers: findCustomers(here().cache, query, limit) };
    },
    'search.older': (input) => searchOlder(here(), input),
    'search.recent': () => ({ queries: recentSearches(outboxDb, here().key) }),
    'search.remember': ({ query }) => {
      rememberSearch(outboxDb, here().key, query);
      return {};
    },
    'thread.similar': ({ ticket_id }) => similarTickets(here(), ticket_id),
    'compose.send': (input) => sendMessage(here(), input),
    'compose.takeBack': ({ operation_id }) => takeBack(here(), operation_id),
    'compose.release': ({ operation_id }) => {
      releaseMessage(here(), operation_id);
      return {};
    },
    'draft.save': (input) => keepDraft(draftOwner(input.account), input),
    'draft.versions': (input) => listVersions(here(), input),
    'triage.change': (input) => changeTicket(here(), input),
    'triage.close': (input) => closeTicket(here(), input),
    'triage.reopen': (input) => reopenTicket(here(), input),
    'triage.undo': ({ operation_id }) => undoTriage(here(), operation_id),
    'outbox.list': () => listOutbox(here()),
    'outbox.retry': ({ operation_id }) => {
      retryOperation(here(), operation_id);
      return {};
    },
    'outbox.discard': ({ operation_id }) => {
      discardOperation(here(), operation_id);
      return {};
    },
    'outbox.resolve': ({ operation_id, mine }) => {
      resolveConflict(here(), operation_id, mine);
      return {};
    },
    'outbox.repost': ({ operation_id }) => repostOperation(here(), operation_id),
    'outbox.bin': () => listBin(here()),
    'outbox.restore': ({ operation_id }) => restoreMessage(here(), operation_id),
    'outbox.journal': ({ limit }) => listJournal(here(), limit),
    'message.receipt': ({ message_id }) => receiptOf(here(), message_id),
    'settings.get': () => readSettings(outboxDb, here().key),
    'settings.set': (change) => changeSettings(here(), change),
    'storage.get': () => storageOf(here(), dataDir),
    async 'storage.clear'() {
      await inTurn(() => renewCache(removeCache));
      return {};
    },
    'about.get': () => ({
      version: packageFile.version,
      sqlite: sqliteVersion(outboxDb),
      node: process.versions.node,
      electron: process.versions['electron'] ?? null,
    }),
    'window.front': ({ ticket_id, focused }) => {
      work?.notifier.front(focused ? ticket_id : null);
      work?.workingSet.front(ticket_id);
      return {};
    },
    'compose.unit': ({ unit }) => unitParts(here(), unit),
    'macros.list': () => listMacros(here().cache),
    'presence.tell': (doing) => {
      here().presence.tell(doing);
      return {};
    },
    'presence.get': () => here().presence.view(),
  };

  try {
    openForWriting();
    begin();
  } catch (error) {
    if (storageFaultOf(error, dataDir) === null || !existsSync(outboxPath)) {
      outboxDb.close();
      (lock as FolderLock | null)?.release();
      throw startFailure(error, dataDir);
    }
    readOnly(error);
  }

  return {
    handlers: watched(handlers, guard.require, (error) => {
      suspect(error);
      return guard.explain(error);
    }),
    events,
    async close() {
      if (work && !guard.state().reading) await sendHeldBeforeQuit(work, events).catch(suspect);
      closed = true;
      guard.stop();
      await leave();
      // Whatever was under way finds the desk closed.
      await inTurn(leave);
      outboxDb.close();
      lock?.release();
    },
  };
}

/**
 * Runs one after the other what opens and closes the work of an account, whatever of it is asked
 * for meanwhile. Two stays at once would both send what waits.
 */
function createTurns(): <T>(act: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const mine = last.then(act);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** As much as an action may need, so that a disk with room for a byte is still full. */
const probeBytes = 16_384;

const tokenOwner = ({ key, account, oldSecret }: StoredAccount): TokenOwner => ({
  key,
  email: account.email,
  oldSecret,
});

/**
 * Timers whose failures are heard of: nobody stands above a timer, so that what it throws would end
 * the desk.
 */
function unfailing(clock: Clock, onError: (error: unknown) => void): Clock {
  return {
    now: clock.now,
    monotonic: clock.monotonic,
    setTimer: (run, ms) =>
      clock.setTimer(() => {
        try {
          run();
        } catch (error) {
          onError(error);
        }
      }, ms),
  };
}

/**
 * The same handlers; `before` may refuse a call, and `explained` hears of what they throw and says
 * what it means.
 */
function watched(
  handlers: Handlers,
  before: (name: CallName) => void,
  explained: (error: unknown) => unknown,
): Handlers {
  const fail = (error: unknown): never => {
    throw explained(error);
  };
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      (input: never) => {
        try {
          // The entries are those of the map of calls.
          before(name as CallName);
          const answer: unknown = handler(input);
          return answer instanceof Promise ? answer.catch(fail) : answer;
        } catch (error) {
          return fail(error);
        }
      },
    ]),
  ) as unknown as Handlers;
}
