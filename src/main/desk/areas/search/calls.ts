import type { searchContract } from '../../../../contract/areas/search.ts';
import type { CallsOf } from '../../handlers.ts';
import { findCustomers } from './customers.ts';
import { recentSearches, rememberSearch } from './recent-searches.ts';
import { searchOlder, type OlderParts } from './search-older.ts';
import { searchTickets, type SearchParts } from './search.ts';
import { similarTickets } from './similar.ts';

export const searchCalls = (
  parts: SearchParts,
  older: OlderParts,
): CallsOf<typeof searchContract> => ({
  'search.query': (input) => searchTickets(parts, input),
  'search.older': (input) => searchOlder(older, input),
  'search.recent': () => ({ queries: recentSearches(parts.own.db, parts.own.key) }),
  'search.remember': ({ query }) => {
    rememberSearch(parts.own.db, parts.own.key, query);
    return {};
  },
  'customers.find': ({ query, limit }) => {
    parts.indexer.catchUp();
    return { customers: findCustomers(parts.cache, query, limit) };
  },
  'thread.similar': ({ ticket_id }) => similarTickets(parts, ticket_id),
});
