import type { TicketFilter, TicketSort } from '../../../../contract/bridge.ts';
import { comparePositions, isDescending, type Position } from '../../../../core/ticket-order.ts';
import type { RuleView } from '../../../../core/views.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import { goneStaffSql } from './staff.ts';
import { ticketColumns, toRecord, type TicketRecord, type TicketRowOfDb } from './tickets-table.ts';

const awake = '(t.snoozed_until is null or t.snoozed_until <= @now)';

/**
 * The rules of core/views.ts in SQL: which half of the tickets, and what of it. `@me` and `@now`
 * are bound in each. The plus keeps SQLite at the index that has the order.
 */
const viewRules: Record<RuleView, { active: readonly (0 | 1)[]; where: string }> = {
  mine: { active: [1], where: `+t.assignee_id = @me and ${awake}` },
  unassigned: {
    active: [1],
    where: `(+t.assignee_id is null or +t.assignee_id in ${goneStaffSql}) and ${awake}`,
  },
  open: { active: [1], where: awake },
  urgent: { active: [1], where: `+t.priority = 'urgent' and ${awake}` },
  waiting: { active: [1], where: `+t.status = 'waiting' and ${awake}` },
  snoozed: { active: [1], where: '+t.snoozed_until > @now' },
  closed: { active: [0], where: '1' },
  all: { active: [1, 0], where: '1' },
};

/** The column and index of each order; core/ticket-order.ts says what it holds. */
export const listOrders: Record<TicketSort, { column: string; index: string }> = {
  newest: { column: 'activity_at', index: 'tickets_newest' },
  oldest: { column: 'activity_at', index: 'tickets_newest' },
  priority: { column: 'by_priority', index: 'tickets_by_priority' },
  waiting: { column: 'by_waiting', index: 'tickets_by_waiting' },
};

export interface ListQuery {
  view: RuleView;
  filter: TicketFilter;
  sort: TicketSort;
  me: string;
  now: number;
  /** Ticket ids to leave out. */ except: readonly string[];
}

interface Bound {
  me: string;
  now: number;
  except: string;
  limit: number;
  offset: number;
  afterKey: number;
  afterId: string;
  [filter: `f_${string}`]: string | number;
}

/** The window of a view behind `after`, or from the start. */
export function listTickets(
  db: ReadDb,
  query: ListQuery,
  after: Position | null,
  limit: number,
): TicketRecord[] {
  const rows = viewRules[query.view].active.flatMap((active) =>
    selectHalf(db, query, active, after, limit),
  );
  rows.sort((a, b) => comparePositions(query.sort, a.position, b.position));
  return rows.slice(0, limit).map((row) => row.record);
}

/** The ids of the window alone, read from the index. */
export function listIds(
  db: ReadDb,
  query: ListQuery,
  after: Position | null,
  limit: number,
): Position[] {
  const rows = viewRules[query.view].active.flatMap((active) => {
    const sql =
      `${selectFrom(query, `t.id, t.${listOrders[query.sort].column} as key`, active)} ` +
      `${behind(query, after)} ${orderBy(query)} limit @limit`;
    return db.prepare<[Bound], Position>(sql).all({ ...bind(query), ...afterOf(after), limit });
  });
  return rows.toSorted((a, b) => comparePositions(query.sort, a, b)).slice(0, limit);
}

/** The window that begins with the row of this number; for a place that the agent jumped to. */
export function listTicketsAt(
  db: ReadDb,
  query: ListQuery,
  offset: number,
  limit: number,
): TicketRecord[] {
  const { active, where } = viewRules[query.view];
  const [only] = active.length === 1 ? active : [];
  const from =
    only === undefined
      ? `tickets t where ${where}`
      : `tickets t indexed by ${listOrders[query.sort].index} where t.active = ${only} and ${where}`;
  const keys = `select t.key from ${from} ${restOf(query)} ${orderBy(query)} limit @limit offset @offset`;
  const sql = `select ${ticketColumns} from tickets t where t.key in (${keys}) ${orderBy(query)}`;
  return db
    .prepare<[Bound], TicketRowOfDb>(sql)
    .all({ ...bind(query), limit, offset })
    .map(toRecord);
}

/** How many tickets stand before the ones behind `after`. */
export function countThrough(db: ReadDb, query: ListQuery, after: Position): number {
  const sign = isDescending(query.sort) ? '>=' : '<=';
  return sum(
    viewRules[query.view].active.map((active) => {
      const sql =
        `${selectFrom(query, 'count(*) as n', active)} and (t.${listOrders[query.sort].column}, ` +
        `t.id) ${sign} (@afterKey, @afterId)`;
      return (
        db.prepare<[Bound], { n: number }>(sql).get({ ...bind(query), ...afterOf(after) })?.n ?? 0
      );
    }),
  );
}

/** How many tickets a view has, and how many of them are unread. */
export function countTickets(db: ReadDb, query: ListQuery): { count: number; unread: number } {
  const { active, where } = viewRules[query.view];
  const bound = bind(query);
  // A filter on what is unread makes both the same.
  const unreadSql = `
    select count(*) as n
    from unread u cross join tickets t on t.id = u.ticket_id
    where t.active in (${active.join(', ')}) and ${where} ${restOf(query)}`;
  const unread = db.prepare<[Bound], { n: number }>(unreadSql).get(bound)?.n ?? 0;
  if (query.filter.unread) return { count: unread, unread };
  const count = sum(
    active.map(
      (half) =>
        db.prepare<[Bound], { n: number }>(selectFrom(query, 'count(*) as n', half)).get(bound)
          ?.n ?? 0,
    ),
  );
  return { count, unread };
}

type Counts = Record<RuleView, number>;

/** The counts of every view without a filter, in two reads. */
export function countViews(db: ReadDb, me: string, now: number): { count: Counts; unread: Counts } {
  const bound = { me, now };
  const sums = (['mine', 'unassigned', 'open', 'urgent', 'waiting', 'snoozed'] as const)
    .map((view) => `total(t.active = 1 and ${viewRules[view].where}) as ${view}`)
    .join(', ');
  const unread = db
    .prepare<[typeof bound], Counts>(
      `
        select ${sums}, total(t.active = 0) as closed, count(*) as "all"
        from unread u cross join tickets t on t.id = u.ticket_id`,
    )
    .get(bound);
  const active = db
    .prepare<[typeof bound], Counts>(
      `select ${sums}, count(*) as "all" from tickets t where t.active = 1`,
    )
    .get(bound);
  const all = db.prepare<[], { n: number }>('select count(*) as n from tickets').get()?.n ?? 0;
  const none: Counts = {
    mine: 0,
    unassigned: 0,
    open: 0,
    urgent: 0,
    waiting: 0,
    snoozed: 0,
    closed: 0,
    all: 0,
  };
  return {
    count: { ...(active ?? none), closed: all - (active?.all ?? 0), all },
    unread: unread ?? none,
  };
}

function selectHalf(
  db: ReadDb,
  query: ListQuery,
  active: 0 | 1,
  after: Position | null,
  limit: number,
): { record: TicketRecord; position: Position }[] {
  const columns = `${ticketColumns}, t.${listOrders[query.sort].column} as sort_key`;
  const sql =
    `${selectFrom(query, columns, active)} ` +
    `${behind(query, after)} ${orderBy(query)} limit @limit`;
  return db
    .prepare<[Bound], TicketRowOfDb & { sort_key: number }>(sql)
    .all({ ...bind(query), ...afterOf(after), limit })
    .map(({ sort_key: key, ...row }) => ({ record: toRecord(row), position: { key, id: row.id } }));
}

function selectFrom(query: ListQuery, what: string, active: 0 | 1): string {
  return `
    select ${what}
    from tickets t indexed by ${listOrders[query.sort].index}
    where t.active = ${active} and ${viewRules[query.view].where} ${restOf(query)}`;
}

function orderBy({ sort }: ListQuery): string {
  const direction = isDescending(sort) ? 'desc' : 'asc';
  return `order by t.${listOrders[sort].column} ${direction}, t.id ${direction}`;
}

function behind({ sort }: ListQuery, after: Position | null): string {
  return after
    ? `and (t.${listOrders[sort].column}, t.id) ${isDescending(sort) ? '<' : '>'} (@afterKey, @afterId)`
    : '';
}

/** The filter of core/views.ts in SQL, and what is left out. */
function restOf({ filter, except }: ListQuery): string {
  const parts: string[] = [];
  for (const field of ['status', 'priority', 'category'] as const)
    if (filter[field]) parts.push(`+t.${field} in (select value from json_each(@f_${field}))`);
  if (filter.assignee)
    parts.push(
      '(+t.assignee_id in (select value from json_each(@f_assignee)) or (@f_nobody and ' +
        `(t.assignee_id is null or +t.assignee_id in ${goneStaffSql})))`,
    );
  if (filter.tag)
    parts.push(
      '+t.id in (select ticket_id from ticket_tags where tag in (select value from json_each(@f_tag)))',
    );
  if (filter.unread) parts.push('+t.id in (select ticket_id from unread)');
  if (except.length > 0) parts.push('+t.id not in (select value from json_each(@except))');
  return parts.map((part) => `and ${part}`).join(' ');
}

function bind({ me, now, except, filter }: ListQuery): Bound {
  return {
    me,
    now,
    except: JSON.stringify(except),
    limit: 0,
    offset: 0,
    afterKey: 0,
    afterId: '',
    f_status: JSON.stringify(filter.status ?? []),
    f_priority: JSON.stringify(filter.priority ?? []),
    f_category: JSON.stringify(filter.category ?? []),
    f_assignee: JSON.stringify(filter.assignee?.filter((id) => id !== null) ?? []),
    f_nobody: Number(filter.assignee?.includes(null) ?? false),
    f_tag: JSON.stringify(filter.tag ?? []),
  };
}

function afterOf(after: Position | null): { afterKey: number; afterId: string } {
  return { afterKey: after?.key ?? 0, afterId: after?.id ?? '' };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
