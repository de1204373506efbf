import type { SearchQuery } from '../../../../core/search-query.ts';
import type { SearchTerm } from '../../../../core/search-term.ts';
import { hasTerm } from '../../../../core/search-text.ts';
import { arrivedOperations } from '../tickets/messages.ts';
import type { TextHit } from './search-table.ts';
import type { Account } from '../../../../contract/bridge.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { Outbox } from '../outbox/queue.ts';

interface WaitingParts {
  cache: ReadDb;
  outbox: Pick<Outbox, 'open'>;
  account: Account;
}

export interface WaitingHit extends TextHit {
  key: null;
  id: string;
  text: string;
}

/**
 * Messages of this agent that the server has not got yet: the cache knows nothing of them.
 * Conditions on their tickets are decided by the caller that lays the operations over them.
 */
export function searchWaiting(
  { cache, outbox, account }: WaitingParts,
  { any, words, without, conditions }: SearchQuery,
): WaitingHit[] {
  if (words.length === 0) return [];
  const found = outbox.open().flatMap(({ id, ticketId, intent, createdAt }): WaitingHit[] => {
    if (intent.kind !== 'reply' && intent.kind !== 'note') return [];
    const { kind, text } = intent;
    const meets = conditions.every((condition) => {
      switch (condition.kind) {
        case 'before':
          return createdAt < condition.at !== condition.not;
        case 'after':
          return createdAt >= condition.at !== condition.not;
        case 'from':
          return condition.authors.includes(account.id) !== condition.not;
        case 'note':
          return (kind === 'note') !== condition.not;
        // Of the ticket, and kept in the cache.
        case 'unread':
        case 'draft':
          return false;
        default:
          return true;
      }
    });
    const has = (term: SearchTerm): boolean => hasTerm(text, term);
    if (!meets || !(any ? words.some(has) : words.every(has)) || without.some(has)) return [];
    return [{ ticket_id: ticketId, key: null, at: createdAt, id, text }];
  });
  const arrived = arrivedOperations(
    cache,
    found.map(({ id }) => id),
    account.id,
  );
  return found.filter(({ id }) => !arrived.has(id));
}
