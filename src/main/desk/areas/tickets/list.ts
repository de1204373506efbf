import {
  viewIds,
  type CallOutput,
  type TicketQuery,
  type TicketRow,
  type ViewId,
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
import type { Workspace } from '../../workspace.ts';

type ListInput = TicketQuery & {
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
export function listView(work: Workspace, query: ListInput): CallOutput<'tickets.list'> {
  return { ...windowOf(work, query), kept: query.keep ? keptOf(work, query, query.keep) : [] };
}

/** Those of these tickets that are in a view. */
function keptOf(
  work: Workspace,
  { view, filter }: TicketQuery,
  ids: readonly string[],
): TicketRow[] {
  const gone = goneStaff(work.cache);
  const rows = rowsOf(work, ids, draftsOf(work)).filter((row) => passes(filter, row, gone));
  if (isRuleView(view))
    return rows.filter((row) => inView(view, row, work.account.id, work.sleep().now, gone));
  const listed = new Set(listedIds(work, view));
  return rows.filter(({ id }) => listed.has(id));
}

function windowOf(work: Workspace, query: ListInput): Omit<CallOutput<'tickets.list'>, 'kept'> {
  const { limit, at } = query;
  const after = query.after === null ? null : parsePosition(query.after);
  const { plain, members, total } = contents(work, query);
  const place = (row: TicketRow): Position => positionOf(query.sort, row);
  const isAfter = (row: TicketRow): boolean =>
    after === null || comparePositions(query.sort, place(row), after) > 0;
  const cut = (rows: TicketRow[], first: number): Omit<CallOutput<'tickets.list'>, 'kept'> => {
    const last = rows[limit - 1];
    return {
      rows: rows.slice(0, limit),
      next: rows.length > limit && last ? writePosition(place(last)) : null,
      first,
      total,
    };
  };
  if (plain === null) {
    const first = at ?? members.filter((row) => !isAfter(row)).length;
    return cut(members.slice(first), first);
  }
  const [sleep, drafts] = [work.sleep(), draftsOf(work)];
  const show = (record: TicketRecord): TicketRow =>
    toRow(record, [], work.account.id, drafts.has(record.id), sleep);
  if (at !== undefined && at > 0) {
    // So many of the rows before may be members, so the cache is asked from that much earlier on.
    const from = Math.max(0, at - members.length);
    const rows = sortRows(query, [
      ...listTicketsAt(work.cache, plain, from, limit + members.length + 1).map(show),
      ...members,
    ]);
    return cut(rows.slice(at - from, at - from + limit + 1), at);
  }
  const rows = sortRows(query, [
    ...listTickets(work.cache, plain, after, limit + 1).map(show),
    ...members.filter(isAfter),
  ]);
  const first =
    after === null
      ? 0
      : countThrough(work.cache, plain, after) + members.filter((row) => !isAfter(row)).length;
  return cut(rows, first);
}

/**
 * The ids of everything in a view, in its order, in windows of `size`; nothing that comes while
 * they are read.
 */
export function* idsOf(work: Workspace, query: TicketQuery, size: number): Generator<string[]> {
  const { plain, members } = contents(work, query);
  yield members.map((row) => row.id);
  for (let after: Position | null = null; plain !== null;) {
    const window: Position[] = listIds(work.cache, plain, after, size);
    yield window.map(({ id }) => id);
    after = window.at(-1) ?? null;
    if (window.length < size) return;
  }
}

/** Tickets and unread tickets of every view. */
export function countViews(work: Workspace): CallOutput<'views.counts'> {
  const { truth, rows } = overlaid(work);
  const { now } = work.sleep();
  const gone = goneStaff(work.cache);
  const plain = plainViews(work);
  return viewIds.map((view) => {
    if (!isRuleView(view)) return { view, count: listedIds(work, view).length, unread: 0 };
    const there = (row: TicketRow | TicketRecord): boolean =>
      inView(view, row, work.account.id, now, gone);
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

function plainViews(work: Workspace): ReturnType<typeof countPlainViews> {
  return work.counted('views', () =>
    countPlainViews(work.cache, work.account.id, work.sleep().now),
  );
}

/** The same for the agent's own views. */
export function countSavedViews(work: Workspace): CallOutput<'views.saved'> {
  return readSettings(work.outboxDb, work.key).saved_views.map(({ id, query }) => ({
    id,
    ...countQuery(work, query),
  }));
}

function countQuery(work: Workspace, query: TicketQuery): { count: number; unread: number } {
  const { view, filter } = query;
  const gone = goneStaff(work.cache);
  if (!isRuleView(view)) {
    const rows = listedRows(work, view).filter((row) => passes(filter, row, gone));
    return { count: rows.length, unread: rows.filter((row) => row.unread).length };
  }
  const { truth, rows } = overlaid(work);
  const { now } = work.sleep();
  const there = (row: TicketRow | TicketRecord): boolean =>
    inView(view, row, work.account.id, now, gone) && passes(filter, row, gone);
  const whole = Object.keys(filter).length === 0;
  const plain = whole
    ? { count: plainViews(work).count[view], unread: plainViews(work).unread[view] }
    : work.counted(JSON.stringify([view, filter]), () =>
        countTickets(work.cache, {
          view,
          filter: spelled(work, filter),
          sort: 'newest',
          me: work.account.id,
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
 * What a view holds: a question to the cache for the rows that nothing is laid over (null: none),
 * and the others.
 */
function contents(
  work: Workspace,
  query: TicketQuery,
): { plain: ListQuery | null; members: TicketRow[]; total: number } {
  const { view, filter, sort } = query;
  const gone = goneStaff(work.cache);
  if (!isRuleView(view)) {
    const members = sortRows(
      query,
      listedRows(work, view).filter((row) => passes(filter, row, gone)),
    );
    return { plain: null, members, total: members.length };
  }
  const { rows, ids } = overlaid(work);
  const { now } = work.sleep();
  const members = sortRows(
    query,
    rows.filter(
      (row) => inView(view, row, work.account.id, now, gone) && passes(filter, row, gone),
    ),
  );
  return {
    plain: { view, filter: spelled(work, filter), sort, me: work.account.id, now, except: ids },
    members,
    total: countQuery(work, query).count,
  };
}

/** A filter for the cache, with its tags in every spelling that they have there. */
function spelled({ cache }: Workspace, filter: TicketQuery['filter']): TicketQuery['filter'] {
  if (filter.tag === undefined) return filter;
  return { ...filter, tag: filter.tag.flatMap((tag) => spelledTags(cache, tagKey(tag))) };
}

/**
 * The rows of these tickets, operations laid over them; ids that are not in the cache are left out.
 */
export function rowsOf(
  work: Workspace,
  ids: readonly string[],
  drafts: ReadonlySet<string>,
): TicketRow[] {
  const sleep = work.sleep();
  return getTickets(work.cache, ids).map((record) =>
    toRow(record, work.outbox.openOf(record.id), work.account.id, drafts.has(record.id), sleep),
  );
}

function overlaid(work: Workspace): Overlaid {
  const { rows, ...rest } = work.overlaid();
  const drafts = draftsOf(work);
  return {
    ...rest,
    rows:
      drafts.size === 0
        ? rows
        : rows.map((row) => (drafts.has(row.id) ? { ...row, draft: true } : row)),
  };
}

function draftsOf(work: Workspace): ReadonlySet<string> {
  return new Set(ticketsWithDrafts(work.outboxDb, work.key));
}

function isRuleView(view: ViewId): view is RuleView {
  return view !== 'drafts' && view !== 'needs-you';
}

function listedIds(work: Workspace, view: 'drafts' | 'needs-you'): string[] {
  if (view === 'drafts') return [...draftsOf(work)];
  return [
    ...new Set(
      work.outbox
        .open()
        .filter((operation) => operation.state === 'parked')
        .map((operation) => operation.ticketId),
    ),
  ];
}

function listedRows(work: Workspace, view: 'drafts' | 'needs-you'): TicketRow[] {
  return rowsOf(work, listedIds(work, view), draftsOf(work));
}

function sortRows({ sort }: TicketQuery, rows: TicketRow[]): TicketRow[] {
  return rows.toSorted((a, b) => comparePositions(sort, positionOf(sort, a), positionOf(sort, b)));
}

function parsePosition(text: string): Position {
  const position = readPosition(text);
  if (!position) throw new BridgeError('invalid-input', { message: 'not a position of this list' });
  return position;
}
