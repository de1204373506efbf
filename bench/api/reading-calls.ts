/** Calls a path below /api/v1 as one person and returns the body. */
export type Get = (path: string) => Promise<{ next_cursor?: string }>;

export interface ReadingCall {
  name: string;
  get: () => Promise<unknown>;
}

/**
 * The calls that read tickets and messages, once for each way through their code. `cursor` has
 * changes after it.
 */
export function readingCalls(
  get: Get,
  {
    ticketId,
    feedCursor,
    movedCursor,
    limit,
  }: { ticketId: string; feedCursor: string; movedCursor: string; limit: number },
): ReadingCall[] {
  const sync = (query: string): Promise<{ next_cursor?: string }> =>
    get(`/support/sync?limit=${limit}${query}`);
  return [
    { name: 'list', get: () => get('/support/tickets?limit=50') },
    { name: 'list of one status', get: () => get('/support/tickets?status=open&limit=50') },
    { name: 'thread', get: () => get(`/support/tickets/${ticketId}`) },
    { name: 'messages', get: () => get(`/support/tickets/${ticketId}/messages`) },
    { name: 'first page of the snapshot', get: () => sync('') },
    {
      name: 'second page of the snapshot',
      get: async () => sync(`&cursor=${(await sync('')).next_cursor ?? ''}`),
    },
    { name: 'tickets that moved during the snapshot', get: () => sync(`&cursor=${movedCursor}`) },
    { name: 'feed', get: () => sync(`&cursor=${feedCursor}`) },
  ];
}
