import type { Condition, SearchQuery } from '../../../../core/search-query.ts';
import { createTest, hasTerm, matchOf, type TextMatch } from '../../../../core/search-text.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import {
  fewTickets,
  messagesBy,
  messagesWith,
  someMessage,
  ticketScan,
  ticketsWhere,
  ticketsWith,
  withoutFrom,
  type FewTickets,
  type TextHit,
} from './search-table.ts';
import type { WaitingHit } from './search-waiting.ts';
import type { SearchScope } from './search-where.ts';
import { wordsThatBegin } from './search-words.ts';

/** A ticket that was found: the hit that is shown, and how many messages more have matched. */
export interface Group {
  hit: TextHit | WaitingHit;
  more: number;
}
/** By ticket. */
export type Groups = Map<string, Group>;
/** The most tickets to find, and those to leave out whatever the cache says. */
export interface Ask {
  limit: number;
  gone: ReadonlySet<string>;
}

/**
 * Rows are read on to here at least, so that what a ticket has more is counted where it is near.
 */
const countedRows = 400;

/** The tickets with the newest hits. */
export function findNewest(
  cache: ReadDb,
  query: SearchQuery,
  scope: SearchScope,
  ask: Ask,
): Groups {
  return query.words.length > 0
    ? findAny(cache, query, scope, ask)
    : findFields(cache, query, scope, ask);
}

/** Finds all words together or, where any is enough, each separately. */
function findAny(cache: ReadDb, query: SearchQuery, scope: SearchScope, ask: Ask): Groups {
  return eachWord(query, (one) => findWords(cache, one, scope, ask));
}

/** All words together or, where any is enough, each separately, with the newest hit of a ticket. */
export function eachWord(query: SearchQuery, find: (one: SearchQuery) => Groups): Groups {
  if (!query.any) return find(query);
  const all: Groups = new Map();
  for (const word of query.words) {
    for (const [ticket, group] of find({ ...query, words: [word] })) {
      const known = all.get(ticket);
      all.set(ticket, known && known.hit.at >= group.hit.at ? known : group);
    }
  }
  return all;
}

/** The words of a query for the indexes. */
export function matchIn(cache: ReadDb, { words, without: leftOut }: SearchQuery): TextMatch {
  return matchOf(words, leftOut, (begin) => wordsThatBegin(cache, begin));
}

/** `only`: ids of the only tickets to look at; null: any. */
export function findWords(
  cache: ReadDb,
  query: SearchQuery,
  scope: SearchScope,
  ask: Ask,
  only: FewTickets = fewTickets(cache, query.conditions, scope),
): Groups {
  const { conditions, words } = query;
  const match = matchIn(cache, query);
  const groups = collect(
    messagesWith(cache, match, createTest(words), conditions, scope, only),
    ask,
  );
  // A `from` without a requester names an author, whom only messages have.
  if (fromOf(query)?.requester === null) return groups;
  // All of them where all are wanted: SQLite reads -1 as no limit.
  const most = ask.limit === Infinity ? -1 : ticketScan;
  for (const hit of ticketsWith(cache, match, conditions, scope, only, most))
    if (!groups.has(hit.ticket_id) && !ask.gone.has(hit.ticket_id))
      groups.set(hit.ticket_id, { hit, more: 0 });
  return groups;
}

/** `only`: as in `findWords`. */
export function findFields(
  cache: ReadDb,
  query: SearchQuery,
  scope: SearchScope,
  ask: Ask,
  only: FewTickets = null,
): Groups {
  const from = fromOf(query);
  const walks = (from?.authors ?? []).map((author) =>
    collect(messagesBy(cache, author, withoutFrom(query), scope, only), ask),
  );
  const tickets = (): Groups =>
    collect(without(cache, query, ticketsWhere(cache, query.conditions, scope, only)), ask);
  const byFields = from?.requester === null ? [] : [tickets()];
  return new Map([...byFields, ...walks].flatMap((groups) => [...groups]));
}

type From = Extract<Condition, { kind: 'from' }>;

/** Whom the search is from; undefined: anybody. */
export function fromOf({ conditions }: Pick<SearchQuery, 'conditions'>): From | undefined {
  return conditions.find((one): one is From => one.kind === 'from' && !one.not);
}

/** Reads a walk until `limit` tickets are found and some rows are read. */
function collect(walk: Iterable<TextHit>, { limit, gone }: Ask): Groups {
  const groups: Groups = new Map();
  let rows = 0;
  for (const hit of walk) {
    if (gone.has(hit.ticket_id)) continue;
    const known = groups.get(hit.ticket_id);
    if (known) known.more += 1;
    else if (groups.size < limit) groups.set(hit.ticket_id, { hit, more: 0 });
    rows += 1;
    if (groups.size === limit && rows >= countedRows) break;
  }
  return groups;
}

/** Without words to find, the words to leave out are looked for in all that a ticket says. */
function* without(cache: ReadDb, query: SearchQuery, walk: Iterable<TextHit>): Iterable<TextHit> {
  for (const hit of walk) {
    if (
      query.without.length === 0 ||
      !someMessage(cache, hit.ticket_id, (text) =>
        query.without.some((term) => hasTerm(text, term)),
      )
    )
      yield hit;
  }
}
