import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiBase } from '../../../src/contract/wire/api.ts';
import {
  caller,
  startApi,
  testPassword,
  type Answer,
  type Person,
  type TestApi,
} from '../../helpers/api.ts';
import { registeredRoutes } from '../../helpers/routes.ts';
import { watchRows } from '../../helpers/row-changes.ts';

/**
 * Who asks. `owner` is the customer whose tickets are in the path; `disabled` and `ended` were
 * staff when their token was made.
 */
const subjects = ['nobody', 'owner', 'other', 'staff', 'admin', 'disabled', 'ended'] as const;
type Subject = (typeof subjects)[number];

let api: TestApi;
let people: Record<Exclude<Subject, 'nobody'>, Person>;
let changes: Awaited<ReturnType<typeof watchRows>>;
beforeAll(async () => {
  api = await startApi({ perAddress: 1e9 });
  people = {
    owner: await api.person('customer'),
    other: await api.person('customer'),
    staff: await api.person('staff'),
    admin: await api.person('admin'),
    disabled: await api.person('staff'),
    ended: await api.person('admin'),
  };
  await api.pool.query('update users set is_active = false where id = $1', [people.disabled.id]);
  await people.ended.call('POST', '/auth/logout');
  changes = await watchRows(api.pool);
});
afterAll(async () => {
  await api.close();
});

const unknownId = '00000000-0000-4000-8000-000000000000';
const ticket = async (of: Person = people.owner) => (await api.ticket(of, 'One for each cell')).id;
const closedTicket = async () => {
  const id = await ticket();
  await people.admin.call('POST', `/support/tickets/${id}/close`);
  return id;
};
const macro = async (): Promise<string> =>
  (
    await people.admin.call('POST', '/support/macros', {
      name: 'A macro',
      text: 'Hello',
      actions: {},
    })
  ).body.id ?? unknownId;

interface Sent {
  path: string;
  body?: unknown;
  token?: string;
}
type Prepare = (who: Subject) => Promise<Sent> | Sent;
const onTicket =
  (tail = '', body?: unknown): Prepare =>
  async () => ({ path: `/support/tickets/${await ticket()}${tail}`, body });

/**
 * One row a route; the numbers are the expected answers in the order of `subjects`, on what belongs
 * to `owner`.
 */
const matrix: Record<string, [expected: string, prepare: Prepare]> = {
  //                                         nobody owner other staff admin disabled ended
  'POST /auth/login': [
    '200   200   200   200   200   200      200',
    () => ({ path: '/auth/login', body: { email: people.owner.email, password: testPassword } }),
  ],
  'POST /auth/register': [
    '200   200   200   200   200   200      200',
    (who) => ({
      path: '/auth/register',
      body: { email: `new-${who}@example.test`, full_name: 'New Customer', password: testPassword },
    }),
  ],
  'POST /auth/refresh': [
    '200   200   200   200   200   200      200',
    async () => ({ path: '/auth/refresh', body: { refresh_token: await freshRefreshToken() } }),
  ],
  'GET /auth/me': ['401   200   200   200   200   401      401', () => ({ path: '/auth/me' })],
  'POST /auth/logout': [
    '401   200   200   200   200   401      401',
    async (who) => ({ path: '/auth/logout', token: await secondToken(who) }),
  ],
  'GET /support/capabilities': [
    '200   200   200   200   200   200      200',
    () => ({ path: '/support/capabilities' }),
  ],
  'GET /support/tickets': [
    '401   200   200   200   200   401      401',
    () => ({ path: '/support/tickets' }),
  ],
  'POST /support/tickets': [
    '401   200   200   403   403   401      401',
    () => ({
      path: '/support/tickets',
      body: { subject: 'A new ticket', category: 'other', message: 'long enough message' },
    }),
  ],
  'GET /support/tickets/:id': ['401   200   404   200   200   401      401', onTicket()],
  'PATCH /support/tickets/:id': [
    '401   403   403   200   200   401      401',
    onTicket('', { priority: 'high' }),
  ],
  'GET /support/tickets/:id/messages': [
    '401   200   404   200   200   401      401',
    onTicket('/messages'),
  ],
  'POST /support/tickets/:id/messages': [
    '401   200   404   200   200   401      401',
    onTicket('/messages', { message: 'hello there' }),
  ],
  'POST /support/tickets/:id/notes': [
    '401   403   403   200   200   401      401',
    onTicket('/notes', { message: 'internal' }),
  ],
  'POST /support/tickets/:id/close': [
    '401   200   404   200   200   401      401',
    onTicket('/close'),
  ],
  'POST /support/tickets/:id/reopen': [
    '401   403   403   200   200   401      401',
    async () => ({ path: `/support/tickets/${await closedTicket()}/reopen` }),
  ],
  'POST /support/tickets/:id/merge': [
    '401   403   403   200   200   401      401',
    async () => ({
      path: `/support/tickets/${await ticket()}/merge`,
      body: { into: await ticket() },
    }),
  ],
  'PUT /support/tickets/:id/presence': [
    '401   403   403   200   200   401      401',
    onTicket('/presence', { state: 'viewing' }),
  ],
  'GET /support/macros': [
    '401   403   403   200   200   401      401',
    () => ({ path: '/support/macros' }),
  ],
  'POST /support/macros': [
    '401   403   403   200   200   401      401',
    (who) => ({
      path: '/support/macros',
      body: { name: `Macro of ${who}`, text: 'Hello', actions: {} },
    }),
  ],
  'PATCH /support/macros/:id': [
    '401   403   403   200   200   401      401',
    async () => ({ path: `/support/macros/${await macro()}`, body: { text: 'Other words' } }),
  ],
  'DELETE /support/macros/:id': [
    '401   403   403   200   200   401      401',
    async () => ({ path: `/support/macros/${await macro()}` }),
  ],
  'GET /support/sync': [
    '401   200   200   200   200   401      401',
    () => ({ path: '/support/sync' }),
  ],
  'GET /support/search': [
    '401   403   403   200   200   401      401',
    () => ({ path: '/support/search?q=hello' }),
  ],
  'GET /support/events': [
    '401   200   200   200   200   401      401',
    () => ({ path: '/support/events' }),
  ],
  'GET /support/staff': [
    '401   403   403   200   200   401      401',
    () => ({ path: '/support/staff' }),
  ],
  'GET /support/faq': [
    '200   200   200   200   200   200      200',
    () => ({ path: '/support/faq' }),
  ],
  'GET /support/faq/search': [
    '200   200   200   200   200   200      200',
    () => ({ path: '/support/faq/search?q=abc' }),
  ],
  'GET /support/faq/categories': [
    '200   200   200   200   200   200      200',
    () => ({ path: '/support/faq/categories' }),
  ],
  'GET /openapi.json': [
    '200   200   200   200   200   200      200',
    () => ({ path: '/openapi.json' }),
  ],
};
/**
 * Outside the base path: the customer's page, which is the same for anyone, and for whoever runs
 * the server. Metrics answer to this machine, whoever is signed in.
 */
const operations: Record<string, string> = {
  'GET /': '200',
  'GET /support': '200',
  'GET /support/': '200',
  'GET /support/faq': '200',
  'GET /support/sign-in': '200',
  'GET /support/register': '200',
  'GET /support/tickets/:id': '200',
  'GET /support/icon.svg': '200',
  'GET /support/assets/:file': '404',
  'GET /openapi.json': '200',
  'GET /healthz': '200',
  'GET /readyz': '200',
  'GET /metrics': '200',
};

test('each route of the app has a row, and each row a route', () => {
  const rows = [
    ...Object.keys(matrix).map((line) => line.replace(' ', ` ${apiBase}`)),
    ...Object.keys(operations),
  ];
  const served = registeredRoutes(api.app);
  expect(
    served.filter((line) => !rows.includes(line)),
    'routes without a row',
  ).toEqual([]);
  expect(
    rows.filter((line) => !served.includes(line)),
    'rows without a route',
  ).toEqual([]);
});

describe('every route answers everyone as the table says, and a refusal changes no row', () => {
  for (const [line, [expected, prepare]] of Object.entries(matrix)) {
    test(`${line}: ${expected.replace(/ +/g, ' ')}`, async () => {
      const [method = ''] = line.split(' ');
      const answers: string[] = [];
      for (const who of subjects)
        answers.push(String(await statusOf(who, method, await prepare(who))));
      expect(answers.join(' ')).toBe(expected.replace(/ +/g, ' '));
    });
  }

  for (const [line, expected] of Object.entries(operations)) {
    test(`${line}: ${expected} to anyone on this machine`, async () => {
      const [method = '', path = ''] = line.split(' ');
      for (const who of subjects)
        expect(
          (await fetch(api.server + path, { method, headers: authorization(who) })).status,
          who,
        ).toBe(Number(expected));
    });
  }
});

describe('a foreign id gets nowhere, wherever it stands', () => {
  type Foreign = [what: string, expected: number, run: () => Promise<Answer>];
  const patch = (body: unknown) => async () =>
    people.staff.call('PATCH', `/support/tickets/${await ticket()}`, body);
  const note = (mentions: unknown[]) => async () =>
    people.staff.call('POST', `/support/tickets/${await ticket()}/notes`, {
      message: 'internal',
      mentions,
    });
  const merge =
    (into: () => Promise<string> | string, who: 'staff' | 'other' = 'staff') =>
    async () =>
      people[who].call('POST', `/support/tickets/${await ticket()}/merge`, { into: await into() });
  const sync = (who: 'owner' | 'other' | 'staff', of: 'owner' | 'staff' | 'admin') => async () =>
    people[who].call(
      'GET',
      `/support/sync?cursor=${encodeURIComponent((await people[of].call('GET', '/support/sync')).body.next_cursor)}`,
    );
  const cases: Foreign[] = [
    ...(
      [
        ['GET', ''],
        ['PATCH', '', { priority: 'low' }],
        ['GET', '/messages'],
        ['POST', '/messages', { message: 'hello there' }],
        ['POST', '/notes', { message: 'x' }],
        ['POST', '/close'],
        ['POST', '/reopen'],
        ['POST', '/merge', { into: unknownId }],
        ['PUT', '/presence', { state: 'viewing' }],
      ] as const
    ).flatMap(([method, tail, body]): Foreign[] => [
      [
        `${method} /tickets/:id${tail} of an unknown ticket`,
        404,
        () => people.staff.call(method, `/support/tickets/${unknownId}${tail}`, body),
      ],
      [
        `${method} /tickets/:id${tail} by the id of a user`,
        404,
        () => people.staff.call(method, `/support/tickets/${people.owner.id}${tail}`, body),
      ],
      [
        `${method} /tickets/:id${tail} by the id of a message`,
        404,
        async () =>
          people.staff.call(
            method,
            `/support/tickets/${(await people.staff.call('POST', `/support/tickets/${await ticket()}/notes`, { message: 'x' })).body.id}${tail}`,
            body,
          ),
      ],
    ]),
    [
      'PATCH /macros/:id of an unknown macro',
      404,
      () => people.staff.call('PATCH', `/support/macros/${unknownId}`, { text: 'x' }),
    ],
    [
      'DELETE /macros/:id of an unknown macro',
      404,
      () => people.staff.call('DELETE', `/support/macros/${unknownId}`),
    ],
    ['assignee_id of a customer', 422, () => patch({ assignee_id: people.owner.id })()],
    ['assignee_id of a closed account', 422, () => patch({ assignee_id: people.disabled.id })()],
    ['assignee_id of nobody', 422, patch({ assignee_id: unknownId })],
    ['mentions of a customer', 422, () => note([people.owner.id])()],
    ['mentions of nobody', 422, note([unknownId])],
    ['into an unknown ticket', 404, merge(() => unknownId)],
    ['into a ticket of another requester', 422, merge(() => ticket(people.other))],
    ['into a foreign ticket, by a customer', 403, merge(() => ticket(people.other), 'other')],
    [
      'a ticket in the name of another',
      422,
      () =>
        people.owner.call('POST', '/support/tickets', {
          subject: 'In the name of another',
          category: 'other',
          message: 'long enough message',
          user_id: people.other.id,
        }),
    ],
    [
      'a message in the name of another',
      422,
      async () =>
        people.owner.call('POST', `/support/tickets/${await ticket()}/messages`, {
          message: 'hello there',
          staff_id: people.staff.id,
        }),
    ],
    [
      'the list of another customer',
      422,
      () => people.owner.call('GET', `/support/tickets?user_id=${people.other.id}`),
    ],
    ['the cursor of another customer', 410, sync('other', 'owner')],
    ['the cursor of staff, used by a customer', 410, sync('owner', 'staff')],
    ['the cursor of a customer, used by staff', 410, sync('staff', 'owner')],
    ['the cursor of a colleague', 410, sync('staff', 'admin')],
  ];
  for (const [what, expected, run] of cases) {
    test(`${what}: ${expected}`, async () => {
      expect((await run()).status).toBe(expected);
    });
  }

  test('an unknown and a foreign ticket cannot be told apart', async () => {
    const foreign = await ticket();
    for (const [method, tail, body] of [
      ['GET', ''],
      ['GET', '/messages'],
      ['POST', '/messages', { message: 'hello there' }],
      ['POST', '/close'],
      ['POST', '/notes', { message: 'x' }],
      ['PATCH', '', { priority: 'low' }],
      ['POST', '/reopen'],
    ] as const) {
      const [a, b] = [
        await people.other.call(method, `/support/tickets/${foreign}${tail}`, body),
        await people.other.call(method, `/support/tickets/${unknownId}${tail}`, body),
      ];
      expect([a.status, a.body], `${method} ${tail}`).toEqual([b.status, b.body]);
    }
  });
});

const authorization = (who: Subject): Record<string, string> =>
  who === 'nobody' ? {} : { authorization: `Bearer ${people[who].token}` };

/**
 * Sends it and answers the status; a refusal must have changed no row. A stream is closed once it
 * is open.
 */
async function statusOf(
  who: Subject,
  method: string,
  { path, body, token }: Sent,
): Promise<number> {
  const before = await changes.count();
  const stop = new AbortController();
  const response = await fetch(api.server + apiBase + path, {
    method,
    signal: stop.signal,
    headers: {
      ...(token === undefined ? authorization(who) : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) await response.text();
  stop.abort();
  const changed = response.status >= 400 ? await changes.since(before) : [];
  if (changed.length > 0)
    throw new Error(
      `${who} was refused with ${response.status}, yet rows changed: ${changed.join(', ')}`,
    );
  return response.status;
}

async function login(email: string): Promise<{ access_token: string; refresh_token: string }> {
  return (await caller(api.server)('POST', '/auth/login', { email, password: testPassword })).body;
}

const freshRefreshToken = async (): Promise<string> =>
  (await login(people.owner.email)).refresh_token;

/**
 * A session of its own, so that ending it leaves the others; of those who have none the token they
 * have.
 */
async function secondToken(who: Subject): Promise<string> {
  if (who === 'nobody') return 'none';
  return who === 'disabled' || who === 'ended'
    ? people[who].token
    : (await login(people[who].email)).access_token;
}
