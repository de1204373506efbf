import type { CallInput, CallOutput } from '../../../../contract/bridge.ts';
import type { ClientAnswer as Answer } from '../../../../contract/wire/level1.ts';
import { isOr, tokensOf } from '../../../../core/search-query.ts';
import { parseWireTime } from '../../../../core/time.ts';
import { absentTickets } from '../tickets/threads-partial.ts';
import { keptSince } from '../../feed/working-set.ts';
import { requireAbility } from '../triage/abilities.ts';
import { requestFailure } from '../../feed/request-failure.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { Auth } from '../session/auth.ts';

export interface OlderParts {
  cache: ReadDb;
  auth: Pick<Auth, 'request'>;
}

/** Shorter words would find everything. */
const shortestWord = 2;

/**
 * Asks the server for the words of a search, and for whom it is from, among the closed tickets that
 * are not kept here. Throws BridgeError: 'unreachable' and others of the network, 'not-supported'.
 */
export async function searchOlder(
  parts: OlderParts,
  { query, limit }: CallInput<'search.older'>,
): Promise<CallOutput<'search.older'>> {
  requireAbility(parts.cache, 'search');
  const words = wordsFor(query);
  const since = keptSince(parts.cache);
  if (words.length === 0 || since === null) return { tickets: [] };
  const { tickets } = await parts.auth
    .request('searchTickets', {
      query: {
        q: words.join(' ').slice(0, 200),
        closed_before: new Date(since).toISOString(),
        limit,
      },
    })
    .catch((error: unknown) => {
      throw requestFailure(error);
    });
  const ids = tickets.map(({ id }) => id);
  const absent = new Set(absentTickets(parts.cache, ids));
  return { tickets: tickets.filter(({ id }) => absent.has(id)).map(toOlder) };
}

/** Of a search, the words that the server can look for. */
const wordsFor = (query: string): string[] =>
  tokensOf(query)
    .filter((token) => !isOr(token))
    .filter(
      ({ operator, not, value }) =>
        !not && (operator === null || operator === 'from') && value.length >= shortestWord,
    )
    .map(({ value }) => value);

type Found = Answer<'searchTickets'>['tickets'][number];
type Older = CallOutput<'search.older'>['tickets'][number];

const toOlder = (ticket: Found): Older => ({
  id: ticket.id,
  subject: ticket.subject,
  status: ticket.status,
  requester: ticket.requester.name,
  preview: ticket.last_message?.preview ?? '',
  activity_at: parseWireTime(ticket.last_message_at ?? ticket.created_at),
});
