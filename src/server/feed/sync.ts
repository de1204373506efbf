import { endOfCursor } from '../../contract/wire/api.ts';
import { assertNever } from '../../core/assert-never.ts';
import type { Actor } from '../auth/actor.ts';
import { row, transaction, type Pool, type Queryable } from '../db/pool.ts';
import type { ServerSettings } from '../db/settings.ts';
import { bytesOf, listParts } from '../http/json-text.ts';
import type { Gate } from '../http/gate.ts';
import { problems } from '../http/problem.ts';
import { changesAfter, changesSql, feedKinds, type Horizon } from './changes.ts';
import {
  assertGoodFor,
  openCursor,
  sealCursor,
  today,
  type CursorScope,
  type OpenedCursor,
  type Position,
} from './cursor.ts';
import {
  assertNotAhead,
  currentStanding,
  standingOf,
  standingSql,
  type Standing,
  type StandingRow,
} from './epoch.ts';
import { loadChanged, macrosFor, removedBy, staffFor } from './load.ts';
import type { Page, SyncRequest } from './page.ts';
import { fitting } from './page-size.ts';
import { movedPage, snapshotPage } from './snapshot.ts';

export interface Answer {
  /** As JSON. */
  bytes: Buffer;
  /** True if it brings anything new. */
  isNews: boolean;
  /** The cursor of the next page, if there is one. */
  next: string | null;
}

/**
 * Only a few pages are made at the same time, so that any number of readers leaves memory and
 * connections to the rest of the API.
 */
export interface SyncParts {
  pool: Pool;
  settings: ServerSettings;
  gates: { heavy: Gate; changes: Gate };
}

const nothing: Page['content'] = { tickets: [], messages: [], staff: [], macros: [], removed: [] };

/**
 * One page of the change feed: without a cursor the full sync, latest activity first; then the
 * changes since it began. Everything in a page is read in one snapshot. Throws Problem 400 and 410
 * for cursors.
 */
export async function syncPage(
  { pool, settings, gates }: SyncParts,
  actor: Actor,
  { cursor, limit, closedSince, horizon = 'xmin' }: SyncRequest,
): Promise<Answer> {
  const opened = cursor === undefined ? null : { cursor, ...openCursor(settings, cursor) };
  if (opened && (await isUpToDate(pool, settings, actor, opened, horizon))) {
    const next = unchangedCursor(settings, actor, opened);
    const bytes = pageBytes(nothing, { next, more: false, after: cursor });
    return { bytes, isNews: false, next: null };
  }
  const gate = opened?.position.mode === 'feed' ? gates.changes : gates.heavy;
  return gate.through(() =>
    transaction(
      pool,
      async (tx) => {
        const standing = await currentStanding(tx, settings);
        const scope = { settings, epoch: standing.epoch, actor };
        if (opened) assertGood(scope, opened, standing);
        const request = { limit, closedSince, horizon };
        const page = await pageAt(tx, actor, opened?.position ?? null, request);
        // A reader who is behind keeps the day on which the position was issued: removals since
        // then must still be there to be reported.
        const day = page.more && opened ? opened.day : today();
        const next = sealCursor(scope, page.next, day);
        return {
          bytes: pageBytes(page.content, { next, more: page.more, after: cursor }),
          isNews: true,
          next: page.more ? next : null,
        };
      },
      'repeatable read read only',
    ),
  );
}

/** On the same day it is the same cursor, so that an unchanged response has the same bytes. */
function unchangedCursor(
  settings: ServerSettings,
  actor: Actor,
  { day, cursor, epoch, position }: OpenedCursor & { cursor: string },
): string {
  return day === today() ? cursor : sealCursor({ settings, epoch, actor }, position);
}

/**
 * True if a reader of the feed has everything. This is the most frequent request, so it takes one
 * statement, which is one snapshot, without a transaction around it. Throws Problem 410.
 */
async function isUpToDate(
  pool: Pool,
  settings: ServerSettings,
  actor: Actor,
  opened: OpenedCursor,
  horizon: Horizon,
): Promise<boolean> {
  const { position } = opened;
  if (position.mode !== 'feed') return false;
  const found = await row<StandingRow & { behind: boolean }>(
    pool,
    `select s.*, exists (${changesSql(actor, position, horizon)}) as behind from (${standingSql(settings)}) s`,
    [actor.id, position.xid, position.id, 1],
  );
  if (!found) throw problems.unavailable();
  const standing = standingOf(found);
  assertGood({ settings, epoch: standing.epoch, actor }, opened, standing);
  return !found.behind;
}

function assertGood(scope: CursorScope, opened: OpenedCursor, standing: Standing): void {
  assertGoodFor(scope, opened);
  assertNotAhead(
    standing,
    opened.position.mode === 'feed' ? opened.position.xid : opened.position.horizon,
  );
}

/** `after`: the cursor of the request. */
interface Place {
  next: string;
  more: boolean;
  after: string | undefined;
}

function pageBytes(
  { tickets, messages, staff, macros, removed }: Page['content'],
  { next, more, after }: Place,
): Buffer {
  return bytesOf([
    '{',
    ...listParts('tickets', tickets),
    ',',
    ...listParts('messages', messages),
    `,"staff":${JSON.stringify(staff)},"macros":${JSON.stringify(macros)},"removed":${JSON.stringify(removed)}`,
    `,"next_cursor":"${next}","has_more":${more},"after":"${endOfCursor(after)}"}`,
  ]);
}

function pageAt(
  db: Queryable,
  actor: Actor,
  position: Position | null,
  { limit, closedSince, horizon }: Omit<SyncRequest, 'cursor'> & { horizon: Horizon },
): Promise<Page> {
  if (!position) return snapshotPage(db, actor, null, { limit, closedSince });
  switch (position.mode) {
    case 'snapshot':
      return snapshotPage(db, actor, position, { limit, closedSince });
    case 'moved':
      return movedPage(db, actor, position, limit);
    case 'feed':
      return feedPage(db, actor, position, limit, horizon);
    default:
      return assertNever(position);
  }
}

async function feedPage(
  db: Queryable,
  actor: Actor,
  from: Extract<Position, { mode: 'feed' }>,
  limit: number,
  horizon: Horizon,
): Promise<Page> {
  const found = await changesAfter(db, actor, from, limit + 1, horizon);
  const changes = fitting(found, limit);
  const last = changes.at(-1) ?? from;
  const ids = (kind: (typeof feedKinds)[number]): string[] =>
    changes.filter((c) => feedKinds[c.kind] === kind).map((c) => c.id);
  return {
    content: {
      ...(await loadChanged(db, actor, ids('ticket'), ids('message'))),
      staff: await staffFor(db, actor, ids('staff')),
      macros: await macrosFor(db, actor, ids('macro')),
      removed: await removedBy(db, actor, ids('removed')),
    },
    next: { mode: 'feed', xid: last.xid, kind: last.kind, id: last.id },
    more: found.length > changes.length,
  };
}
