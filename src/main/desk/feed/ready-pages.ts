import { maxCursorLength, type SyncPage } from '../../../contract/wire/api.ts';
import type { Clock } from '../../../core/clock.ts';
import { readMeta } from '../sqlite/meta.ts';
import type { ReadDb } from '../sqlite/connection.ts';
import type { RawAnswer } from './api-client.ts';
import { applyCopyPage, applyPage, type Applied } from './apply-page.ts';
import { currentGeneration } from './generation.ts';
import type { CopyThread, ReadPage } from './copy-thread.ts';
import { createPace } from './pace.ts';
import { doubtOf, removesMost, type Doubt } from './page-check.ts';
import type { Coming, FeedPage } from './pages-ahead.ts';
import { rowsOfPage } from './progress.ts';
import type { SyncedData } from './synced-data.ts';

/** Which page is asked for. */
export interface PageWanted {
  /** It is the one behind this; null: the first of a full sync. */
  cursor: string | null;
  /** Tickets. */
  limit: number;
  /** From when on (ms) it is to hold closed tickets; null: all. */
  closedSince: number | null;
}

/** The pages of a server with a feed. Both throw ApiError. */
export interface FeedPages {
  page(wanted: PageWanted): Promise<SyncPage>;
  /** The response as it comes, to be decoded and parsed on another thread. */
  bytes(wanted: PageWanted): Promise<RawAnswer>;
}

export interface ReadyPagesParts {
  data: Pick<SyncedData, 'account' | 'cache' | 'marks'>;
  pages: FeedPages;
  /** From when on (ms) a page of the full sync is to hold closed tickets; null: all. */
  copyFrom: () => number | null;
  /**
   * The thread that does the work of a full sync; absent or null: the work is done here, in slices.
   */
  copyThread?: (() => CopyThread | null) | undefined;
  clock: Clock;
  stopped: () => boolean;
}

/**
 * A page that is here, to be applied when those before it are. `doubt`: why it cannot be true, once
 * those before it are applied; null where nothing speaks against it.
 */
export interface ReadyPage extends FeedPage {
  apply: () => Promise<Applied | null>;
  doubt: () => Promise<Doubt | null>;
  removesMost: () => boolean;
}

/**
 * Tickets a page. The first is small, so that the inbox is usable at once; a longer one of a copy
 * would take more than a frame to decode here.
 */
const pageSizes = { first: 40, copyHere: 100, copyBeside: 200, feed: 200 };

export const isCopying = (cache: ReadDb): boolean => readMeta(cache, 'snapshot') !== 'done';

/** Asks for the page behind a cursor, and makes it ready: beside this thread where that can be. */
export function createReadyPages(
  parts: ReadyPagesParts,
): (cursor: string | null) => Coming<ReadyPage> {
  const { data, pages, copyFrom, copyThread } = parts;
  const readyHere = createHere(parts);
  return (cursor) => {
    const closedSince = copyFrom();
    // The first page of a copy is small and wanted at once.
    const thread = cursor !== null && isCopying(data.cache) ? copyThread?.() : null;
    if (thread) {
      const limit = pageSizes.copyBeside;
      return readBeside(parts, thread, pages.bytes({ cursor, limit, closedSince }));
    }
    const limit = limitHere(data.cache, cursor);
    const answer = pages.page({ cursor, limit, closedSince });
    return { page: answer.then((page) => readyHere(page, limit)), hint: Promise.resolve(null) };
  };
}

function limitHere(cache: ReadDb, cursor: string | null): number {
  if (cursor === null) return pageSizes.first;
  return isCopying(cache) ? pageSizes.copyHere : pageSizes.feed;
}

/** On this thread, which also serves the window. */
function createHere({
  data: { account, cache, marks },
  clock,
  stopped,
}: ReadyPagesParts): (page: SyncPage, limit: number) => ReadyPage {
  const pace = createPace(clock, { first: 60, most: 500 });

  async function apply(page: SyncPage): Promise<Applied | null> {
    if (!isCopying(cache) || page.tickets.length + page.messages.length <= pace.rows())
      return applyPage(cache, page, account.id, marks.readThrough);
    return applyCopyPage(cache, page, account.id, marks.readThrough, { ...pace, stopped });
  }

  function doubt(page: SyncPage, limit: number): Doubt | null {
    return page.tickets.length > limit
      ? { why: 'a page longer than asked for', byEarlierCopy: false }
      : doubtOf(cache, page, currentGeneration(cache));
  }

  return (page, limit) => ({
    hasMore: page.has_more,
    nextCursor: page.next_cursor,
    after: page.after,
    rows: rowsOfPage(page),
    doubt: () => Promise.resolve(doubt(page, limit)),
    removesMost: () => !isCopying(cache) && removesMost(cache, page),
    apply: () => apply(page),
  });
}

/** On the copy thread. */
function readBeside(
  { data, stopped }: ReadyPagesParts,
  thread: CopyThread,
  answer: Promise<RawAnswer>,
): Coming<ReadyPage> {
  const ready = (page: ReadPage): ReadyPage => ({
    ...page,
    doubt: () => thread.doubt(page),
    removesMost: () => false,
    apply: () => thread.apply(page, data.marks.baseline(), stopped),
  });
  const read = answer.then((came) => thread.read(came));
  return { page: read.then(ready), hint: answer.then((came) => cursorOf(came.next)) };
}

const cursorOf = (next: URLSearchParams | null): string | null => {
  const cursor = next?.get('cursor') ?? null;
  return cursor !== null && cursor.length <= maxCursorLength ? cursor : null;
};
