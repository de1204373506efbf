import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import type { SyncPage } from '../contract/api.ts';
import { clientRoutes } from '../contract/level1.ts';
import { systemClock } from './clock.ts';
import { readThrough } from './desk/areas/session/accounts.ts';
import { cacheMigrations } from './desk/sqlite/migrations/cache/index.ts';
import { openDatabase, openReadOnly } from './desk/sqlite/open.ts';
import { tooLarge } from './desk/feed/api-error.ts';
import { applyCopyPage } from './desk/feed/apply-page.ts';
import { decoded } from './desk/feed/content-coding.ts';
import type { CopyStart, FromCopyThread, ToCopyThread } from './desk/feed/copy-messages.ts';
import { indexSlice } from './desk/areas/search/indexer.ts';
import { createPace } from './desk/feed/pace.ts';
import { rowsOfPage } from './desk/feed/progress.ts';

/** Pages of 4 KB that are merged in a slice of the search index. */
const mergePages = 250;

/**
 * The copy thread's entry: decodes, parses and applies the pages of a full copy and fills the
 * search index, on a connection of its own.
 */
function main({ cachePath, outboxPath, accountId, accountKey }: CopyStart): void {
  const cache = openDatabase(cachePath, 'disposable', cacheMigrations);
  const outbox = openReadOnly(outboxPath);
  // 256 MB of log between two copies into the file, since slice after slice writes the same pages.
  // What is new lies together in most indexes, so that 16 MB of pages are as good as more.
  cache.pragma('wal_autocheckpoint = 64000');
  cache.pragma('cache_size = -16000');
  // Nobody waits for this thread.
  cache.pragma('busy_timeout = 5000');
  // Nobody waits for this thread, but whoever writes beside it waits for a slice.
  const slices = { first: 500, most: 4_000, wantedMs: 60 };
  const [pace, indexPace] = [createPace(systemClock, slices), createPace(systemClock, slices)];
  const pages = new Map<number, SyncPage>();
  let goOn: ((stop: boolean) => void) | null = null;
  let stopped = false;
  const say = (message: FromCopyThread): void => {
    parentPort?.postMessage(message);
  };

  function read({ page, answer: came }: ToCopyThread & { kind: 'read' }): FromCopyThread {
    const said = decoded(came);
    if (said.kind === 'too large') return { kind: 'bad-page', failure: tooLarge };
    const parsed = clientRoutes.sync.answer.safeParse(
      said.kind === 'bytes' ? parseJson(said.bytes) : undefined,
    );
    if (!parsed.success)
      return {
        kind: 'bad-page',
        failure: { kind: 'bad-answer', why: z.prettifyError(parsed.error).slice(0, 500) },
      };
    pages.set(page, parsed.data);
    return {
      kind: 'read',
      hasMore: parsed.data.has_more,
      nextCursor: parsed.data.next_cursor,
      after: parsed.data.after,
      rows: digestOf(rowsOfPage(parsed.data)),
    };
  }

  async function apply({
    page: number,
    baseline,
  }: ToCopyThread & { kind: 'apply' }): Promise<FromCopyThread> {
    const page = pages.get(number);
    if (!page) throw new Error(`page ${number} was not read`);
    for (const other of pages.keys()) if (other <= number) pages.delete(other);
    stopped = false;
    const applied = await applyCopyPage(
      cache,
      page,
      accountId,
      (ticketId) => Math.max(baseline, readThrough(outbox, accountKey, ticketId) ?? 0),
      {
        ...pace,
        pause: async () => {
          const asked = new Promise<boolean>((done) => {
            goOn = done;
          });
          say({ kind: 'slice' });
          stopped = await asked;
        },
        stopped: () => stopped,
      },
    );
    return { kind: 'applied', applied };
  }

  function answer(message: ToCopyThread): FromCopyThread | Promise<FromCopyThread> | null {
    switch (message.kind) {
      case 'read':
        return read(message);
      case 'apply':
        return apply(message);
      case 'index':
        return { kind: 'indexed', worked: indexSlice(cache, indexPace, mergePages) };
      case 'go':
        goOn?.(message.stop);
        return null;
      case 'end':
        end();
        return null;
    }
  }

  function end(): void {
    // The log has grown long: first without keeping anyone waiting, then what little came since,
    // with its end.
    cache.pragma('wal_checkpoint(passive)');
    cache.pragma('wal_checkpoint(truncate)');
    cache.close();
    outbox.close();
    parentPort?.close();
  }

  parentPort?.on('message', (message: ToCopyThread) => {
    const failed = (error: unknown): void => {
      if (message.kind === 'go' || message.kind === 'end') throw error;
      say({
        kind: 'failed',
        during: message.kind,
        message: error instanceof Error ? error.message : String(error),
        code: error instanceof Error && 'code' in error ? String(error.code) : null,
      });
    };
    try {
      void Promise.resolve(answer(message)).then((said) => {
        if (said) say(said);
      }, failed);
    } catch (error) {
      failed(error);
    }
  });
}

/** One word for all rows of a page: enough to know a page again, and short to hand over. */
function digestOf(rows: readonly string[]): string[] {
  return rows.length === 0 ? [] : [createHash('sha256').update(rows.join('\n')).digest('hex')];
}

/** Undefined for what is no JSON, as an answer that was cut in the middle. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return value;
  } catch {
    return undefined;
  }
}

main(workerData as CopyStart);
