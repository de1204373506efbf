import { z } from 'zod';
import { endOfCursor, maxCursorLength, type SyncPage } from '../../../contract/api.ts';
import type { Clock } from '../../../core/clock.ts';
import { isOwnRefusal } from '../../../core/own-refusal.ts';
import { readMeta, writeMeta } from '../sqlite/meta.ts';
import type { WriteDb } from '../sqlite/connection.ts';
import { ApiError } from './api-error.ts';
import {
  applyCopyPage,
  applyPage,
  beginSnapshot,
  currentGeneration,
  type Applied,
  type ReadThrough,
} from './apply-page.ts';
import type { Auth } from '../areas/session/auth.ts';
import type { CopyThread, ReadPage } from './copy-thread.ts';
import { createPace } from './pace.ts';
import { removesMost, whyNotPage } from './page-check.ts';
import { createPagesAhead, type Coming, type FeedPage } from './pages-ahead.ts';
import { createProgress, rowsOfPage } from './progress.ts';

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
  /**
   * Whoever does the work of a full copy beside this thread; absent or null: it is done here, in
   * slices.
   */
  copyThread?: () => CopyThread | null;
  /** What every ticket is read through at least (ms). */
  readBaseline: () => number;
  stopped: () => boolean;
}

/**
 * Tickets a page. The first is small, so that the inbox is usable at once; a longer one of a copy
 * would take more than a frame to decode here.
 */
const pageSizes = { first: 40, copyHere: 100, copyBeside: 200, feed: 200 };

/**
 * Pages of a full copy that are on their way, or read, while one is applied: with one, each slow
 * answer kept the copy waiting.
 */
const pagesAhead = 2;

/**
 * A page that is here, to be applied when those before it are. `whyNot`: why it cannot be true, as
 * far as that can be told here.
 */
interface ReadyPage extends FeedPage {
  apply: () => Promise<Applied | null>;
  whyNot: () => string | null;
  removesMost: () => boolean;
}

/**
 * Answers that cannot be true at one cursor are borne this often in a row; then a full copy tells
 * what is.
 */
const doubtsBorne = 3;

/**
 * Calls the feed until it has no more. Of a full copy the next pages are on their way while this
 * one is applied. A cursor that the server refuses (400) or has outlived (410) starts a new full
 * copy; drafts and outbox are not touched. A page that cannot be true, or with which the feed does
 * not get on, is not applied, and its cursor not taken. Throws ApiError.
 */
export async function pullToEnd(options: PullOptions): Promise<void> {
  const {
    auth,
    cache,
    clock,
    me,
    readThrough,
    onPage,
    copyFrom,
    copyThread,
    readBaseline,
    stopped,
  } = options;
  const pace = createPace(clock, { first: 60, most: 500 });
  const isCopying = (): boolean => readMeta(cache, 'snapshot') !== 'done';
  async function applyHere(page: SyncPage): Promise<Applied | null> {
    if (!isCopying() || page.tickets.length + page.messages.length <= pace.rows())
      return applyPage(cache, page, me, readThrough);
    return applyCopyPage(cache, page, me, readThrough, { ...pace, stopped });
  }
  function readyHere(page: SyncPage, limit: number): ReadyPage {
    return {
      hasMore: page.has_more,
      nextCursor: page.next_cursor,
      after: page.after,
      rows: rowsOfPage(page),
      whyNot: () =>
        page.tickets.length > limit
          ? 'a page longer than asked for'
          : whyNotPage(cache, page, currentGeneration(cache)),
      removesMost: () => !isCopying() && removesMost(cache, page),
      apply: () => applyHere(page),
    };
  }
  /** Of a copy nothing is known yet that could speak against a page. */
  function readyBeside(page: ReadPage, thread: CopyThread): ReadyPage {
    return {
      ...page,
      whyNot: () => null,
      removesMost: () => false,
      apply: () => thread.apply(page, readBaseline(), stopped),
    };
  }
  function ask(cursor: string | null): Coming<ReadyPage> {
    const since = copyFrom();
    const bound = since === null ? {} : { closed_since: new Date(since).toISOString() };
    // The first page of a copy is small and wanted at once.
    const thread = cursor !== null && isCopying() ? copyThread?.() : null;
    if (cursor === null || !thread) {
      const limit =
        cursor === null ? pageSizes.first : isCopying() ? pageSizes.copyHere : pageSizes.feed;
      const answer = auth.request('sync', {
        query: { ...(cursor === null ? {} : { cursor }), limit, ...bound },
      });
      return { page: answer.then((page) => readyHere(page, limit)), hint: Promise.resolve(null) };
    }
    const answer = auth.requestBytes('sync', {
      query: { cursor, limit: pageSizes.copyBeside, ...bound },
    });
    const read = answer.then((came) => thread.read(came));
    return {
      page: read.then((page) => readyBeside(page, thread)),
      hint: answer.then((came) => cursorOf(came.next)),
    };
  }
  const pages = createPagesAhead(ask, () => (isCopying() ? pagesAhead : 0));
  let progress = createProgress();
  let restarted = false;
  function restart(): void {
    restarted = true;
    progress = createProgress();
    beginSnapshot(cache);
  }
  try {
    for (;;) {
      const cursor = readMeta(cache, 'cursor');
      let page;
      try {
        page = await pages.take(cursor);
      } catch (error) {
        if (restarted || cursor === null || !isAboutCursor(error) || stopped()) throw error;
        if (refusesCursor(error) || tooOftenDoubted(cache, cursor)) {
          restart();
          continue;
        }
        throw error;
      }
      if (stopped()) return;
      progress.check(cursor, page);
      const doubt = follows(page, cursor) ? page.whyNot() : 'a page behind another cursor';
      if (doubt !== null) {
        if (restarted || cursor === null || !tooOftenDoubted(cache, cursor))
          throw new ApiError({ kind: 'bad-answer', why: doubt });
        restart();
        continue;
      }
      if (!restarted && page.removesMost()) {
        restart();
        continue;
      }
      const applied = await page.apply();
      if (applied === null) return;
      onPage(applied);
      if (!page.hasMore) return;
    }
  } finally {
    // Whoever stops this may sign in as another: no request of this account may still be on its way
    // then.
    await pages.end();
  }
}

/** An older server does not say what its pages follow. */
const follows = ({ after }: FeedPage, cursor: string | null): boolean =>
  after === undefined || after === endOfCursor(cursor);

const cursorOf = (next: URLSearchParams | null): string | null => {
  const cursor = next?.get('cursor') ?? null;
  return cursor !== null && cursor.length <= maxCursorLength ? cursor : null;
};

function isAboutCursor(error: unknown): error is ApiError {
  return (
    error instanceof ApiError &&
    error.failure.kind === 'status' &&
    (error.failure.status === 400 || error.failure.status === 410)
  );
}

/**
 * In the API's own words; what something between says of a request is no reason to copy everything
 * again.
 */
const refusesCursor = ({ failure }: ApiError): boolean =>
  failure.kind === 'status' && isOwnRefusal(failure);

const Doubted = z.object({ cursor: z.string(), times: z.number() });

/**
 * One more answer that cannot be true came at this cursor; whether that makes too many in a row.
 */
function tooOftenDoubted(cache: WriteDb, cursor: string): boolean {
  const before = Doubted.parse(JSON.parse(readMeta(cache, 'doubted') ?? '{"cursor":"","times":0}'));
  const times = before.cursor === cursor ? before.times + 1 : 1;
  writeMeta(cache, 'doubted', JSON.stringify({ cursor, times }));
  return times > doubtsBorne;
}
