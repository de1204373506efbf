import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { z } from 'zod';
import type { SyncPage } from '../contract/wire/api.ts';
import { clientRoutes } from '../contract/wire/level1.ts';
import { systemClock } from './clock.ts';
import { readThrough } from './desk/areas/session/accounts.ts';
import { cacheMigrations } from './desk/sqlite/migrations/cache/index.ts';
import type { WriteDb } from './desk/sqlite/connection.ts';
import { openDatabase, openReadOnly } from './desk/sqlite/open.ts';
import { tooLarge } from './desk/feed/api-error.ts';
import { applyCopyPage, type Applied } from './desk/feed/apply-page.ts';
import { decoded, type CodedBytes } from './desk/feed/content-coding.ts';
import type { CopyHost, CopyStart, PageRead, Said } from './desk/feed/copy-calls.ts';
import { indexSlice } from './desk/areas/search/indexer.ts';
import { currentGeneration } from './desk/feed/generation.ts';
import { createPace } from './desk/feed/pace.ts';
import { doubtOf, type Doubt } from './desk/feed/page-check.ts';
import { rowsOfPage } from './desk/feed/progress.ts';
import { noTimeout } from './desk/rpc.ts';

/** Pages of 4 KB that are merged in a slice of the search index. */
const mergePages = 250;
/** Nobody waits for this thread, but the thread that writes beside it waits for a slice (ms). */
const slices = { first: 500, most: 4_000, wantedMs: 60 };
const [applyPace, indexPace] = [createPace(systemClock, slices), createPace(systemClock, slices)];

const { cachePath, outboxPath, accountId, accountKey } = workerData as CopyStart;
const cache = openCache(cachePath);
const outbox = openReadOnly(outboxPath);
const pages = new Map<number, SyncPage>();
/** More than are ever ahead of the one that is applied: older ones were refused. */
const mostPages = 8;

function openCache(path: string): WriteDb {
  const db = openDatabase(path, 'disposable', cacheMigrations);
  // 256 MB of log between two copies into the file, since slice after slice writes the same pages.
  // New rows lie together in most indexes, so that 16 MB of pages are as good as more.
  db.pragma('wal_autocheckpoint = 64000');
  db.pragma('cache_size = -16000');
  // Nobody waits for this thread.
  db.pragma('busy_timeout = 5000');
  return db;
}

function read(number: number, came: CodedBytes): Said<PageRead> {
  const said = decoded(came);
  if (said.kind === 'too large') return { failure: tooLarge };
  const parsed = clientRoutes.sync.answer.safeParse(
    said.kind === 'bytes' ? parseJson(said.bytes) : undefined,
  );
  if (!parsed.success)
    return { failure: { kind: 'bad-answer', why: z.prettifyError(parsed.error).slice(0, 500) } };
  const page = parsed.data;
  pages.set(number, page);
  pages.delete(number - mostPages);
  return {
    value: {
      hasMore: page.has_more,
      nextCursor: page.next_cursor,
      after: page.after,
      rows: digestOf(rowsOfPage(page)),
    },
  };
}

function pageRead(number: number): SyncPage {
  const page = pages.get(number);
  if (!page) throw new Error(`page ${number} was not read`);
  return page;
}

const doubt = (number: number): Said<Doubt | null> => ({
  value: doubtOf(cache, pageRead(number), currentGeneration(cache)),
});

async function apply(number: number, baseline: number): Promise<Said<Applied | null>> {
  const page = pageRead(number);
  for (const other of pages.keys()) if (other <= number) pages.delete(other);
  let stopped = false;
  const readUntil = (ticketId: string): number =>
    Math.max(baseline, readThrough(outbox, accountKey, ticketId) ?? 0);
  const value = await applyCopyPage(cache, page, accountId, readUntil, {
    ...applyPace,
    pause: async () => {
      stopped = !(await desk.mayGoOn());
    },
    stopped: () => stopped,
  });
  return { value };
}

function end(): void {
  // The log has grown long: first without keeping anyone waiting, then the little that came since,
  // with its end.
  cache.pragma('wal_checkpoint(passive)');
  cache.pragma('wal_checkpoint(truncate)');
  cache.close();
  outbox.close();
  parentPort?.close();
}

/** Errors as data: those that are thrown lose their code between threads. */
function safely<Args extends unknown[], T>(
  run: (...args: Args) => Said<T> | Promise<Said<T>>,
): (...args: Args) => Promise<Said<T>> {
  return async (...args) => {
    try {
      return await run(...args);
    } catch (error) {
      return { error: { message: sentenceOf(error), code: codeOf(error) } };
    }
  };
}

const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error ? String(error.code) : null;

/** One word for all rows of a page: enough to know a page again, and short to hand over. */
function digestOf(rows: readonly string[]): string[] {
  return rows.length === 0 ? [] : [createHash('sha256').update(rows.join('\n')).digest('hex')];
}

/** Undefined for bytes that are not JSON, such as an answer that was cut in the middle. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return value;
  } catch {
    return undefined;
  }
}

/**
 * The copy thread's entry: decodes, parses and applies the pages of a full copy and fills the
 * search index, on a connection of its own.
 */
const desk = createBirpc<CopyHost>(
  {
    read: safely(read),
    doubt: safely(doubt),
    apply: safely(apply),
    index: safely(() => ({ value: indexSlice(cache, indexPace, mergePages) })),
    end,
  },
  {
    post: (message) => {
      parentPort?.postMessage(message);
    },
    on: (hear) => {
      parentPort?.on('message', hear);
    },
    timeout: noTimeout,
  },
);
