import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/main/clock.ts';
import { openCache } from '../../src/main/desk/sqlite/cache-file.ts';
import { openOutbox } from '../../src/main/desk/sqlite/outbox-file.ts';
import {
  copyThreadOf,
  type CopyThread,
  type StartCopyThread,
} from '../../src/main/desk/feed/copy-thread.ts';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';
import { startApi, testPassword, type Person, type TestApi } from '../helpers/api.ts';
import { openTestDesk, tempDir, type TestDesk } from '../helpers/desk.ts';

/** Several pages: the first has 40 tickets, the others 200. */
const tickets = 700;
const program = new URL('../../src/main/copy.ts', import.meta.url);
let api: TestApi;
let maya: Person;
let home: ReturnType<typeof tempDir>;
let desk: TestDesk;
let started: CopyThread[] = [];

beforeAll(async () => {
  api = await startApi();
  const dana = await api.person('customer', 'Dana Okafor');
  maya = await api.person('staff', 'Maya Ruiz');
  await api.pool.query(
    `insert into support_tickets (user_id, subject, category, created_at) select $1, 'Ticket ' || n, 'other', now() - make_interval(mins => n) from generate_series(1, ${tickets}) n`,
    [dana.id],
  );
  await api.pool.query(
    "insert into support_messages (ticket_id, user_id, message, created_at) select id, user_id, 'Where is the parcel of ' || lower(subject) || ', part ' || n, created_at + make_interval(secs => n) from support_tickets, generate_series(1, 4) n",
    [],
  );
});
afterAll(async () => {
  await api.close();
});
beforeEach(() => {
  home = tempDir();
  started = [];
});
afterEach(async () => {
  await desk.desk.close();
  home.remove();
});

const watched =
  (start: StartCopyThread): StartCopyThread =>
  (parts) => {
    const thread = start(parts);
    started.push(thread);
    return thread;
  };
function open(start: StartCopyThread, secrets = createMemorySecrets()): TestDesk {
  return openTestDesk(home.dir, api.server, secrets, systemClock, undefined, watched(start));
}
const phase = async (): Promise<string> => (await desk.call('sync.get', {})).phase;
const live = () => desk.until(async () => (await phase()) === 'live');
const search = (query: string) => desk.call('search.query', { query, limit: 50 });
async function everythingIsHere(): Promise<void> {
  const { rows, total } = await desk.call('tickets.list', {
    view: 'all',
    after: null,
    limit: 1000,
  });
  expect([rows.length, total]).toEqual([tickets, tickets]);
  for (const n of [1, 41, tickets]) {
    const { messages } = await desk.call('thread.get', {
      ticket_id: rows.find((row) => row.subject === `Ticket ${n}`)?.id ?? '',
      before: null,
      limit: 10,
    });
    expect(messages.map((message) => message.text)).toEqual(
      [1, 2, 3, 4].map((part) => `Where is the parcel of ticket ${n}, part ${part}`),
    );
  }
  // What is unread was judged there by what this account has read.
  expect(
    (await desk.call('views.counts', {})).find(({ view }) => view === 'all')?.unread,
  ).toBeGreaterThan(0);
}

test('a full copy is made on another thread, is found by the search, and the thread ends after it', async () => {
  desk = open(copyThreadOf(program));
  await desk.call('session.signIn', { email: maya.email, password: testPassword });
  await live();
  await everythingIsHere();
  expect(started).toHaveLength(1);
  await expect
    .poll(async () => (await search('"parcel of ticket 699"')).hits.length, { timeout: 120_000 })
    .toBe(1);
  await expect.poll(() => started[0]?.alive(), { timeout: 120_000 }).toBe(false);
});

test('what is written meanwhile goes out, and a desk that is closed in the middle goes on where it was', async () => {
  const secrets = createMemorySecrets();
  desk = open(copyThreadOf(program), secrets);
  await desk.call('session.signIn', { email: maya.email, password: testPassword });
  await desk.call('settings.set', { undo_seconds: 0 });
  await desk.until(
    async () =>
      (await desk.call('tickets.list', { view: 'all', after: null, limit: 1 })).rows.length > 0,
  );
  const [first] = (await desk.call('tickets.list', { view: 'all', after: null, limit: 1 })).rows;
  expect(await phase()).toBe('first-sync');
  await desk.call('compose.send', {
    ticket_id: first?.id ?? '',
    kind: 'reply',
    text: 'On its way.',
  });
  await desk.until(async () => (await desk.call('outbox.list', {})).length === 0);
  await desk.desk.close();
  expect(started.every((thread) => !thread.alive())).toBe(true);
  desk = open(copyThreadOf(program), secrets);
  await live();
  expect((await desk.call('tickets.list', { view: 'all', after: null, limit: 1 })).total).toBe(
    tickets,
  );
  const { rows } = await api.pool.query(
    "select count(*)::int as n from support_messages where message = 'On its way.'",
  );
  expect(rows).toEqual([{ n: 1 }]);
  await api.pool.query("delete from support_messages where message = 'On its way.'");
});

test.each([
  ['cannot be started', "throw new Error('no such thing here')"],
  [
    'ends in the middle',
    "const { parentPort } = require('node:worker_threads'); parentPort.on('message', () => { process.exit(1); });",
  ],
])('a thread that %s is done without', async (_, source) => {
  const said = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const failed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const file = join(home.dir, 'program.cjs');
  writeFileSync(file, source);
  desk = open(copyThreadOf(pathToFileURL(file)));
  await desk.call('session.signIn', { email: maya.email, password: testPassword });
  await desk.until(async () => (await phase()) === 'offline' || (await phase()) === 'live');
  await desk.call('sync.retry', {});
  await live();
  await everythingIsHere();
  expect(started).toHaveLength(1);
  said.mockRestore();
  failed.mockRestore();
});

/** A copy thread without a desk. */
function startAlone() {
  const cachePath = join(home.dir, 'cache.db');
  const outboxPath = join(home.dir, 'outbox.db');
  const { db } = openCache(cachePath);
  const { db: outbox } = openOutbox(outboxPath);
  const thread = copyThreadOf(program)({
    cachePath,
    outboxPath,
    accountId: maya.id,
    accountKey: `${api.server} ${maya.id}`,
  });
  return { db, outbox, thread };
}

test('a page that contradicts one before it is doubted there too', async () => {
  const { db, outbox, thread } = startAlone();
  const { rows } = await api.pool.query<{ id: string; ticket_id: string; user_id: string }>(
    'select id, ticket_id, user_id from support_messages limit 1',
  );
  const [message] = rows;
  const read = (authorId: string | undefined) => {
    const page = {
      tickets: [],
      messages: [
        {
          ...message,
          user_id: authorId,
          staff_id: null,
          message: 'Hello',
          is_internal: false,
          is_staff: false,
          created_at: '2026-01-01T00:00:00.000001Z',
          author_name: 'Dana Okafor',
          client_id: null,
          mentions: [],
        },
      ],
      staff: [],
      macros: [],
      removed: [],
      next_cursor: 'a',
      has_more: true,
    };
    return thread.read({ bytes: Uint8Array.from(Buffer.from(JSON.stringify(page))), coding: null });
  };
  const first = await read(message?.user_id);
  await thread.apply(first, 0, () => false);
  expect(await thread.doubt(await read(maya.id))).toEqual({
    why: 'a message by another author',
    byEarlierCopy: false,
  });
  await thread.stop();
  db.close();
  outbox.close();
  desk = open(copyThreadOf(program));
});

test('what is no page is refused and changes nothing', async () => {
  const { db, outbox, thread } = startAlone();
  for (const answer of [
    '{"tickets": []}',
    '{"tickets": [',
    '<html>Sign in to this network</html>',
    '{"tickets": "\xff"}',
  ])
    await expect(
      thread.read({ bytes: Uint8Array.from(Buffer.from(answer, 'latin1')), coding: null }),
    ).rejects.toMatchObject({ failure: { kind: 'bad-answer' } });
  await expect(
    thread.read({ bytes: Uint8Array.from(Buffer.from('no zstd')), coding: 'zstd' }),
  ).rejects.toMatchObject({ failure: { kind: 'bad-answer' } });
  await expect(
    thread.apply({ number: 7, hasMore: false, rows: [], nextCursor: '' }, 0, () => false),
  ).rejects.toThrow(/page 7 was not read/);
  expect(db.prepare<[], { n: number }>('select count(*) as n from tickets').get()).toEqual({
    n: 0,
  });
  await thread.stop();
  await expect(thread.index()).rejects.toThrow(/has ended/);
  db.close();
  outbox.close();
  desk = open(copyThreadOf(program));
});
