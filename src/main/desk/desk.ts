import { existsSync } from 'node:fs';
import { topics, type SessionState, type Touched } from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';
import type { Clock, Random } from '../../core/clock.ts';
import { createAuth, type StandIn } from './areas/session/auth.ts';
import type { SecretStore } from './areas/session/secrets.ts';
import { createServerCheck } from './areas/session/server-check.ts';
import { createStorageGuard } from './areas/settings/storage-guard.ts';
import { startFailure } from './areas/settings/storage.ts';
import { createAtWork } from './at-work.ts';
import { createDataFolder } from './data-folder.ts';
import { deskCalls } from './desk-calls.ts';
import { createEvents, type Events } from './events.ts';
import { createApiClient } from './feed/api-client.ts';
import type { StartCopyThread } from './feed/copy-thread.ts';
import { createServerTime } from './feed/server-time.ts';
import type { Transport } from './feed/transport.ts';
import { toBridgeError } from './bridge-error.ts';
import { handlersOf, type Handlers } from './handlers.ts';
import { createLiveQueries, type LiveQueries } from './live-queries.ts';
import { signInHere } from './signed-in.ts';
import { sessionState } from './session-state.ts';
import { createSigningIn, tokenOwner } from './signing-in.ts';
import { cachePath } from './sqlite/account-cache.ts';
import { isDamage, type FileCheck } from './sqlite/file-check.ts';
import { storageFaultOf } from './sqlite/storage-fault.ts';

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
  const { dataDir, server, secrets, standIn } = options;
  const clock = unfailing(options.clock, (error) => {
    suspect(error);
  });
  const folder = createDataFolder(dataDir);
  const { outbox } = folder;
  const time = createServerTime(clock);
  const api = createApiClient(server, time, options.transport);
  const check = createServerCheck(api, (told) => signingIn.judge(told));
  const auth = createAuth({ api, check, secrets, clock, standIn });
  const events = createEvents();
  const live = createLiveQueries({
    clock,
    events,
    account: () => atWork.whose()?.account.id ?? null,
    run(name, input, last) {
      guard.require(name);
      const { calls, again } = atWork.here();
      return last === null ? calls[name](input) : again(name, input, last);
    },
    explain(error) {
      suspect(error);
      return toBridgeError('a live query', guard.explain(error));
    },
  });
  let signInNeeded = false;

  const guard = createStorageGuard({
    dir: dataDir,
    clock,
    tryWriting() {
      if (guard.state().reading) folder.openForWriting();
      folder.tryWriting();
    },
    keepInPlace() {
      if (guard.state().reading) return;
      outbox.keepInPlace();
      atWork.renewIfSwapped();
    },
    onState: tellSession,
    onRecovered: (reading) => {
      void atWork.inTurn(() => recovered(reading)).catch(suspect);
    },
  });

  const atWork = createAtWork({
    cachePath: cachePath(dataDir),
    checkFile: options.checkFile,
    reading: () => guard.state().reading,
    open(account) {
      auth.use(tokenOwner(account));
      signInNeeded = false;
      return signInHere(
        {
          folder: { dataDir, outboxDb: outbox.db, reading: guard.state().reading },
          server: { api, auth, time },
          clock,
          random: options.random,
          events,
          on: { signInNeeded: setSignInNeeded, beat, touched, fault: suspect },
          ...(options.startCopyThread ? { startCopyThread: options.startCopyThread } : {}),
        },
        account,
      );
    },
    onOpened() {
      live.touch(everything);
      tellSession();
    },
    onRefused(error) {
      if (!guard.noticed(error)) throw error;
      readOnly(error);
    },
    onFault: suspect,
  });

  const signingIn = createSigningIn({
    outboxDb: outbox.db,
    server,
    standIn,
    auth,
    atWork,
    session,
    on: { changed: tellSession, fault: suspect },
  });

  function session(): SessionState {
    return sessionState({
      server,
      secrets,
      standIn,
      outbox,
      storage: guard.state(),
      atWork,
      displaced: signingIn.displaced(),
      signInNeeded,
    });
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

  function touched(what: Touched): void {
    live.touch(what);
    const ids = what.tickets === 'all' ? null : [...what.tickets];
    if (ids?.length !== 0) events.emit('committed', { ticket_ids: ids });
  }

  function setSignInNeeded(needed: boolean): void {
    if (needed === signInNeeded) return;
    signInNeeded = needed;
    tellSession();
  }

  function beat(): void {
    if (guard.state().fault === null) guard.look();
  }

  /** Copies that were read give way to the files themselves; otherwise what waited is tried now. */
  async function recovered(reading: boolean): Promise<void> {
    const work = atWork.now();
    if (!reading && work) {
      work.sync.retry();
      return;
    }
    await atWork.leave();
    if (atWork.closed()) return;
    signingIn.begin(guard.state().reading);
    tellSession();
  }

  /** Shows what there is while nothing can be written. */
  function readOnly(error: unknown): void {
    outbox.openForReading();
    guard.onlyReading(error);
    signingIn.begin(guard.state().reading);
  }

  function suspect(error: unknown): void {
    if (error instanceof BridgeError || guard.noticed(error)) return;
    if (atWork.now() && isDamage(error)) atWork.inspectCache();
    else console.error('Something failed that should not', error);
  }

  try {
    folder.openForWriting();
    signingIn.begin(guard.state().reading);
  } catch (error) {
    if (storageFaultOf(error, dataDir) === null || !existsSync(folder.outboxPath)) {
      folder.close();
      throw startFailure(error, dataDir);
    }
    readOnly(error);
  }

  const handlers = handlersOf({
    own: deskCalls({ atWork, signingIn, session, guard, outboxDb: outbox.db, time, live }),
    account: () => {
      const here = atWork.soon();
      return here instanceof Promise ? here.then(({ calls }) => calls) : here.calls;
    },
    require: guard.require,
    explain(error) {
      suspect(error);
      return guard.explain(error);
    },
  });
  return {
    handlers,
    events,
    live,
    async close() {
      live.stop();
      const work = atWork.now();
      if (work && !guard.state().reading) await work.held.sendBeforeQuit().catch(suspect);
      guard.stop();
      await atWork.close();
      folder.close();
    },
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
