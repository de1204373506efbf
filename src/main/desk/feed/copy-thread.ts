import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { ApiError } from './api-error.ts';
import type { Applied } from './apply-page.ts';
import type { CodedBytes } from './content-coding.ts';
import type { CopyCalls, CopyHost, CopyStart, Said } from './copy-calls.ts';
import type { Doubt } from './page-check.ts';
import type { FeedPage } from './pages-ahead.ts';
import { noTimeout } from '../rpc.ts';

/** Starts the copy thread. */
export type StartCopyThread = (start: CopyStart) => CopyThread;

/** A page that the copy thread has parsed and keeps. */
export interface ReadPage extends FeedPage {
  number: number;
}

/**
 * Parses and applies the pages of a full sync beside the thread that serves the window. Every call
 * throws what SQLite says, by its code, where the thread could not do it, and any error once it has
 * ended.
 */
export interface CopyThread {
  /** Takes the bytes over. Throws ApiError where they are no page. */
  read(answer: CodedBytes): Promise<ReadPage>;
  /** Why a page that was read cannot be true; null where nothing that is here speaks against it. */
  doubt(page: ReadPage): Promise<Doubt | null>;
  /**
   * Applies a page that was read, and forgets those before it; null when `stopped` before its end.
   * `baseline`: what every ticket is read through at least (ms).
   */
  apply(page: ReadPage, baseline: number, stopped: () => boolean): Promise<Applied | null>;
  /** Indexes some of what waits for the search; false when nothing did. */
  index(): Promise<boolean>;
  alive(): boolean;
  /** Ends the thread once it has finished what it is at. */
  stop(): Promise<void>;
}

class CopyThreadError extends Error {
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.name = 'CopyThreadError';
    this.code = code;
  }
}

/**
 * Pages are short-lived; without a bound V8 lets what is left of them grow to hundreds of
 * megabytes. A page that needs more ends the thread, and is applied without it.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 96 };

/** The copy thread as a Worker of `program`. */
export function copyThreadOf(program: URL): StartCopyThread {
  return (start) => {
    const worker = new Worker(program, { workerData: start, resourceLimits });
    // It keeps no process alive, except for its own end.
    worker.unref();
    let isStopped = (): boolean => false;
    const { calls, ask, alive, ended } = callsTo(worker, { mayGoOn: () => !isStopped() });
    let reads = 0;
    return {
      async read({ bytes, coding }) {
        const number = (reads += 1);
        return { number, ...(await ask(() => calls.read(number, { bytes, coding }))) };
      },
      doubt: ({ number }) => ask(() => calls.doubt(number)),
      async apply({ number }, baseline, stopped) {
        isStopped = stopped;
        return ask(() => calls.apply(number, baseline));
      },
      index: () => ask(() => calls.index()),
      alive,
      async stop() {
        worker.ref();
        if (alive()) await calls.end.asEvent();
        await ended;
      },
    };
  };
}

/** `ended` resolves once the thread has ended; every call is rejected from then on. */
function callsTo(worker: Worker, host: CopyHost) {
  let alive = true;
  const calls = createBirpc<CopyCalls, CopyHost>(host, {
    post: (message: { a?: unknown[] }) => {
      worker.postMessage(message, handedOver(message.a ?? []));
    },
    on: (hear) => {
      worker.on('message', hear);
    },
    timeout: noTimeout,
  });
  let reason = new Error('the copy thread has ended');
  worker.on('error', (error) => {
    reason = error instanceof Error ? error : new Error(String(error));
  });
  const ended = new Promise<void>((done) => {
    worker.on('exit', () => {
      alive = false;
      calls.$close(reason);
      done();
    });
  });
  return {
    calls,
    async ask<T>(call: () => Promise<Said<T>>): Promise<T> {
      if (!alive) throw reason;
      return valueOf(await call());
    },
    alive: () => alive,
    ended,
  };
}

/** The buffers of the bytes among the arguments: moved to the other thread, not copied. */
const handedOver = (args: readonly unknown[]): ArrayBuffer[] =>
  args.flatMap((arg) =>
    isCodedBytes(arg) && arg.bytes.buffer instanceof ArrayBuffer ? [arg.bytes.buffer] : [],
  );

const isCodedBytes = (arg: unknown): arg is CodedBytes =>
  typeof arg === 'object' && arg !== null && 'bytes' in arg && arg.bytes instanceof Uint8Array;

function valueOf<T>(said: Said<T>): T {
  if ('value' in said) return said.value;
  if ('failure' in said) throw new ApiError(said.failure);
  const { message, code } = said.error;
  throw code === null ? new Error(message) : new CopyThreadError(message, code);
}
