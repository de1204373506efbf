import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';
import { testPassword } from '../helpers/api.ts';
import { openTestDesk, tempDir, type TestDesk } from '../helpers/desk.ts';
import { createFakeClock, type FakeClock } from '../helpers/fake-clock.ts';
import {
  startLevel1Server,
  type Level1Options,
  type Level1Person,
  type Level1Server,
} from '../helpers/level1-server.ts';

let server: Level1Server;
let maya: Level1Person;
let jonas: Level1Person;
let dana: Level1Person;
let desk: TestDesk;
let clock: FakeClock;
const ends: (() => Promise<void> | void)[] = [];

async function start(options: Level1Options): Promise<void> {
  server = await startLevel1Server(0, options);
  const person = (name: string, staff: boolean) =>
    server.addPerson({
      email: `${name.split(' ')[0]}@example.test`,
      password: testPassword,
      name,
      staff,
    });
  [maya, jonas, dana] = [
    person('Maya Ruiz', true),
    person('Jonas Weber', true),
    person('Dana Okafor', false),
  ];
  const home = tempDir();
  clock = createFakeClock(Date.now());
  desk = openTestDesk(home.dir, server.server, createMemorySecrets(), clock);
  ends.push(
    () => desk.desk.close(),
    () => server.close(),
    home.remove,
  );
}
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const sync = () => desk.call('sync.get', {});
const phaseIs = (phase: string) => async () => (await sync()).phase === phase;
const signIn = async () => {
  await desk.call('session.signIn', { email: maya.email, password: maya.password });
  await desk.call('settings.set', { undo_seconds: 0 });
  await desk.until(phaseIs('live'));
};
const outbox = () => desk.call('outbox.list', {});
const thread = (ticketId: string) =>
  desk.call('thread.get', { ticket_id: ticketId, before: null, limit: 100 });
const reply = (ticketId: string, text: string, finish: 'close' | null = null) =>
  desk.call('compose.send', { ticket_id: ticketId, kind: 'reply', text, finish });
/** Reads everything that changed, as the next poll does. */
async function readAgain(): Promise<void> {
  const before = server.log.filter((line) => line === 'GET /support/tickets').length;
  await desk.call('sync.retry', {});
  await expect
    .poll(() => server.log.filter((line) => line === 'GET /support/tickets').length)
    .toBeGreaterThan(before);
  await desk.until(phaseIs('live'));
}
const isClose = (line: string) => line.endsWith('/close');

describe("whose words are whose, where everybody's are written as a user's", () => {
  beforeEach(() => start({ superuserSees: 'all' }));

  test('two replies and a reply that closes, queued offline on one ticket, go out in order without a card', async () => {
    const ticket = server.addTicket(dana, 'Refund');
    await signIn();
    server.fail(() => true, { kind: 'never' }, 1_000);
    await desk.call('sync.retry', {});
    await desk.until(phaseIs('offline'));
    await reply(ticket.id, 'First answer');
    await reply(ticket.id, 'Second answer');
    await reply(ticket.id, 'Last answer', 'close');
    server.mend();
    await desk.call('sync.retry', {});
    await expect
      .poll(
        async () => {
          clock.advance(1_000);
          return (await outbox()).map(({ kind, reason }) => reason ?? kind);
        },
        { timeout: 120_000 },
      )
      .toEqual([]);
    expect(server.messages(ticket.id).map((m) => m.message)).toEqual([
      'It has been three business days now.',
      'First answer',
      'Second answer',
      'Last answer',
    ]);
    expect(server.tickets.get(ticket.id)?.status).toBe('closed');
  });

  test('my replies stand on my side after each reading, a colleague stays a colleague, and from:me finds mine', async () => {
    const ticket = server.addTicket(dana, 'Refund');
    server.write(jonas, ticket.id, 'Jonas looks into it');
    server.insertAsStaff(jonas, ticket.id, 'Written by hand');
    server.insertAsStaff(jonas, ticket.id, 'Between us', true);
    await signIn();
    await reply(ticket.id, 'From the desk');
    await desk.until(async () => (await outbox()).length === 0);
    server.write(maya, ticket.id, 'From another desk');
    for (const round of ['the next reading', 'one more']) {
      await readAgain();
      const { messages, ticket: shown } = await thread(ticket.id);
      expect(
        messages.map(({ text, kind, mine, author }) => [text, kind, mine, author]),
        round,
      ).toEqual([
        [
          'It has been three business days now.',
          'customer',
          false,
          `Customer ${dana.id.slice(0, 4)}`,
        ],
        ['Jonas looks into it', 'reply', false, 'Support Team'],
        ['Written by hand', 'reply', false, 'Support Team'],
        ['Between us', 'note', false, 'Support Team'],
        ['From the desk', 'reply', true, 'Maya Ruiz'],
        ['From another desk', 'reply', true, 'Maya Ruiz'],
      ]);
      expect(shown).toMatchObject({
        preview_by: 'me',
        unread: false,
        status: 'in_progress',
        requester_id: dana.id,
        message_count: 6,
      });
      const found = await desk.call('search.query', { query: 'from:me desk', limit: 5 });
      expect(
        found.hits.map((hit) => hit.row.id),
        round,
      ).toEqual([ticket.id]);
    }
  });

  test('a reply whose answer is lost raises no banner with my own words, and neither does a colleague', async () => {
    const ticket = server.addTicket(dana, 'Refund');
    await signIn();
    server.fail((line) => line.startsWith('POST') && line.endsWith('/messages'), { kind: 'cut' });
    await reply(ticket.id, 'My own words');
    await desk.until(async () => (await outbox()).length === 0);
    server.write(jonas, ticket.id, 'Jonas adds');
    await readAgain();
    expect(desk.events.filter((event) => event.name === 'notification.show')).toEqual([]);
    expect(await thread(ticket.id)).toMatchObject({ ticket: { unread: false } });
  });

  test('a close after an unseen message of the customer is stopped, and goes once the agent has seen it', async () => {
    const ticket = server.addTicket(dana, 'Refund');
    await signIn();
    server.write(dana, ticket.id, 'Wait, one more thing');
    await desk.call('triage.close', { ticket_id: ticket.id });
    await desk.until(async () => (await outbox())[0]?.state === 'not-sent');
    expect(await outbox()).toMatchObject([
      { kind: 'close', reason: 'stale', newer: [{ text: 'Wait, one more thing' }] },
    ]);
    expect(server.log.filter(isClose)).toEqual([]);
    expect(server.tickets.get(ticket.id)?.status).toBe('waiting');
    await desk.call('outbox.retry', { operation_id: (await outbox())[0]?.id ?? '' });
    await desk.until(async () => (await outbox()).length === 0);
    expect(server.tickets.get(ticket.id)?.status).toBe('closed');
  });
});

describe('where a closed ticket cannot be opened again', () => {
  beforeEach(async () => {
    await start({ superuserSees: 'all' });
    await signIn();
    await desk.call('settings.set', { undo_seconds: 10 });
  });
  const statusOf = (id: string) => server.tickets.get(id)?.status;
  const settled = async () => {
    await expect
      .poll(
        async () => {
          clock.advance(1_000);
          return (await outbox()).length;
        },
        { timeout: 120_000 },
      )
      .toBe(0);
  };

  test('a close is held for the undo window, undone in it, and refused to be undone once it is sent', async () => {
    const ticket = server.addTicket(dana, 'Refund');
    await readAgain();
    const first = await desk.call('triage.close', { ticket_id: ticket.id });
    expect(first.undo_ms).toBe(10_000);
    expect(await outbox()).toMatchObject([{ kind: 'close', state: 'held', held_ms: 10_000 }]);
    expect((await thread(ticket.id)).ticket.status).toBe('closed');
    clock.advance(9_000);
    expect(await desk.call('triage.undo', { operation_id: first.operation_id })).toEqual({
      result: 'dropped',
    });
    clock.advance(60_000);
    expect([await outbox(), statusOf(ticket.id)]).toEqual([[], 'open']);

    const second = await desk.call('triage.close', { ticket_id: ticket.id });
    clock.advance(10_001);
    await settled();
    expect(statusOf(ticket.id)).toBe('closed');
    await expect(
      desk.call('triage.undo', { operation_id: second.operation_id }),
    ).rejects.toMatchObject({ code: 'not-undoable' });
    expect(await outbox()).toEqual([]);
  });

  test('a bulk of closes is held and undone like one, and refused to be undone once it is sent', async () => {
    const tickets = Array.from({ length: 5 }, (_, n) => server.addTicket(dana, `Ticket ${n}`));
    await readAgain();
    const target = { ids: tickets.map(({ id }) => id) };
    const closeAll = async () => {
      const started = desk.call('bulk.start', { target, action: { kind: 'close' } });
      await expect
        .poll(async () => {
          clock.advance(1);
          return (await outbox()).map(({ state }) => state);
        })
        .toEqual(Array.from({ length: 5 }, () => 'held'));
      const bulk = await started;
      expect(bulk.undo_ms).toBe(10_000);
      return bulk.id;
    };
    const undone = await closeAll();
    await desk.call('bulk.undo', { bulk_id: undone });
    await expect
      .poll(async () => {
        clock.advance(1);
        return (await outbox()).length;
      })
      .toBe(0);
    clock.advance(60_000);
    expect(server.log.filter(isClose)).toEqual([]);

    const sent = await closeAll();
    clock.advance(10_001);
    await settled();
    expect(tickets.map(({ id }) => statusOf(id))).toEqual(
      Array.from({ length: 5 }, () => 'closed'),
    );
    await expect(desk.call('bulk.undo', { bulk_id: sent })).rejects.toMatchObject({
      code: 'not-undoable',
    });
    expect(await desk.call('bulk.get', { bulk_id: sent, limit: 10 })).toMatchObject({
      bulk: { undone: false, counts: { done: 5 } },
    });
  });

  test('with the undo window off a close is sent at once and says that it cannot be undone', async () => {
    await desk.call('settings.set', { undo_seconds: 0 });
    const ticket = server.addTicket(dana, 'Refund');
    await readAgain();
    expect((await desk.call('triage.close', { ticket_id: ticket.id })).undo_ms).toBe(0);
    await settled();
    expect(statusOf(ticket.id)).toBe('closed');
  });
});

describe('the existing service, which shows everybody only their own tickets', () => {
  beforeEach(() => start({}));

  test('a superuser is told so, without tickets and with some of their own', async () => {
    server.addTicket(dana, 'Seen by nobody here');
    await signIn();
    expect(await sync()).toMatchObject({ tickets_cached: 0, only_own: true });
    const own = server.addTicket(maya, 'My own question');
    server.insertAsStaff(jonas, own.id, 'An answer by hand');
    await readAgain();
    expect(await sync()).toMatchObject({ tickets_cached: 1, only_own: true });
    const shown = await thread(own.id);
    expect(shown.ticket).toMatchObject({ requester: 'Maya Ruiz', requester_id: maya.id });
    expect(shown.messages.map(({ mine, author }) => [mine, author])).toEqual([
      [true, 'Maya Ruiz'],
      [false, 'Support Team'],
    ]);
  });

  test('an account that is deactivated meanwhile is told so', async () => {
    await signIn();
    server.deactivate(maya);
    await desk.call('sync.retry', {});
    await desk.until(phaseIs('sign-in-needed'));
    expect((await sync()).reason).toBe('account-deactivated');
  });
});

test("where customers' tickets are shown nobody is told that only their own are", async () => {
  await start({ superuserSees: 'all' });
  server.addTicket(dana, 'Refund');
  server.addTicket(maya, 'My own question');
  await signIn();
  expect((await sync()).only_own).toBeUndefined();
});
