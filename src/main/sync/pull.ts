import { readMeta } from '../db/meta.ts';
import type { WriteDb } from '../db/open.ts';
import { ApiError } from './api-error.ts';
import type { Applied, ReadThrough } from './apply-page.ts';
import { applyPage, beginSnapshot } from './apply-page.ts';
import type { Auth } from './auth.ts';

export interface PullOptions {
  auth: Auth;
  cache: WriteDb;
  me: string;
  readThrough: ReadThrough;
  /** Called after each page is committed, never inside its transaction. */
  onPage: (applied: Applied) => void;
  /** From when on (ms) a page of the full copy is to hold closed tickets; null: all. */
  copyFrom: () => number | null;
  stopped: () => boolean;
}

/** The first page is small, so that the inbox is usable at once. */
const firstPage = 40;
const nextPages = 200;

/**
 * Calls the feed until it has no more. Each page is applied whole with its cursor or not at all.
 * A cursor that the server refuses (400) or has outlived (410) starts a new full copy; drafts and outbox are not touched.
 * Throws ApiError.
 */
export async function pullToEnd(options: PullOptions): Promise<void> {
  const { auth, cache, me, readThrough, onPage, copyFrom, stopped } = options;
  let restarted = false;
  for (;;) {
    const cursor = readMeta(cache, 'cursor');
    const since = copyFrom();
    const bound = since === null ? {} : { closed_since: new Date(since).toISOString() };
    let page;
    try {
      page = await auth.request('sync', { query: { ...(cursor === null ? { limit: firstPage } : { cursor, limit: nextPages }), ...bound } });
    } catch (error) {
      if (restarted || cursor === null || !refusesCursor(error)) throw error;
      if (stopped()) return;
      restarted = true;
      beginSnapshot(cache);
      continue;
    }
    if (stopped()) return;
    onPage(applyPage(cache, page, me, readThrough));
    if (!page.has_more) return;
  }
}

function refusesCursor(error: unknown): boolean {
  return error instanceof ApiError && error.failure.kind === 'status' && (error.failure.status === 400 || error.failure.status === 410);
}
