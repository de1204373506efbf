import type { CallInput, CallOutput, TicketRow } from '../../contract/bridge.ts';
import type { SearchQuery } from '../../core/search-query.ts';
import { parseSearch } from '../../core/search-query.ts';
import { meets } from '../../core/search-match.ts';
import type { TextMatch } from '../../core/search-text.ts';
import { createFinder, excerptOf, hasTerm, matchOf } from '../../core/search-text.ts';
import { ticketsWithDrafts } from '../db/drafts.ts';
import type { TextHit } from '../db/search.ts';
import { countMatches, messagesBy, messagesWith, messageTexts, someMessage, ticketsWhere, ticketsWith, withoutFrom } from '../db/search.ts';
import type { SearchScope } from '../db/search-where.ts';
import { listStaff } from '../db/staff.ts';
import { rowsOf } from './inbox.ts';
import type { Workspace } from './workspace.ts';

interface Group { hit: TextHit; more: number }
interface Found { groups: Map<string, Group>; /** The walk ended by itself, so each group's count is whole. */ whole: boolean }

/** Finds tickets by their messages, subject, requester, tags and fields: one hit a ticket, its newest message, newest first. */
export function searchTickets(work: Workspace, input: CallInput<'search.query'>): CallOutput<'search.query'> {
  const now = work.serverNow();
  const query = parseSearch(input.query, { now, me: work.account.id, staff: listStaff(work.cache) });
  const drafts = new Set(ticketsWithDrafts(work.outboxDb, work.account.id));
  const scope = { now, drafts: [...drafts], overlaid: [...new Set(work.outbox.open().map((operation) => operation.ticketId))] };
  const match = query.words.length > 0 ? matchOf(query.words, query.without) : null;
  const { groups, whole } = match ? findWords(work, match, query, scope, input.limit) : findFields(work, query, scope, input.limit);
  const newest = [...groups.values()].sort((a, b) => b.hit.at - a.hit.at).slice(0, input.limit);
  const rows = new Map(rowsOf(work, newest.map(({ hit }) => hit.ticket_id), drafts).map((row) => [row.id, row]));
  const texts = messageTexts(work.cache, newest.flatMap(({ hit }) => hit.message_id ?? []));
  const find = createFinder(query.words);
  return {
    problems: query.problems,
    hits: newest.flatMap(({ hit, more }) => {
      const row = rows.get(hit.ticket_id);
      const text = hit.message_id === null ? null : (texts.get(hit.message_id) ?? '');
      if (!row || !meets(query.conditions, row, now) || query.without.some((term) => hasTerm(text === null ? aboutTicket(row) : `${text} ${aboutTicket(row)}`, term))) return [];
      const others = whole || !match || hit.message_id === null ? more : countMatches(work.cache, match, hit.ticket_id) - 1;
      const snippet = (find && excerptOf(text ?? aboutTicket(row), find)) ?? text?.slice(0, 140) ?? row.preview;
      return [{ row, snippet, message_id: hit.message_id, at: hit.at, more: Math.max(0, others) }];
    }),
  };
}

/** What a ticket says of itself, on one line. */
function aboutTicket(row: TicketRow): string {
  return [row.subject, row.requester, row.tags.join(', ')].filter((text) => text !== '').join(' · ');
}

function findWords({ cache }: Workspace, match: TextMatch, { conditions }: SearchQuery, scope: SearchScope, limit: number): Found {
  const found = collect(messagesWith(cache, match, conditions, scope), limit);
  for (const hit of ticketsWith(cache, match, conditions, scope)) if (!found.groups.has(hit.ticket_id)) found.groups.set(hit.ticket_id, { hit, more: 0 });
  return found;
}

function findFields({ cache }: Workspace, query: SearchQuery, scope: SearchScope, limit: number): Found {
  if (query.conditions.length === 0 && query.without.length === 0) return { groups: new Map(), whole: true };
  const from = query.conditions.find((condition) => condition.kind === 'from' && !condition.not);
  const authors = from?.kind === 'from' ? from.authors : [];
  const walks = authors.map((author) => collect(messagesBy(cache, author, withoutFrom(query), scope), limit));
  const byFields = from?.kind === 'from' && from.requester === null ? [] : [collect(without(cache, query, ticketsWhere(cache, query.conditions, scope)), limit)];
  const groups = new Map<string, Group>();
  for (const { groups: some } of [...byFields, ...walks]) for (const [id, group] of some) groups.set(id, group);
  return { groups, whole: true };
}

/** Reads a walk until so many tickets are found. */
function collect(walk: Iterable<TextHit>, limit: number): Found {
  const groups = new Map<string, Group>();
  for (const hit of walk) {
    const known = groups.get(hit.ticket_id);
    if (known) known.more += 1;
    else if (groups.size === limit) return { groups, whole: false };
    else groups.set(hit.ticket_id, { hit, more: 0 });
  }
  return { groups, whole: true };
}

/** Without words to find, the words to leave out are looked for in all that a ticket says. */
function* without(cache: Workspace['cache'], query: SearchQuery, walk: Iterable<TextHit>): Iterable<TextHit> {
  for (const hit of walk) {
    if (query.without.length === 0 || !someMessage(cache, hit.ticket_id, (text) => query.without.some((term) => hasTerm(text, term)))) yield hit;
  }
}
