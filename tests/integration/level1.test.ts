import { cpSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';
import { startApi, testPassword } from '../helpers/api.ts';
import { openTestDesk, tempDir, type TestDesk } from '../helpers/desk.ts';
import { createFakeClock, type FakeClock } from '../helpers/fake-clock.ts';
import {
  startLevel1Server,
  type Fault,
  type Level1Person,
  type Level1Server,
} from '../helpers/level1-server.ts';
import { startProxy } from '../helpers/proxy.ts';

let server: Level1Server;
let maya: Level1Person;
let dana: Level1Person;
let home: ReturnType<typeof tempDir>;
let desk: TestDesk;
let clock: FakeClock;
let secrets = createMemorySecrets();

const mayaAccount = {
  email: 'maya@example.test',
  password: testPassword,
  name: 'Maya Ruiz',
  staff: true,
};

beforeEach(async () => {
  // Far from UTC, so that a time without zone that is read as local is hours wrong.
  vi.stubEnv('TZ', 'Asia/Kolkata');
  // One whose superusers see everybody's tickets, so that a desk has work.
  server = await startLevel1Server(0, { superuserSees: 'all' });
  maya = server.addPerson(mayaAccount);
  dana = server.addPerson({
    email: 'dana@example.test',
    password: testPassword,
    name: 'Dana Okafor',
    staff: false,
  });
  home = tempDir();
  secrets = createMemorySecrets();
  clock = createFakeClock(Date.now());
  desk = openTestDesk(home.dir, server.server, secrets, clock);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await desk.desk.close();
  await server.close();
  home.remove();
});

const state = () => desk.call('sync.get', {});
const phaseIs = (phase: string) => async () => (await state()).phase === phase;
const signIn = async () => {
  await desk.call('session.signIn', { email: maya.email, password: maya.password });
  await desk.call('settings.set', { undo_seconds: 0 });
  await desk.until(phaseIs('live'));
};
/**
 * The timers of the next poll and of the watchdog are all that waits; the search follows the rows,
 * and the logs go into their files, within a second or two.
 */
async function atRest(): Promise<void> {
  await expect
    .poll(
      () => {
        clock.advance(200);
        return clock.waiting();
      },
      { timeout: 120_000 },
    )
    .toBe(2);
}
/** The next poll, from its timer to its end. */
async function poll(): Promise<void> {
  await atRest();
  clock.advance(60_000);
  await atRest();
}
const outbox = () => desk.call('outbox.list', {});
const outboxEmpty = async () => (await outbox()).length === 0;
const reply = async (ticketId: string, text: string) => {
  await desk.call('compose.send', { ticket_id: ticketId, kind: 'reply', text });
};
const thread = (ticketId: string) =>
  desk.call('thread.get', { ticket_id: ticketId, before: null, limit: 100 });
const onServer = (ticketId: string, text: string) =>
  server.messages(ticketId).filter((m) => m.message === text).length;
const posts = () => server.log.filter((line) => line.startsWith('POST /support/tickets/')).length;
const isReply = (line: string) => /^POST \/support\/tickets\/[^/]+\/messages$/.test(line);
/**
 * Lets time pass in steps until `check` holds: what waits for time waits for answers in between.
 */
async function passTime(check: () => Promise<boolean>): Promise<void> {
  await expect
    .poll(
      async () => {
        clock.advance(5_000);
        return check();
      },
      { timeout: 120_000 },
    )
    .toBe(true);
}

describe('pull', () => {
  test('brings every ticket and message, its times as UTC, values it does not know, and names nobody it cannot', async () => {
    const ticket = server.addTicket(dana, 'Statement is empty');
    Object.assign(ticket, { status: 'escalated', category: 'crypto' });
    await signIn();
    const [row] = (await desk.call('tickets.list', { view: 'all', after: null, limit: 10 })).rows;
    const [first] = server.messages(ticket.id);
    expect(row).toMatchObject({
      id: ticket.id,
      subject: 'Statement is empty',
      requester: `Customer ${dana.id.slice(0, 4)}`,
      preview: first?.message,
      preview_by: 'customer',
      status: 'escalated',
      category: 'crypto',
      unread: true,
    });
    expect(new Date(0).getHours()).toBe(5);
    const shown = await thread(ticket.id);
    expect(shown.messages).toMatchObject([
      {
        kind: 'customer',
        text: first?.message,
        author: `Customer ${dana.id.slice(0, 4)}`,
        at: Math.floor(Date.parse(`${first?.created_at ?? ''}Z`)),
      },
    ]);
    expect(shown.ticket).toMatchObject({
      message_count: 1,
      requester_id: dana.id,
      requester_email: '',
    });
    expect(
      (await desk.call('search.query', { query: 'three business', limit: 5 })).hits.map(
        (hit) => hit.row.id,
      ),
    ).toEqual([ticket.id]);
    expect(await state()).toMatchObject({
      phase: 'live',
      abilities: { level: 1, live: false, notes: false },
    });
  });

  test('costs one list and the changed threads, at most once a minute', async () => {
    const tickets = Array.from({ length: 12 }, (_, n) => server.addTicket(dana, `Ticket ${n}`));
    await signIn();
    expect(server.log.filter((line) => line.endsWith('/messages'))).toHaveLength(12);
    server.log.length = 0;
    await poll();
    await poll();
    await expect.poll(() => server.log).toEqual(['GET /support/tickets', 'GET /support/tickets']);
    server.write(dana, tickets[3]?.id ?? '', 'older news');
    server.write(dana, tickets[7]?.id ?? '', 'newest news');
    server.log.length = 0;
    await poll();
    await expect
      .poll(() => server.log)
      .toEqual([
        'GET /support/tickets',
        `GET /support/tickets/${tickets[7]?.id}/messages`,
        `GET /support/tickets/${tickets[3]?.id}/messages`,
      ]);
  });

  test('asks again what the server can do at each start and, since an upgrade breaks no connection, each hour', async () => {
    const asked = () => server.log.filter((line) => line === 'GET /support/capabilities').length;
    await signIn();
    await poll();
    expect(asked()).toBe(1);
    clock.advance(60 * 60_000);
    await poll();
    expect(asked()).toBe(2);
    await desk.desk.close();
    desk = openTestDesk(home.dir, server.server, secrets, clock);
    await desk.until(phaseIs('live'));
    expect(asked()).toBe(3);
  });

  test('shows the rows before their threads, goes on with the others where one fails, and removes what is gone', async () => {
    const bad = server.addTicket(dana, 'Cannot be read');
    const good = server.addTicket(dana, 'Can be read');
    const lists: Promise<number>[] = [];
    const count = async (): Promise<number> =>
      (await desk.call('tickets.list', { view: 'all', after: null, limit: 10 })).rows.length;
    desk.desk.events.listen((name) => {
      if (name === 'committed') lists.push(count());
    });
    server.fail((line) => line === `GET /support/tickets/${bad.id}/messages`, { kind: 'crash' });
    await signIn();
    expect((await Promise.all(lists)).find((rows) => rows > 0)).toBe(2);
    expect((await thread(good.id)).messages).toHaveLength(1);
    expect((await thread(bad.id)).messages).toHaveLength(0);
    server.removeTicket(good.id);
    await poll();
    await expect.poll(async () => (await thread(bad.id)).messages.length).toBe(1);
    await expect(thread(good.id)).rejects.toMatchObject({ code: 'ticket-not-found' });
  });

  test('goes on after a stop in the middle without reading again what it has', async () => {
    for (let n = 0; n < 10; n += 1) server.addTicket(dana, `Ticket ${n}`);
    let left = 5;
    server.fail((line) => line.endsWith('/messages') && (left -= 1) < 0, { kind: 'never' });
    await desk.call('session.signIn', { email: maya.email, password: maya.password });
    await desk.call('settings.set', { undo_seconds: 0 });
    await desk.until(phaseIs('offline'));
    await desk.desk.close();
    const before = server.log.length;
    desk = openTestDesk(home.dir, server.server, secrets, clock);
    await desk.until(phaseIs('live'));
    const read = server.log.slice(before).filter((line) => line.endsWith('/messages')).length;
    expect(read).toBeLessThan(10);
    expect(read).toBeGreaterThan(0);
    for (const { id } of server.tickets.values())
      expect((await thread(id)).messages).toHaveLength(1);
  });

  test('raises a banner for what a customer wrote since the last poll, none for the first copy', async () => {
    const ticket = server.addTicket(dana, 'Please notice me');
    await signIn();
    const banners = () =>
      desk.events.filter((e) => e.name === 'notification.show').map((e) => e.payload);
    expect(banners()).toEqual([]);
    server.write(dana, ticket.id, 'hello, anyone?');
    await poll();
    await expect.poll(banners).toMatchObject([
      {
        ticket_id: ticket.id,
        title: `Customer ${dana.id.slice(0, 4)}`,
        body: 'Please notice me\nhello, anyone?',
      },
    ]);
  });

  test('a page of a stranger is offline and teaches nothing', async () => {
    const ticket = server.addTicket(dana, 'Behind a portal');
    server.fail((line) => line.startsWith('GET /support'), { kind: 'html', status: 404 }, 100);
    await desk.call('session.signIn', { email: maya.email, password: maya.password });
    await desk.call('settings.set', { undo_seconds: 0 });
    await desk.until(phaseIs('offline'));
    expect(await state()).toMatchObject({
      reason: 'unexpected-answer',
      abilities: { level: null, notes: true },
    });
    server.mend();
    await desk.call('sync.retry', {});
    await desk.until(phaseIs('live'));
    server.fail(() => true, { kind: 'html', status: 200 }, 100);
    await desk.call('sync.retry', {});
    await desk.until(phaseIs('offline'));
    expect(await state()).toMatchObject({ reason: 'unexpected-answer', abilities: { level: 1 } });
    expect((await thread(ticket.id)).messages).toHaveLength(1);
  });

  test('a token that has ended is renewed, and both tokens of the answer are used from then on', async () => {
    await signIn();
    const before = server.refreshes();
    for (const n of [1, 2]) {
      server.expireAccess();
      await desk.call('sync.retry', {});
      await expect.poll(() => server.refreshes()).toBe(before + n);
      await desk.until(phaseIs('live'));
    }
    expect(await desk.call('session.get', {})).toMatchObject({ state: 'signed-in' });
  });
});

describe('push', () => {
  test('sends a reply once and shows it once, as mine, and closes a ticket', async () => {
    const ticket = server.addTicket(dana, 'Answer me');
    await signIn();
    await reply(ticket.id, 'Here you are.');
    await desk.until(outboxEmpty);
    await poll();
    expect(onServer(ticket.id, 'Here you are.')).toBe(1);
    expect(
      (await thread(ticket.id)).messages.filter((m) => m.text === 'Here you are.'),
    ).toMatchObject([{ kind: 'reply', mine: true, author: 'Maya Ruiz', delivery: null }]);
    expect(server.log.filter((line) => line.endsWith('/notes'))).toEqual([]);
    await desk.call('triage.close', { ticket_id: ticket.id });
    await desk.until(outboxEmpty);
    expect(server.tickets.get(ticket.id)?.status).toBe('closed');
    expect((await thread(ticket.id)).ticket).toMatchObject({
      status: 'closed',
      requester_id: dana.id,
      message_count: 2,
    });
  });

  test('closed already is what the agent wanted; a reply to a ticket closed meanwhile waits for the agent', async () => {
    const closing = server.addTicket(dana, 'Closed by two');
    const replying = server.addTicket(dana, 'Closed before the reply');
    await signIn();
    for (const ticket of [closing, replying]) Object.assign(ticket, { status: 'closed' });
    await desk.call('triage.close', { ticket_id: closing.id });
    await reply(replying.id, 'too late');
    await desk.until(
      async () => (await outbox()).length === 1 && (await outbox())[0]?.state === 'not-sent',
    );
    expect((await outbox())[0]).toMatchObject({
      ticket_id: replying.id,
      kind: 'reply',
      text: 'too late',
    });
    expect(onServer(replying.id, 'too late')).toBe(0);
  });

  test('a lost answer is settled by reading the thread, also where the same words were said before', async () => {
    const ticket = server.addTicket(dana, 'The answer gets lost');
    server.write(maya, ticket.id, 'Done.');
    await signIn();
    server.fail(isReply, { kind: 'cut' });
    await reply(ticket.id, 'Done.');
    await reply(ticket.id, 'Done.');
    await desk.until(outboxEmpty);
    expect(onServer(ticket.id, 'Done.')).toBe(3);
    expect(server.log.filter(isReply)).toHaveLength(2);
    expect(
      (await thread(ticket.id)).messages.filter((m) => m.text === 'Done.' && m.delivery === null),
    ).toHaveLength(3);
  });

  test.each<Fault>([{ kind: 'never' }, { kind: 'crash' }])(
    'what surely did not arrive (%j) goes again, but only after a second look',
    async (fault) => {
      const ticket = server.addTicket(dana, 'Never arrived');
      await signIn();
      server.fail(isReply, fault);
      await reply(ticket.id, 'once please');
      await expect
        .poll(
          () => server.log.filter((line) => line === `GET /support/tickets/${ticket.id}`).length,
        )
        .toBeGreaterThanOrEqual(2);
      expect(await outbox()).toMatchObject([{ state: 'sending' }]);
      expect(posts()).toBe(1);
      await passTime(outboxEmpty);
      expect(posts()).toBe(2);
      expect(onServer(ticket.id, 'once please')).toBe(1);
    },
  );

  test('what may still be on its way is parked, never sent again by itself, and confirmed when it turns up', async () => {
    const ticket = server.addTicket(dana, 'Held by something between');
    const other = server.addTicket(dana, 'Not held up');
    await signIn();
    let arrive = (): void => undefined;
    server.fail(isReply, {
      kind: 'gateway',
      held: (effect) => {
        arrive = effect;
      },
    });
    await reply(ticket.id, 'on its way');
    await passTime(async () => (await outbox())[0]?.state === 'not-sent');
    expect((await outbox())[0]?.reason).toBe('unknown-outcome');
    await reply(other.id, 'meanwhile');
    await expect.poll(() => onServer(other.id, 'meanwhile')).toBe(1);
    for (let n = 0; n < 5; n += 1) await poll();
    expect(server.log.filter(isReply)).toHaveLength(2);
    arrive();
    await passTime(outboxEmpty);
    expect(onServer(ticket.id, 'on its way')).toBe(1);
    expect((await thread(ticket.id)).messages.filter((m) => m.text === 'on its way')).toHaveLength(
      1,
    );
  });

  test('sent again by the agent it looks first, and goes only if it is not there', async () => {
    const ticket = server.addTicket(dana, 'Decided by the agent');
    await signIn();
    for (const there of [true, false]) {
      let arrive = (): void => undefined;
      const text = there ? 'there after all' : 'not there';
      server.fail(isReply, {
        kind: 'gateway',
        held: (effect) => {
          arrive = effect;
        },
      });
      await reply(ticket.id, text);
      await passTime(async () => (await outbox())[0]?.state === 'not-sent');
      if (there) arrive();
      await desk.call('outbox.retry', { operation_id: (await outbox())[0]?.id ?? '' });
      await desk.until(outboxEmpty);
      expect(onServer(ticket.id, text), text).toBe(1);
    }
    expect(server.log.filter(isReply)).toHaveLength(3);
  });

  /**
   * Starts a desk from the files as a crash leaves them: a reply is on its way and its answer is
   * not there.
   */
  async function crashDuringReply(ticketId: string, effect: 'at once' | 'late') {
    await signIn();
    const releases: (() => void)[] = [];
    server.fail(isReply, {
      kind: 'hold',
      effect,
      held: (release) => {
        releases.push(release);
      },
    });
    await reply(ticketId, 'exactly once');
    await expect.poll(() => releases).toHaveLength(1);
    const crashed = tempDir();
    cpSync(home.dir, crashed.dir, { recursive: true });
    const restarted = openTestDesk(crashed.dir, server.server, secrets, clock);
    await restarted.until(async () => (await restarted.call('sync.get', {})).phase === 'live');
    return {
      restarted,
      waiting: () => restarted.call('outbox.list', {}),
      release: () => {
        releases.pop()?.();
      },
      async end() {
        await restarted.desk.close();
        crashed.remove();
        releases.pop()?.();
      },
    };
  }

  test('a crash while a reply was under way is an unknown outcome: it is found in its thread and not sent again', async () => {
    const ticket = server.addTicket(dana, 'Cut off by a crash');
    const { waiting, end } = await crashDuringReply(ticket.id, 'at once');
    await passTime(async () => (await waiting()).length === 0);
    expect(onServer(ticket.id, 'exactly once')).toBe(1);
    expect(server.log.filter(isReply)).toHaveLength(1);
    await end();
  });

  test('after a crash too, a reply that is not there yet gets a second look before anything is sent', async () => {
    const ticket = server.addTicket(dana, 'Cut off by a crash');
    const other = server.addTicket(dana, 'Not held up');
    const { restarted, waiting, release, end } = await crashDuringReply(ticket.id, 'late');
    // What goes out meanwhile shows that the desk has had its chance.
    await restarted.call('compose.send', { ticket_id: other.id, kind: 'reply', text: 'meanwhile' });
    await restarted.until(async () => (await waiting()).length === 1);
    expect(onServer(other.id, 'meanwhile')).toBe(1);
    expect(await waiting()).toMatchObject([{ ticket_id: ticket.id, state: 'sending' }]);
    release();
    await passTime(async () => (await waiting()).length === 0);
    expect(onServer(ticket.id, 'exactly once')).toBe(1);
    expect(
      server.log.filter((line) => line === `POST /support/tickets/${ticket.id}/messages`),
    ).toHaveLength(1);
    await end();
  });

  test.each([
    ['once, after which all had gone', 4],
    ['in part', 2],
    ['not at all', 0],
  ])(
    'an older copy of the data folder: what had been sent %s is not sent again, also of the same words',
    async (_, sent) => {
      const ticket = server.addTicket(dana, 'Restored from a backup');
      await signIn();
      const texts = ['one', 'ok', 'ok', 'two'];
      server.fail(() => true, { kind: 'never' }, 1_000);
      await desk.call('sync.retry', {});
      await desk.until(phaseIs('offline'));
      for (const text of texts) await reply(ticket.id, text);
      await desk.desk.close();
      const backup = tempDir();
      cpSync(home.dir, backup.dir, { recursive: true });
      server.mend();
      // What the desk did after the copy was made, from here or from wherever.
      for (const text of texts.slice(0, sent)) server.write(maya, ticket.id, text);
      desk = openTestDesk(backup.dir, server.server, secrets, clock);
      await passTime(outboxEmpty);
      expect(
        server
          .messages(ticket.id)
          .slice(1)
          .map((m) => m.message),
      ).toEqual(texts);
      expect(server.log.filter(isReply)).toHaveLength(texts.length - sent);
      const ids = (await desk.call('outbox.journal', { limit: 10 })).map((item) => item.server_id);
      expect(new Set(ids).size).toBe(4);
      backup.remove();
    },
  );

  test('the same words sent on purpose again go again', async () => {
    const ticket = server.addTicket(dana, 'Thanks, and thanks');
    await signIn();
    for (const _ of [1, 2, 3]) {
      await reply(ticket.id, 'thanks');
      await desk.until(outboxEmpty);
    }
    await reply(ticket.id, 'thanks');
    await reply(ticket.id, 'thanks');
    await desk.until(outboxEmpty);
    expect(onServer(ticket.id, 'thanks')).toBe(5);
  });

  test("a reply of a service that writes staff as its user is found as one's own", async () => {
    const ticket = server.addTicket(dana, 'As the origin writes it');
    await signIn();
    server.fail(isReply, { kind: 'cut' });
    await reply(ticket.id, 'Written as a user');
    await expect.poll(() => server.messages(ticket.id).length).toBe(2);
    Object.assign(server.messages(ticket.id)[1] ?? {}, { user_id: maya.id, staff_id: null });
    await passTime(outboxEmpty);
    expect(onServer(ticket.id, 'Written as a user')).toBe(1);
  });

  test('a list that is empty for once takes nothing away; when the next one says the same it does', async () => {
    for (let n = 0; n < 30; n += 1) server.addTicket(dana, `Ticket ${n}`);
    await signIn();
    const kept = new Map(server.tickets);
    server.tickets.clear();
    await poll();
    expect(await state()).toMatchObject({ tickets_cached: 30 });
    for (const [id, ticket] of kept) server.tickets.set(id, ticket);
    await poll();
    server.tickets.clear();
    await poll();
    expect(await state()).toMatchObject({ tickets_cached: 30 });
    await poll();
    expect(await state()).toMatchObject({ tickets_cached: 0 });
  });

  test("a gateway's 404 in place of the answer to a reply is neither a refusal nor sent twice", async () => {
    const ticket = server.addTicket(dana, 'In the middle of a deploy');
    await signIn();
    server.fail(isReply, { kind: 'html', status: 404 });
    await reply(ticket.id, 'Only once');
    await passTime(async () => (await outboxEmpty()) || (await outbox())[0]?.state === 'not-sent');
    expect(await outbox()).toMatchObject([{ reason: 'unknown-outcome' }]);
    await desk.call('outbox.retry', { operation_id: (await outbox())[0]?.id ?? '' });
    await passTime(outboxEmpty);
    expect(onServer(ticket.id, 'Only once')).toBe(1);
  });

  test('a busy server is waited for without doubt', async () => {
    const ticket = server.addTicket(dana, 'Busy');
    await signIn();
    server.fail(isReply, { kind: 'busy', retryAfter: 7 });
    await reply(ticket.id, 'in a moment');
    await expect.poll(() => posts()).toBe(1);
    await passTime(outboxEmpty);
    expect(onServer(ticket.id, 'in a moment')).toBe(1);
  });

  test('what was queued offline goes out in order after a restart', async () => {
    const ticket = server.addTicket(dana, 'Offline all day');
    await signIn();
    server.fail(() => true, { kind: 'never' }, 1_000);
    await desk.call('sync.retry', {});
    await desk.until(phaseIs('offline'));
    for (const text of ['one', 'two', 'three']) await reply(ticket.id, text);
    await desk.call('draft.save', { ticket_id: ticket.id, kind: 'note', text: 'ask Jonas' });
    await desk.desk.close();
    desk = openTestDesk(home.dir, server.server, secrets, clock);
    expect(await state()).toMatchObject({ waiting: 3, abilities: { level: 1 } });
    expect((await thread(ticket.id)).drafts).toMatchObject([{ kind: 'note', text: 'ask Jonas' }]);
    server.mend();
    await desk.call('sync.retry', {});
    await passTime(outboxEmpty);
    expect(
      server
        .messages(ticket.id)
        .slice(1)
        .map((m) => m.message),
    ).toEqual(['one', 'two', 'three']);
  });
});

test('what the server cannot do is refused before anything is queued', async () => {
  const ticket = server.addTicket(dana, 'Only replies here');
  await signIn();
  const refused = { code: 'not-supported' };
  await expect(
    desk.call('compose.send', { ticket_id: ticket.id, kind: 'note', text: 'between us' }),
  ).rejects.toMatchObject(refused);
  await expect(
    desk.call('triage.change', { ticket_id: ticket.id, change: { priority: 'high' } }),
  ).rejects.toMatchObject(refused);
  await expect(
    desk.call('triage.change', { ticket_id: ticket.id, change: { assignee_id: maya.id } }),
  ).rejects.toMatchObject(refused);
  await expect(
    desk.call('triage.change', {
      ticket_id: ticket.id,
      change: { tags: { add: ['bank'], remove: [] } },
    }),
  ).rejects.toMatchObject(refused);
  await desk.call('triage.close', { ticket_id: ticket.id });
  await desk.until(outboxEmpty);
  await expect(desk.call('triage.reopen', { ticket_id: ticket.id })).rejects.toMatchObject(refused);
  expect(await outbox()).toEqual([]);
});

test('a server that is upgraded is copied anew with everything that level 2 knows', async () => {
  const api = await startApi();
  const network = await startProxy(server.server);
  const person = await api.person('admin', 'Maya Ruiz');
  const customer = await api.person('customer', 'Dana Okafor');
  const sameMaya = server.addPerson({ ...mayaAccount, id: person.id, email: person.email });
  const kept = server.addTicket(dana, 'Kept by the upgrade');
  const gone = server.addTicket(dana, 'Not kept');
  const upgradedHome = tempDir();
  const upgraded = openTestDesk(upgradedHome.dir, network.server, secrets, clock);
  const enter = async () => {
    await upgraded.call('session.signIn', { email: sameMaya.email, password: testPassword });
    await upgraded.call('settings.set', { undo_seconds: 0 });
    await upgraded.until(async () => (await upgraded.call('sync.get', {})).phase === 'live');
  };
  await enter();
  expect(await upgraded.call('sync.get', {})).toMatchObject({
    abilities: { level: 1 },
    tickets_cached: 2,
  });

  // The same ticket and message on the new server, with what only it knows.
  await api.pool.query(
    'insert into support_tickets (id, user_id, subject, category, priority) values ($1, $2, $3, $4, $5)',
    [kept.id, customer.id, 'Kept by the upgrade', 'funding', 'urgent'],
  );
  const [first] = server.messages(kept.id);
  await api.pool.query(
    'insert into support_messages (id, ticket_id, user_id, message) values ($1, $2, $3, $4)',
    [first?.id, kept.id, customer.id, first?.message],
  );
  network.aim(api.server);
  network.set('down');
  await upgraded.call('sync.retry', {});
  await upgraded.until(async () => (await upgraded.call('sync.get', {})).phase === 'offline');
  network.set('up');
  await upgraded.call('sync.retry', {});
  await upgraded.until(
    async () => (await upgraded.call('session.get', {})).state === 'sign-in-needed',
  );
  await enter();

  expect(await upgraded.call('sync.get', {})).toMatchObject({
    abilities: { level: 2, notes: true, exactly_once: true, live: true },
  });
  const shown = await upgraded.call('thread.get', { ticket_id: kept.id, before: null, limit: 10 });
  expect(shown.ticket).toMatchObject({
    requester: 'Dana Okafor',
    requester_email: customer.email,
    priority: 'urgent',
  });
  expect(shown.messages).toMatchObject([{ author: 'Dana Okafor' }]);
  await expect(
    upgraded.call('thread.get', { ticket_id: gone.id, before: null, limit: 10 }),
  ).rejects.toMatchObject({ code: 'ticket-not-found' });
  await upgraded.call('compose.send', { ticket_id: kept.id, kind: 'note', text: 'now with notes' });
  await upgraded.until(async () => (await upgraded.call('outbox.list', {})).length === 0);
  await upgraded.desk.close();
  upgradedHome.remove();
  await network.close();
  await api.close();
});
