import type { SyncPage } from '../../contract/api.ts';
import { assertNever } from '../../core/assert-never.ts';
import type { Actor } from '../auth/actor.ts';
import type { Pool, Queryable } from '../db/pool.ts';
import { transaction } from '../db/pool.ts';
import type { ServerSettings } from '../db/settings.ts';
import type { Horizon } from './changes.ts';
import { changesAfter, feedKinds } from './changes.ts';
import type { Position } from './cursor.ts';
import { openCursor, sealCursor, today } from './cursor.ts';
import { assertNotAhead, currentStanding } from './epoch.ts';
import { loadChanged, macrosFor, removedBy, staffFor } from './load.ts';
import { movedPage, snapshotPage } from './snapshot.ts';

export interface SyncRequest {
  cursor: string | undefined;
  limit: number;
  /** Wire time: the full copy leaves out resolved and closed tickets that nothing has moved since. */
  closedSince?: string | undefined;
  /** For the test that proves the need of the horizon; never taken from a request. */
  horizon?: Horizon;
}

export interface Page {
  content: Omit<SyncPage, 'next_cursor' | 'has_more'>;
  next: Position;
  more: boolean;
}

/**
 * One page of the change feed: without a cursor the full copy, newest activity first; then the changes since the copy began.
 * Everything in a page is read in one snapshot. Throws Problem 400 and 410 for cursors.
 */
export async function syncPage(pool: Pool, settings: ServerSettings, actor: Actor, { cursor, limit, closedSince, horizon = 'xmin' }: SyncRequest): Promise<SyncPage> {
  return transaction(pool, async (tx) => {
    const standing = await currentStanding(tx, settings);
    const scope = { settings, epoch: standing.epoch, actor };
    const opened = cursor === undefined ? null : openCursor(scope, cursor);
    const position = opened?.position ?? null;
    if (position) assertNotAhead(standing, position.mode === 'feed' ? position.xid : position.horizon);
    const page = await pageAt(tx, actor, position, { limit, closedSince, horizon });
    // A reader who is behind keeps the day on which the place was given: what was removed since then must still be there to tell.
    const day = page.more && opened ? opened.day : today();
    return { ...page.content, next_cursor: sealCursor(scope, page.next, day), has_more: page.more };
  }, 'repeatable read read only');
}

function pageAt(db: Queryable, actor: Actor, position: Position | null, { limit, closedSince, horizon }: Omit<SyncRequest, 'cursor'> & { horizon: Horizon }): Promise<Page> {
  if (!position) return snapshotPage(db, actor, null, { limit, closedSince });
  switch (position.mode) {
    case 'snapshot': return snapshotPage(db, actor, position, { limit, closedSince });
    case 'moved': return movedPage(db, actor, position, limit);
    case 'feed': return feedPage(db, actor, position, limit, horizon);
    default: return assertNever(position);
  }
}

async function feedPage(db: Queryable, actor: Actor, from: Extract<Position, { mode: 'feed' }>, limit: number, horizon: Horizon): Promise<Page> {
  const found = await changesAfter(db, actor, from, limit + 1, horizon);
  const changes = found.slice(0, limit);
  const last = changes.at(-1) ?? from;
  const ids = (kind: (typeof feedKinds)[number]): string[] => changes.filter((c) => feedKinds[c.kind] === kind).map((c) => c.id);
  return {
    content: {
      ...(await loadChanged(db, actor, ids('ticket'), ids('message'))),
      staff: await staffFor(db, actor, ids('staff')), macros: await macrosFor(db, actor, ids('macro')), removed: await removedBy(db, actor, ids('removed')),
    },
    next: { mode: 'feed', xid: last.xid, kind: last.kind, id: last.id },
    more: found.length > limit,
  };
}
