import { Worker } from 'node:worker_threads';
import { ApiError } from './api-error.ts';
import type { Applied } from './apply-page.ts';
import type { CodedBytes } from './content-coding.ts';
import type { CopyStart, FromCopyThread, ToCopyThread } from './copy-messages.ts';
import type { FeedPage } from './pages-ahead.ts';

/** Starts the copy thread. */
export type StartCopyThread = (start: CopyStart) => CopyThread;

/** A page that the copy thread has parsed and keeps. */
export interface ReadPage extends FeedPage {
  number: number;
}

/**
 * Parses and applies the pages of a full copy beside the thread that answers the window. Every call
 * throws what SQLite says, by its code, where the thread could not do it, and any error once it has
 * ended.
 */
export interface CopyThread {
  /** Takes the bytes over. Throws ApiError where they are no page. */
  read(answer: CodedBytes): Promise<ReadPage>;
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

type Kind = 'read' | 'apply' | 'index';
interface Waiting {
  done: (said: FromCopyThread) => void;
  fail: (error: unknown) => void;
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
    const waiting: Record<Kind, Waiting[]> = { read: [], apply: [], index: [] };
    let stopped = (): boolean => false;
    let reads = 0;
    let alive = true;
    const say = (message: ToCopyThread): void => {
      worker.postMessage(message, message.kind === 'read' ? [message.answer.bytes.buffer] : []);
    };
    const ask = (message: ToCopyThread & { kind: Kind }): Promise<FromCopyThread> =>
      new Promise((done, fail) => {
        if (!alive) {
          fail(new Error('the copy thread has ended'));
          return;
        }
        waiting[message.kind].push({ done, fail });
        say(message);
      });
    const ended = new Promise<void>((done) => {
      worker.on('exit', () => {
        alive = false;
        failAll(new Error('the copy thread has ended'));
        done();
      });
    });

    function failAll(error: unknown): void {
      for (const list of Object.values(waiting)) for (const { fail } of list.splice(0)) fail(error);
    }
    worker.on('error', failAll);
    worker.on('message', (said: FromCopyThread) => {
      switch (said.kind) {
        case 'slice':
          say({ kind: 'go', stop: stopped() });
          return;
        case 'read':
        case 'bad-page':
          waiting.read.shift()?.done(said);
          return;
        case 'applied':
          waiting.apply.shift()?.done(said);
          return;
        case 'indexed':
          waiting.index.shift()?.done(said);
          return;
        case 'failed':
          waiting[said.during]
            .shift()
            ?.fail(
              said.code === null
                ? new Error(said.message)
                : new CopyThreadError(said.message, said.code),
            );
      }
    });
    // Each answer has the kind that its question asks for; `waiting` keeps them apart.
    const expected = <K extends FromCopyThread['kind']>(
      said: FromCopyThread,
      kind: K,
    ): FromCopyThread & { kind: K } => {
      if (said.kind !== kind) throw new Error(`the copy thread said ${said.kind}, not ${kind}`);
      return said as FromCopyThread & { kind: K };
    };
    return {
      async read({ bytes, coding }) {
        const number = (reads += 1);
        const said = await ask({ kind: 'read', page: number, answer: { bytes, coding } });
        if (said.kind === 'bad-page') throw new ApiError(said.failure);
        const { hasMore, nextCursor, after, rows } = expected(said, 'read');
        return { number, hasMore, nextCursor, after, rows };
      },
      async apply({ number }, baseline, isStopped) {
        stopped = isStopped;
        return expected(await ask({ kind: 'apply', page: number, baseline }), 'applied').applied;
      },
      index: async () => expected(await ask({ kind: 'index' }), 'indexed').worked,
      alive: () => alive,
      async stop() {
        worker.ref();
        if (alive) say({ kind: 'end' });
        await ended;
      },
    };
  };
}
