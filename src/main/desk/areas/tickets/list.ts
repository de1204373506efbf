import {
  type Account,
  type CallOutput,
  type TicketQuery,
  type TicketRow,
  type ViewId,
  viewIds,
} from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import {
  comparePositions,
  positionOf,
  readPosition,
  writePosition,
  type Position,
} from '../../../../core/ticket-order.ts';
import { tagKey } from '../../../../core/tags.ts';
import { inView, passes, type RuleView } from '../../../../core/views.ts';
import { ticketsWithDrafts } from '../compose/drafts.ts';
import { readSettings } from '../settings/settings-table.ts';
import { goneStaff } from './staff.ts';
import {
  countThrough,
  countTickets,
  countViews as countPlainViews,
  listIds,
  listTickets,
  listTicketsAt,
  type ListQuery,
} from './ticket-list.ts';
import { getTickets, spelledTags, type TicketRecord } from './tickets-table.ts';
import type { Overlaid } from './overlaid.ts';
import { toRow } from './rows.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import type { Outbox } from '../outbox/queue.ts';
import type { Snoozes } from '../triage/snooze.ts';
import type { Memo } from './counted.ts';
import type { SeenParts } from './current-ticket.ts';

export interface ListParts {
  cache: ReadDb;
  outbox: Pick<Outbox, 'open' | 'openOf'>;
  own: OwnRows;
  account: Account;
  snoozes: Pick<Snoozes, 'sleep'>;
  /** Counts of the cache, which hold until it changes. */
  counted: Memo;
  overlaid: () => Overlaid;
}

export type ListInput = TicketQuery & {
  after: string | null;
  at?: number | undefined;
  limit: number;
  keep?: string[] | undefined;
};

/**
 * Lists and counts are asked of the cache for all tickets without open operations, and decided here
 * for the few that have some, so that what the agent did shows at once while no row of the cache is
 * touched.
 */
export function listView(parts: ListParts, query: ListInput): CallOutput<'tickets.list'> {
  return { ...windowOf(parts, query), kept: query.keep ? keptOf(parts, query, query.keep) : [] };
}

/** Those of these tickets that are in a view. */
export function keptOf(
  parts: ListParts,
  { view, filter }: TicketQuery,
  ids: readonly string[],
): TicketRow[] {
  const gone = goneStaff(parts.cache);
  const rows = rowsOf(parts, ids, draftsOf(parts.own)).filter((row) => passes(filter, row, gone));
  if (isRuleView(view))
    return rows.filter((row) =>
      inView(view, row, parts.account.id, parts.snoozes.sleep().now, gone),
    );
  const drafts = draftsOf(parts.own);
  return rows.filter(({ id }) => drafts.has(id));
}

type Window = Omit<CallOutput<'tickets.list'>, 'kept'>;

export function windowOf(parts: ListParts, query: ListInput): Window {
  const { limit, at } = query;
  const after = query.after === null ? null : parsePosition(query.after);
  const { plain, members, total } = contents(parts, query);
  const isAfter = (row: TicketRow): boolean =>
    after === null || comparePositions(query.sort, positionOf(query.sort, row), after) > 0;
  const before = members.filter((row) => !isAfter(row)).length;
  if (plain === null) {
    const first = at ?? before;
    return cut(query, members.slice(first), first, total);
  }
  if (at !== undefined && at > 0) {
    // So many of the rows before may be members, so the cache is asked from that much earlier on.
    const from = Math.max(0, at - members.length);
    const listed = listTicketsAt(parts.cache, plain, from, limit + members.length + 1);
    const rows = sortRows(query, [...plainRows(parts, listed), ...members]);
    return cut(query, rows.slice(at - from, at - from + limit + 1), at, total);
  }
  const listed = listTickets(parts.cache, plain, after, limit + 1);
  const rows = sortRows(query, [...plainRows(parts, listed), ...members.filter(isAfter)]);
  const first = after === null ? 0 : countThrough(parts.cache, plain, after) + before;
  return cut(query, rows, first, total);
}

/** As many rows as are asked for, the first of which is number `first` of all. */
function cut(
  { limit, sort }: ListInput,
  rows: readonly TicketRow[],
  first: number,
  total: number,
): Window {
  const last = rows[limit - 1];
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last ? writePosition(positionOf(sort, last)) : null,
    first,
    total,
  };
}

/** The rows of tickets without open operations. */
function plainRows(parts: ListParts, records: readonly TicketRecord[]): TicketRow[] {
  const [sleep, drafts] = [parts.snoozes.sleep(), draftsOf(parts.own)];
  return records.map((record) => toRow(record, [], parts.account.id, drafts.has(record.id), sleep));
}

/**
 * The ids of everything in a view, in its order, in windows of `size`; nothing that comes while
 * they are read.
 */
export function* idsOf(parts: ListParts, query: TicketQuery, size: number): Generator<string[]> {
  const { plain, members } = contents(parts, query);
  yield members.map((row) => row.id);
  for (let after: Position | null = null; plain !== null;) {
    const window: Position[] = listIds(parts.cache, plain, after, size);
    yield window.map(({ id }) => id);
    after = window.at(-1) ?? null;
    if (window.length < size) return;
  }
}

/** Tickets and unread tickets of every view. */
export function countViews(parts: ListParts): CallOutput<'views.counts'> {
  const { truth, rows } = overlaid(parts);
  const { now } = parts.snoozes.sleep();
  const gone = goneStaff(parts.cache);
  const plain = plainViews(parts);
  return viewIds.map((view) => {
    if (!isRuleView(view)) return { view, count: draftsOf(parts.own).size, unread: 0 };
    const there = (row: TicketRow | TicketRecord): boolean =>
      inView(view, row, parts.account.id, now, gone);
    return {
      view,
      ...moved(
        { count: plain.count[view], unread: plain.unread[view] },
        truth.filter(there),
        rows.filter(there),
      ),
    };
  });
}

function plainViews(
  parts: Pick<ListParts, 'cache' | 'account' | 'snoozes' | 'counted'>,
): ReturnType<typeof countPlainViews> {
  return parts.counted('views', () =>
    countPlainViews(parts.cache, parts.account.id, parts.snoozes.sleep().now),
  );
}

/** The counts of the agent's own views. */
export function countSavedViews(parts: ListParts): CallOutput<'views.saved'> {
  return readSettings(parts.own.db, parts.own.key).saved_views.map(({ id, query }) => ({
    id,
    ...countQuery(parts, query),
  }));
}

function countQuery(parts: ListParts, query: TicketQuery): { count: number; unread: number } {
  const { view, filter } = query;
  const gone = goneStaff(parts.cache);
  if (!isRuleView(view)) {
    const rows = draftRows(parts).filter((row) => passes(filter, row, gone));
    return { count: rows.length, unread: rows.filter((row) => row.unread).length };
  }
  const { truth, rows } = overlaid(parts);
  const { now } = parts.snoozes.sleep();
  const there = (row: TicketRow | TicketRecord): boolean =>
    inView(view, row, parts.account.id, now, gone) && passes(filter, row, gone);
  const whole = Object.keys(filter).length === 0;
  const plain = whole
    ? { count: plainViews(parts).count[view], unread: plainViews(parts).unread[view] }
    : parts.counted(JSON.stringify([view, filter]), () =>
        countTickets(parts.cache, {
          view,
          filter: spelled(parts.cache, filter),
          sort: 'newest',
          me: parts.account.id,
          now,
          except: [],
        }),
      );
  return moved(plain, truth.filter(there), rows.filter(there));
}

/**
 * A count of the cache, with those taken out that are laid over and put in where they are seen now.
 */
function moved(
  plain: { count: number; unread: number },
  out: readonly TicketRecord[],
  into: readonly TicketRow[],
): { count: number; unread: number } {
  const unread = (rows: readonly { unread: boolean }[]): number =>
    rows.filter((row) => row.unread).length;
  return {
    count: plain.count - out.length + into.length,
    unread: plain.unread - unread(out) + unread(into),
  };
}

/**
 * The contents of a view: a question to the cache for the rows without open operations over them
 * (null: none), and the other rows.
 */
function contents(
  parts: ListParts,
  query: TicketQuery,
): { plain: ListQuery | null; members: TicketRow[]; total: number } {
  const { view, filter, sort } = query;
  const gone = goneStaff(parts.cache);
  if (!isRuleView(view)) {
    const members = sortRows(
      query,
      draftRows(parts).filter((row) => passes(filter, row, gone)),
    );
    return { plain: null, members, total: members.length };
  }
  const { rows, ids } = overlaid(parts);
  const { now } = parts.snoozes.sleep();
  const members = sortRows(
    query,
    rows.filter(
      (row) => inView(view, row, parts.account.id, now, gone) && passes(filter, row, gone),
    ),
  );
  return {
    plain: {
      view,
      filter: spelled(parts.cache, filter),
      sort,
      me: parts.account.id,
      now,
      except: ids,
    },
    members,
    total: countQuery(parts, query).count,
  };
}

/** A filter for the cache, with its tags in every spelling that they have there. */
function spelled(cache: ReadDb, filter: TicketQuery['filter']): TicketQuery['filter'] {
  if (filter.tag === undefined) return filter;
  return { ...filter, tag: filter.tag.flatMap((tag) => spelledTags(cache, tagKey(tag))) };
}

/**
 * The rows of these tickets, operations laid over them; ids that are not in the cache are left out.
 */
export function rowsOf(
  parts: SeenParts,
  ids: readonly string[],
  drafts: ReadonlySet<string>,
): TicketRow[] {
  const sleep = parts.snoozes.sleep();
  return getTickets(parts.cache, ids).map((record) =>
    toRow(record, parts.outbox.openOf(record.id), parts.account.id, drafts.has(record.id), sleep),
  );
}

function overlaid(parts: Pick<ListParts, 'own' | 'overlaid'>): Overlaid {
  const { rows, ...rest } = parts.overlaid();
  const drafts = draftsOf(parts.own);
  return {
    ...rest,
    rows:
      drafts.size === 0
        ? rows
        : rows.map((row) => (drafts.has(row.id) ? { ...row, draft: true } : row)),
  };
}

function draftsOf({ db, key }: OwnRows): ReadonlySet<string> {
  return new Set(ticketsWithDrafts(db, key));
}

function isRuleView(view: ViewId): view is RuleView {
  return view !== 'drafts';
}

function draftRows(parts: SeenParts & Pick<ListParts, 'outbox' | 'own'>): TicketRow[] {
  const drafts = draftsOf(parts.own);
  return rowsOf(parts, [...drafts], drafts);
}

function sortRows({ sort }: TicketQuery, rows: TicketRow[]): TicketRow[] {
  return rows.toSorted((a, b) => comparePositions(sort, positionOf(sort, a), positionOf(sort, b)));
}

function parsePosition(text: string): Position {
  const position = readPosition(text);
  if (!position) throw new BridgeError('invalid-input', { message: 'not a position of this list' });
  return position;
}
