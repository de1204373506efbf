import { expect, test } from 'vitest';
import type { Auth } from '../../../../../../src/main/desk/areas/session/auth.ts';
import { readLevel1Thread } from '../../../../../../src/main/desk/feed/servers/level1/thread.ts';

test('a thread that comes in parts is read to its end, from the route that knows who wrote: a reply that was sent may stand in the last', async () => {
  const ticket = { id: 'ticket', status: 'open' };
  const parts: Record<string, object> = {
    first: { messages: [{ id: 'a' }, { id: 'b' }], next_cursor: 'second' },
    second: { messages: [{ id: 'c' }] },
  };
  // Only the cursor decides which part the server returns.
  const request = ((route: string, { query }: { query?: { cursor?: string } }) =>
    Promise.resolve(
      route === 'level1Ticket'
        ? { ticket, messages: [{ id: 'beside the ticket' }] }
        : parts[query?.cursor ?? 'first'],
    )) as unknown as Auth['request'];

  expect(await readLevel1Thread({ request } as Auth, 'ticket')).toEqual({
    ticket,
    messages: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
  });
});
