import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Bulk, BulkAction, TicketQuery } from '../../src/contract/bridge.ts';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';
import { startApi, testPassword, type Person, type TestApi } from '../helpers/api.ts';
import { openTestDesk, tempDir, type TestDesk } from '../helpers/desk.ts';
import { startProxy } from '../helpers/proxy.ts';

const size = 180;
let api: TestApi;
let dana: Person;
let maya: Person;
let alex: Person;
let network: Awaited<ReturnType<typeof startProxy>>;
let home: ReturnType<typeof tempDir>;
let desk: TestDesk;
let secrets = createMemorySecrets();
let ids: string[];

beforeEach(async () => {
  api = await startApi();
  dana = await api.person('customer', 'Dana Okafor');
  maya = await api.person('admin', 'Maya Ruiz');
  alex = await api.person('staff', 'Alex Kim');
  await api.pool.query(
    `insert into support_tickets (user_id, subject, category, created_at) select $1, 'Ticket ' || n, 'other', now() - make_interval(mins => n) from generate_series(1, ${size}) n`,
    [dana.id],
  );
  await api.pool.query(
    "insert into support_messages (ticket_id, user_id, message, created_at) select id, user_id, 'Where is it?', created_at from support_tickets",
  );
  ids = (
    await api.pool.query<{ id: string }>('select id from support_tickets order by created_at desc')
  ).rows.map((row) => row.id);
  network = await startProxy(api.server);
  home = tempDir();
  secrets = createMemorySecrets();
  desk = openTestDesk(home.dir, network.server, secrets);
  await desk.call('session.signIn', { email: maya.email, password: testPassword });
  await live();
});
afterEach(async () => {
  await desk.desk.close();
  await network.close();
  home.remove();
  await api.close();
});

const live = () => desk.until(async () => (await desk.call('sync.get', {})).phase === 'live');
const query: TicketQuery = { view: 'unassigned', filter: {}, sort: 'newest' };
const start = (action: BulkAction) =>
  desk.call('bulk.start', { target: { query, except: [] }, action });
const look = async ({ id }: Bulk) => (await desk.call('bulk.get', { bulk_id: id, limit: 1 })).bulk;
const settled = (bulk: Bulk) =>
  desk.until(async () => {
    const { counts } = await look(bulk);
    return counts.todo === 0 && counts.waiting === 0;
  });
const queuedAll = (bulk: Bulk) => desk.until(async () => (await look(bulk)).counts.todo === 0);
async function goOffline(): Promise<void> {
  network.set('down');
  await desk.until(async () => (await desk.call('sync.get', {})).phase === 'offline');
}
async function comeBack(): Promise<void> {
  network.set('up');
  await desk.call('sync.retry', {});
}
const onServer = async (field: 'status' | 'priority') =>
  Object.fromEntries(
    (
      await api.pool.query<{ value: string; n: number }>(
        `select ${field} as value, count(*)::int as n from support_tickets group by 1`,
      )
    ).rows.map((row) => [row.value, row.n]),
  );

test('closes a whole view whose rows no window has loaded, although half of the tickets were changed by others meanwhile', async () => {
  await goOffline();
  const bulk = await start({ kind: 'close' });
  expect(bulk).toMatchObject({ total: size, undone: false });
  await queuedAll(bulk);
  expect((await look(bulk)).counts).toMatchObject({ waiting: size });
  expect(await desk.call('sync.get', {})).toMatchObject({ phase: 'offline', waiting: size });
  expect(
    (await desk.call('tickets.list', { view: 'unassigned', after: null, limit: 10 })).total,
  ).toBe(0);
  // A third of these is closed by a colleague, a third gets another priority, and to a third the
  // customer writes.
  const [closed, changed, written] = [ids.slice(0, 30), ids.slice(30, 60), ids.slice(60, 90)];
  for (const id of closed) await alex.call('POST', `/support/tickets/${id}/close`, {});
  for (const id of changed)
    await alex.call('PATCH', `/support/tickets/${id}`, { priority: 'high' });
  for (const id of written)
    await dana.call('POST', `/support/tickets/${id}/messages`, {
      message: 'It has come, but broken.',
    });
  await comeBack();
  await settled(bulk);
  // Closing fits with all but a customer's new word.
  expect((await look(bulk)).counts).toMatchObject({
    done: size - written.length,
    'not-sent': written.length,
  });
  const { results } = await desk.call('bulk.get', { bulk_id: bulk.id, limit: written.length });
  expect(new Set(results.map((result) => result.ticket_id))).toEqual(new Set(written));
  expect(results[0]).toMatchObject({
    outcome: 'not-sent',
    reason: 'stale',
    requester: 'Dana Okafor',
  });
  expect(await onServer('status')).toEqual({
    closed: size - written.length,
    waiting: written.length,
  });
  await desk.call('bulk.retry', { bulk_id: bulk.id });
  await settled(bulk);
  expect((await look(bulk)).counts).toMatchObject({ done: size });
  expect(await onServer('status')).toEqual({ closed: size });
});

test('what is so already is skipped, a ticket that is gone has failed, and what is left out stays as it is', async () => {
  const [first = '', second = '', third = ''] = ids;
  await desk.call('triage.change', { ticket_id: first, change: { priority: 'high' } });
  const gone = '00000000-0000-4000-8000-00000000dead';
  const named = await desk.call('bulk.start', {
    target: { ids: [first, second, gone, second] },
    action: { kind: 'change', change: { priority: 'high' } },
  });
  await settled(named);
  const { bulk, results } = await desk.call('bulk.get', { bulk_id: named.id, limit: 10 });
  expect(bulk).toMatchObject({ total: 3, counts: { skipped: 1, done: 1, failed: 1 } });
  expect(results[0]).toMatchObject({
    ticket_id: gone,
    outcome: 'failed',
    reason: 'ticket-not-found',
  });

  const rest = await desk.call('bulk.start', {
    target: { query: { ...query, filter: { priority: ['medium'] } }, except: [third] },
    action: { kind: 'change', change: { priority: 'low' } },
  });
  await settled(rest);
  await desk.until(async () => (await desk.call('outbox.list', {})).length === 0);
  expect(await onServer('priority')).toEqual({ high: 2, medium: 1, low: size - 3 });
});

describe('one undo', () => {
  test('drops what has not gone out', async () => {
    await goOffline();
    const bulk = await start({ kind: 'close' });
    await queuedAll(bulk);
    await desk.call('bulk.undo', { bulk_id: bulk.id });
    await settled(bulk);
    expect(await look(bulk)).toMatchObject({ undone: true, counts: { undone: size } });
    expect(await desk.call('outbox.list', {})).toEqual([]);
    expect(
      (await desk.call('tickets.list', { view: 'unassigned', after: null, limit: 10 })).total,
    ).toBe(size);
    await expect(desk.call('bulk.undo', { bulk_id: bulk.id })).rejects.toMatchObject({
      code: 'not-undoable',
    });
  });

  test('stops one that has only begun, and sends the opposite of what has arrived', async () => {
    const bulk = await start({ kind: 'change', change: { priority: 'urgent' } });
    await desk.until(async () => (await look(bulk)).counts.done >= 20);
    await desk.call('bulk.undo', { bulk_id: bulk.id });
    await settled(bulk);
    expect((await look(bulk)).counts).toMatchObject({ undone: size });
    await desk.until(async () => (await desk.call('outbox.list', {})).length === 0);
    expect(await onServer('priority')).toEqual({ medium: size });
  });
});

test('a restart in the middle loses nothing of it: what was not queued yet is, and what waits goes out', async () => {
  await goOffline();
  const bulk = await start({ kind: 'close' });
  await desk.until(async () => (await look(bulk)).counts.waiting > 0);
  const before = (await look(bulk)).counts;
  await desk.desk.close();
  expect(before.todo).toBeGreaterThan(0);
  desk = openTestDesk(home.dir, network.server, secrets);
  expect((await desk.call('bulk.list', {})).map((one) => one.id)).toEqual([bulk.id]);
  await queuedAll(bulk);
  expect((await look(bulk)).counts).toMatchObject({ waiting: size });
  await comeBack();
  await settled(bulk);
  expect((await look(bulk)).counts).toMatchObject({ done: size });
  expect(await onServer('status')).toEqual({ closed: size });
});

test('is worked off in short stretches, between which the desk answers, and tells how far it is', async () => {
  await goOffline();
  const bulk = await start({ kind: 'change', change: { tags: { add: ['moved'], remove: [] } } });
  await queuedAll(bulk);
  const told = desk.events
    .filter((event) => event.name === 'bulk.changed')
    .map((event) => (event.payload as Bulk).counts.todo);
  expect(told.length).toBeGreaterThanOrEqual(5);
  expect(told).toEqual(told.toSorted((a, b) => b - a));
  expect(told.at(-1)).toBe(0);
});

test('another account sees nothing of it', async () => {
  const bulk = await start({ kind: 'close' });
  await settled(bulk);
  await desk.call('session.signOut', {});
  await desk.call('session.signIn', { email: alex.email, password: testPassword });
  await live();
  expect(await desk.call('bulk.list', {})).toEqual([]);
  await expect(desk.call('bulk.get', { bulk_id: bulk.id, limit: 1 })).rejects.toMatchObject({
    code: 'operation-not-found',
  });
  await expect(desk.call('bulk.undo', { bulk_id: bulk.id })).rejects.toMatchObject({
    code: 'operation-not-found',
  });
});
