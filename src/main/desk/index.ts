import { join } from 'node:path';
import type { Account, CallName, CallOutput, SessionState, SyncState } from '../../contract/bridge.ts';
import type { bridgeCalls } from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';
import type { Clock, Random } from '../../core/clock.ts';
import type { z } from 'zod';
import { currentAccount, forgetCurrentAccount, rememberAccount } from '../db/accounts.ts';
import { lockDataFolder } from '../db/lock.ts';
import { openOutbox } from '../db/outbox-file.ts';
import { listStaff } from '../db/staff.ts';
import { createApiClient } from '../sync/api-client.ts';
import type { StandIn } from '../sync/auth.ts';
import { createAuth } from '../sync/auth.ts';
import type { SecretStore } from '../sync/secrets.ts';
import type { Transport } from '../sync/transport.ts';
import { keepDraft, sendMessage } from './compose.ts';
import type { Events } from './events.ts';
import { createEvents } from './events.ts';
import { countViews, listView } from './inbox.ts';
import { discardOperation, listOutbox, retryOperation } from './outbox.ts';
import { searchTickets } from './search.ts';
import { checkAccount, signInFailure } from './session.ts';
import { getThread, markRead } from './thread.ts';
import { changeTicket, closeTicket, reopenTicket } from './triage.ts';
import type { Workspace } from './workspace.ts';
import { openWorkspace } from './workspace.ts';

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

const noSync: SyncState = { phase: 'signed-out', waiting: 0, needs_you: 0, last_sync_at: null, reason: null, tickets_cached: 0, next_attempt_in: null };

/** Opens the desk in its data folder. Throws DataFolderInUseError, NewerFileError, OutboxDamagedError: each with a sentence for the user. */
export function openDesk(options: DeskOptions): Desk {
  const { dataDir, server, clock, random, secrets, standIn, transport } = options;
  const lock = lockDataFolder(dataDir);
  const outboxDb = openOutbox(join(dataDir, 'outbox.db'));
  const api = createApiClient(server, clock, transport);
  const auth = createAuth(api, secrets, clock, standIn);
  const events = createEvents();
  let work: Workspace | null = null;
  let signInNeeded = false;
  let closed = false;

  function session(): SessionState {
    return {
      state: work ? (signInNeeded ? 'sign-in-needed' : 'signed-in') : 'signed-out',
      account: work?.account ?? null,
      server,
      secret_store: secrets.kind,
      demo_email: standIn?.email ?? null,
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
    work = openWorkspace({ dataDir, server, outboxDb, api, auth, clock, random, events, onSignInNeeded: setSignInNeeded }, account);
    events.emit('session.changed', session());
    work.engine.start();
  }

  async function leave(): Promise<void> {
    const left = work;
    work = null;
    await left?.close();
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

  const handlers: Handlers = {
    'session.get': () => session(),
    'session.signIn': signIn,
    async 'session.signOut'() {
      await leave();
      forgetCurrentAccount(outboxDb);
      await auth.signOut();
      events.emit('session.changed', session());
      return session();
    },
    'sync.get': () => work?.engine.state() ?? noSync,
    'sync.retry': () => { here().engine.retry(); return {}; },
    'staff.list': () => listStaff(here().cache),
    'views.counts': () => countViews(here()),
    'tickets.list': (input) => listView(here(), input),
    'thread.get': (input) => getThread(here(), input),
    'thread.markRead': ({ ticket_id }) => { markRead(here(), ticket_id); return {}; },
    'search.query': (input) => searchTickets(here(), input),
    'compose.send': (input) => sendMessage(here(), input),
    'draft.save': (input) => keepDraft(here(), input),
    'triage.change': (input) => changeTicket(here(), input),
    'triage.close': ({ ticket_id }) => closeTicket(here(), ticket_id),
    'triage.reopen': ({ ticket_id }) => reopenTicket(here(), ticket_id),
    'outbox.list': () => listOutbox(here()),
    'outbox.retry': ({ operation_id }) => { retryOperation(here(), operation_id); return {}; },
    'outbox.discard': ({ operation_id }) => { discardOperation(here(), operation_id); return {}; },
    'window.front': ({ ticket_id, focused }) => { work?.notifier.front(focused ? ticket_id : null); return {}; },
  };

  const known = currentAccount(outboxDb, server);
  if (known) enter(known);
  else if (standIn) void signIn(standIn).catch((error: unknown) => { if (!(error instanceof BridgeError)) console.error('The demo sign-in failed', error); });

  return {
    handlers,
    events,
    async close() {
      closed = true;
      await leave();
      outboxDb.close();
      lock.release();
    },
  };
}
