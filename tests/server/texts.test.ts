import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message, Ticket } from '../../src/contract/entities.ts';
import type { Person, TestApi } from '../helpers/api.ts';
import { startApi } from '../helpers/api.ts';

/** Quotes, backslashes, what JSON escapes, what only JavaScript does, and characters of one to four bytes. */
const hostile = 'He said "no\\yes" </script>\t\u0001\u001f\u007f\u2028\n\r\u{1f600} \u00fc \u4f60\u597d \u202eabc';

let api: TestApi;
let maya: Person;
let dana: Person;
beforeAll(async () => {
  api = await startApi();
  maya = await api.person('staff');
  dana = await api.person('customer');
  // Nobody can take such a name today; it may have come before names were read so strictly.
  await api.pool.query('update users set full_name = $2 where id = $1', [maya.id, `Maya "${hostile}"`.slice(0, 60)]);
  await api.pool.query('update users set full_name = $2 where id = $1', [dana.id, `Dana \\ ${hostile}`.slice(0, 60)]);
});
afterAll(async () => { await api.close(); });

test('every way to a ticket and its messages answers the same text for the same row, whatever the characters', async () => {
  const { id } = (await dana.call('POST', '/support/tickets', { subject: `Subject ${hostile}`.slice(0, 60), category: 'funding', message: hostile })).body as Ticket;
  await maya.call('PATCH', `/support/tickets/${id}`, { tags: { add: ['a "tag"', 'ü, {b}', '你好'] }, assignee_id: maya.id, snoozed_until: '2030-01-01T00:00:00Z' });
  await maya.call('POST', `/support/tickets/${id}/notes`, { message: hostile, mentions: [maya.id] }, { 'idempotency-key': '"key"\\' });
  const { ticket, messages } = (await maya.call('GET', `/support/tickets/${id}`)).body as { ticket: Ticket; messages: Message[] };
  expect(ticket).toMatchObject({ subject: `Subject ${hostile}`.slice(0, 60), tags: ['a "tag"', 'ü, {b}', '你好'], assignee_id: maya.id, message_count: 2, requester: { id: dana.id, name: `Dana \\ ${hostile}`.slice(0, 60) } });
  expect(messages.map((m) => m.message)).toEqual([hostile, hostile]);
  expect(messages[1]).toMatchObject({ author_name: `Maya "${hostile}"`.slice(0, 60), client_id: '"key"\\', mentions: [maya.id], is_staff: true, is_internal: true, user_id: null, staff_id: maya.id });
  const copy = (await maya.call('GET', '/support/sync')).body as { tickets: Ticket[]; messages: Message[] };
  expect(copy).toMatchObject({ tickets: [ticket], messages });
  expect((await maya.call('GET', '/support/tickets')).body).toEqual({ tickets: [ticket] });
  expect((await maya.call('GET', `/support/tickets/${id}/messages`)).body).toEqual({ messages });
});
