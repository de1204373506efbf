import type { SyncPage } from '../../../../../contract/wire/api.ts';
import type { Auth } from '../../../areas/session/auth.ts';
import type { FeedPages, PageWanted } from '../../ready-pages.ts';

/** The pages of the server's feed. */
export const pagesOf = (auth: Auth): FeedPages => ({
  page: (wanted): Promise<SyncPage> => auth.request('sync', { query: queryOf(wanted) }),
  bytes: (wanted) => auth.requestBytes('sync', { query: queryOf(wanted) }),
});

const queryOf = ({ cursor, limit, closedSince }: PageWanted): Record<string, string | number> => ({
  ...(cursor === null ? {} : { cursor }),
  limit,
  ...(closedSince === null ? {} : { closed_since: new Date(closedSince).toISOString() }),
});
