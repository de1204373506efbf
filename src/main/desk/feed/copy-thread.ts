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
    const { ask, say, alive, ended, whileApplying } = questionsTo(worker);
    let reads = 0;
    return {
      async read({ bytes, coding }) {
        const number = (reads += 1);
        const said = await ask({ kind: 'read', page: number, answer: { bytes, coding } });
        if (said.kind === 'bad-page') throw new ApiError(said.failure);
        const { hasMore, nextCursor, after, rows } = expected(said, 'read');
        return { number, hasMore, nextCursor, after, rows };
      },
      async apply({ number }, baseline, isStopped) {
        whileApplying(isStopped);
        return expected(await ask({ kind: 'apply', page: number, baseline }), 'applied').applied;
      },
      index: async () => expected(await ask({ kind: 'index' }), 'indexed').worked,
      alive,
      async stop() {
        worker.ref();
        if (alive()) say({ kind: 'end' });
        await ended;
      },
    };
  };
}

/** What is asked of the thread, and answered in the order of its kind. */
type Kind = 'read' | 'apply' | 'index';

interface Waiting {
  done: (said: FromCopyThread) => void;
  fail: (error: unknown) => void;
}

interface Questions {
  ask(message: ToCopyThread & { kind: Kind }): Promise<FromCopyThread>;
  say(message: ToCopyThread): void;
  alive(): boolean;
  /** Resolves once the thread has ended. */
  ended: Promise<void>;
  /** Asked before each slice of the page that is applied next. */
  whileApplying(isStopped: () => boolean): void;
}

function questionsTo(worker: Worker): Questions {
  const waiting: Record<Kind, Waiting[]> = { read: [], apply: [], index: [] };
  let isStopped = (): boolean => false;
  let alive = true;

  const say = (message: ToCopyThread): void => {
    worker.postMessage(message, message.kind === 'read' ? [message.answer.bytes.buffer] : []);
  };

  function failAll(error: unknown): void {
    for (const list of Object.values(waiting)) for (const { fail } of list.splice(0)) fail(error);
  }

  const ended = new Promise<void>((done) => {
    worker.on('exit', () => {
      alive = false;
      failAll(new Error('the copy thread has ended'));
      done();
    });
  });
  worker.on('error', failAll);
  worker.on('message', (said: FromCopyThread) => {
    if (said.kind === 'slice') say({ kind: 'go', stop: isStopped() });
    else if (said.kind === 'failed') waiting[said.during].shift()?.fail(errorOf(said));
    else waiting[questionOf(said)].shift()?.done(said);
  });

  return {
    say,
    ask: (message) =>
      new Promise((done, fail) => {
        if (!alive) {
          fail(new Error('the copy thread has ended'));
          return;
        }
        waiting[message.kind].push({ done, fail });
        say(message);
      }),
    alive: () => alive,
    ended,
    whileApplying(next) {
      isStopped = next;
    },
  };
}

type Answered = Exclude<FromCopyThread, { kind: 'slice' | 'failed' }>;

/** Which kind of question this answers. */
function questionOf({ kind }: Answered): Kind {
  if (kind === 'applied') return 'apply';
  return kind === 'indexed' ? 'index' : 'read';
}

const errorOf = ({ code, message }: FromCopyThread & { kind: 'failed' }): Error =>
  code === null ? new Error(message) : new CopyThreadError(message, code);

/** Each answer has the kind that its question asks for. */
function expected<K extends FromCopyThread['kind']>(
  said: FromCopyThread,
  kind: K,
): FromCopyThread & { kind: K } {
  if (said.kind !== kind) throw new Error(`the copy thread said ${said.kind}, not ${kind}`);
  return said as FromCopyThread & { kind: K };
}
