import { Worker } from 'node:worker_threads';
import { createBirpc, type BirpcReturn } from 'birpc';
import type { CallResult } from '../../../contract/bridge.ts';
import { BridgeError } from '../../../contract/errors.ts';
import { createEvents, type DeskEvent, type DeskPayload, type Events } from '../../desk/events.ts';
import { noTimeout } from '../../desk/rpc.ts';
import type { StandIn } from '../../desk/areas/session/auth.ts';
import type { SecretStore } from '../../desk/areas/session/secrets.ts';
import type { DeskPort } from './desk-port.ts';
import type { Sender } from './handle.ts';

/** Options to open a desk on its own thread. */
export interface DeskStart {
  dataDir: string;
  /** Scheme, host and port of the support API. */
  server: string;
  standIn: StandIn | null;
  secretStore: SecretStore['kind'];
}

/** Calls from the shell's thread to the desk's. */
export interface DeskCalls {
  /** Throws what openDesk() throws: a sentence for the user. */
  open(start: DeskStart): void;
  call(sender: Sender, name: unknown, input: unknown, window?: string): Promise<CallResult>;
  left(window: string): void;
  close(): Promise<void>;
  /**
   * Ends the thread from within: threads that were ended from without have been seen to take
   * Electron down with them.
   */
  end(): void;
}

/**
 * Calls from the desk's thread to the shell's, which alone can ask the system for secrets (only it
 * has Electron's safeStorage).
 */
export interface ShellCalls {
  event<N extends DeskEvent>(name: N, payload: DeskPayload<N>, to?: string): void;
  getSecret(account: string): Promise<string | null>;
  setSecret(account: string, secret: string): Promise<void>;
  removeSecret(account: string): Promise<void>;
}

/** A thread that is there for one desk. */
export interface DeskThread {
  /** Once. Throws what openDesk() throws, with its sentence; the thread has ended then. */
  open(start: Omit<DeskStart, 'secretStore'>, secrets: SecretStore): Promise<DeskPort>;
  /**
   * Resolves with a sentence for the user when the thread of an open desk ends without having been
   * asked to: nothing can be answered any more.
   */
  died: Promise<Error>;
}

/**
 * Pages and rows are short-lived: with V8's own bound what is left of them takes 13 MB more, and
 * nothing is faster.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 8 };

const hadToStop =
  'Something went wrong inside Staffdesk, and it had to stop. Start it again: ' +
  'everything saved so far is kept.';

/**
 * Starts the thread that the desk runs on. The thread that called never waits for a disk: it has
 * the window, the system's banners and, in Electron, all that the user does to a window.
 */
export function startDeskThread(program: URL): DeskThread {
  const worker = new Worker(program, { resourceLimits });
  const events = createEvents();
  const { promise: died, resolve: reportDeath } = Promise.withResolvers<Error>();
  let secrets: SecretStore | null = null;
  let asked = false;
  let opened = false;
  const ownCalls = shellCalls(events, () => {
    if (!secrets) throw new Error('the desk was not opened');
    return secrets;
  });
  const rpc = createBirpc<DeskCalls, ShellCalls>(ownCalls, channelOf(worker));
  const life = watchEnd(worker, (cause) => {
    rpc.$close(cause);
    if (opened && !asked) reportDeath(new Error(hadToStop, { cause }));
  });

  async function end(): Promise<void> {
    asked = true;
    if (life.ended() === null) await rpc.end.asEvent();
    await life.over;
  }

  return {
    died,
    async open(start, store) {
      secrets = store;
      try {
        life.require();
        await rpc.open({ ...start, secretStore: store.kind });
        opened = true;
      } catch (error) {
        await end();
        throw error;
      }
      return portOf(rpc, life, events, end);
    },
  };
}

const channelOf = (worker: Worker) => ({
  post: (message: unknown) => {
    worker.postMessage(message);
  },
  on: (hear: (message: unknown) => void) => {
    worker.on('message', hear);
  },
  timeout: noTimeout,
});

/** Whether and why a thread has ended. */
interface Life {
  ended(): Error | null;
  /** Throws why it has ended. */
  require(): void;
  /** Resolves once it has ended. */
  over: Promise<void>;
}

function watchEnd(worker: Worker, onEnd: (cause: Error) => void): Life {
  let ended: Error | null = null;
  const { promise: over, resolve: tellOver } = Promise.withResolvers<void>();
  worker.on('error', (error) => {
    ended = error instanceof Error ? error : new Error(String(error));
    console.error("The desk's thread failed", ended);
  });
  worker.on('exit', () => {
    ended ??= new Error("the desk's thread has ended");
    onEnd(ended);
    tellOver();
  });
  return {
    ended: () => ended,
    require() {
      if (ended) throw ended;
    },
    over,
  };
}

function portOf(
  rpc: BirpcReturn<DeskCalls, ShellCalls>,
  life: Life,
  events: Events,
  end: () => Promise<void>,
): DeskPort {
  return {
    call: callThrough(rpc.call),
    left(window) {
      if (life.ended() === null) void rpc.left.asEvent(window);
    },
    listen: events.listen,
    async close() {
      await rpc.close();
      await end();
    },
  };
}

function shellCalls(events: Events, store: () => SecretStore): ShellCalls {
  return {
    event(name, payload, to) {
      try {
        events.emit(name, payload, to);
      } catch (error) {
        // Nobody waits for it, so it would be lost.
        console.error(`The event ${name} could not be handed on`, error);
      }
    },
    getSecret: (account) => store().get(account),
    setSecret: (account, secret) => store().set(account, secret),
    removeSecret: (account) => store().remove(account),
  };
}

/** Reports a call that cannot be carried out as a failed result; never throws. */
const callThrough =
  (carry: DeskPort['call']): DeskPort['call'] =>
  async (sender, name, input, window) => {
    try {
      return await carry(sender, name, input, window);
    } catch (error) {
      // A value that cannot be cloned into a message is invalid input; any other error means that
      // the thread has ended.
      const bad = error instanceof DOMException && error.name === 'DataCloneError';
      if (!bad) console.error('A call found no desk', error);
      return { ok: false, error: new BridgeError(bad ? 'invalid-input' : 'internal').toShape() };
    }
  };
