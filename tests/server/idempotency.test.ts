import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person, TestApi } from '../helpers/api.ts';
import { startApi } from '../helpers/api.ts';

let api: TestApi;
let maya: Person;
let dana: Person;
let ticketId: string;
beforeAll(async () => {
  api = await startApi();
  maya = await api.person('admin');
  dana = await api.person('customer');
  ticketId = (await api.ticket(dana)).id;
});
afterAll(async () => { await api.close(); });

const reply = (key: string, message = 'Thank you, we are on it.') => maya.call('POST', `/support/tickets/${ticketId}/messages`, { message }, { 'idempotency-key': key });
const count = async (text: string) => (await api.pool.query('select count(*)::int as n from support_messages where message = $1', [text])).rows[0].n;

test('one key in 50 parallel requests has one effect; the others get its answer or 409 with Retry-After', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => reply('parallel', 'only once')));
  expect(await count('only once')).toBe(1);
  for (const { status, headers } of answers) {
    expect([200, 409]).toContain(status);
    expect(headers.get('retry-after')).toBe(status === 409 ? '1' : null);
  }
  expect(new Set(answers.filter((a) => a.status === 200).map((a) => a.body.id)).size).toBe(1);
});

test('a replay gets the very same answer', async () => {
  const first = await reply('again');
  const second = await reply('again');
  expect(second.body).toEqual(first.body);
  expect(first.body.client_id).toBe('again');
});

test('the same key with another payload or on another route is 422', async () => {
  await reply('payload', 'the one thing');
  expect((await reply('payload', 'the other thing')).status).toBe(422);
  expect((await maya.call('POST', `/support/tickets/${ticketId}/notes`, { message: 'the one thing' }, { 'idempotency-key': 'payload' })).status).toBe(422);
  expect(await count('the other thing')).toBe(0);
});

test('two people may use one key', async () => {
  const mine = await reply('shared key', 'from maya').catch(() => null);
  expect(mine?.status).toBe(400);
  const [a, b] = [await reply('shared', 'from maya'), await dana.call('POST', `/support/tickets/${ticketId}/messages`, { message: 'from dana' }, { 'idempotency-key': 'shared' })];
  expect([a.status, b.status]).toEqual([200, 200]);
});

test('a deterministic refusal is stored and repeated: closing twice with one key stays the first answer', async () => {
  const other = await api.ticket(dana, 'To be closed');
  const close = (key: string) => maya.call('POST', `/support/tickets/${other.id}/close`, undefined, { 'idempotency-key': key });
  expect((await close('c1')).status).toBe(200);
  expect((await close('c2')).status).toBe(404);
  await maya.call('POST', `/support/tickets/${other.id}/reopen`);
  expect((await close('c2')).body).toEqual({ detail: 'Ticket not found or already closed' });
  expect((await close('c1')).body.status).toBe('closed');
});

test('a replay by someone who lost access is refused', async () => {
  const jonas = await api.person('staff');
  const note = () => jonas.call('POST', `/support/tickets/${ticketId}/notes`, { message: 'seen' }, { 'idempotency-key': 'lost' });
  expect((await note()).status).toBe(200);
  await api.pool.query("update users set role = 'customer' where id = $1", [jonas.id]);
  expect((await note()).status).toBe(403);
  await api.pool.query('update users set is_active = false where id = $1', [jonas.id]);
  expect((await note()).status).toBe(401);
});
