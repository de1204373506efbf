import { existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';
import { startApi, testPassword, type Person, type TestApi } from '../helpers/api.ts';
import { openTestDesk, tempDir, type TestDesk } from '../helpers/desk.ts';
import { startLevel1Server, type Level1Server } from '../helpers/level1-server.ts';
import { startProxy } from '../helpers/proxy.ts';

let production: TestApi;
let maya: Person;
let ticketId: string;
let network: Awaited<ReturnType<typeof startProxy>>;
let home: ReturnType<typeof tempDir>;
const secrets = createMemorySecrets();
const apis: TestApi[] = [];
let desk: TestDesk;

beforeEach(async () => {
  production = await started(startApi());
  const dana = await production.person('customer', 'Dana Okafor');
  maya = await production.person('staff', 'Maya Ruiz');
  ticketId = (await production.ticket(dana)).id;
  network = await startProxy(production.server);
  home = tempDir();
});
afterEach(async () => {
  await desk.desk.close();
  await network.close();
  for (const api of apis.splice(0)) await api.close();
  home.remove();
});

async function started(api: Promise<TestApi>): Promise<TestApi> {
  apis.push(await api);
  return api;
}

/** Of the same people and tickets, as from last night's dump. */
async function stagingCopy(): Promise<TestApi> {
  const name = new URL(production.databaseUrl).pathname.slice(1);
  const idle = production.pool;
  await idle
    .query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    .catch(() => undefined);
  await production.app.close();
  await idle.end().catch(() => undefined);
  apis.splice(apis.indexOf(production), 1);
  return started(startApi({}, {}, name));
}

const open = (address = network.server): TestDesk => openTestDesk(home.dir, address, secrets);
const phaseIs = (phase: string) => async (): Promise<boolean> =>
  (await desk.call('sync.get', {})).phase === phase;
const session = () => desk.call('session.get', {});
const elsewhere = async () =>
  (await session()).elsewhere?.map(({ server, waiting, drafts, can_take_over }) => ({
    server,
    waiting,
    drafts,
    can_take_over,
  }));
async function signIn(): Promise<void> {
  await desk.call('session.signIn', { email: maya.email, password: testPassword });
  await desk.call('settings.set', { undo_seconds: 0 });
  await desk.until(phaseIs('live'));
}
/** Signed in, with a reply and a draft that the network does not let out. */
async function waitingWork(): Promise<void> {
  desk = open();
  await signIn();
  network.set('down');
  await desk.until(phaseIs('offline'));
  await desk.call('compose.send', {
    ticket_id: ticketId,
    kind: 'reply',
    text: 'Meant for production',
  });
  await desk.call('draft.save', { ticket_id: ticketId, kind: 'note', text: 'half a thought' });
}
const arrived = async (api: TestApi): Promise<number> =>
  (await api.pool.query("select 1 from support_messages where message = 'Meant for production'"))
    .rowCount ?? 0;

test('what waits for one server is sent to no other one that the data folder is started against, and the agent is told where it waits', async () => {
  const other = await started(startApi());
  await waitingWork();
  await desk.desk.close();
  desk = open(other.server);
  expect(await session()).toMatchObject({ state: 'signed-out', account: null });
  expect(await elsewhere()).toEqual([
    { server: network.server, waiting: 1, drafts: 1, can_take_over: false },
  ]);
  const stranger = await other.person('staff', 'Someone else');
  await desk.call('session.signIn', { email: stranger.email, password: testPassword });
  await desk.until(phaseIs('live'));
  expect([await desk.call('outbox.list', {}), await elsewhere(), await arrived(other)]).toEqual([
    [],
    [],
    0,
  ]);
  await desk.desk.close();
  network.set('up');
  desk = open();
  await signIn();
  await desk.until(async () => (await arrived(production)) === 1);
  expect(
    (await desk.call('thread.get', { ticket_id: ticketId, before: null, limit: 9 })).drafts,
  ).toMatchObject([{ text: 'half a thought' }]);
});

test('a server that takes over the address while the desk runs gets nothing of the one before, not even a token', async () => {
  const other = await started(startApi());
  const asked: string[] = [];
  other.app.server.on('request', ({ method, url, headers }: IncomingMessage) => {
    asked.push(`${method} ${url}${headers.authorization ? ' with a token' : ''}`);
  });
  await waitingWork();
  network.aim(other.server);
  network.set('up');
  await desk.call('sync.retry', {});
  await desk.until(async () => (await session()).server_changed === true);
  await desk.until(async () => (await session()).state === 'signed-out');
  expect(await elsewhere()).toEqual([
    { server: network.server, waiting: 1, drafts: 1, can_take_over: false },
  ]);
  expect([...new Set(asked)]).toEqual(['GET /api/v1/support/capabilities']);
  await expect(desk.call('outbox.list', {})).rejects.toThrow('not-signed-in');
  // It was a mistake: the server is there again, and all that waits with it.
  network.aim(production.server);
  network.set('down');
  await expect(
    desk.call('session.signIn', { email: maya.email, password: testPassword }),
  ).rejects.toThrow('unreachable');
  network.set('up');
  await signIn();
  await desk.until(async () => (await arrived(production)) === 1);
  expect(await session()).toMatchObject({
    state: 'signed-in',
    server_changed: false,
    elsewhere: [],
  });
});

test('a server that has taken over the address between two requests is met on the new connection, before a reply goes out', async () => {
  const other = await started(startApi());
  desk = open();
  await signIn();
  network.aim(other.server);
  // Every connection ends without a request having failed.
  network.set('down');
  network.set('up');
  await desk.call('compose.send', {
    ticket_id: ticketId,
    kind: 'reply',
    text: 'Meant for production',
  });
  await desk.until(async () => (await session()).server_changed === true);
  expect([await arrived(other), await arrived(production)]).toEqual([0, 0]);
  await desk.until(async () => (await session()).state === 'signed-out');
  expect(await elsewhere()).toMatchObject([{ server: network.server, waiting: 1 }]);
});

test('of many replies that go at once none opens a connection by itself: whoever answers on a new one is asked first', async () => {
  const other = await started(startApi());
  const asked: string[] = [];
  other.app.server.on('request', ({ method, url, headers }: IncomingMessage) => {
    asked.push(`${method} ${url}${headers.authorization ? ' with a token' : ''}`);
  });
  const dana = await production.person('customer', 'Dana Osei');
  const tickets = await Promise.all(
    [1, 2, 3, 4].map(async () => (await production.ticket(dana)).id),
  );
  desk = open();
  await signIn();
  network.set('down');
  await desk.until(phaseIs('offline'));
  for (const id of tickets)
    await desk.call('compose.send', { ticket_id: id, kind: 'reply', text: 'Meant for production' });
  // The one connection that is there goes on to the server of before; all four replies go once the
  // pull on it has worked.
  production.app.server.once('request', () => {
    network.aim(other.server);
  });
  network.set('up');
  await desk.call('sync.retry', {});
  await desk.until(async () => (await session()).server_changed === true);
  await desk.until(async () => (await session()).state === 'signed-out');
  expect([[...new Set(asked)], await arrived(other)]).toEqual([
    ['GET /api/v1/support/capabilities'],
    0,
  ]);
  network.aim(production.server);
  await signIn();
  await desk.until(async () => (await arrived(production)) === 4);
});

test('a server that has moved is the same one: after a sign-in at its new address everything goes on', async () => {
  await waitingWork();
  await desk.desk.close();
  desk = open(production.server);
  expect((await session()).state).toBe('signed-out');
  await signIn();
  await desk.until(async () => (await arrived(production)) === 1);
  expect(await session()).toMatchObject({ state: 'signed-in', elsewhere: [] });
  await desk.desk.close();
  // Its address is known now, also without the network.
  desk = open(production.server);
  expect((await session()).account?.email).toBe(maya.email);
});

test('a copy of the server is another one until the agent says that it is the same; then what waits goes there, once', async () => {
  await waitingWork();
  await desk.desk.close();
  const copy = await stagingCopy();
  desk = open(copy.server);
  await signIn();
  expect(await desk.call('outbox.list', {})).toEqual([]);
  expect(await elsewhere()).toEqual([
    { server: network.server, waiting: 1, drafts: 1, can_take_over: true },
  ]);
  await desk.call('draft.save', { ticket_id: ticketId, kind: 'note', text: 'written here' });
  expect(await arrived(copy)).toBe(0);
  const [work] = (await session()).elsewhere ?? [];
  await expect(desk.call('session.takeOver', { key: 'https://elsewhere.example' })).rejects.toThrow(
    'invalid-input',
  );
  await desk.call('session.takeOver', { key: work?.key ?? '' });
  await desk.until(async () => (await desk.call('outbox.list', {})).length === 0);
  expect([await arrived(copy), await elsewhere()]).toEqual([1, []]);
  expect(
    (await desk.call('thread.get', { ticket_id: ticketId, before: null, limit: 9 })).drafts.map(
      ({ text }) => text,
    ),
  ).toEqual(['half a thought\n\nwritten here']);
});

test('a server that does not say what it is is known by its address, and keeps all once it says so', async () => {
  // One whose superusers see everybody's tickets, so that a desk has work.
  const old: Level1Server = await startLevel1Server(0, { superuserSees: 'all' });
  const person = old.addPerson({
    id: maya.id,
    email: maya.email,
    password: testPassword,
    name: 'Maya Ruiz',
    staff: true,
  });
  const customer = old.addPerson({
    email: 'dana@example.test',
    password: testPassword,
    name: 'Dana',
    staff: false,
  });
  const { id } = old.addTicket(customer, 'On an old server');
  network.aim(old.server);
  desk = open();
  await desk.call('session.signIn', { email: person.email, password: testPassword });
  await desk.until(phaseIs('live'));
  network.set('down');
  await desk.call('sync.retry', {});
  await desk.until(phaseIs('offline'));
  await desk.call('draft.save', { ticket_id: id, kind: 'reply', text: 'from before the upgrade' });
  network.aim(production.server);
  network.set('up');
  await desk.desk.close();
  desk = open();
  expect((await session()).account?.id).toBe(maya.id);
  await signIn();
  expect(await session()).toMatchObject({
    state: 'signed-in',
    server_changed: false,
    elsewhere: [],
  });
  expect((await desk.call('storage.get', {})).drafts).toBe(1);
  await old.close();
});

test('signing out leaves no conversation on this computer, and hides what waits from whoever signs in next', async () => {
  await waitingWork();
  await desk.call('session.signOut', {});
  expect(
    ['cache.db', 'cache.db-wal', 'cache.db.damaged'].filter((file) =>
      existsSync(join(home.dir, file)),
    ),
  ).toEqual([]);
  expect(await elsewhere()).toEqual([]);
  network.set('up');
  const next = await production.person('staff', 'Jonas Weber');
  await desk.call('session.signIn', { email: next.email, password: testPassword });
  await desk.until(phaseIs('live'));
  expect([
    await desk.call('outbox.list', {}),
    await elsewhere(),
    await arrived(production),
  ]).toEqual([[], [], 0]);
  await desk.call('session.signOut', {});
  await signIn();
  await desk.until(async () => (await arrived(production)) === 1);
});
