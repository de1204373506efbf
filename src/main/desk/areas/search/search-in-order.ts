import type { TicketSort } from '../../../../contract/bridge.ts';
import type { Condition, SearchQuery } from '../../../../core/search-query.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import {
  eachWord,
  findFields,
  findWords,
  fromOf,
  matchIn,
  type Ask,
  type Groups,
} from './search-find.ts';
import { areRare, areRareAuthors, ticketsInOrder } from './search-order-table.ts';
import { fewTickets, isRange, leavesFew, type FewTickets } from './search-table.ts';
import type { SearchScope } from './search-where.ts';

/** As `Ask`; `sort`: which tickets come first. */
export interface OrderedAsk extends Ask {
  sort: TicketSort;
}

/**
 * Rare words: all their tickets are found, and the caller sorts them. Common words: the tickets are
 * walked in their order, and the first of them looked into, until enough have the words. Neither
 * reads all messages that have a word like 'the'. In tickets with open operations everything is
 * found, since these can stand anywhere in the order.
 */
export function findInOrder(
  cache: ReadDb,
  query: SearchQuery,
  scope: SearchScope,
  ask: OrderedAsk,
): Groups {
  if (query.words.length === 0) return fieldsInOrder(cache, query, scope, ask);
  return eachWord(query, (one) => wordsInOrder(cache, one, scope, ask));
}

/** Finds everything in these tickets; null: in all. */
type FindIn = (only: FewTickets) => Groups;

/** More tickets than this are not all read, to find rare words in them. */
const mostRead = 150;

function wordsInOrder(
  cache: ReadDb,
  query: SearchQuery,
  scope: SearchScope,
  ask: OrderedAsk,
): Groups {
  const findIn: FindIn = (only) =>
    findWords(cache, query, scope, { limit: Infinity, gone: ask.gone }, only);
  const only = fewTickets(cache, query.conditions, scope);
  const isFew = only !== null && only.length <= mostRead;
  if (isFew || areRare(cache, matchIn(cache, query))) return findIn(only);
  return walkInOrder(cache, ofTickets(query, true), scope, ask, findIn);
}

function fieldsInOrder(
  cache: ReadDb,
  query: SearchQuery,
  scope: SearchScope,
  ask: OrderedAsk,
): Groups {
  const findIn: FindIn = (only) =>
    findFields(cache, query, scope, { limit: Infinity, gone: ask.gone }, only);
  const authors = fromOf(query)?.authors ?? [];
  const isFew =
    authors.length > 0 ? areRareAuthors(cache, authors) : leavesFew(cache, query.conditions, scope);
  if (isFew) return findIn(null);
  return walkInOrder(cache, ofTickets(query, authors.length > 0), scope, ask, findIn);
}

/**
 * The conditions that a ticket alone decides. `byMessage`: a time is of a message, and who wrote is
 * asked of each.
 */
function ofTickets({ conditions }: SearchQuery, byMessage: boolean): Condition[] {
  return conditions.filter(
    (condition) => !byMessage || (!isRange(condition) && !isOfAuthors(condition)),
  );
}

function isOfAuthors(condition: Condition): boolean {
  return condition.kind === 'from' && (condition.authors.length > 0 || condition.not);
}

/**
 * Very common words are found by reading the first tickets, others in so many tickets that words
 * which too few of these have must be rare after all.
 */
const stretches = [mostRead, mostRead, 700, 1_500];

function walkInOrder(
  cache: ReadDb,
  conditions: readonly Condition[],
  scope: SearchScope,
  { sort, limit }: OrderedAsk,
  findIn: FindIn,
): Groups {
  const all: Groups = findIn(scope.overlaid);
  let found = 0;
  const walk = ticketsInOrder(cache, sort, conditions, scope);
  try {
    for (const size of stretches) {
      const ids = take(walk, size);
      const groups = findIn(ids);
      for (const [id, group] of groups) all.set(id, group);
      found += groups.size;
      if (found >= limit || ids.length < size) return all;
    }
  } finally {
    walk.return?.();
  }
  return findIn(null);
}

function take(walk: IterableIterator<string>, most: number): string[] {
  const taken: string[] = [];
  while (taken.length < most) {
    const next = walk.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}
