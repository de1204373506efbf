import {
  type Account,
  type CallInput,
  type CallOutput,
  type SearchSort,
  type TicketFilter,
  type TicketRow,
} from '../../../../contract/bridge.ts';
import { conditionsOf } from '../../../../core/search-filter.ts';
import { parseSearch, type SearchQuery } from '../../../../core/search-query.ts';
import { previewOf } from '../../../../core/overlay.ts';
import { meets } from '../../../../core/search-match.ts';
import { createFinder, excerptOf, hasTerm, termsSoFar } from '../../../../core/search-text.ts';
import { comparePositions, positionOf } from '../../../../core/ticket-order.ts';
import { ticketsWithDrafts } from '../compose/drafts.ts';
import { findNewest, type Group, type Groups } from './search-find.ts';
import { findInOrder } from './search-in-order.ts';
import { positionsOf } from './search-order-table.ts';
import { messagesAt } from './search-table.ts';
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

/** Which results, and how many. */
interface Asked {
  filter: TicketFilter;
  sort: SearchSort;
  limit: number;
}

/**
 * Finds tickets by their messages, subject, requester, tags and fields: one hit a ticket, its
 * newest message. The newest hit comes first, or the order of a list is asked for.
 */
export function searchTickets(
  parts: SearchParts,
  input: CallInput<'search.query'>,
): CallOutput<'search.query'> {
  const indexing = !parts.indexer.catchUp();
  const { filter = {}, sort = 'match', limit } = input;
  const query = readQuery(parts, input.query);
  const drafts = new Set(ticketsWithDrafts(parts.own.db, parts.own.key));
  const groups = isEmpty(query) ? [] : firstGroups(parts, query, drafts, { filter, sort, limit });
  const hits = hitsOf(parts, query, drafts, groups);
  const findOne = (other: string) =>
    searchTickets(parts, { query: other, filter, limit: 1 }).hits[0];
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

/** Nothing is asked for yet: a filter alone is no search. */
function isEmpty({ words, without, conditions }: SearchQuery): boolean {
  return words.length === 0 && without.length === 0 && conditions.length === 0;
}

/** The first groups in the order, from the cache and from operations that wait. */
function firstGroups(
  parts: SearchParts,
  typed: SearchQuery,
  drafts: ReadonlySet<string>,
  { filter, sort, limit }: Asked,
): Group[] {
  const { cache } = parts;
  const now = parts.serverNow();
  const pending = parts.overlaid();
  const query = { ...typed, conditions: [...typed.conditions, ...conditionsOf(filter)] };
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
  const groups =
    sort === 'match'
      ? findNewest(cache, query, scope, { limit, gone })
      : findInOrder(cache, query, scope, { limit, gone, sort });
  addWaiting(
    groups,
    searchWaiting(parts, query).filter((hit) => !gone.has(hit.ticket_id)),
  );
  return sorted(parts.cache, groups, sort, pending.rows).slice(0, limit);
}

function sorted(
  cache: ReadDb,
  groups: Groups,
  sort: SearchSort,
  pending: readonly TicketRow[],
): Group[] {
  if (sort === 'match') return [...groups.values()].toSorted((a, b) => b.hit.at - a.hit.at);
  const places = positionsOf(cache, sort, [...groups.keys()]);
  for (const row of pending) places.set(row.id, positionOf(sort, row));
  return [...groups]
    .flatMap(([id, group]) => {
      const place = places.get(id);
      return place ? [{ group, place }] : [];
    })
    .toSorted((a, b) => comparePositions(sort, a.place, b.place))
    .map(({ group }) => group);
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
