import type { SyncPage } from '../../contract/api.ts';
import type { Clock } from '../../core/clock.ts';
import { readMeta } from '../db/meta.ts';
import type { WriteDb } from '../db/open.ts';
import { ApiError } from './api-error.ts';
import type { Applied, ReadThrough } from './apply-page.ts';
import { applyCopyPage, applyPage, beginSnapshot } from './apply-page.ts';
import type { Auth } from './auth.ts';
import { createPace } from './pace.ts';

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
  stopped: () => boolean;
}

/** Tickets a page. The first is small, so that the inbox is usable at once; a longer one of a copy would take more than a frame to decode. */
const pageSizes = { first: 40, copy: 100, feed: 200 };

/**
 * Calls the feed until it has no more. Of a full copy the next page is on its way while this one is applied.
 * A cursor that the server refuses (400) or has outlived (410) starts a new full copy; drafts and outbox are not touched.
 * Throws ApiError.
 */
export async function pullToEnd(options: PullOptions): Promise<void> {
  const { auth, cache, clock, me, readThrough, onPage, copyFrom, stopped } = options;
  const pace = createPace(clock, { first: 60, most: 500 });
  const isCopying = (): boolean => readMeta(cache, 'snapshot') !== 'done';
  const ask = (cursor: string | null): Promise<SyncPage> => {
    const since = copyFrom();
    const bound = since === null ? {} : { closed_since: new Date(since).toISOString() };
    return auth.request('sync', { query: { ...(cursor === null ? { limit: pageSizes.first } : { cursor, limit: isCopying() ? pageSizes.copy : pageSizes.feed }), ...bound } });
  };
  const apply = async (page: SyncPage): Promise<Applied | null> => {
    if (!isCopying() || page.tickets.length + page.messages.length <= pace.rows()) return applyPage(cache, page, me, readThrough);
    return applyCopyPage(cache, page, me, readThrough, { ...pace, stopped });
  };
  let restarted = false;
  let ahead: Promise<SyncPage> | null = null;
  try {
    for (;;) {
      const cursor = readMeta(cache, 'cursor');
      let page;
      try {
        page = await (ahead ?? ask(cursor));
        ahead = null;
      } catch (error) {
        ahead = null;
        if (restarted || cursor === null || !refusesCursor(error)) throw error;
        if (stopped()) return;
        restarted = true;
        beginSnapshot(cache);
        continue;
      }
      if (stopped()) return;
      if (isCopying() && page.has_more) {
        ahead = ask(page.next_cursor);
        // It is heard where it is awaited; until then a refusal must not count as unheard.
        ahead.catch(() => undefined);
      }
      const applied = await apply(page);
      if (applied === null) return;
      onPage(applied);
      if (!page.has_more) return;
    }
  } finally {
    // Whoever stops this may sign in as another: no request of this account may still be on its way then.
    await ahead?.catch(() => undefined);
  }
}

function refusesCursor(error: unknown): boolean {
  return error instanceof ApiError && error.failure.kind === 'status' && (error.failure.status === 400 || error.failure.status === 410);
}
