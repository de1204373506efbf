import { join } from 'node:path';
import type { Account, CallName, CallOutput, SessionState, SyncState } from '../../contract/bridge.ts';
import type { bridgeCalls } from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';
import { abilitiesOf } from '../../core/abilities.ts';
import type { Clock, Random } from '../../core/clock.ts';
import type { z } from 'zod';
import { currentAccount, forgetCurrentAccount, rememberAccount } from '../db/accounts.ts';
import { removeCache, setAsideCache } from '../db/cache-file.ts';
import { findCustomers } from '../db/customers.ts';
import type { FileCheck } from '../db/file-check.ts';
import { isDamage } from '../db/file-check.ts';
import { lockDataFolder } from '../db/lock.ts';
import { openOutbox } from '../db/outbox-file.ts';
import { listStaff } from '../db/staff.ts';
import { sqliteVersion } from '../db/storage.ts';
import { listTags } from '../db/tickets.ts';
import { createApiClient } from '../sync/api-client.ts';
import type { StandIn } from '../sync/auth.ts';
import { createAuth } from '../sync/auth.ts';
import type { StartCopyThread } from '../sync/copy-thread.ts';
import { openLevel } from '../sync/level.ts';
import type { SecretStore } from '../sync/secrets.ts';
import { readSettings } from '../db/settings.ts';
import type { Transport } from '../sync/transport.ts';
import { keepDraft, listVersions, releaseMessage, restoreMessage, sendMessage, takeBack } from './compose.ts';
import type { Events } from './events.ts';
import { createEvents } from './events.ts';
import { getBulk, listRecentBulks, retryBulk, startBulk, undoBulk } from './bulk.ts';
import { countSavedViews, countViews, listView } from './inbox.ts';
import { discardOperation, listBin, listJournal, listOutbox, receiptOf, repostOperation, resolveConflict, retryOperation } from './outbox.ts';
import { recentSearches, rememberSearch } from '../db/recent-searches.ts';
import { searchOlder } from './search-older.ts';
import { searchTickets } from './search.ts';
import { similarTickets } from './similar.ts';
import { changeSettings } from './settings.ts';
import { storageOf, windowsLeft } from './storage.ts';
import { checkAccount, signInFailure } from './session.ts';
import { fetchThread, getThread, markRead } from './thread.ts';
import { syncDetail } from './sync-detail.ts';
import { changeTicket, closeTicket, reopenTicket, undoTriage } from './triage.ts';
import { listMacros } from '../db/macros.ts';
import { unitParts } from './units.ts';
import type { Workspace } from './workspace.ts';
import { cachePath, openWorkspace } from './workspace.ts';
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
export type Handlers = { [N in CallName]: (input: Input<N>) => CallOutput<N> | Promise<CallOutput<N>> };

/** The application: databases, sync, queries, commands and events, without a window. */
export interface Desk {
  handlers: Handlers;
  events: Events;
  close(): Promise<void>;
}

const noSync: SyncState = { phase: 'signed-out', waiting: 0, needs_you: 0, last_sync_at: null, reason: null, tickets_cached: 0, kept_days: null, next_attempt_in: null, abilities: abilitiesOf(null, []) };

/** Opens the desk in its data folder. Throws DataFolderInUseError, NewerFileError: each with a sentence for the user. */
export function openDesk(options: DeskOptions): Desk {
  const { dataDir, server, clock, random, secrets, standIn, transport, checkFile, startCopyThread } = options;
  const lock = lockDataFolder(dataDir);
  const { db: outboxDb, salvage } = openOutbox(join(dataDir, 'outbox.db'));
  if (salvage) console.error(`outbox.db was damaged: ${salvage.operations} operations and ${salvage.drafts} drafts recovered, ${salvage.damaged} not readable; the file is kept as ${salvage.file}.`);
  const api = createApiClient(server, clock, transport);
  const auth = createAuth(api, secrets, clock, standIn);
  const events = createEvents();
  let work: Workspace | null = null;
  let signInNeeded = false;
  let closed = false;
  let check: FileCheck | null = null;

  function session(): SessionState {
    return {
      state: work ? (signInNeeded ? 'sign-in-needed' : 'signed-in') : 'signed-out',
      account: work?.account ?? null,
      server,
      secret_store: secrets.kind,
      demo_email: standIn?.email ?? null,
      salvage: salvage && { recovered: salvage.operations, damaged: salvage.damaged, file: salvage.file },
    };
  }

  function setSignInNeeded(needed: boolean): void {
    if (needed === signInNeeded) return;
    signInNeeded = needed;
    events.emit('session.changed', session());
  }

  function enter(account: Account): void {
    auth.use(account);
    signInNeeded = false;
    work = openWorkspace({ dataDir, server, outboxDb, api, auth, clock, random, events, onSignInNeeded: setSignInNeeded, onFault: suspect, ...(startCopyThread ? { startCopyThread } : {}) }, account);
    events.emit('session.changed', session());
    work.engine.start();
    if (work.unclean) inspectCache();
  }

  async function leave(): Promise<void> {
    check?.stop();
    check = null;
    const left = work;
    work = null;
    await left?.close();
  }

  /** Begins with an empty cache; what waits, is written or is held stays. `drop` takes the old file away. */
  async function renewCache(drop: (path: string) => void): Promise<void> {
    const { account } = here();
    const heldFor = windowsLeft(here());
    await leave();
    if (closed) return;
    drop(cachePath(dataDir));
    enter(account);
    for (const [id, ms] of heldFor) here().holds.begin(id, ms);
  }

  /** After a bad end, or when a read met damage: looks through the whole cache beside the work and copies the server anew if it is bad (R12). */
  function inspectCache(): void {
    if (check || !checkFile) return;
    const mine = checkFile(cachePath(dataDir));
    check = mine;
    void mine.sound.then(async (sound) => {
      if (check !== mine) return;
      check = null;
      if (sound) return;
      console.error('cache.db was damaged; it is kept as cache.db.damaged, and everything is copied from the server again.');
      await renewCache(setAsideCache);
    });
  }

  async function signIn({ email, password }: StandIn): Promise<SessionState> {
    const account = checkAccount(await auth.signIn(email, password).catch((error: unknown) => { throw signInFailure(error); }));
    if (closed) throw new BridgeError('not-signed-in');
    if (work?.account.id === account.id) {
      auth.use(account);
      work.engine.retry();
      return session();
    }
    await leave();
    rememberAccount(outboxDb, account, server);
    enter(account);
    return session();
  }

  /** The workspace of the signed-in account, or BridgeError 'not-signed-in'. */
  function here(): Workspace {
    if (!work) throw new BridgeError('not-signed-in');
    return work;
  }

  function suspect(error: unknown): void {
    if (work && isDamage(error)) inspectCache();
  }

  const handlers: Handlers = {
    'session.get': () => session(),
    'session.signIn': signIn,
    async 'session.signOut'() {
      if (work) openLevel(work.cache);
      await leave();
      forgetCurrentAccount(outboxDb);
      await auth.signOut();
      events.emit('session.changed', session());
      return session();
    },
    'sync.get': () => work?.engine.state() ?? noSync,
    'sync.detail': () => syncDetail(here()),
    'sync.retry': () => { here().engine.retry(); return {}; },
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
    'thread.markRead': ({ ticket_id }) => { markRead(here(), ticket_id); return {}; },
    'search.query': (input) => searchTickets(here(), input),
    'customers.find': ({ query, limit }) => { here().indexer.catchUp(); return { customers: findCustomers(here().cache, query, limit) }; },
    'search.older': (input) => searchOlder(here(), input),
    'search.recent': () => ({ queries: recentSearches(outboxDb, here().account.id) }),
    'search.remember': ({ query }) => { rememberSearch(outboxDb, here().account.id, query); return {}; },
    'thread.similar': ({ ticket_id }) => similarTickets(here(), ticket_id),
    'compose.send': (input) => sendMessage(here(), input),
    'compose.takeBack': ({ operation_id }) => takeBack(here(), operation_id),
    'compose.release': ({ operation_id }) => { releaseMessage(here(), operation_id); return {}; },
    'draft.save': (input) => keepDraft(here(), input),
    'draft.versions': (input) => listVersions(here(), input),
    'triage.change': (input) => changeTicket(here(), input),
    'triage.close': (input) => closeTicket(here(), input),
    'triage.reopen': ({ ticket_id }) => reopenTicket(here(), ticket_id),
    'triage.undo': ({ operation_id }) => undoTriage(here(), operation_id),
    'outbox.list': () => listOutbox(here()),
    'outbox.retry': ({ operation_id }) => { retryOperation(here(), operation_id); return {}; },
    'outbox.discard': ({ operation_id }) => { discardOperation(here(), operation_id); return {}; },
    'outbox.resolve': ({ operation_id, mine }) => { resolveConflict(here(), operation_id, mine); return {}; },
    'outbox.repost': ({ operation_id }) => repostOperation(here(), operation_id),
    'outbox.bin': () => listBin(here()),
    'outbox.restore': ({ operation_id }) => restoreMessage(here(), operation_id),
    'outbox.journal': ({ limit }) => listJournal(here(), limit),
    'message.receipt': ({ message_id }) => receiptOf(here(), message_id),
    'settings.get': () => readSettings(outboxDb, here().account.id),
    'settings.set': (change) => changeSettings(here(), change),
    'storage.get': () => storageOf(here(), dataDir),
    async 'storage.clear'() { await renewCache(removeCache); return {}; },
    'about.get': () => ({ version: packageFile.version, sqlite: sqliteVersion(outboxDb), node: process.versions.node, electron: process.versions['electron'] ?? null }),
    'window.front': ({ ticket_id, focused }) => {
      work?.notifier.front(focused ? ticket_id : null);
      work?.workingSet.front(ticket_id);
      return {};
    },
    'compose.unit': ({ unit }) => unitParts(here(), unit),
    'macros.list': () => listMacros(here().cache),
    'presence.tell': (doing) => { here().presence.tell(doing); return {}; },
    'presence.get': () => here().presence.view(),
  };

  const known = currentAccount(outboxDb, server);
  if (known) enter(known);
  else if (standIn) void signIn(standIn).catch((error: unknown) => { if (!(error instanceof BridgeError)) console.error('The demo sign-in failed', error); });

  return {
    handlers: watched(handlers, suspect),
    events,
    async close() {
      closed = true;
      await leave();
      outboxDb.close();
      lock.release();
    },
  };
}

/** The same handlers; `onError` hears of what they throw. */
function watched(handlers: Handlers, onError: (error: unknown) => void): Handlers {
  const told = (error: unknown): never => {
    onError(error);
    throw error;
  };
  return Object.fromEntries(Object.entries(handlers).map(([name, handler]) => [name, (input: never) => {
    try {
      const answer: unknown = handler(input);
      return answer instanceof Promise ? answer.catch(told) : answer;
    } catch (error) {
      return told(error);
    }
  }])) as unknown as Handlers;
}
