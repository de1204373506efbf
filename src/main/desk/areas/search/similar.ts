import type { CallOutput } from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import { likeness, tellingWords } from '../../../../core/similar.ts';
import { firstMessage, solvedWithBoth, solvedWithSubject, type Alike } from './similar-table.ts';
import { getTicket } from '../tickets/tickets-table.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { Indexer } from './indexer.ts';

interface SimilarParts {
  cache: ReadDb;
  indexer: Pick<Indexer, 'catchUp'>;
}

const shown = 3;
/** Less than this in common is chance. */
const least = 0.3;

/**
 * The likest solved tickets by the words of subject and first message. The customer's own stand in
 * a list of their own.
 */
export function similarTickets(
  parts: SimilarParts,
  ticketId: string,
): CallOutput<'thread.similar'> {
  const ticket = getTicket(parts.cache, ticketId);
  if (!ticket) throw new BridgeError('ticket-not-found');
  parts.indexer.catchUp();
  const words = tellingWords(ticket.subject, firstMessage(parts.cache, ticketId));
  const found = new Map<string, Alike>();
  for (const one of candidates(parts.cache, words, ticketId))
    if (!found.has(one.id) && one.requester_id !== ticket.requester_id) found.set(one.id, one);
  return {
    tickets: [...found.values()]
      .map((one) => ({ one, score: likeness(words, ticket.subject, one) }))
      .filter(({ score }) => score >= least)
      .toSorted((a, b) => b.score - a.score || (b.one.resolved_at ?? 0) - (a.one.resolved_at ?? 0))
      .slice(0, shown)
      .map(({ one: { id, subject, status, resolved_at } }) => ({
        id,
        subject,
        status,
        resolved_at,
      })),
  };
}

/**
 * By any word of the subject, and by the first words in pairs: few questions of the index, each of
 * them short.
 */
function candidates(cache: ReadDb, words: readonly string[], ticketId: string): Alike[] {
  const pairs = words
    .slice(0, 3)
    .flatMap((one, i) => words.slice(i + 1, 4).map((other) => [one, other] as const));
  return [
    ...solvedWithSubject(cache, words, ticketId),
    ...pairs.flatMap(([one, other]) => solvedWithBoth(cache, one, other, ticketId)),
  ];
}
