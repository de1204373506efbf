import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { DeskPort } from '../../src/main/shell/bridge/desk-port.ts';
import { startDeskThread, type DeskThread } from '../../src/main/shell/bridge/desk-thread.ts';
import { lockDataFolder } from '../../src/main/desk/sqlite/lock.ts';
import {
  createMemorySecrets,
  type SecretStore,
} from '../../src/main/desk/areas/session/secrets.ts';
import { startApi, testPassword, type Person, type TestApi } from '../helpers/api.ts';
import { callsOn } from '../helpers/desk-calls.ts';
import { tempDir } from '../helpers/desk.ts';

const program = new URL('../../src/main/desk.ts', import.meta.url);
let api: TestApi;
let maya: Person;
let home: ReturnType<typeof tempDir>;
let closing: (() => Promise<void>)[];

beforeAll(async () => {
  api = await startApi();
  const dana = await api.person('customer', 'Dana Okafor');
  maya = await api.person('staff', 'Maya Ruiz');
  await api.pool.query(
    "insert into support_tickets (user_id, subject, category) values ($1, 'Where is my parcel?', 'other')",
    [dana.id],
  );
});
afterAll(async () => {
  await api.close();
});
beforeEach(() => {
  home = tempDir();
  closing = [];
});
afterEach(async () => {
  for (const close of closing) await close();
  home.remove();
  vi.restoreAllMocks();
});

/** Opens a desk that is closed after the test, where the test does not. */
async function open(thread: DeskThread, secrets: SecretStore): Promise<DeskPort> {
  const desk = await thread.open({ dataDir: home.dir, server: api.server, standIn: null }, secrets);
  let closed: Promise<void> | null = null;
  const close = (): Promise<void> => (closed ??= desk.close());
  closing.push(close);
  return { ...desk, close };
}

test('the desk answers, syncs, sends and tells from a thread of its own, and its folder is free once it is closed', async () => {
  const secrets = createMemorySecrets();
  const port = await open(startDeskThread(program), secrets);
  const desk = callsOn(port);
  expect(
    await desk.call('session.signIn', { email: maya.email, password: testPassword }),
  ).toMatchObject({ state: 'signed-in', secret_store: 'memory' });
  await desk.until(async () => (await desk.call('sync.get', {})).phase === 'live');
  await desk.call('settings.set', { undo_seconds: 0 });
  const [ticket] = (await desk.call('tickets.list', { view: 'all', after: null, limit: 10 })).rows;
  await desk.call('compose.send', {
    ticket_id: ticket?.id ?? '',
    kind: 'reply',
    text: 'It is on its way.',
  });
  await desk.until(async () => (await desk.call('outbox.list', {})).length === 0);
  expect((await api.pool.query('select message from support_messages')).rows).toEqual([
    { message: 'It is on its way.' },
  ]);
  expect(() => lockDataFolder(home.dir)).toThrow(/already running/);
  await port.close();
  lockDataFolder(home.dir).release();
  // The sign-in is in the shell's store: without asking again, the next desk syncs.
  const again = callsOn(await open(startDeskThread(program), secrets));
  await again.until(async () => (await again.call('sync.get', {})).phase === 'live');
  expect(await again.call('session.get', {})).toMatchObject({
    state: 'signed-in',
    account: { email: maya.email },
  });
});

test('malformed calls are refused there as they are here, also what no message can carry', async () => {
  const desk = await open(startDeskThread(program), createMemorySecrets());
  const refused = { ok: false, error: { code: 'invalid-input' } };
  expect(await desk.call('own window', 'session.destroy', {})).toMatchObject(refused);
  expect(await desk.call('own window', 'session.get', { extra: 1 })).toMatchObject(refused);
  expect(await desk.call('own window', 'session.get', () => 1)).toMatchObject(refused);
  expect(await desk.call('stranger', 'session.get', {})).toMatchObject({
    ok: false,
    error: { code: 'refused' },
  });
  expect(await desk.call('own window', 'session.get', {})).toMatchObject({ ok: true });
});

test('a folder in use is said in one sentence, and its thread does not stay', async () => {
  const lock = lockDataFolder(home.dir);
  const thread = startDeskThread(program);
  await expect(open(thread, createMemorySecrets())).rejects.toThrow(
    /already running with the data folder/,
  );
  lock.release();
  await expect(open(thread, createMemorySecrets())).rejects.toThrow(/has ended/);
  await open(startDeskThread(program), createMemorySecrets());
});

/** A desk's thread with more to it, given as the body of a listener of what it is asked. */
function threadThat(body: string): DeskThread {
  const file = join(home.dir, 'program.mjs');
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads';\nimport ${JSON.stringify(program.href)};\nparentPort.on('message', ({ m, a }) => { ${body} });\n`,
  );
  return startDeskThread(pathToFileURL(file));
}

test('a thread that ends by itself is told, and no call waits for it for ever', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const thread = threadThat(
    "if (m === 'call' && a[1] === 'about.get') throw new Error('out of luck');",
  );
  const desk = await thread.open(
    { dataDir: home.dir, server: api.server, standIn: null },
    createMemorySecrets(),
  );
  const gone = { ok: false, error: { code: 'internal' } };
  // It waits for a server that answers nothing more once the thread is gone.
  const pending = [
    desk.call('own window', 'session.signIn', { email: maya.email, password: testPassword }),
    desk.call('own window', 'about.get', {}),
  ];
  expect(await thread.died).toMatchObject({
    message: expect.stringContaining('everything saved so far is kept'),
    cause: { message: 'out of luck' },
  });
  expect((await Promise.all(pending)).at(-2)).toMatchObject(gone);
  expect(await desk.call('own window', 'session.get', {})).toMatchObject(gone);
  expect(said).toHaveBeenCalled();
});

test('a listener that fails is said, and the desk goes on', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const port = await open(startDeskThread(program), createMemorySecrets());
  port.listen(() => {
    throw new Error('no such window');
  });
  const desk = callsOn(port);
  await desk.call('session.signIn', { email: maya.email, password: testPassword });
  await vi.waitFor(
    () => {
      expect(said).toHaveBeenCalledWith(
        'The event session.changed could not be handed on',
        expect.objectContaining({ message: 'no such window' }),
      );
    },
    { timeout: 120_000 },
  );
  expect(await desk.call('session.get', {})).toMatchObject({ state: 'signed-in' });
});

test('a thread that cannot start is the reason why the desk does not open', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const file = join(home.dir, 'program.mjs');
  writeFileSync(file, "throw new Error('no such thing here');");
  await expect(
    startDeskThread(pathToFileURL(file)).open(
      { dataDir: home.dir, server: api.server, standIn: null },
      createMemorySecrets(),
    ),
  ).rejects.toThrow('no such thing here');
});

test('while the desk is at something long, the thread of the shell goes on', async () => {
  // The first number lets the desk go on, the second says whether it was let go or gave up waiting.
  const numbers = new Int32Array(new SharedArrayBuffer(8));
  const desk = await open(
    threadThat(
      "if (m === 'call' && a[2].numbers) a[2].numbers[1] = Atomics.wait(a[2].numbers, 0, 0, 20_000) === 'timed-out' ? 2 : 1;",
    ),
    createMemorySecrets(),
  );
  const held = desk.call('own window', 'about.get', { numbers });
  for (let turn = 0; turn < 3; turn += 1)
    await new Promise<void>((done) => {
      setImmediate(done);
    });
  Atomics.store(numbers, 0, 1);
  Atomics.notify(numbers, 0);
  await held;
  expect(numbers[1]).toBe(1);
});
