import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ticket } from '../../src/contract/wire/entities.ts';
import type { ViewId } from '../../src/contract/bridge.ts';
import { untilReply } from '../../src/core/snooze.ts';
import { hour, minute } from '../../src/core/time.ts';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';
import { startApi, testPassword, type Person, type TestApi } from '../helpers/api.ts';
import { openTestDesk, tempDir, type TestDesk } from '../helpers/desk.ts';
import { createFakeClock, type FakeClock } from '../helpers/fake-clock.ts';
import { startLevel1Server } from '../helpers/level1-server.ts';
import { startProxy } from '../helpers/proxy.ts';

let api: TestApi;
let dana: Person;
let maya: Person;
let alex: Person;
let network: Awaited<ReturnType<typeof startProxy>>;
let home: ReturnType<typeof tempDir>;
let desk: TestDesk;
let clock: FakeClock;
let ticket: Ticket;

beforeAll(async () => {
  api = await startApi();
  dana = await api.person('customer', 'Dana Okafor');
  maya = await api.person('staff', 'Maya Ruiz');
  alex = await api.person('staff', 'Alex Kim');
});
afterAll(async () => {
  await api.close();
});
beforeEach(async () => {
  await api.pool.query('delete from support_tickets');
  network = await startProxy(api.server);
  home = tempDir();
  clock = createFakeClock(Date.now());
  desk = openTestDesk(home.dir, network.server, createMemorySecrets(), clock);
  ticket = await api.ticket(dana, 'Sleeps for a while');
  await desk.call('session.signIn', { email: maya.email, password: testPassword });
  await desk.call('settings.set', { undo_seconds: 0 });
  await desk.until(async () => (await desk.call('sync.get', {})).phase === 'live');
});
afterEach(async () => {
  await desk.desk.close();
  await network.close();
  home.remove();
});

const snooze = (until: number | null, options: { through_replies?: boolean } = {}) =>
  desk.call('triage.change', {
    ticket_id: ticket.id,
    change: { snoozed_until: until === null ? null : new Date(until).toISOString() },
    ...options,
  });
const outbox = () => desk.call('outbox.list', {});
const outboxEmpty = async () => (await outbox()).length === 0;
const rows = async (view: ViewId) =>
  (await desk.call('tickets.list', { view, after: null, limit: 50 })).rows;
const ids = async (view: ViewId) => (await rows(view)).map((row) => row.id);
const row = async () => (await rows('all')).find((one) => one.id === ticket.id);
const snoozedOnServer = async (): Promise<string | null> =>
  (await alex.call('GET', `/support/tickets/${ticket.id}`)).body.ticket.snoozed_until;
const customerWrites = () =>
  dana.call('POST', `/support/tickets/${ticket.id}/messages`, { message: 'Is there any news?' });
async function goOffline(): Promise<void> {
  network.set('down');
  // Time stands still here, so the next try is asked for.
  await desk.call('sync.retry', {});
  await desk.until(async () => (await desk.call('sync.get', {})).phase === 'offline');
}

describe('a snoozed ticket', () => {
  test('sleeps at once and on the server, wakes offline by the clock of this machine, on top of its view and with its reason', async () => {
    const other = await api.ticket(dana, 'Written after it');
    await desk.until(async () => (await ids('unassigned')).length === 2);
    const until = Math.ceil(clock.now() / minute) * minute + 3 * hour;
    await snooze(until);
    expect(await ids('unassigned')).toEqual([other.id]);
    expect(await row()).toMatchObject({ snoozed_until: until, snooze: { state: 'asleep', until } });
    await desk.until(outboxEmpty);
    expect(await snoozedOnServer()).toBe(
      new Date(until).toISOString().replace('.000Z', '.000000Z'),
    );
    expect(await ids('snoozed')).toEqual([ticket.id]);

    await goOffline();
    clock.advance(3 * hour - 2 * minute);
    expect(await ids('unassigned')).toEqual([other.id]);
    desk.events.length = 0;
    clock.advance(3 * minute);
    expect(desk.events).toContainEqual({
      name: 'committed',
      payload: { ticket_ids: [ticket.id] },
    });
    expect(await ids('unassigned')).toEqual([ticket.id, other.id]);
    expect(await ids('snoozed')).toEqual([]);
    expect(await row()).toMatchObject({
      snooze: { state: 'woke', by: 'time', at: until },
      activity_at: until,
    });
  });

  test('that woke is on the first page once, and every other ticket follows in its order', async () => {
    for (let n = 0; n < 5; n += 1) await api.ticket(dana, `Another one ${n}`);
    await desk.until(async () => (await ids('all')).length === 6);
    await snooze(clock.now() + hour);
    await desk.until(outboxEmpty);
    await goOffline();
    clock.advance(2 * hour);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listed>> = await listed(after);
      expect(page.total).toBe(6);
      seen.push(...page.rows.map((one) => one.subject));
      after = page.next;
    } while (after !== null);
    expect(seen).toEqual(['Sleeps for a while', ...[4, 3, 2, 1, 0].map((n) => `Another one ${n}`)]);
  });
  const listed = (after: string | null) =>
    desk.call('tickets.list', { view: 'unassigned', after, limit: 2 });

  test("comes back with the customer's reply, and says so until somebody answers", async () => {
    await snooze(untilReply);
    expect(await row()).toMatchObject({ snooze: { state: 'asleep', until: null } });
    await desk.until(outboxEmpty);
    expect(await outbox()).toEqual([]);
    await customerWrites();
    await desk.until(async () => (await row())?.snooze?.state === 'woke');
    expect(await row()).toMatchObject({
      snooze: { state: 'woke', by: 'reply' },
      snoozed_until: null,
    });
    expect(await ids('waiting')).toEqual([ticket.id]);
    await customerWrites();
    await desk.until(
      async () =>
        (await desk.call('thread.get', { ticket_id: ticket.id, before: null, limit: 10 })).messages
          .length === 3,
    );
    expect((await row())?.snooze).toMatchObject({ by: 'reply' });
    await desk.call('compose.send', {
      ticket_id: ticket.id,
      kind: 'reply',
      text: 'Yes: it has arrived.',
    });
    expect((await row())?.snooze).toBeNull();
  });

  test('sleeps on through a reply where the agent wants that, also after a restart, and then wakes by its time', async () => {
    const until = Math.ceil(clock.now() / minute) * minute + hour;
    await snooze(until, { through_replies: true });
    await desk.until(outboxEmpty);
    await customerWrites();
    await desk.until(async () => (await row())?.preview === 'Is there any news?');
    expect(await snoozedOnServer()).toBeNull();
    expect(await ids('waiting')).toEqual([]);
    expect(await ids('snoozed')).toEqual([ticket.id]);
    const counts = Object.fromEntries(
      (await desk.call('views.counts', {})).map(({ view, count }) => [view, count]),
    );
    expect([counts['snoozed'], counts['waiting'], counts['all']]).toEqual([1, 0, 1]);
    await goOffline();
    clock.advance(hour + minute);
    expect(await row()).toMatchObject({ snooze: { state: 'woke', by: 'time', at: until } });
    expect(await ids('waiting')).toEqual([ticket.id]);
  });

  test('can be woken by hand, and cannot sleep when it is closed or until a time that is past', async () => {
    await snooze(clock.now() + hour);
    await snooze(null);
    await desk.until(outboxEmpty);
    expect(await snoozedOnServer()).toBeNull();
    expect((await row())?.snooze).toBeNull();
    await expect(snooze(clock.now() - minute)).rejects.toMatchObject({ code: 'invalid-input' });
    await desk.call('triage.close', { ticket_id: ticket.id });
    await expect(snooze(clock.now() + hour)).rejects.toMatchObject({ code: 'ticket-closed' });
  });
});

describe('a snooze that waited offline', () => {
  test('and was over before it could go out needs nobody: the ticket is awake and keeps its reason', async () => {
    await goOffline();
    const until = Date.now() + 1_500;
    await snooze(until);
    clock.advance(minute);
    expect((await row())?.snooze).toMatchObject({ state: 'woke', by: 'time', at: until });
    // The server's own clock has to be past it as well.
    await api.pool.query(
      "select pg_sleep_until(to_timestamp($1::float8 / 1000) + interval '1 ms')",
      [until],
    );
    network.set('up');
    await desk.call('sync.retry', {});
    await desk.until(
      async () =>
        (await desk.call('sync.get', {})).phase === 'live' &&
        ((await outboxEmpty()) || (await outbox()).some((item) => item.state === 'not-sent')),
    );
    expect(await outbox()).toEqual([]);
    expect(await snoozedOnServer()).toBeNull();
    // The server's time is known to the second.
    clock.advance(2_000);
    expect((await row())?.snooze).toMatchObject({ state: 'woke', by: 'time', at: until });
    expect((await desk.call('outbox.journal', { limit: 10 })).length).toBeGreaterThan(0);
  });
});

describe('undo of a snooze', () => {
  test('drops it, or wakes the ticket on the server', async () => {
    await goOffline();
    const first = await snooze(clock.now() + hour);
    expect(await desk.call('triage.undo', first)).toEqual({ result: 'dropped' });
    expect((await row())?.snooze).toBeNull();
    network.set('up');
    await desk.call('sync.retry', {});
    await desk.until(async () => (await desk.call('sync.get', {})).phase === 'live');
    const second = await snooze(clock.now() + hour, { through_replies: true });
    await desk.until(outboxEmpty);
    expect(await desk.call('triage.undo', second)).toEqual({ result: 'reversed' });
    expect((await row())?.snooze).toBeNull();
    await desk.until(outboxEmpty);
    expect(await snoozedOnServer()).toBeNull();
  });

  test('is refused where a colleague has snoozed it otherwise since, with both times', async () => {
    const operation = await snooze(clock.now() + hour);
    await desk.until(outboxEmpty);
    await alex.call('PATCH', `/support/tickets/${ticket.id}`, {
      snoozed_until: new Date(Date.now() + 5 * hour).toISOString(),
    });
    await desk.call('triage.undo', operation);
    await desk.until(async () => (await outbox()).some((item) => item.state === 'not-sent'));
    expect(await outbox()).toMatchObject([
      {
        reason: 'conflict',
        conflicts: [
          { field: 'snoozed_until', mine: null, theirs: expect.stringMatching(/^\d{4}-/) },
        ],
      },
    ]);
  });

  test('of closing a snoozed ticket puts it back to sleep', async () => {
    const until = Math.ceil(clock.now() / minute) * minute + 3 * hour;
    await snooze(until);
    const close = await desk.call('triage.close', { ticket_id: ticket.id });
    expect((await row())?.snooze).toBeNull();
    await desk.until(outboxEmpty);
    expect(await snoozedOnServer()).toBeNull();
    await desk.call('triage.undo', close);
    await desk.until(outboxEmpty);
    expect(await row()).toMatchObject({ status: 'open', snooze: { state: 'asleep', until } });
  });
});

test('a server that keeps no snoozes leaves them to the desk: asleep, over a restart, until the time or the reply', async () => {
  // One whose superusers see everybody's tickets, so that a desk has work.
  const server = await startLevel1Server(0, { superuserSees: 'all' });
  const own = tempDir();
  const staff = server.addPerson({
    email: 'maya@example.test',
    password: testPassword,
    name: 'Maya Ruiz',
    staff: true,
  });
  const customer = server.addPerson({
    email: 'dana@example.test',
    password: testPassword,
    name: 'Dana Okafor',
    staff: false,
  });
  const [one, two] = [
    server.addTicket(customer, 'Until the time'),
    server.addTicket(customer, 'Until the reply'),
  ];
  const secrets = createMemorySecrets();
  let old = openTestDesk(own.dir, server.server, secrets, clock);
  const list = async (view: ViewId) =>
    (await old.call('tickets.list', { view, after: null, limit: 10 })).rows;
  try {
    await old.call('session.signIn', { email: staff.email, password: testPassword });
    await old.until(async () => (await old.call('sync.get', {})).phase === 'live');
    const until = new Date(clock.now() + hour).toISOString();
    for (const { id } of [one, two])
      await old.call('triage.change', { ticket_id: id, change: { snoozed_until: until } });
    await old.until(async () => (await old.call('outbox.list', {})).length === 0);
    expect((await list('snoozed')).map((r) => r.subject).toSorted()).toEqual([
      'Until the reply',
      'Until the time',
    ]);
    await old.desk.close();
    old = openTestDesk(own.dir, server.server, secrets, clock);
    expect(await list('snoozed')).toHaveLength(2);
    server.write(customer, two.id, 'Hello again');
    await old.until(async () => (await old.call('sync.get', {})).phase === 'live');
    await old.until(async () => (await list('waiting')).length === 1);
    expect((await list('waiting'))[0]).toMatchObject({
      id: two.id,
      snooze: { state: 'woke', by: 'reply' },
    });
    clock.advance(hour + minute);
    expect((await list('unassigned')).find((r) => r.id === one.id)).toMatchObject({
      snooze: { state: 'woke', by: 'time' },
    });
  } finally {
    await old.desk.close();
    await server.close();
    own.remove();
  }
});

test.each([
  ['4 h ahead', 4],
  ['4 h behind', -4],
])(
  "'in 3 hours' is 3 hours on a computer that is %s: the window is told how far, and counts from the server's time",
  async (_what, hoursAhead) => {
    await desk.desk.close();
    clock = createFakeClock(Date.now() + hoursAhead * hour);
    home.remove();
    home = tempDir();
    desk = openTestDesk(home.dir, network.server, createMemorySecrets(), clock);
    await desk.call('session.signIn', { email: maya.email, password: testPassword });
    await desk.until(async () => {
      const { phase, clock_ahead_ms: known } = await desk.call('sync.get', {});
      return phase === 'live' && known !== undefined;
    });
    const { clock_ahead_ms: ahead = 0 } = await desk.call('sync.get', {});
    expect(Math.abs(ahead - hoursAhead * hour)).toBeLessThanOrEqual(minute);
    const until = clock.now() - ahead + 3 * hour;
    await snooze(until);
    expect(await ids('snoozed')).toEqual([ticket.id]);
    await desk.until(outboxEmpty);
    expect(await snoozedOnServer()).toBe(new Date(until).toISOString().replace('Z', '000Z'));
    clock.advance(3 * hour - 5 * minute);
    expect(await ids('snoozed')).toEqual([ticket.id]);
    clock.advance(10 * minute);
    expect(await ids('snoozed')).toEqual([]);
  },
);
