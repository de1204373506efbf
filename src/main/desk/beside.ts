import { readMeta } from './sqlite/meta.ts';
import type { ReadDb } from './sqlite/connection.ts';
import type { CopyStart } from './feed/copy-calls.ts';
import type { CopyThread, StartCopyThread } from './feed/copy-thread.ts';

/**
 * The copy thread of an account: started by a full copy, ended once that and the search index are
 * done.
 */
export interface Beside {
  /** For a full copy; null where it has to be done here. */
  copying: () => CopyThread | null;
  indexing: { beside: () => CopyThread | null; idle: () => void };
  stop: () => Promise<void>;
}

export function createBeside(
  start: StartCopyThread | undefined,
  cache: ReadDb,
  parts: CopyStart,
): Beside {
  let thread: CopyThread | null = null;
  let ending: Promise<void> = Promise.resolve();
  let usable = start !== undefined;

  function running(): CopyThread | null {
    if (thread && !thread.alive()) {
      // It ended unasked, so another one would as well; this thread can do the same, only not as
      // smoothly.
      console.warn('The copy thread has ended; the copy goes on without it.');
      thread = null;
      usable = false;
    }
    return thread;
  }
  async function end(): Promise<void> {
    const left = thread;
    thread = null;
    await left?.stop();
  }
  return {
    copying() {
      if (!running() && usable) thread = start?.(parts) ?? null;
      return thread;
    },
    indexing: {
      beside: running,
      idle() {
        if (thread && readMeta(cache, 'snapshot') === 'done') ending = end();
      },
    },
    async stop() {
      usable = false;
      await Promise.all([ending, end()]);
    },
  };
}
