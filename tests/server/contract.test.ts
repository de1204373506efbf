import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApi } from '../../src/server/app.ts';
import { startApi, testPassword, type Person, type TestApi } from '../helpers/api.ts';

let api: TestApi;
let maya: Person;
let dana: Person;
let ticketId: string;
beforeAll(async () => {
  api = await startApi({ loginPerAccount: 5 });
  maya = await api.person('admin', 'Maya Ruiz');
  dana = await api.person('customer', 'Dana Okafor');
  ticketId = (await api.ticket(dana)).id;
});
afterAll(async () => {
  await api.close();
});

describe('refusals have the documented status and body', () => {
  const detail = { detail: expect.any(String) };
  const field = {
    detail: expect.arrayContaining([
      { loc: expect.any(Array), msg: expect.any(String), type: expect.any(String) },
    ]),
  };
  const cases: [
    string,
    () => Promise<{ status: number; body: unknown; headers: Headers }>,
    number,
    unknown,
  ][] = [
    [
      'a customer on a staff route',
      () => dana.call('POST', `/support/tickets/${ticketId}/notes`, { message: 'x' }),
      403,
      detail,
    ],
    [
      'a customer who changes fields',
      () => dana.call('PATCH', `/support/tickets/${ticketId}`, { priority: 'urgent' }),
      403,
      detail,
    ],
    [
      'an unknown status',
      () => maya.call('PATCH', `/support/tickets/${ticketId}`, { status: 'exploded' }),
      422,
      field,
    ],
    [
      'a change of nothing',
      () => maya.call('PATCH', `/support/tickets/${ticketId}`, { base: {} }),
      422,
      field,
    ],
    [
      'an assignee who is no staff',
      () => maya.call('PATCH', `/support/tickets/${ticketId}`, { assignee_id: dana.id }),
      422,
      field,
    ],
    ...[
      '2025-13-45T00:00:00Z',
      '2025-02-30T12:00:00Z',
      '0000-01-01T00:00:00Z',
      '9999-12-31T23:59:59-14:00',
      '2030-01-01T00:00:00+16:00',
    ].flatMap((at): typeof cases => [
      [
        `a snooze until ${at}`,
        () => maya.call('PATCH', `/support/tickets/${ticketId}`, { snoozed_until: at }),
        422,
        field,
      ],
      [
        `a base of ${at}`,
        () =>
          maya.call('PATCH', `/support/tickets/${ticketId}`, {
            snoozed_until: null,
            base: { snoozed_until: at },
          }),
        422,
        field,
      ],
    ]),
    [
      'reopening an open ticket',
      () => maya.call('POST', `/support/tickets/${ticketId}/reopen`),
      409,
      detail,
    ],
  ];
  for (const [name, run, status, body] of cases) {
    test(`${name}: ${status}`, async () => {
      const answer = await run();
      expect(answer.status).toBe(status);
      expect(answer.body).toEqual(body);
    });
  }

  test('a closed ticket takes no message from anyone: 409; a note it takes', async () => {
    const { id } = await api.ticket(dana, 'Closed for good');
    await maya.call('POST', `/support/tickets/${id}/close`);
    expect(
      await dana.call('POST', `/support/tickets/${id}/messages`, { message: 'one more thing' }),
    ).toMatchObject({ status: 409, body: { detail: 'Ticket is closed' } });
    expect(
      (await maya.call('POST', `/support/tickets/${id}/messages`, { message: 'one more thing' }))
        .status,
    ).toBe(409);
    expect(
      (await maya.call('POST', `/support/tickets/${id}/notes`, { message: 'for the record' }))
        .status,
    ).toBe(200);
  });

  test('a time without a zone is UTC, whatever zone the database session has', async () => {
    await api.pool.query(
      "do $$ begin execute format('alter database %I set timezone = %L', current_database(), 'Asia/Tokyo'); end $$",
    );
    const other = await buildApi({ databaseUrl: api.databaseUrl });
    try {
      const { id } = await api.ticket(dana, 'Asleep until the new year');
      const answer = await other.app.inject({
        method: 'PATCH',
        url: `/api/v1/support/tickets/${id}`,
        headers: { authorization: `Bearer ${maya.token}` },
        payload: { snoozed_until: '2030-01-01T00:00:00' },
      });
      expect(answer.json()).toMatchObject({ snoozed_until: '2030-01-01T00:00:00.000000Z' });
    } finally {
      await other.close();
    }
  });

  test('412 carries the ticket as it is and the clashing fields; other fields merge and tags never clash', async () => {
    const { id } = await api.ticket(dana, 'Changed by two');
    const patch = (body: unknown) => maya.call('PATCH', `/support/tickets/${id}`, body);
    expect((await patch({ priority: 'high', base: { priority: 'medium' } })).status).toBe(200);
    const clash = await patch({
      priority: 'low',
      category: 'billing',
      base: { priority: 'medium', category: 'funding' },
    });
    expect(clash).toMatchObject({
      status: 412,
      body: { fields: ['priority'], ticket: { id, priority: 'high', category: 'funding' } },
    });
    expect(
      (await patch({ category: 'billing', base: { category: 'funding' } })).body,
    ).toMatchObject({ priority: 'high', category: 'billing' });
    expect((await patch({ priority: 'high', base: { priority: 'medium' } })).status).toBe(200);
    await patch({ tags: { add: ['a', 'b'] } });
    expect((await patch({ tags: { add: ['c'], remove: ['a'] } })).body.tags).toEqual(['b', 'c']);
  });

  test('the sixth sign-in of an account within a minute is 429 with Retry-After, with a right password too', async () => {
    await api.person('customer');
    const email = 'customer99@example.test';
    for (let i = 0; i < 5; i += 1)
      expect((await api.call('POST', '/auth/login', { email, password: 'x' })).status).toBe(401);
    const refused = await api.call('POST', '/auth/login', { email, password: testPassword });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('refresh', () => {
  test('rotates both tokens, and a lost answer gets the same successor', async () => {
    const first = await api.call('POST', '/auth/refresh', { refresh_token: dana.refreshToken });
    expect(first.body.refresh_token).not.toBe(dana.refreshToken);
    const again = await api.call('POST', '/auth/refresh', { refresh_token: dana.refreshToken });
    expect(again.body.refresh_token).toBe(first.body.refresh_token);
  });

  test('a token used again after the grace ends the whole session', async () => {
    const priya = await api.person('staff');
    const { body } = await api.call('POST', '/auth/refresh', { refresh_token: priya.refreshToken });
    await api.call('GET', '/auth/me', undefined, { authorization: `Bearer ${body.access_token}` });
    await api.pool.query(
      "update refresh_tokens set used_at = used_at - interval '2 minutes' where used_at is not null",
    );
    expect(
      (await api.call('POST', '/auth/refresh', { refresh_token: priya.refreshToken })).status,
    ).toBe(401);
    expect(
      (await api.call('POST', '/auth/refresh', { refresh_token: body.refresh_token })).status,
    ).toBe(401);
    expect((await priya.call('GET', '/auth/me')).status).toBe(401);
  });
});

test('OpenAPI documents every route from the schemas that validate', async () => {
  const { body } = await api.call('GET', '/openapi.json');
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining([
      '/api/v1/support/tickets/{id}/notes',
      '/api/v1/support/sync',
      '/api/v1/auth/login',
    ]),
  );
  expect(JSON.stringify(body.paths['/api/v1/support/tickets/{id}/messages'].post)).toContain(
    '"message"',
  );
});
