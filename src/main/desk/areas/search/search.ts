import type { Account, CallInput, CallOutput, TicketRow } from '../../../../contract/bridge.ts';
import { parseSearch, type SearchQuery } from '../../../../core/search-query.ts';
import { previewOf } from '../../../../core/overlay.ts';
import { meets } from '../../../../core/search-match.ts';
import {
  createFinder,
  createTest,
  excerptOf,
  hasTerm,
  matchOf,
  termsSoFar,
} from '../../../../core/search-text.ts';
import { ticketsWithDrafts } from '../compose/drafts.ts';
import {
  fewTickets,
  messagesAt,
  messagesBy,
  messagesWith,
  someMessage,
  ticketsWhere,
  ticketsWith,
  withoutFrom,
  type TextHit,
} from './search-table.ts';
import { wordsThatBegin } from './search-words.ts';
import type { SearchScope } from './search-where.ts';
import { goneStaff, listStaff } from '../tickets/staff.ts';
import { spelledTags } from '../tickets/tickets-table.ts';
import { rowsOf } from '../tickets/list.ts';
import { stepsFor } from './search-steps.ts';
import { searchWaiting, type WaitingHit } from './search-waiting.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import type { Outbox } from '../outbox/queue.ts';
import type { Overlaid } from '../tickets/overlaid.ts';
import type { Snoozes } from '../triage/snooze.ts';
import type { Indexer } from './indexer.ts';

export interface SearchParts {
  cache: ReadDb;
  outbox: Pick<Outbox, 'open' | 'openOf'>;
  own: OwnRows;
  account: Account;
  snoozes: Pick<Snoozes, 'sleep'>;
  overlaid: () => Overlaid;
  indexer: Pick<Indexer, 'catchUp'>;
  serverNow: () => number;
}

interface Group {
  hit: TextHit | WaitingHit;
  more: number;
}
type Groups = Map<string, Group>;
/** How many tickets, and which not whatever the cache says. */
interface Ask {
  limit: number;
  gone: ReadonlySet<string>;
}

/**
 * Rows are read on to here at least, so that what a ticket has more is counted where it is near.
 */
const countedRows = 400;

/**
 * Finds tickets by their messages, subject, requester, tags and fields: one hit a ticket, its
 * newest message, newest first.
 */
export function searchTickets(
  parts: SearchParts,
  input: CallInput<'search.query'>,
): CallOutput<'search.query'> {
  const indexing = !parts.indexer.catchUp();
  const query = readQuery(parts, input.query);
  const drafts = new Set(ticketsWithDrafts(parts.own.db, parts.own.key));
  const newest = newestGroups(parts, query, drafts, input.limit);
  const hits = hitsOf(parts, query, drafts, newest);
  const findOne = (other: string) => searchTickets(parts, { query: other, limit: 1 }).hits[0];
  const steps =
    input.steps === true && hits.length === 0
      ? stepsFor(parts.cache, input.query, query, findOne)
      : [];
  return { problems: query.problems, indexing, hits, steps };
}

function readQuery({ cache, account, serverNow }: SearchParts, typed: string): SearchQuery {
  const parsed = parseSearch(typed, { now: serverNow(), me: account.id, staff: listStaff(cache) });
  return {
    ...parsed,
    words: [...termsSoFar(parsed.words, typed, parsed.conditions.length > 0)],
  };
}

/** The groups with the newest hits, from the cache and from operations that wait. */
function newestGroups(
  parts: SearchParts,
  query: SearchQuery,
  drafts: ReadonlySet<string>,
  limit: number,
): Group[] {
  const { cache } = parts;
  const now = parts.serverNow();
  const pending = parts.overlaid();
  const scope: SearchScope = {
    now,
    drafts: [...drafts],
    overlaid: pending.ids,
    spelled: (tag) => spelledTags(cache, tag),
  };
  // The cache lets every ticket with open operations pass; here it is seen what they have become.
  const gone = new Set(
    pending.rows
      .filter((row) => !meets(query.conditions, row, now, goneStaff(cache)))
      .map(({ id }) => id),
  );
  const find = query.words.length > 0 ? findAny : findFields;
  const groups = find(cache, query, scope, { limit, gone });
  addWaiting(
    groups,
    searchWaiting(parts, query).filter((hit) => !gone.has(hit.ticket_id)),
  );
  return [...groups.values()].toSorted((a, b) => b.hit.at - a.hit.at).slice(0, limit);
}

type Hit = CallOutput<'search.query'>['hits'][number];
/** The message that was found; null: the ticket itself was. */
type FoundMessage = { id: string; text: string; created_at: number } | null;

/** The groups as the window shows them, without those that hold a word to leave out. */
function hitsOf(
  parts: SearchParts,
  query: SearchQuery,
  drafts: ReadonlySet<string>,
  groups: readonly Group[],
): Hit[] {
  const rows = new Map(
    rowsOf(
      parts,
      groups.map(({ hit }) => hit.ticket_id),
      drafts,
    ).map((row) => [row.id, row]),
  );
  const messages = messagesAt(
    parts.cache,
    groups.flatMap(({ hit }) => ('key' in hit && hit.key !== null ? [hit.key] : [])),
  );
  const find = createFinder(query.words);
  return groups.flatMap(({ hit, more }) => {
    const row = rows.get(hit.ticket_id);
    const message = messageOf(hit, messages);
    if (!row || message === undefined || isLeftOut(query, row, message)) return [];
    // Subject and requester stand beside it, marked themselves.
    const snippet =
      (find && excerptOf(message?.text ?? row.tags.join(', '), find)) ??
      (message ? previewOf(message.text) : row.preview);
    return [
      { row, snippet, message_id: message?.id ?? null, at: message?.created_at ?? hit.at, more },
    ];
  });
}

/** Undefined: the message is not there any more. */
function messageOf(
  hit: Group['hit'],
  messages: ReturnType<typeof messagesAt>,
): FoundMessage | undefined {
  if ('text' in hit) return { id: hit.id, text: hit.text, created_at: hit.at };
  return hit.key === null ? null : messages.get(hit.key);
}

function isLeftOut(query: SearchQuery, row: TicketRow, message: FoundMessage): boolean {
  const about = aboutTicket(row);
  const text = message === null ? about : `${message.text} ${about}`;
  return query.without.some((term) => hasTerm(text, term));
}

/** A ticket's subject, requester and tags on one line. */
function aboutTicket(row: TicketRow): string {
  return [row.subject, row.requester, row.tags.join(', ')]
    .filter((text) => text !== '')
    .join(' · ');
}

/** Finds all words together or, where any is enough, each separately. */
function findAny(cache: ReadDb, query: SearchQuery, scope: SearchScope, ask: Ask): Groups {
  if (!query.any) return findWords(cache, query, scope, ask);
  const all: Groups = new Map();
  for (const word of query.words) {
    for (const [ticket, group] of findWords(cache, { ...query, words: [word] }, scope, ask)) {
      const known = all.get(ticket);
      all.set(ticket, known && known.hit.at >= group.hit.at ? known : group);
    }
  }
  return all;
}

function findWords(
  cache: ReadDb,
  { conditions, words, without: leftOut }: SearchQuery,
  scope: SearchScope,
  ask: Ask,
): Groups {
  const match = matchOf(words, leftOut, (begin) => wordsThatBegin(cache, begin));
  const only = fewTickets(cache, conditions, scope);
  const groups = collect(
    messagesWith(cache, match, createTest(words), conditions, scope, only),
    ask,
  );
  // A `from` without a requester names an author, whom only messages have.
  if (
    conditions.some(
      (condition) => condition.kind === 'from' && condition.requester === null && !condition.not,
    )
  )
    return groups;
  for (const hit of ticketsWith(cache, match, conditions, scope, only))
    if (!groups.has(hit.ticket_id) && !ask.gone.has(hit.ticket_id))
      groups.set(hit.ticket_id, { hit, more: 0 });
  return groups;
}

/** Each goes with the other hits of its ticket; the newest speaks for all. */
function addWaiting(groups: Groups, waiting: readonly WaitingHit[]): void {
  for (const hit of waiting) {
    const known = groups.get(hit.ticket_id);
    if (!known) groups.set(hit.ticket_id, { hit, more: 0 });
    // Found in the ticket itself, it is no message more.
    else if (known.hit.key === null && !('text' in known.hit))
      groups.set(hit.ticket_id, { hit, more: 0 });
    else
      groups.set(hit.ticket_id, {
        hit: hit.at > known.hit.at ? hit : known.hit,
        more: known.more + 1,
      });
  }
}

function findFields(cache: ReadDb, query: SearchQuery, scope: SearchScope, ask: Ask): Groups {
  if (query.conditions.length === 0 && query.without.length === 0) return new Map();
  const from = query.conditions.find((condition) => condition.kind === 'from' && !condition.not);
  const authors = from?.kind === 'from' ? from.authors : [];
  const walks = authors.map((author) =>
    collect(messagesBy(cache, author, withoutFrom(query), scope), ask),
  );
  const byFields =
    from?.kind === 'from' && from.requester === null
      ? []
      : [collect(without(cache, query, ticketsWhere(cache, query.conditions, scope)), ask)];
  return new Map([...byFields, ...walks].flatMap((groups) => [...groups]));
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
