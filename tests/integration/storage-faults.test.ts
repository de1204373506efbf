import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BridgeError } from '../../src/contract/errors.ts';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';
import { startApi, testPassword, type Person, type TestApi } from '../helpers/api.ts';
import { openTestDesk, type TestDesk } from '../helpers/desk.ts';
import { startProxy } from '../helpers/proxy.ts';

let api: TestApi;
let dana: Person;
let maya: Person;
beforeAll(async () => {
  api = await startApi();
  dana = await api.person('customer', 'Dana Okafor');
  maya = await api.person('staff', 'Maya Ruiz');
});
afterAll(async () => {
  await api.close();
});

/** Only root can make a small disk, and take the right to write from it. */
const isRoot = process.getuid?.() === 0;

let disk: string;
let dir: string;
let desk: TestDesk;
let ticketId: string;
let network: Awaited<ReturnType<typeof startProxy>>;
const secrets = createMemorySecrets();
beforeEach(async () => {
  disk = mkdtempSync(join(tmpdir(), 'staffdesk-disk-'));
  if (isRoot)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m,mode=700', 'staffdesk-test', disk]);
  dir = join(disk, 'data');
  mkdirSync(dir, { mode: 0o755 });
  network = await startProxy(api.server);
  ticketId = (await api.ticket(dana, 'Written on a bad disk')).id;
  desk = openTestDesk(dir, network.server, secrets);
  await desk.call('session.signIn', { email: maya.email, password: testPassword });
  await desk.call('settings.set', { undo_seconds: 0 });
  await desk.until(async () => (await desk.call('sync.get', {})).phase === 'live');
});
afterEach(async () => {
  await desk.desk.close();
  await network.close();
  if (isRoot) execFileSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
});

const storage = async () => (await desk.call('session.get', {})).storage;
/** A note, which waits for nobody's word. */
const send = (text: string) =>
  desk.call('compose.send', { ticket_id: ticketId, kind: 'note', text });
const outboxEmpty = async (): Promise<boolean> => (await desk.call('outbox.list', {})).length === 0;
const thread = () => desk.call('thread.get', { ticket_id: ticketId, before: null, limit: 200 });
const onServer = async (): Promise<string[]> =>
  (
    await api.pool.query<{ message: string }>(
      'select message from support_messages where ticket_id = $1 and staff_id is not null order by created_at, id',
      [ticketId],
    )
  ).rows.map(({ message }) => message);
async function reopen(): Promise<void> {
  await desk.desk.close();
  desk = openTestDesk(dir, network.server, secrets);
}
/** All that only reads, as a window does it. */
async function reads(): Promise<void> {
  expect(
    (await desk.call('tickets.list', { view: 'all', after: null, limit: 50 })).rows.some(
      ({ id }) => id === ticketId,
    ),
  ).toBe(true);
  expect((await thread()).messages.length).toBeGreaterThan(0);
  await desk.call('search.query', { query: 'disk', limit: 10 });
  await desk.call('settings.get', {});
  await desk.call('outbox.list', {});
  await desk.call('storage.get', {});
}
async function goesOn(text: string): Promise<void> {
  await desk.call('sync.retry', {});
  await desk.until(async () => (await storage())?.fault === null);
  await desk.until(async () => (await desk.call('sync.get', {})).phase === 'live');
  await send(text);
  await desk.until(outboxEmpty);
  expect((await onServer()).filter((one) => one === text)).toHaveLength(1);
}

function fill(): void {
  for (const size of [1 << 20, 1 << 14, 1 << 12]) {
    try {
      for (let n = 0; ; n += 1)
        writeFileSync(join(disk, `filler-${size}-${n}`), Buffer.alloc(size));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }
}
function makeRoom(): void {
  for (const name of readdirSync(disk)) if (name.startsWith('filler')) rmSync(join(disk, name));
}

describe.runIf(isRoot)('a disk that is full', () => {
  test(
    'refuses what cannot be kept with a sentence, shows what there is, and loses nothing that was accepted',
    { timeout: 120_000 },
    async () => {
      network.set('down');
      fill();
      // Room for a few.
      rmSync(join(disk, 'filler-1048576-0'));
      const accepted: string[] = [];
      let refused: unknown = null;
      for (let n = 0; n < 400 && refused === null; n += 1) {
        const text = `number ${n} ${'x'.repeat(40_000)}`;
        await send(text).then(
          () => accepted.push(text),
          (error: unknown) => {
            refused = error;
          },
        );
      }
      expect([accepted.length > 3, refused]).toMatchObject([true, { code: 'disk-full' }]);
      expect((await storage())?.fault).toBe('full');
      await expect(
        desk.call('draft.save', { ticket_id: ticketId, kind: 'reply', text: 'y'.repeat(90_000) }),
      ).rejects.toMatchObject({ code: 'disk-full' });
      await reads();
      // A page arrives and cannot be written down; what waits cannot be marked as sent, so it stays
      // here.
      await dana.call('POST', `/support/tickets/${ticketId}/messages`, {
        message: 'Are you still there?',
      });
      network.set('up');
      await desk.call('sync.retry', {});
      await reads();
      makeRoom();
      await goesOn('there is room again');
      expect(await onServer()).toEqual([...accepted, 'there is room again']);
      expect((await thread()).messages.some(({ text }) => text === 'Are you still there?')).toBe(
        true,
      );
    },
  );

  test(
    'opens for reading, says so, and goes on by itself once there is room',
    { timeout: 120_000 },
    async () => {
      network.set('down');
      await send('written before the disk was full');
      await desk.call('draft.save', { ticket_id: ticketId, kind: 'reply', text: 'half a thought' });
      await desk.desk.close();
      fill();
      desk = openTestDesk(dir, network.server, secrets);
      expect([await storage(), (await desk.call('session.get', {})).account?.id]).toEqual([
        { fault: 'full', reading: true },
        maya.id,
      ]);
      await reads();
      expect([
        (await thread()).drafts.map(({ text }) => text),
        (await desk.call('outbox.list', {})).map(({ text }) => text),
      ]).toEqual([['half a thought'], ['written before the disk was full']]);
      for (const refused of [
        send('no room'),
        desk.call('settings.set', { undo_seconds: 5 }),
        desk.call('draft.save', { ticket_id: ticketId, kind: 'reply', text: 'more' }),
      ])
        await expect(refused).rejects.toMatchObject({ code: 'disk-full' });
      network.set('up');
      makeRoom();
      await goesOn('there is room again');
      expect(await onServer()).toEqual(['written before the disk was full', 'there is room again']);
      expect((await thread()).drafts.map(({ text }) => text)).toEqual(['half a thought']);
    },
  );

  test(
    'can be quit, and nothing of it is taken for damage at the next start',
    { timeout: 120_000 },
    async () => {
      network.set('down');
      await send('kept through it');
      fill();
      await reopen();
      await reopen();
      makeRoom();
      await reopen();
      expect((await desk.call('outbox.list', {})).map(({ text }) => text)).toEqual([
        'kept through it',
      ]);
      expect(readdirSync(dir).filter((name) => /damaged|replaced/.test(name))).toEqual([]);
      network.set('up');
      await goesOn('and after it');
      expect(await onServer()).toEqual(['kept through it', 'and after it']);
    },
  );
});

test.runIf(isRoot)(
  'a folder that can only be read opens for reading, says so, and goes on by itself once it can be written to',
  { timeout: 120_000 },
  async () => {
    network.set('down');
    await send('written before');
    await desk.desk.close();
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    desk = openTestDesk(dir, network.server, secrets);
    expect(await storage()).toEqual({ fault: 'read-only', reading: true });
    await reads();
    expect((await desk.call('outbox.list', {})).map(({ text }) => text)).toEqual([
      'written before',
    ]);
    await expect(send('not now')).rejects.toMatchObject({ code: 'storage-read-only' });
    await reopen();
    execFileSync('mount', ['-o', 'remount,rw', disk]);
    network.set('up');
    await goesOn('written after');
    expect(await onServer()).toEqual(['written before', 'written after']);
  },
);

describe('a database that another program has to itself', () => {
  test.each(['outbox.db', 'cache.db'])(
    '%s: nothing is lost, reading goes on, and what waited is written once it is free',
    { timeout: 120_000 },
    async (name) => {
      const other = new Database(join(dir, name));
      network.set('down');
      await send('waits for its answer');
      other.exec('begin immediate');
      await dana.call('POST', `/support/tickets/${ticketId}/messages`, { message: 'Meanwhile' });
      network.set('up');
      await desk.call('sync.retry', {});
      const outcome = await send('now').then(
        () => 'kept',
        (error: unknown) => (error instanceof BridgeError ? error.code : error),
      );
      expect(outcome).toBe(name === 'outbox.db' ? 'storage-held' : 'kept');
      await desk.until(async () => (await storage())?.fault === 'held');
      await reads();
      other.exec('rollback');
      other.close();
      await goesOn('free again');
      expect(await onServer()).toEqual([
        'waits for its answer',
        ...(name === 'outbox.db' ? [] : ['now']),
        'free again',
      ]);
      expect((await thread()).messages.some(({ text }) => text === 'Meanwhile')).toBe(true);
    },
  );

  test('keeps a start waiting for reading only', { timeout: 120_000 }, async () => {
    await desk.desk.close();
    const other = new Database(join(dir, 'outbox.db'));
    other.exec('begin exclusive');
    desk = openTestDesk(dir, network.server, secrets);
    expect((await storage())?.fault ?? null).not.toBe('failed');
    other.exec('rollback');
    other.close();
    await goesOn('free again');
  });
});

test('what is durable is answered so, also where what follows it fails: else it would be done again', async () => {
  network.set('down');
  const end = desk.desk.events.listen((name) => {
    if (name === 'committed') throw new Database.SqliteError('database is locked', 'SQLITE_BUSY');
  });
  await expect(send('kept at once')).resolves.toHaveProperty('operation_id');
  await expect(
    desk.call('triage.change', { ticket_id: ticketId, change: { priority: 'high' } }),
  ).resolves.toHaveProperty('operation_id');
  await expect(
    desk.call('draft.save', { ticket_id: ticketId, kind: 'reply', text: 'half a' }),
  ).resolves.toHaveProperty('saved_at');
  end();
  expect(await desk.call('outbox.list', {})).toHaveLength(2);
  network.set('up');
  await goesOn('and on');
  expect((await onServer()).filter((text) => text === 'kept at once')).toHaveLength(1);
});

describe('a file that is not where it was', () => {
  test.each<[what: string, harm: () => void, kept: boolean]>([
    [
      'outbox.db replaced by another one',
      () => {
        const path = join(dir, 'outbox.db');
        const other = new Database(`${path}.other`);
        other.exec('create table stranger (x)');
        other.close();
        renameSync(`${path}.other`, path);
      },
      true,
    ],
    [
      'outbox.db deleted',
      () => {
        rmSync(join(dir, 'outbox.db'));
      },
      false,
    ],
    [
      'outbox.db moved away',
      () => {
        renameSync(join(dir, 'outbox.db'), join(disk, 'moved.db'));
      },
      false,
    ],
    [
      'the whole folder deleted',
      () => {
        rmSync(dir, { recursive: true });
      },
      false,
    ],
    [
      'the whole folder renamed',
      () => {
        renameSync(dir, join(disk, 'renamed'));
      },
      false,
    ],
  ])(
    '%s: what is answered as kept is there after the next start',
    { timeout: 120_000 },
    async (_what, harm, kept) => {
      network.set('down');
      await send('before the harm');
      await desk.call('draft.save', { ticket_id: ticketId, kind: 'reply', text: 'half a thought' });
      harm();
      await send('after the harm');
      await reopen();
      expect((await desk.call('outbox.list', {})).map(({ text }) => text)).toEqual([
        'before the harm',
        'after the harm',
      ]);
      expect((await desk.call('storage.get', {})).drafts).toBe(1);
      expect(readdirSync(dir).some((name) => name.startsWith('outbox.db.replaced'))).toBe(kept);
      network.set('up');
      await desk.call('sync.retry', {});
      await desk.until(outboxEmpty);
      expect(await onServer()).toEqual(['before the harm', 'after the harm']);
    },
  );

  test('cache.db deleted: the copy is made again', { timeout: 120_000 }, async () => {
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(dir, `cache.db${suffix}`), { force: true });
    await desk.call('sync.retry', {});
    await desk.until(() => existsSync(join(dir, 'cache.db')));
    await desk.until(async () => (await desk.call('sync.get', {})).phase === 'live');
    await reads();
    await goesOn('with a new copy');
    expect(await onServer()).toEqual(['with a new copy']);
  });
});

test('below a folder that others may look into every file is closed to them, also what was left open before, and the folder keeps its mode', async () => {
  const modes = (): Record<string, string> =>
    Object.fromEntries(
      readdirSync(dir).map((name) => [name, (statSync(join(dir, name)).mode & 0o777).toString(8)]),
    );
  await send('private');
  expect(Object.entries(modes()).filter(([, mode]) => mode !== '600')).toEqual([]);
  await desk.desk.close();
  writeFileSync(join(dir, 'outbox.db.damaged-1'), 'x');
  writeFileSync(join(dir, 'notes.txt'), 'not ours');
  for (const name of readdirSync(dir)) chmodSync(join(dir, name), 0o644);
  desk = openTestDesk(dir, network.server, secrets);
  expect(Object.entries(modes()).filter(([, mode]) => mode !== '600')).toEqual([
    ['notes.txt', '644'],
  ]);
  expect((statSync(dir).mode & 0o777).toString(8)).toBe('755');
});
