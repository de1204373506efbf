import { topics, type LiveName, type Touched } from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';
import type { Clock, Random } from '../../core/clock.ts';
import type { Fit, Told } from '../../core/server-identity.ts';
import type { ServerSide } from './account-sync.ts';
import type { StoredAccount } from './areas/session/accounts.ts';
import { createAuth, type StandIn } from './areas/session/auth.ts';
import type { SecretStore } from './areas/session/secrets.ts';
import { createServerCheck } from './areas/session/server-check.ts';
import { createAtWork, type AtWork } from './at-work.ts';
import { toBridgeError } from './bridge-error.ts';
import { createDataFolder, type DataFolder } from './data-folder.ts';
import { deskCalls } from './desk-calls.ts';
import { createEvents, type Events } from './events.ts';
import { createApiClient } from './feed/api-client.ts';
import type { StartCopyThread } from './feed/copy-thread.ts';
import { createServerTime } from './feed/server-time.ts';
import type { Transport } from './feed/transport.ts';
import { createFolderGuard, type FolderGuard } from './folder-guard.ts';
import { handlersOf, type AccountCalls, type Handlers } from './handlers.ts';
import { createLiveQueries, type LiveQueries } from './live-queries.ts';
import { createSessionNews, type SessionNews } from './session-news.ts';
import { sessionState } from './session-state.ts';
import { signInHere, type DeskListener, type SignedIn } from './signed-in.ts';
import { createSigningIn, tokenOwner, type SigningIn } from './signing-in.ts';
import { cachePath } from './sqlite/account-cache.ts';
import { isDamage, type FileCheck } from './sqlite/file-check.ts';

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

/** The application: databases, sync, queries, commands and events, without a window. */
export interface Desk {
  handlers: Handlers;
  events: Events;
  live: LiveQueries;
  close(): Promise<void>;
}

/** Another account, or another copy of the server, is open. */
const everything: Touched = { topics, tickets: 'all' };

/**
 * Opens the desk in its data folder, for reading where nothing can be written there. Throws
 * DataFolderInUseError, NewerFileError: each with a sentence for the user.
 */
export function openDesk(options: DeskOptions): Desk {
  const { folder, events, api, session, guard, live, work, explain } = wire(options);
  const { atWork, signingIn } = work;
  const own = deskCalls({
    atWork,
    signingIn,
    session: session.state,
    guard,
    outboxDb: folder.outbox.db,
    time: api.time,
    live,
  });
  guard.open();
  return {
    handlers: handlersOf({
      own,
      account: () => callsOf(atWork.soon()),
      require: guard.require,
      explain,
    }),
    events,
    live,
    async close() {
      live.stop();
      const here = atWork.now();
      if (here && !guard.state().reading) await here.held.sendBeforeQuit().catch(explain);
      guard.stop();
      await atWork.close();
      folder.close();
    },
  };
}

interface Wired {
  folder: DataFolder;
  events: Events;
  api: ServerSide;
  session: SessionNews;
  guard: FolderGuard;
  live: LiveQueries;
  work: { atWork: AtWork; signingIn: SigningIn };
  /** Turns an error into one that tells the user what it means, and looks into its cause. */
  explain: (error: unknown) => unknown;
}

/** Makes the parts of the desk, which call each other; nothing is opened yet. */
function wire(options: DeskOptions): Wired {
  const { dataDir, server, standIn } = options;
  const clock = unfailing(options.clock, suspect);
  const folder = createDataFolder(dataDir);
  const { outbox } = folder;
  const events = createEvents();
  const api = connect(options, clock, (told) => signingIn.judge(told));
  const session = createSessionNews({
    events,
    stateOf: (signInNeeded) =>
      sessionState(options, {
        outbox,
        storage: guard.state(),
        atWork,
        displaced: signingIn.displaced(),
        signInNeeded,
        noticed: guard.noticed,
      }),
  });
  const guard = createFolderGuard({
    dataDir,
    folder,
    clock,
    account: () => ({ atWork, signingIn }),
    onState: session.tell,
    onFault: suspect,
  });
  const live = createLiveQueries({
    clock,
    events,
    account: () => atWork.whose()?.account.id ?? null,
    run: liveRun(guard, () => atWork.here()),
    explain: (error) => toBridgeError('a live query', explain(error)),
  });
  const parts = { folder, clock, events, guard, session, live, api, onFault: suspect };
  const atWork = createAtWork({
    cachePath: cachePath(dataDir),
    checkFile: options.checkFile,
    reading: () => guard.state().reading,
    open: (account) => open(options, parts, account),
    onOpened() {
      live.touch(everything);
      session.tell();
    },
    onRefused(error) {
      if (!guard.noticed(error)) throw error;
      guard.openForReading(error);
    },
    onFault: suspect,
  });
  const signingIn = createSigningIn({
    outboxDb: outbox.db,
    server,
    standIn,
    auth: api.auth,
    atWork,
    session: session.state,
    requireWriting() {
      guard.require('session.signIn');
    },
    on: { changed: session.tell, fault: suspect },
  });

  function suspect(error: unknown): void {
    if (error instanceof BridgeError || guard.noticed(error)) return;
    if (atWork.now() && isDamage(error)) atWork.inspectCache();
    else console.error('Something failed that should not', error);
  }

  function explain(error: unknown): unknown {
    suspect(error);
    return guard.explain(error);
  }

  return { folder, events, api, session, guard, live, work: { atWork, signingIn }, explain };
}

/** The support API, and the sign-in there. */
function connect(
  { server, secrets, standIn, transport }: DeskOptions,
  clock: Clock,
  judge: (told: Told) => Fit,
): ServerSide {
  const time = createServerTime(clock);
  const api = createApiClient(server, time, transport);
  const check = createServerCheck(api, judge);
  return { time, api, auth: createAuth({ api, check, secrets, clock, standIn }) };
}

const callsOf = (here: SignedIn | Promise<SignedIn>): AccountCalls | Promise<AccountCalls> =>
  here instanceof Promise ? here.then(({ calls }) => calls) : here.calls;

/** Runs a live query of the account that works now. */
function liveRun(
  guard: Pick<FolderGuard, 'require'>,
  here: () => SignedIn,
): (name: LiveName, input: never, last: unknown) => unknown {
  return (name, input, last) => {
    guard.require(name);
    const { calls, again } = here();
    return last === null ? calls[name](input) : again(name, input, last);
  };
}

interface OpeningParts {
  folder: DataFolder;
  clock: Clock;
  events: Events;
  guard: FolderGuard;
  session: SessionNews;
  live: LiveQueries;
  api: ServerSide;
  onFault: (error: unknown) => void;
}

/** Opens the work of an account. */
function open(
  { dataDir, random, startCopyThread }: DeskOptions,
  parts: OpeningParts,
  account: StoredAccount,
): SignedIn {
  const { folder, clock, events, guard, session, api } = parts;
  api.auth.use(tokenOwner(account));
  session.begin();
  return signInHere(
    {
      folder: { dataDir, outboxDb: folder.outbox.db, reading: guard.state().reading },
      server: api,
      clock,
      random,
      events,
      on: accountListener(parts),
      ...(startCopyThread ? { startCopyThread } : {}),
    },
    account,
  );
}

/** Hears what an account reports to the desk. */
function accountListener({ guard, session, live, events, onFault }: OpeningParts): DeskListener {
  return {
    signInNeeded: session.setSignInNeeded,
    beat() {
      if (guard.state().fault === null) guard.look();
    },
    touched(what) {
      live.touch(what);
      const ids = what.tickets === 'all' ? null : [...what.tickets];
      if (ids?.length !== 0) events.emit('committed', { ticket_ids: ids });
    },
    fault: onFault,
  };
}

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
