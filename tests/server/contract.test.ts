import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Message, MessageLevel1, Ticket, TicketLevel1 } from '../../src/contract/entities.ts';
import type { Person, TestApi } from '../helpers/api.ts';
import { startApi, testPassword } from '../helpers/api.ts';

let api: TestApi;
let maya: Person;
let dana: Person;
let omar: Person;
let ticketId: string;
beforeAll(async () => {
  api = await startApi({ loginPerAccount: 5 });
  maya = await api.person('admin', 'Maya Ruiz');
  dana = await api.person('customer', 'Dana Okafor');
  omar = await api.person('customer', 'Omar Haddad');
  ticketId = (await api.ticket(dana)).id;
});
afterAll(async () => { await api.close(); });

const unknownId = '00000000-0000-4000-8000-000000000000';

describe('level 1', () => {
  test('a ticket and a message have every field of the existing service', async () => {
    const { body } = await dana.call('GET', `/support/tickets/${ticketId}`);
    expect(TicketLevel1.parse(body.ticket)).toBeTruthy();
    expect(Ticket.parse(body.ticket)).toEqual(body.ticket);
    for (const message of body.messages) {
      expect(MessageLevel1.parse(message)).toBeTruthy();
      expect(Message.parse(message)).toEqual(message);
      expect((message.user_id === null) !== (message.staff_id === null)).toBe(true);
    }
  });

  test('the list is newest created first, filtered by status and cut at limit', async () => {
    const newer = await api.ticket(dana, 'A newer ticket');
    const { body } = await dana.call('GET', '/support/tickets?limit=1&status=open');
    expect(body.tickets.map((t: Ticket) => t.id)).toEqual([newer.id]);
    expect((await dana.call('GET', '/support/tickets?status=closed')).body.tickets).toEqual([]);
  });

  test('a customer who writes makes the ticket waiting; a staff reply takes it in hand', async () => {
    const { id } = await api.ticket(dana, 'Status follows the talk');
    expect((await dana.call('GET', `/support/tickets/${id}`)).body.ticket.status).toBe('open');
    await dana.call('POST', `/support/tickets/${id}/messages`, { message: 'hello again' });
    expect((await dana.call('GET', `/support/tickets/${id}`)).body.ticket.status).toBe('waiting');
    await maya.call('POST', `/support/tickets/${id}/messages`, { message: 'k' });
    expect((await dana.call('GET', `/support/tickets/${id}`)).body.ticket).toMatchObject({ status: 'in_progress', last_message: { preview: 'k', is_staff: true } });
  });

  test('of two that close at once one wins and the other gets the documented 404', async () => {
    const { id } = await api.ticket(dana, 'Closed by two');
    const answers = await Promise.all([dana.call('POST', `/support/tickets/${id}/close`), maya.call('POST', `/support/tickets/${id}/close`)]);
    expect(answers.map((a) => a.status).sort()).toEqual([200, 404]);
    expect(answers.find((a) => a.status === 404)?.body).toEqual({ detail: 'Ticket not found or already closed' });
    expect(answers.find((a) => a.status === 200)?.body).toMatchObject({ id, status: 'closed', resolved_at: expect.stringMatching(/Z$/) });
  });

  test('the FAQ is a bare list, its search wants 3 characters', async () => {
    expect((await api.call('GET', '/support/faq')).body).toEqual([]);
    expect((await api.call('GET', '/support/faq/categories')).body).toEqual([]);
    expect((await api.call('GET', '/support/faq/search?q=ab')).status).toBe(400);
    expect((await api.call('GET', '/support/faq/search?q=abc')).body).toEqual([]);
  });
});

describe('refusals have the documented status and body', () => {
  const detail = { detail: expect.any(String) };
  const field = { detail: expect.arrayContaining([{ loc: expect.any(Array), msg: expect.any(String), type: expect.any(String) }]) };
  const cases: [string, () => Promise<{ status: number; body: unknown; headers: Headers }>, number, unknown][] = [
    ['no token', () => api.call('GET', '/support/tickets'), 401, detail],
    ['a forged token', () => api.call('GET', '/auth/me', undefined, { authorization: 'Bearer a.b.c' }), 401, detail],
    ['a wrong password', () => api.call('POST', '/auth/login', { email: omar.email, password: 'nope' }), 401, detail],
    ['an unknown account', () => api.call('POST', '/auth/login', { email: 'nobody@example.test', password: 'nope' }), 401, detail],
    ['a customer on a staff route', () => dana.call('POST', `/support/tickets/${ticketId}/notes`, { message: 'x' }), 403, detail],
    ['a customer who changes fields', () => dana.call('PATCH', `/support/tickets/${ticketId}`, { priority: 'urgent' }), 403, detail],
    ['an unknown ticket', () => maya.call('GET', `/support/tickets/${unknownId}`), 404, { detail: 'Ticket not found' }],
    ['a foreign ticket', () => omar.call('GET', `/support/tickets/${ticketId}`), 404, { detail: 'Ticket not found' }],
    ['a foreign ticket, written to', () => omar.call('POST', `/support/tickets/${ticketId}/messages`, { message: 'let me in' }), 404, { detail: 'Ticket not found' }],
    ['an unknown path', () => maya.call('GET', '/support/nothing'), 404, detail],
    ['a wrong method', () => maya.call('PUT', `/support/tickets/${ticketId}/messages`, {}), 405, detail],
    ['a malformed id', () => maya.call('GET', '/support/tickets/not-an-id'), 422, field],
    ['a short subject', () => dana.call('POST', '/support/tickets', { subject: 'Hey', category: 'other', message: 'long enough message' }), 422, field],
    ['an unknown field', () => dana.call('POST', `/support/tickets/${ticketId}/messages`, { message: 'hello there', is_internal: true }), 422, field],
    ['a short message of a customer', () => dana.call('POST', `/support/tickets/${ticketId}/messages`, { message: 'hi' }), 422, field],
    ['an unknown status', () => maya.call('PATCH', `/support/tickets/${ticketId}`, { status: 'exploded' }), 422, field],
    ['a change of nothing', () => maya.call('PATCH', `/support/tickets/${ticketId}`, { base: {} }), 422, field],
    ['an assignee who is no staff', () => maya.call('PATCH', `/support/tickets/${ticketId}`, { assignee_id: dana.id }), 422, field],
    ['a NUL character', () => dana.call('POST', `/support/tickets/${ticketId}/messages`, { message: 'hello\u0000there' }), 422, field],
    ['half a character', () => dana.call('POST', `/support/tickets/${ticketId}/messages`, '{"message":"hello \\ud800 there"}'), 422, field],
    ['broken JSON', () => dana.call('POST', `/support/tickets/${ticketId}/messages`, '{"message":'), 400, detail],
    ['another content type', () => dana.call('POST', `/support/tickets/${ticketId}/messages`, 'message=hello', { 'content-type': 'text/csv' }), 415, detail],
    ['a body over 1 MB', () => dana.call('POST', `/support/tickets/${ticketId}/messages`, { message: 'x'.repeat(1_100_000) }), 413, detail],
    ['reopening an open ticket', () => maya.call('POST', `/support/tickets/${ticketId}/reopen`), 409, detail],
  ];
  for (const [name, run, status, body] of cases) {
    test(`${name}: ${status}`, async () => {
      const answer = await run();
      expect(answer.status).toBe(status);
      expect(answer.body).toEqual(body);
    });
  }

  test('405 names the methods that there are', async () => {
    expect((await maya.call('PUT', `/support/tickets/${ticketId}/messages`, {})).headers.get('allow')).toBe('GET, HEAD, POST');
  });

  test('a closed ticket takes no message from anyone: 409; a note it takes', async () => {
    const { id } = await api.ticket(dana, 'Closed for good');
    await maya.call('POST', `/support/tickets/${id}/close`);
    expect(await dana.call('POST', `/support/tickets/${id}/messages`, { message: 'one more thing' })).toMatchObject({ status: 409, body: { detail: 'Ticket is closed' } });
    expect((await maya.call('POST', `/support/tickets/${id}/messages`, { message: 'one more thing' })).status).toBe(409);
    expect((await maya.call('POST', `/support/tickets/${id}/notes`, { message: 'for the record' })).status).toBe(200);
  });

  test('412 carries the ticket as it is and the clashing fields; other fields merge and tags never clash', async () => {
    const { id } = await api.ticket(dana, 'Changed by two');
    const patch = (body: unknown) => maya.call('PATCH', `/support/tickets/${id}`, body);
    expect((await patch({ priority: 'high', base: { priority: 'medium' } })).status).toBe(200);
    const clash = await patch({ priority: 'low', category: 'billing', base: { priority: 'medium', category: 'funding' } });
    expect(clash).toMatchObject({ status: 412, body: { fields: ['priority'], ticket: { id, priority: 'high', category: 'funding' } } });
    expect((await patch({ category: 'billing', base: { category: 'funding' } })).body).toMatchObject({ priority: 'high', category: 'billing' });
    expect((await patch({ priority: 'high', base: { priority: 'medium' } })).status).toBe(200);
    await patch({ tags: { add: ['a', 'b'] } });
    expect((await patch({ tags: { add: ['c'], remove: ['a'] } })).body.tags).toEqual(['b', 'c']);
  });

  test('the sixth sign-in of an account within a minute is 429 with Retry-After, with a right password too', async () => {
    await api.person('customer');
    const email = 'customer99@example.test';
    for (let i = 0; i < 5; i += 1) expect((await api.call('POST', '/auth/login', { email, password: 'x' })).status).toBe(401);
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
    await api.pool.query("update refresh_tokens set used_at = used_at - interval '2 minutes' where used_at is not null");
    expect((await api.call('POST', '/auth/refresh', { refresh_token: priya.refreshToken })).status).toBe(401);
    expect((await api.call('POST', '/auth/refresh', { refresh_token: body.refresh_token })).status).toBe(401);
    expect((await priya.call('GET', '/auth/me')).status).toBe(401);
  });
});

test('a note is nowhere that its customer can look', async () => {
  const canary = 'canary-41c9e2';
  const { id } = await api.ticket(dana, 'With a note inside');
  const before = (await dana.call('GET', `/support/tickets/${id}`)).body.ticket;
  await maya.call('POST', `/support/tickets/${id}/notes`, { message: `${canary} internal only` });
  for (const path of ['/support/tickets', `/support/tickets/${id}`, `/support/tickets/${id}/messages`, '/support/sync', '/auth/me', `/support/faq/search?q=${canary}`]) {
    const { body } = await dana.call('GET', path);
    expect(JSON.stringify(body), path).not.toContain(canary);
  }
  // Counts, versions and times do not even tell that there is one.
  expect((await dana.call('GET', `/support/tickets/${id}`)).body.ticket).toEqual(before);
  expect((await maya.call('GET', `/support/tickets/${id}`)).body.ticket.message_count).toBe(2);
});

test('OpenAPI documents every route from the schemas that validate', async () => {
  const { body } = await api.call('GET', '/openapi.json');
  expect(Object.keys(body.paths)).toEqual(expect.arrayContaining(['/api/v1/support/tickets/{id}/notes', '/api/v1/support/sync', '/api/v1/auth/login']));
  expect(JSON.stringify(body.paths['/api/v1/support/tickets/{id}/messages'].post)).toContain('"message"');
});
