import { expect, test } from 'vitest';
import type { NewTicket, WritingApi } from '../../../src/portal/api/api.ts';
import { ApiFailure } from '../../../src/portal/api/failure.ts';
import type { TicketLevel1 } from '../../../src/contract/wire/entities.ts';
import { createTicketDraft } from '../../../src/portal/stores/new-ticket.ts';

const at = '2026-01-01T00:00:00Z';
const words = { subject: 'My card is blocked', message: 'It has been blocked since Monday.' };

/** A server without keys that writes what it is sent as often as `times` says. */
function serverWithoutKeys() {
  const tickets: (TicketLevel1 & { message: string })[] = [];
  const server = { times: 1, isUp: true, tickets };
  function open(ticket: NewTicket): Promise<TicketLevel1> {
    for (let n = 0; n < server.times; n += 1)
      tickets.unshift({
        ...ticket,
        id: `t${tickets.length}`,
        status: 'open',
        created_at: at,
        updated_at: at,
        resolved_at: null,
        last_message_at: at,
      });
    return Promise.resolve(tickets[0]!);
  }
  const asked = <T>(value: T): Promise<T> =>
    server.isUp ? Promise.resolve(value) : Promise.reject(new ApiFailure({ kind: 'unreachable' }));
  const api = {
    takesKeys: () => false,
    tickets: (count: number) => asked({ rows: tickets.slice(0, count), more: false }),
    messages: (id: string) =>
      asked({ rows: tickets.filter((ticket) => ticket.id === id), more: false }),
    open,
  } as unknown as WritingApi;
  const draft = createTicketDraft(
    api,
    () => ({ initial: null, save: () => true }),
    () => undefined,
  );
  const send = async (ticket: Partial<NewTicket>): Promise<readonly string[]> => {
    draft.set(ticket);
    await draft.send();
    await draft.look();
    return draft.store.getState().twins;
  };
  return { server, draft, send };
}

test('a ticket that is there twice, because a connection broke, is told until the next one is sent', async () => {
  const { server, send } = serverWithoutKeys();
  server.times = 2;
  expect(await send(words)).toEqual(['t1', 't0']);
  server.times = 1;
  expect(await send({ subject: 'Another matter', message: 'Where is my statement?' })).toEqual([]);
});

test('a second ticket in the words of an earlier one is no twin of it', async () => {
  const { send } = serverWithoutKeys();
  expect(await send(words)).toEqual([]);
  expect(await send(words)).toEqual([]);
});

test('what cannot be read behind the send is looked at again', async () => {
  const { server, draft, send } = serverWithoutKeys();
  expect(await send(words)).toEqual([]);
  // The browser's repeat arrives behind the answer.
  server.tickets.unshift({ ...server.tickets[0]!, id: 'late' });
  server.isUp = false;
  await draft.look();
  expect(draft.store.getState().twins).toEqual([]);
  server.isUp = true;
  await draft.look();
  expect(draft.store.getState().twins).toEqual(['late', 't0']);
});
