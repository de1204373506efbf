import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message, Ticket } from '../../../../src/contract/wire/entities.ts';
import { oneLine, writtenText } from '../../../../src/contract/text.ts';
import { startApi, type Person, type TestApi } from '../../../helpers/api.ts';

/**
 * Quotes, backslashes, what JSON escapes, what only JavaScript does, and characters of one to four
 * bytes.
 */
const hostile =
  'He said "no\\yes" </script>\t\u0001\u001f\u007f\u2028\n\r\u{1f600} \u00fc \u4f60\u597d \u202eabc';

let api: TestApi;
let maya: Person;
let dana: Person;
beforeAll(async () => {
  api = await startApi();
  maya = await api.person('staff');
  dana = await api.person('customer');
  // Nobody can take such a name today; it may have come before names were read so strictly.
  await api.pool.query('update users set full_name = $2 where id = $1', [
    maya.id,
    `Maya "${hostile}"`.slice(0, 60),
  ]);
  await api.pool.query('update users set full_name = $2 where id = $1', [
    dana.id,
    `Dana \\ ${hostile}`.slice(0, 60),
  ]);
});
afterAll(async () => {
  await api.close();
});

test('every way to a ticket and its messages answers the same text for the same row, whatever the characters', async () => {
  // What came before line breaks and controls were read in one way is told as it was stored.
  const { id } = (
    await dana.call('POST', '/support/tickets', {
      subject: `Subject ${hostile}`.slice(0, 60),
      category: 'funding',
      message: hostile,
    })
  ).body as Ticket;
  await maya.call('PATCH', `/support/tickets/${id}`, {
    tags: { add: ['a "tag"', 'ü, {b}', '你好'] },
    assignee_id: maya.id,
    snoozed_until: '2030-01-01T00:00:00Z',
  });
  await maya.call(
    'POST',
    `/support/tickets/${id}/notes`,
    { message: hostile, mentions: [maya.id] },
    { 'idempotency-key': '"key"\\' },
  );
  await api.pool.query(
    'update support_messages set message = $2 where ticket_id = $1 and not is_internal',
    [id, hostile],
  );
  const { ticket, messages } = (await maya.call('GET', `/support/tickets/${id}`)).body as {
    ticket: Ticket;
    messages: Message[];
  };
  expect(ticket).toMatchObject({
    subject: oneLine(`Subject ${hostile}`.slice(0, 60)),
    tags: ['a "tag"', 'ü, {b}', '你好'],
    assignee_id: maya.id,
    message_count: 2,
    requester: { id: dana.id, name: `Dana \\ ${hostile}`.slice(0, 60) },
  });
  expect(messages.map((m) => m.message)).toEqual([hostile, writtenText(hostile)]);
  expect(messages[1]).toMatchObject({
    author_name: `Maya "${hostile}"`.slice(0, 60),
    client_id: '"key"\\',
    mentions: [maya.id],
    is_staff: true,
    is_internal: true,
    user_id: null,
    staff_id: maya.id,
  });
  const copy = (await maya.call('GET', '/support/sync')).body as {
    tickets: Ticket[];
    messages: Message[];
  };
  expect(copy).toMatchObject({ tickets: [ticket], messages });
  expect((await maya.call('GET', '/support/tickets')).body).toEqual({ tickets: [ticket] });
  expect((await maya.call('GET', `/support/tickets/${id}/messages`)).body).toEqual({ messages });
});

test('a message is kept as it was written: indented, in every kind of line, and repeated under its key', async () => {
  const { id } = (
    await dana.call('POST', '/support/tickets', {
      subject: 'A trace of the fault',
      category: 'technical',
      message: '\n    at first ()\u000B    at second ()\r\n\n',
    })
  ).body as Ticket;
  const note = () =>
    maya.call(
      'POST',
      `/support/tickets/${id}/notes`,
      { message: '\tindented\u2028line\u0007' },
      { 'idempotency-key': 'written-once' },
    );
  expect([(await note()).status, (await note()).status]).toEqual([200, 200]);
  const { messages } = (await maya.call('GET', `/support/tickets/${id}/messages`)).body as {
    messages: Message[];
  };
  expect(messages.map((m) => m.message)).toEqual([
    '    at first ()\n    at second ()',
    '\tindented\nline',
  ]);
});

test.each<[string, 'POST' | 'PATCH', string, object, (string | number)[]]>([
  [
    'a ticket without a subject',
    'POST',
    '/support/tickets',
    { subject: '\u200B'.repeat(9), category: 'other', message: 'Long enough to be read.' },
    ['subject'],
  ],
  [
    'a ticket without a message',
    'POST',
    '/support/tickets',
    { subject: 'A subject', category: 'other', message: '\u2800'.repeat(30) },
    ['message'],
  ],
  [
    'a message',
    'POST',
    '/support/tickets/:id/messages',
    { message: '\u200B\u2800\u00AD\u3164\uFEFF' },
    ['message'],
  ],
  [
    'an account without a name',
    'POST',
    '/auth/register',
    {
      email: 'nobody@customer.test',
      full_name: '\u2800\u200B\u3164',
      password: 'a long enough password',
    },
    ['full_name'],
  ],
])(
  'what nobody can see is refused with a word for the field: %s',
  async (_, method, path, body, field) => {
    const { id } = (
      await dana.call('POST', '/support/tickets', {
        subject: 'Another one',
        category: 'other',
        message: 'Long enough to be read.',
      })
    ).body as Ticket;
    const refused = await dana.call(method, path.replace(':id', id), body);
    expect([
      refused.status,
      (refused.body as { detail: { loc: unknown[]; msg: string }[] }).detail.map(({ loc }) =>
        loc.slice(1),
      ),
    ]).toEqual([422, [field]]);
  },
);

test('a customer who writes five characters of which one can be seen is told how many there must be', async () => {
  const { id } = (
    await dana.call('POST', '/support/tickets', {
      subject: 'Another one',
      category: 'other',
      message: 'Long enough to be read.',
    })
  ).body as Ticket;
  const refused = await dana.call('POST', `/support/tickets/${id}/messages`, {
    message: 'a\u200B\u200B\u200B\u200B',
  });
  expect([refused.status, refused.body]).toMatchObject([
    422,
    { detail: [{ msg: 'at least 5 characters that can be seen' }] },
  ]);
});

test('staff are refused tags and macro names that nobody can see', async () => {
  const { id } = (
    await dana.call('POST', '/support/tickets', {
      subject: 'Another one',
      category: 'other',
      message: 'Long enough to be read.',
    })
  ).body as Ticket;
  expect(
    (await maya.call('PATCH', `/support/tickets/${id}`, { tags: { add: ['\u200B'] } })).status,
  ).toBe(422);
  expect(
    (await maya.call('POST', '/support/macros', { name: '\u2800', text: 'Hello' })).status,
  ).toBe(422);
});
