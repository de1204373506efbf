import { endOfCursor } from '../../../contract/wire/api.ts';
import { isOwnRefusal } from '../../../core/own-refusal.ts';
import type { WriteDb } from '../sqlite/connection.ts';
import { readMeta } from '../sqlite/meta.ts';
import { ApiError } from './api-error.ts';
import { type Applied } from './apply-page.ts';
import { outweighsEarlier, tooOftenDoubted } from './doubts.ts';
import { beginSnapshot } from './generation.ts';
import type { Doubt } from './page-check.ts';
import { createPagesAhead, type FeedPage } from './pages-ahead.ts';
import { createProgress } from './progress.ts';
import {
  createReadyPages,
  isCopying,
  type ReadyPage,
  type ReadyPagesParts,
} from './ready-pages.ts';

export interface PullParts extends ReadyPagesParts {
  /** Called after each page is committed, never inside its transaction. */
  onPage: (applied: Applied) => void;
}

/**
 * Pages of a full sync that are on their way, or read, while one is applied: with one, each slow
 * answer kept the copy waiting.
 */
const pagesAhead = 2;

/**
 * Calls the feed until it has no more. Of a full sync the next pages are on their way while this
 * one is applied. A cursor that the server refuses (400) or has outlived (410) starts a new full
 * copy; drafts and outbox are not touched. A page that cannot be true, or with which the feed does
 * not get on, is not applied, and its cursor not taken. Throws ApiError.
 */
export async function pullToEnd(parts: PullParts): Promise<void> {
  const { data, onPage, stopped } = parts;
  const { cache } = data;
  const pages = createPagesAhead(createReadyPages(parts), () =>
    isCopying(cache) ? pagesAhead : 0,
  );
  const restart = createRestart(cache);
  let progress = createProgress();
  function beginAgain(): void {
    restart.begin();
    progress = createProgress();
  }
  try {
    for (;;) {
      const cursor = readMeta(cache, 'cursor');
      let page: ReadyPage;
      try {
        page = await pages.take(cursor);
      } catch (error) {
        if (stopped() || !restart.helpsAgainst(error, cursor)) throw error;
        beginAgain();
        continue;
      }
      if (stopped()) return;
      progress.check(cursor, page);
      if (await restart.isNeededFor(page, cursor)) {
        beginAgain();
        continue;
      }
      const applied = await page.apply();
      if (applied === null) return;
      onPage(applied);
      if (!page.hasMore) return;
    }
  } finally {
    // The desk may stop this to sign in as another account: by then no request of this one may
    // still be on its way.
    await pages.end();
  }
}

/** Decides when a pull gives up on its cursor and begins a full sync, at most once. */
interface Restart {
  /** Whether the server refuses this cursor, or has given too many bad answers at it. */
  helpsAgainst(error: unknown, cursor: string | null): boolean;
  /**
   * Whether only a full sync can tell that this page is true. Throws ApiError where the page cannot
   * be, and the feed is asked again later.
   */
  isNeededFor(page: ReadyPage, cursor: string | null): Promise<boolean>;
  begin(): void;
}

function createRestart(cache: WriteDb): Restart {
  let begun = false;
  return {
    helpsAgainst: (error, cursor) =>
      !begun &&
      cursor !== null &&
      isAboutCursor(error) &&
      (refusesCursor(error) || tooOftenDoubted(cache, cursor)),
    async isNeededFor(page, cursor) {
      const doubt = follows(page, cursor) ? await page.doubt() : behindAnother;
      const isBelieved = doubt === null || (doubt.byEarlierCopy && outweighsEarlier(cache));
      if (isBelieved) return !begun && page.removesMost();
      if (doubt.byEarlierCopy || begun || cursor === null || !tooOftenDoubted(cache, cursor))
        throw new ApiError({ kind: 'bad-answer', why: doubt.why });
      return true;
    },
    begin() {
      begun = true;
      beginSnapshot(cache);
    },
  };
}

const behindAnother: Doubt = { why: 'a page behind another cursor', byEarlierCopy: false };

/** An older server does not say what its pages follow. */
const follows = ({ after }: FeedPage, cursor: string | null): boolean =>
  after === undefined || after === endOfCursor(cursor);

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
