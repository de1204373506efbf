import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  Message,
  MessageLevel1,
  Ticket,
  TicketLevel1,
  WireTime,
} from '../../src/contract/wire/entities.ts';
import { startApi, type Answer, type Person, type TestApi } from '../helpers/api.ts';

/**
 * The support API as it was before Staffdesk, call by call: paths, shapes, codes and error bodies.
 * Objects are parsed with exactly the keys of level 1 plus those that level 2 adds; one more or one
 * fewer fails.
 */
let api: TestApi;
let maya: Person;
let dana: Person;
let omar: Person;
let open: string;
let closed: string;
beforeAll(async () => {
  api = await startApi();
  maya = await api.person('admin', 'Maya Ruiz');
  dana = await api.person('customer', 'Dana Okafor');
  omar = await api.person('customer', 'Omar Haddad');
  open = (await api.ticket(dana)).id;
  closed = (await api.ticket(dana, 'Closed from the start')).id;
  await dana.call('POST', `/support/tickets/${closed}/close`);
  await api.pool.query(`insert into support_faq (category, question, answer, "order") values
    ('funding', 'How long does a withdrawal take?', 'Up to three business days.', 2), ('funding', 'Which cards work?', '100% of the common ones_', 1), ('account', 'Can I rename myself?', 'Yes, in settings.', 1)`);
});
afterAll(async () => {
  await api.close();
});

const unknownId = '00000000-0000-4000-8000-000000000000';

const ticketKeys = Object.keys(TicketLevel1.shape);
const messageKeys = Object.keys(MessageLevel1.shape);
const ticket = z.strictObject(Ticket.shape);
const message = z.strictObject(Message.shape);
const tokens = z.strictObject({
  access_token: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  refresh_token: z.string().min(32),
  token_type: z.literal('bearer'),
  expires_in: z.number().int().positive(),
});
const me = z.strictObject({
  id: z.uuid(),
  email: z.string(),
  username: z.string(),
  full_name: z.string(),
  is_active: z.boolean(),
  is_superuser: z.boolean(),
  created_at: WireTime,
  last_login: WireTime,
  role: z.string(),
});
const faq = z.strictObject({
  id: z.uuid(),
  category: z.string(),
  question: z.string(),
  answer: z.string(),
  order: z.number().int(),
  created_at: WireTime,
  updated_at: WireTime,
});
const detail = z.strictObject({ detail: z.string().min(1) });
const says = (text: string) => z.strictObject({ detail: z.literal(text) });
const fields = z.strictObject({
  detail: z
    .array(
      z.strictObject({
        loc: z.array(z.union([z.string(), z.number()])).min(1),
        msg: z.string(),
        type: z.string(),
      }),
    )
    .min(1),
});

type Case = [what: string, run: () => Promise<Answer>, status: number, body: z.ZodType];
const newTicket = {
  subject: 'Withdrawal has not arrived',
  category: 'funding',
  message: 'It has been three days now.',
};

describe('every call answers in its documented shape', () => {
  const cases: Case[] = [
    [
      'POST /auth/login',
      () =>
        api.call('POST', '/auth/login', {
          email: omar.email.toUpperCase(),
          password: 'correct horse battery',
        }),
      200,
      tokens,
    ],
    [
      'POST /auth/refresh',
      () => api.call('POST', '/auth/refresh', { refresh_token: omar.refreshToken }),
      200,
      tokens,
    ],
    ['GET /auth/me', () => omar.call('GET', '/auth/me'), 200, me],
    [
      'POST /auth/logout',
      async () => (await api.person('customer')).call('POST', '/auth/logout'),
      200,
      z.strictObject({ detail: z.string() }),
    ],
    [
      'GET /support/tickets',
      () => dana.call('GET', '/support/tickets'),
      200,
      z.strictObject({ tickets: z.array(ticket).min(2) }),
    ],
    [
      'GET /support/tickets?status=',
      () => dana.call('GET', '/support/tickets?status=closed'),
      200,
      z.strictObject({ tickets: z.array(ticket.extend({ status: z.literal('closed') })).min(1) }),
    ],
    [
      'GET /support/tickets/{id}',
      () => dana.call('GET', `/support/tickets/${open}`),
      200,
      z.strictObject({ ticket, messages: z.array(message).min(1) }),
    ],
    [
      'POST /support/tickets',
      () => dana.call('POST', '/support/tickets', newTicket),
      200,
      ticket.extend({
        status: z.literal('open'),
        priority: z.literal('medium'),
        resolved_at: z.null(),
      }),
    ],
    [
      'GET /support/tickets/{id}/messages',
      () => dana.call('GET', `/support/tickets/${open}/messages`),
      200,
      z.strictObject({ messages: z.array(message).min(1) }),
    ],
    [
      'POST /support/tickets/{id}/messages',
      () => dana.call('POST', `/support/tickets/${open}/messages`, { message: 'hello again' }),
      200,
      message.extend({
        staff_id: z.null(),
        is_staff: z.literal(false),
        is_internal: z.literal(false),
      }),
    ],
    [
      'POST /support/tickets/{id}/messages of staff',
      () => maya.call('POST', `/support/tickets/${open}/messages`, { message: 'k' }),
      200,
      message.extend({
        user_id: z.null(),
        is_staff: z.literal(true),
        is_internal: z.literal(false),
      }),
    ],
    [
      'POST /support/tickets/{id}/close',
      async () => dana.call('POST', `/support/tickets/${(await api.ticket(dana)).id}/close`),
      200,
      ticket.extend({ status: z.literal('closed'), resolved_at: WireTime }),
    ],
    ['GET /support/faq', () => api.call('GET', '/support/faq'), 200, z.array(faq).length(3)],
    [
      'GET /support/faq/search?q=',
      () => api.call('GET', '/support/faq/search?q=withdrawals'),
      200,
      z.array(faq).length(1),
    ],
    [
      'GET /support/faq/search?q= that looks like a pattern',
      () => api.call('GET', '/support/faq/search?q=%25%25%25'),
      200,
      z.array(faq).length(0),
    ],
    [
      'GET /support/faq/search?q= of a part of a word',
      () => api.call('GET', '/support/faq/search?q=ones_'),
      200,
      z.array(faq).length(1),
    ],
    [
      'GET /support/faq/categories',
      () => api.call('GET', '/support/faq/categories'),
      200,
      z.tuple([z.literal('account'), z.literal('funding')]),
    ],
  ];
  for (const [what, run, status, body] of cases)
    test(`${what}: ${status}`, async () => {
      expect(misfits(await run(), status, body)).toEqual([]);
    });

  test('a ticket and a message have every key of level 1, and one author', async () => {
    const { body } = await dana.call('GET', `/support/tickets/${open}`);
    expect(Object.keys(body.ticket)).toEqual(expect.arrayContaining(ticketKeys));
    for (const one of body.messages) {
      expect(Object.keys(one)).toEqual(expect.arrayContaining(messageKeys));
      expect((one.user_id === null) !== (one.staff_id === null)).toBe(true);
      expect(one.is_staff).toBe(one.staff_id !== null);
    }
  });
});

describe('what is refused, with its code and body', () => {
  const create = (change: object) => () =>
    dana.call('POST', '/support/tickets', { ...newTicket, ...change });
  const write = (body: unknown, headers?: Record<string, string>) => () =>
    dana.call('POST', `/support/tickets/${open}/messages`, body, headers);
  const cases: Case[] = [
    [
      'login with a wrong password',
      () => api.call('POST', '/auth/login', { email: omar.email, password: 'nope' }),
      401,
      says('Incorrect email or password'),
    ],
    [
      'login to an unknown account',
      () => api.call('POST', '/auth/login', { email: 'nobody@example.test', password: 'nope' }),
      401,
      says('Incorrect email or password'),
    ],
    [
      'login without a password',
      () => api.call('POST', '/auth/login', { email: omar.email }),
      422,
      fields,
    ],
    [
      'login with a field too many',
      () => api.call('POST', '/auth/login', { email: omar.email, password: 'x', admin: true }),
      422,
      fields,
    ],
    [
      'refresh with an unknown token',
      () => api.call('POST', '/auth/refresh', { refresh_token: 'x' }),
      401,
      detail,
    ],
    ['me without a token', () => api.call('GET', '/auth/me'), 401, detail],
    [
      'me with a forged token',
      () => api.call('GET', '/auth/me', undefined, { authorization: 'Bearer a.b.c' }),
      401,
      detail,
    ],
    ['logout without a token', () => api.call('POST', '/auth/logout'), 401, detail],
    ['the list without a token', () => api.call('GET', '/support/tickets'), 401, detail],
    ['an unknown status', () => dana.call('GET', '/support/tickets?status=exploded'), 422, fields],
    ['an unknown query', () => dana.call('GET', '/support/tickets?user_id=1'), 422, fields],
    [
      'one query twice',
      () => dana.call('GET', '/support/tickets?status=open&status=closed'),
      422,
      fields,
    ],
    ...['0', '-1', '1.5', 'all', '', '100001', '1e400'].map((limit): Case => [
      `limit=${limit}`,
      () => dana.call('GET', `/support/tickets?limit=${limit}`),
      422,
      fields,
    ]),
    [
      'an unknown ticket',
      () => dana.call('GET', `/support/tickets/${unknownId}`),
      404,
      says('Ticket not found'),
    ],
    [
      'a foreign ticket',
      () => omar.call('GET', `/support/tickets/${open}`),
      404,
      says('Ticket not found'),
    ],
    [
      'the messages of a foreign ticket',
      () => omar.call('GET', `/support/tickets/${open}/messages`),
      404,
      says('Ticket not found'),
    ],
    [
      'a message on a foreign ticket',
      () => omar.call('POST', `/support/tickets/${open}/messages`, { message: 'let me in' }),
      404,
      says('Ticket not found'),
    ],
    [
      'closing a foreign ticket',
      () => omar.call('POST', `/support/tickets/${open}/close`),
      404,
      says('Ticket not found or already closed'),
    ],
    [
      'closing an unknown ticket',
      () => dana.call('POST', `/support/tickets/${unknownId}/close`),
      404,
      says('Ticket not found or already closed'),
    ],
    [
      'closing a closed ticket',
      () => dana.call('POST', `/support/tickets/${closed}/close`),
      404,
      says('Ticket not found or already closed'),
    ],
    [
      "a customer's message on a closed ticket",
      () => dana.call('POST', `/support/tickets/${closed}/messages`, { message: 'one more thing' }),
      409,
      says('Ticket is closed'),
    ],
    ['a subject of 4 characters', create({ subject: 'Four' }), 422, fields],
    [
      'a subject of 3 characters that JavaScript counts as 6',
      create({ subject: '😀😀😀' }),
      422,
      fields,
    ],
    [
      'a subject of 5 characters, two of them blank ends',
      create({ subject: ' abc ' }),
      422,
      fields,
    ],
    ['a subject of 201 characters', create({ subject: 'x'.repeat(201) }), 422, fields],
    ['a first message of 9 characters', create({ message: 'x'.repeat(9) }), 422, fields],
    ['an unknown category', create({ category: 'weather' }), 422, fields],
    ['an unknown priority', create({ priority: 'extreme' }), 422, fields],
    ["a status of one's own", create({ status: 'closed' }), 422, fields],
    ['an empty message', write({ message: '' }), 422, fields],
    ['a message of blanks', write({ message: '      ' }), 422, fields],
    ["a customer's message of 4 characters", write({ message: 'four' }), 422, fields],
    ['a message over 100,000 characters', write({ message: 'x'.repeat(100_001) }), 422, fields],
    [
      'a message that names itself internal',
      write({ message: 'hello there', is_internal: true }),
      422,
      fields,
    ],
    ['a NUL character', write({ message: 'hello\u0000there' }), 422, fields],
    ['half a character', write('{"message":"hello \\ud800 there"}'), 422, fields],
    ['no body', write(undefined), 422, fields],
    ['broken JSON', write('{"message":'), 400, detail],
    ['another content type', write('message=hello', { 'content-type': 'text/csv' }), 415, detail],
    ['a body over 1 MB', write({ message: 'x'.repeat(1_100_000) }), 413, detail],
    [
      'a body nested deeper than a stack, where no schema looks',
      () => dana.call('POST', '/support/nothing', '['.repeat(20_000) + ']'.repeat(20_000)),
      404,
      detail,
    ],
    ['a search of 2 characters', () => api.call('GET', '/support/faq/search?q=ab'), 400, detail],
    [
      'a search of 2 characters and blanks',
      () => api.call('GET', '/support/faq/search?q=+ab+'),
      400,
      detail,
    ],
    ['a search for nothing named', () => api.call('GET', '/support/faq/search'), 422, fields],
    ['an unknown path', () => dana.call('GET', '/support/nothing'), 404, detail],
    ...['not-an-id', '1', `${unknownId}x`, '%00', "';drop", '..%2f..'].flatMap((id): Case[] => [
      [
        `GET of the malformed id ${id}`,
        () => dana.call('GET', `/support/tickets/${id}`),
        422,
        fields,
      ],
      [
        `messages of the malformed id ${id}`,
        () => dana.call('GET', `/support/tickets/${id}/messages`),
        422,
        fields,
      ],
      [
        `writing to the malformed id ${id}`,
        () => dana.call('POST', `/support/tickets/${id}/messages`, { message: 'hello there' }),
        422,
        fields,
      ],
      [
        `closing the malformed id ${id}`,
        () => dana.call('POST', `/support/tickets/${id}/close`),
        422,
        fields,
      ],
    ]),
  ];
  for (const [what, run, status, body] of cases)
    test(`${what}: ${status}`, async () => {
      expect(misfits(await run(), status, body)).toEqual([]);
    });
});

describe('a wrong method is 405 and names those that there are', () => {
  const allowed: Record<string, string> = {
    '/auth/login': 'POST',
    '/auth/refresh': 'POST',
    '/auth/me': 'GET, HEAD',
    '/auth/logout': 'POST',
    '/support/tickets': 'GET, HEAD, POST',
    [`/support/tickets/${unknownId}/messages`]: 'GET, HEAD, POST',
    [`/support/tickets/${unknownId}/close`]: 'POST',
    '/support/faq': 'GET, HEAD',
    '/support/faq/search?q=abc': 'GET, HEAD',
    '/support/faq/categories': 'GET, HEAD',
  };
  for (const [path, allow] of Object.entries(allowed)) {
    test(`${path}: ${allow}`, async () => {
      const answer = await dana.call('DELETE', path);
      expect(misfits(answer, 405, detail)).toEqual([]);
      expect(answer.headers.get('allow')).toBe(allow);
    });
  }
});

describe('what the calls do', () => {
  test("limits: subject 5 to 200 characters of any script, message from 10, a customer's message from 5", async () => {
    for (const subject of ['Fives', '😀'.repeat(5), 'x'.repeat(200)]) {
      expect(
        await dana.call('POST', '/support/tickets', {
          ...newTicket,
          subject,
          message: 'x'.repeat(10),
        }),
      ).toMatchObject({ status: 200, body: { subject } });
    }
    expect(
      (await dana.call('POST', `/support/tickets/${open}/messages`, { message: '\n fives \n' }))
        .body.message,
    ).toBe(' fives');
    expect(
      (
        await dana.call('POST', `/support/tickets/${open}/messages`, {
          message: 'x'.repeat(100_000),
        })
      ).status,
    ).toBe(200);
  });

  test('the list is newest created first, 50 unless a larger limit is named', async () => {
    const writer = await api.person('customer');
    const made: string[] = [];
    for (let i = 0; i < 55; i += 1)
      made.unshift((await api.ticket(writer, `Ticket number ${i}`)).id);
    const ids = async (query: string) =>
      (await writer.call('GET', `/support/tickets${query}`)).body.tickets.map((t: Ticket) => t.id);
    expect(await ids('')).toEqual(made.slice(0, 50));
    expect(await ids('?limit=100')).toEqual(made);
    expect(await ids('?limit=2&status=open')).toEqual(made.slice(0, 2));
    expect(await ids('?status=closed')).toEqual([]);
  });

  test('messages come oldest first', async () => {
    const { id } = await api.ticket(dana, 'In the order of writing');
    for (const text of ['second', 'third one'])
      await dana.call('POST', `/support/tickets/${id}/messages`, { message: text });
    expect(
      (await dana.call('GET', `/support/tickets/${id}/messages`)).body.messages
        .map((m: Message) => m.message)
        .slice(1),
    ).toEqual(['second', 'third one']);
  });

  test('a customer who writes makes the ticket waiting and moves its times; a staff reply takes it in hand', async () => {
    const before = await api.ticket(dana, 'Status follows the talk');
    const read = async () => (await dana.call('GET', `/support/tickets/${before.id}`)).body.ticket;
    expect(before.status).toBe('open');
    const { body } = await dana.call('POST', `/support/tickets/${before.id}/messages`, {
      message: 'hello again',
    });
    expect(await read()).toMatchObject({
      status: 'waiting',
      last_message_at: body.created_at,
      updated_at: body.created_at,
    });
    await maya.call('POST', `/support/tickets/${before.id}/messages`, { message: 'k' });
    expect(await read()).toMatchObject({
      status: 'in_progress',
      last_message: { preview: 'k', is_staff: true },
    });
  });

  test('of two that close at once one wins and the other gets the documented 404', async () => {
    const { id } = await api.ticket(dana, 'Closed by two');
    const answers = await Promise.all([
      dana.call('POST', `/support/tickets/${id}/close`),
      maya.call('POST', `/support/tickets/${id}/close`),
    ]);
    expect(answers.map((a) => a.status).toSorted()).toEqual([200, 404]);
    expect(answers.find((a) => a.status === 404)?.body).toEqual({
      detail: 'Ticket not found or already closed',
    });
    expect(answers.find((a) => a.status === 200)?.body).toMatchObject({
      id,
      status: 'closed',
      resolved_at: expect.stringMatching(/Z$/),
    });
  });

  test('logout ends the session for its access token and for its refresh token', async () => {
    const leaving = await api.person('customer');
    expect((await leaving.call('POST', '/auth/logout')).status).toBe(200);
    expect((await leaving.call('GET', '/auth/me')).status).toBe(401);
    expect(
      (await api.call('POST', '/auth/refresh', { refresh_token: leaving.refreshToken })).status,
    ).toBe(401);
  });
});

/**
 * What is wrong with an answer: its status, its content type, or where its body is not as
 * documented.
 */
function misfits(answer: Answer, status: number, body: z.ZodType): unknown[] {
  const found: unknown[] = [];
  if (answer.status !== status) found.push(`status ${answer.status}`);
  if (!answer.headers.get('content-type')?.startsWith('application/json'))
    found.push(`content-type ${answer.headers.get('content-type')}`);
  return [...found, ...(body.safeParse(answer.body).error?.issues ?? [])];
}
