import type { TicketSort } from '../../../../contract/bridge.ts';
import type { Condition } from '../../../../core/search-query.ts';
import type { TextMatch } from '../../../../core/search-text.ts';
import { comparePositions, isDescending, type Position } from '../../../../core/ticket-order.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import { listOrders } from '../tickets/ticket-list.ts';
import { createBound, whereOf, type Bound, type SearchScope } from './search-where.ts';

/**
 * The ids of tickets that meet the conditions, in the order of a list, without those with open
 * operations. Read one by one, so that the reader ends the walk.
 */
export function* ticketsInOrder(
  db: ReadDb,
  sort: TicketSort,
  conditions: readonly Condition[],
  scope: SearchScope,
): IterableIterator<string> {
  // The index of each order has the unfinished tickets apart from the others.
  const halves = ([1, 0] as const).map((active) => {
    const { sql, bound } = ticketsInOrderSql(active, sort, conditions, scope);
    return db.prepare<[Bound['values']], Position>(sql).iterate(bound.values);
  });
  try {
    const next = halves.map((half) => half.next());
    for (;;) {
      const heads = next.map((one) => (one.done === true ? null : one.value));
      const at = firstOf(sort, heads);
      const head = heads[at];
      const half = halves[at];
      if (!head || !half) return;
      yield head.id;
      next[at] = half.next();
    }
  } finally {
    for (const half of halves) half.return?.();
  }
}

/** Which of them comes first; -1 where there is none. */
function firstOf(sort: TicketSort, heads: readonly (Position | null)[]): number {
  return heads.reduce((first, head, at) => {
    const best = heads[first];
    if (head === null) return first;
    return best && comparePositions(sort, best, head) < 0 ? first : at;
  }, -1);
}

export function ticketsInOrderSql(
  active: 0 | 1,
  sort: TicketSort,
  conditions: readonly Condition[],
  scope: SearchScope,
): { sql: string; bound: Bound } {
  const { column, index } = listOrders[sort];
  const direction = isDescending(sort) ? 'desc' : 'asc';
  const bound = createBound();
  const pending =
    scope.overlaid.length === 0
      ? ''
      : ` and t.id not in (select value from json_each(${bound.add(JSON.stringify(scope.overlaid))}))`;
  const where = whereOf(conditions, 'ticket', { ...scope, overlaid: [] }, bound);
  return {
    bound,
    sql: `select t.id, t.${column} as key from tickets t indexed by ${index}
    where t.active = ${active}${pending}${where}
    order by t.${column} ${direction}, t.id ${direction}`,
  };
}

/** The positions of these tickets in an order, as the cache has them. */
export function positionsOf(
  db: ReadDb,
  sort: TicketSort,
  ids: readonly string[],
): Map<string, Position> {
  const rows = db
    .prepare<[string], Position>(
      `select id, ${listOrders[sort].column} as key from tickets
      where id in (select value from json_each(?))`,
    )
    .all(JSON.stringify(ids));
  return new Map(rows.map((row) => [row.id, row]));
}

/** Messages of rare words: all of them are read in about 5 ms. */
const mostRare = 2_500;

/** Whether few messages and few tickets have the words. */
export function areRare(db: ReadDb, match: TextMatch): boolean {
  const [kind, expression] =
    match.parts === null ? ['search', match.words ?? '""'] : ['parts', match.parts];
  return ['message', 'ticket'].every((of) => {
    const index = `${of}_${kind}`;
    const counted = db.prepare<[string], { n: number }>(
      `select count(*) as n
      from (select 1 from ${index} where ${index} match ? limit ${mostRare + 1})`,
    );
    return (counted.get(expression)?.n ?? 0) <= mostRare;
  });
}

/** As `areRare`, for messages of these colleagues. */
export function areRareAuthors(db: ReadDb, authors: readonly string[]): boolean {
  const counted = db.prepare<[string], { n: number }>(
    `select count(*) as n from (select 1 from messages indexed by messages_staff
      where staff_id in (select value from json_each(?)) limit ${mostRare + 1})`,
  );
  return (counted.get(JSON.stringify(authors))?.n ?? 0) <= mostRare;
}
