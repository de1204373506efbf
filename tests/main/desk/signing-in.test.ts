import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMemorySecrets } from '../../../src/main/desk/areas/session/secrets.ts';
import type { Transport } from '../../../src/main/desk/feed/transport.ts';
import { openTestDesk, tempDir, type TestDesk } from '../../helpers/desk.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';

const server = 'http://support.test';
const idOf = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
const maya = { email: 'maya@example.test', password: 'secret', id: idOf(1) };
const jonas = { email: 'jonas@example.test', password: 'secret', id: idOf(2) };
const people = [maya, jonas];
const now = '2026-03-27T09:00:00Z';

const clock = createFakeClock(Date.parse(now));
let home: ReturnType<typeof tempDir>;
let secrets: ReturnType<typeof createMemorySecrets>;
let desk: TestDesk;
/** Status of the capabilities. */
let capabilities: number;
/** Whether accounts have a role, as on level 2. */
let roles: boolean;
/** Sign-ins are answered after this. */
let loginsFrom: Promise<unknown>;

const answer = (status: number, value: object): Awaited<ReturnType<Transport>> => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** A server that signs people in; their tokens are their ids. It has no tickets to give. */
const transport: Transport = async ({ url, headers, body }) => {
  if (url.endsWith('/support/capabilities'))
    return capabilities === 200
      ? answer(200, {
          level: 2,
          features: [],
          server_time: now,
          min_message_length: { customer: 1, staff: 1 },
          server: { id: 'installation', history: 'history' },
        })
      : answer(capabilities, { detail: 'Not Found' });
  if (url.endsWith('/auth/login')) {
    await loginsFrom;
    const id = people.find(({ email }) => body?.includes(email))?.id;
    return answer(200, {
      access_token: id,
      refresh_token: `refresh ${id}`,
      token_type: 'bearer',
      expires_in: 600,
    });
  }
  if (!url.endsWith('/auth/me')) return answer(503, { detail: 'Later' });
  const person = people.find(({ id }) => headers['authorization'] === `Bearer ${id}`);
  return answer(200, {
    id: person?.id,
    email: person?.email,
    username: 'agent',
    full_name: 'An agent',
    is_active: true,
    is_superuser: true,
    created_at: now,
    last_login: null,
    ...(roles ? { role: 'staff' } : {}),
  });
};

const open = (): TestDesk => openTestDesk(home.dir, server, secrets, clock, transport);
const signIn = ({ email, password }: typeof maya) =>
  desk.call('session.signIn', { email, password });
const whoIsHere = async () => (await desk.call('session.get', {})).account?.id ?? null;

/** Nothing can be written to outbox.db until the returned function is called. */
function holdOutbox(): () => void {
  const other = new Database(join(home.dir, 'outbox.db'));
  other.exec('begin immediate');
  return () => {
    other.close();
  };
}

/** No account can be opened until the returned function is called. */
function harmCache(): () => void {
  const path = join(home.dir, 'cache.db');
  for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
  mkdirSync(path);
  return () => {
    rmSync(path, { recursive: true });
  };
}

/** The desk has found out that its folder can be written to again, and done what follows. */
async function recovered(): Promise<string> {
  clock.advance(3_000);
  // It takes its turn after what the recovery does.
  return desk.call('session.takeOver', { key: 'nothing' }).then(
    () => 'taken over',
    (error: { code: string }) => error.code,
  );
}

beforeEach(() => {
  capabilities = 200;
  roles = true;
  loginsFrom = Promise.resolve();
  home = tempDir();
  secrets = createMemorySecrets();
  desk = open();
});
afterEach(async () => {
  await desk.desk.close();
  home.remove();
});

test('a sign-in that storage refused does not work later without the agent', async () => {
  const mend = harmCache();
  await expect(signIn(maya)).rejects.toMatchObject({ code: 'storage-failed' });
  mend();
  expect(await recovered()).toBe('not-signed-in');
  expect(await secrets.get(`${server} ${maya.id}`)).toBeNull();
  await desk.desk.close();
  desk = open();
  expect(await whoIsHere()).toBeNull();
  expect((await signIn(maya)).account?.id).toBe(maya.id);
});

test('where a change of account is refused, the account before works on', async () => {
  await signIn(maya);
  const mend = holdOutbox();
  await expect(signIn(jonas)).rejects.toMatchObject({ code: 'storage-held' });
  mend();
  expect(await recovered()).toBe('invalid-input');
  expect(await whoIsHere()).toBe(maya.id);
  expect(await secrets.get(`${server} ${jonas.id}`)).toBeNull();
  await desk.desk.close();
  desk = open();
  expect(await whoIsHere()).toBe(maya.id);
});

test('nobody is signed in to a copy in memory, which would forget them', async () => {
  await signIn(maya);
  const { promise, resolve: answerLogins } = Promise.withResolvers<undefined>();
  loginsFrom = promise;
  const outcome = signIn(jonas).catch((error: unknown) => error);
  const mend = harmCache();
  await desk.call('sync.retry', {});
  await desk.until(async () => (await desk.call('session.get', {})).storage?.reading === true);
  answerLogins(undefined);
  expect(await outcome).toMatchObject({ code: 'storage-failed' });
  mend();
  expect(await recovered()).toBe('invalid-input');
  expect(await whoIsHere()).toBe(maya.id);
});

test('an account that cannot be signed out works on', async () => {
  await signIn(maya);
  const mend = holdOutbox();
  await expect(desk.call('session.signOut', {})).rejects.toMatchObject({ code: 'storage-held' });
  expect(await whoIsHere()).toBe(maya.id);
  mend();
  await desk.call('session.signOut', {});
  expect(await whoIsHere()).toBeNull();
});

test('a server whose accounts have roles is signed in to once it says which one it is', async () => {
  capabilities = 404;
  await expect(signIn(maya)).rejects.toMatchObject({ code: 'unexpected-answer' });
  expect(await whoIsHere()).toBeNull();
  capabilities = 200;
  expect((await signIn(maya)).account?.id).toBe(maya.id);
});

test.each([
  ['of level 1, which has no capabilities', 404, false],
  ['that tells its capabilities only to those who are signed in', 401, true],
])('a server %s is signed in to without', async (_, status, named) => {
  [capabilities, roles] = [status, named];
  expect((await signIn(maya)).account?.id).toBe(maya.id);
});
