import type { SyncPage } from '../../contract/api.ts';
import type { Clock } from '../../core/clock.ts';
import { readMeta } from '../db/meta.ts';
import type { WriteDb } from '../db/open.ts';
import { ApiError } from './api-error.ts';
import type { Applied, ReadThrough } from './apply-page.ts';
import { applyCopyPage, applyPage, beginSnapshot } from './apply-page.ts';
import type { Auth } from './auth.ts';
import type { CopyThread } from './copy-thread.ts';
import { createPace } from './pace.ts';
import type { Coming, FeedPage } from './pages-ahead.ts';
import { createPagesAhead } from './pages-ahead.ts';

export interface PullOptions {
  auth: Auth;
  cache: WriteDb;
  clock: Clock;
  me: string;
  readThrough: ReadThrough;
  /** Called after each page is committed, never inside its transaction. */
  onPage: (applied: Applied) => void;
  /** From when on (ms) a page of the full copy is to hold closed tickets; null: all. */
  copyFrom: () => number | null;
  /** Whoever does the work of a full copy beside this thread; absent or null: it is done here, in slices. */
  copyThread?: () => CopyThread | null;
  /** What every ticket is read through at least (ms). */
  readBaseline: () => number;
  stopped: () => boolean;
}

/** Tickets a page. The first is small, so that the inbox is usable at once; a longer one of a copy would take more than a frame to decode here. */
const pageSizes = { first: 40, copyHere: 100, copyBeside: 200, feed: 200 };

/** Pages of a full copy that are on their way, or read, while one is applied: with one, each slow answer kept the copy waiting. */
const pagesAhead = 2;

/** A page that is here, to be applied when those before it are. */
interface ReadyPage extends FeedPage { apply: () => Promise<Applied | null> }

/**
 * Calls the feed until it has no more. Of a full copy the next pages are on their way while this one is applied.
 * A cursor that the server refuses (400) or has outlived (410) starts a new full copy; drafts and outbox are not touched.
 * Throws ApiError.
 */
export async function pullToEnd(options: PullOptions): Promise<void> {
  const { auth, cache, clock, me, readThrough, onPage, copyFrom, copyThread, readBaseline, stopped } = options;
  const pace = createPace(clock, { first: 60, most: 500 });
  const isCopying = (): boolean => readMeta(cache, 'snapshot') !== 'done';
  async function applyHere(page: SyncPage): Promise<Applied | null> {
    if (!isCopying() || page.tickets.length + page.messages.length <= pace.rows()) return applyPage(cache, page, me, readThrough);
    return applyCopyPage(cache, page, me, readThrough, { ...pace, stopped });
  }
  function ask(cursor: string | null): Coming<ReadyPage> {
    const since = copyFrom();
    const bound = since === null ? {} : { closed_since: new Date(since).toISOString() };
    // The first page of a copy is small and wanted at once.
    const thread = cursor !== null && isCopying() ? copyThread?.() : null;
    if (cursor === null || !thread) {
      const answer = auth.request('sync', { query: { ...(cursor === null ? { limit: pageSizes.first } : { cursor, limit: isCopying() ? pageSizes.copyHere : pageSizes.feed }), ...bound } });
      return { page: answer.then((page) => ({ hasMore: page.has_more, nextCursor: page.next_cursor, apply: () => applyHere(page) })), hint: Promise.resolve(null) };
    }
    const answer = auth.requestBytes('sync', { query: { cursor, limit: pageSizes.copyBeside, ...bound } });
    const read = answer.then((came) => thread.read(came));
    return { page: read.then((page) => ({ ...page, apply: () => thread.apply(page, readBaseline(), stopped) })), hint: answer.then(({ next }) => next?.get('cursor') ?? null) };
  }
  const pages = createPagesAhead(ask, () => (isCopying() ? pagesAhead : 0));
  let restarted = false;
  try {
    for (;;) {
      const cursor = readMeta(cache, 'cursor');
      let page;
      try {
        page = await pages.take(cursor);
      } catch (error) {
        if (restarted || cursor === null || !refusesCursor(error)) throw error;
        if (stopped()) return;
        restarted = true;
        beginSnapshot(cache);
        continue;
      }
      if (stopped()) return;
      const applied = await page.apply();
      if (applied === null) return;
      onPage(applied);
      if (!page.hasMore) return;
    }
  } finally {
    // Whoever stops this may sign in as another: no request of this account may still be on its way then.
    await pages.end();
  }
}

function refusesCursor(error: unknown): boolean {
  return error instanceof ApiError && error.failure.kind === 'status' && (error.failure.status === 400 || error.failure.status === 410);
}
