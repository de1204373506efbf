import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { day, hour } from '../../src/core/time.ts';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';
import { testPassword } from '../helpers/api.ts';
import { openTestDesk, tempDir, type TestDesk } from '../helpers/desk.ts';
import { createFakeClock, type FakeClock } from '../helpers/fake-clock.ts';
import { startLevel1Server, type Level1Server } from '../helpers/level1-server.ts';

/** A server of level 1 says the time in no words of its own: only its answers' `Date` has it. */
const begin = Date.UTC(2026, 2, 1, 9);
const maya = {
  email: 'maya@example.test',
  password: testPassword,
  name: 'Maya Ruiz',
  staff: true,
};
let server: Level1Server;
let home: ReturnType<typeof tempDir>;
let desk: TestDesk;
let clock: FakeClock;
const secrets = createMemorySecrets();
/** How much of the server's time has passed before the desk was started last. */
let before: number;

const serverNow = (): number => begin + before + clock.monotonic();

beforeEach(async () => {
  server = await startLevel1Server(0, { superuserSees: 'all' });
  const ticket = server.addTicket(server.addPerson(maya), 'Where is my order?');
  home = tempDir();
  before = 0;
  // This computer is a year behind.
  start(begin - 365 * day);
  await desk.call('session.signIn', { email: maya.email, password: maya.password });
  await desk.until(async () => (await desk.call('sync.get', {})).phase === 'live');
  const message = { ticket_id: ticket.id, kind: 'reply' as const, text: 'Discarded' };
  const { operation_id } = await desk.call('compose.send', message);
  await desk.call('outbox.discard', { operation_id });
  await polls();
});
afterEach(async () => {
  await desk.desk.close();
  await server.close();
  home.remove();
});

/** Starts the desk on a computer whose own clock stands at `own`; the server's is right. */
function start(own: number): void {
  clock = createFakeClock(own);
  server.says(serverNow);
  desk = openTestDesk(home.dir, server.server, secrets, clock);
}

async function restart(own: number): Promise<void> {
  await desk.desk.close();
  before += clock.monotonic();
  start(own);
  await polls();
}

/** Some polls and what they mean for what is old: a time is believed once several agree on it. */
async function polls(): Promise<void> {
  const lists = (): number => server.log.filter((line) => line === 'GET /support/tickets').length;
  const wanted = lists() + 4;
  await expect
    .poll(
      () => {
        clock.advance(15_000);
        return lists() >= wanted;
      },
      { timeout: 120_000 },
    )
    .toBe(true);
}

async function pass(ms: number): Promise<void> {
  clock.advance(ms);
  await polls();
}

/** What the agent is shown, and what is in the file. */
async function bin(): Promise<[number, number]> {
  const db = new Database(join(home.dir, 'outbox.db'), { readonly: true });
  const rows = db.prepare("select id from operations where state = 'discarded'").all().length;
  db.close();
  return [(await desk.call('outbox.bin', {})).length, rows];
}

test('a discarded reply stays for 30 days of the server, whatever the clock of this computer says', async () => {
  await pass(15 * day);
  expect(await bin()).toEqual([1, 1]);
  // After the restart this computer is in another century.
  await restart(Date.UTC(2100, 0, 1));
  await pass(14 * day);
  expect(await bin()).toEqual([1, 1]);
  await pass(day + hour);
  expect(await bin()).toEqual([0, 0]);
});

test('nothing goes by the Date of what is no answer of the API, nor by one that leaps', async () => {
  const isAny = (): boolean => true;
  server.says(() => Date.UTC(2100, 0, 1));
  server.fail(isAny, { kind: 'html', status: 200 }, 20);
  await polls();
  expect(await bin()).toEqual([1, 1]);
  server.mend();
  // A proxy writes it for a while, into true answers too.
  await polls();
  await pass(2 * hour);
  expect(await bin()).toEqual([1, 1]);
  server.says(serverNow);
  await pass(2 * hour);
  await restart(begin);
  await pass(28 * day);
  expect(await bin()).toEqual([1, 1]);
  await pass(3 * day);
  expect(await bin()).toEqual([0, 0]);
});

test('without an answer nothing ages, and what is due goes once the server says the time', async () => {
  server.fail(() => true, { kind: 'never' }, 1_000_000);
  clock.advance(60 * day);
  expect(await bin()).toEqual([1, 1]);
  server.mend();
  await polls();
  expect(await bin()).toEqual([0, 0]);
});
