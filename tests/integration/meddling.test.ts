import { cpSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ticket } from '../../src/contract/wire/entities.ts';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';
import { startApi, testPassword, type Person, type TestApi } from '../helpers/api.ts';
import { openTestDesk, tempDir, type TestDesk } from '../helpers/desk.ts';
import { createFakeClock, type FakeClock } from '../helpers/fake-clock.ts';
import { startLevel1Server } from '../helpers/level1-server.ts';
import {
  startMeddlingProxy,
  type MeddlingProxy,
  type Passing,
  type Said,
} from '../helpers/meddling-proxy.ts';

let api: TestApi;
let dana: Person;
let maya: Person;
let alex: Person;
let network: MeddlingProxy;
let home: ReturnType<typeof tempDir>;
let secrets = createMemorySecrets();
let clock: FakeClock;
let desk: TestDesk;
let ticket: Ticket;
let other: Ticket;

beforeAll(async () => {
  api = await startApi();
  maya = await api.person('admin', 'Maya Ruiz');
  alex = await api.person('staff', 'Alex Kim');
});
afterAll(async () => {
  await api.close();
});

beforeEach(async () => {
  network = await startMeddlingProxy(api.server);
  home = tempDir();
  secrets = createMemorySecrets();
  clock = createFakeClock(Date.now());
  desk = openTestDesk(home.dir, network.server, secrets, clock);
  // One customer may open so many tickets a day, and all of the tests together are more.
  dana = await api.person('customer', 'Dana Okafor');
  ticket = await api.ticket(dana, 'A question of money');
  other = await api.ticket(dana, 'Another question');
  await desk.call('session.signIn', { email: maya.email, password: testPassword });
  await desk.call('settings.set', { undo_seconds: 0 });
  await passTime(phaseIs('live'));
});
afterEach(async () => {
  await desk.desk.close();
  await network.close();
  home.remove();
});

const state = () => desk.call('sync.get', {});
const phaseIs = (phase: string) => async () => (await state()).phase === phase;
const outbox = () => desk.call('outbox.list', {});
const outboxEmpty = async () => (await outbox()).length === 0;
const reply = (text: string, ticketId = ticket.id) =>
  desk.call('compose.send', { ticket_id: ticketId, kind: 'reply', text });
const onServer = async (id = ticket.id): Promise<string[]> =>
  (await maya.call('GET', `/support/tickets/${id}/messages`)).body.messages
    .slice(1)
    .map((m: { message: string }) => m.message);
const ticketOnServer = async () =>
  (await maya.call('GET', `/support/tickets/${ticket.id}`)).body.ticket;
const isReply = ({ name }: Passing): boolean =>
  /^POST \/support\/tickets\/[^/]+\/messages/.test(name);
const replies = () => network.log.filter(isReply);
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
async function restart(): Promise<void> {
  await desk.desk.close();
  desk = openTestDesk(home.dir, network.server, secrets, clock);
}
/** A gateway's answer in place of the server's, for what `match`es. */
const instead = (match: (passing: Passing) => boolean, said: Said) => ({
  instead: (passing: Passing) => (match(passing) ? said : null),
});
const json = (status: number, body: unknown): Said => ({ status, body: JSON.stringify(body) });
const html = (status: number): Said => ({
  status,
  type: 'text/html',
  body: '<h1>A new version is on its way</h1>',
});

const gateways: [string, Said][] = [
  ["a framework's 404", json(404, { detail: 'Not Found' })],
  ["a gateway's 404", json(404, { message: 'no Route matched with those values' })],
  ['404 in HTML', html(404)],
  ['405', json(405, { detail: 'Method Not Allowed' })],
  ['501', json(501, { detail: 'Not Implemented' })],
  ['a page with 200', html(200)],
  ['410', json(410, { detail: 'Gone' })],
];

describe('what a known server can do is not lowered by an answer', () => {
  test.each(gateways)('%s for the question what it can do', async (_, said) => {
    network.meddle(instead(({ name }) => name === 'GET /support/capabilities', said));
    await restart();
    // 501 is the server's own trouble for all that can be told, and waited for.
    await passTime(async () => ['live', 'offline'].includes((await state()).phase));
    expect(await state()).toMatchObject({
      abilities: { level: 2, notes: true, assignment: true, exactly_once: true },
    });
    network.meddle({});
    await passTime(phaseIs('live'));
    await desk.call('compose.send', { ticket_id: ticket.id, kind: 'note', text: 'between us' });
    await passTime(outboxEmpty);
    expect(await onServer()).toEqual(['between us']);
  });

  test.each(gateways)(
    '%s for that question at a sign-in: nobody is signed in to what would be another server',
    async (_, said) => {
      network.meddle(instead(isReply, html(502)));
      await reply('Here you are.');
      await desk.call('session.signOut', {});
      network.meddle(instead(({ name }) => name === 'GET /support/capabilities', said));
      const signIn = () =>
        desk.call('session.signIn', { email: maya.email, password: testPassword });
      expect(
        await signIn().then(
          () => 'signed in',
          () => 'refused',
        ),
      ).toBe('refused');
      expect(await desk.call('session.get', {})).toMatchObject({ account: null, elsewhere: [] });
      network.meddle({});
      await signIn();
      await passTime(outboxEmpty);
      expect(await onServer()).toEqual(['Here you are.']);
    },
  );

  test.each(gateways)('%s for everything', async (_, said) => {
    network.meddle(instead(() => true, said));
    await restart();
    await reply('Here you are.');
    await passTime(phaseIs('offline'));
    expect(await outbox()).toMatchObject([{ state: 'queued', reason: null }]);
    network.meddle({});
    await passTime(outboxEmpty);
    await passTime(phaseIs('live'));
    expect(await state()).toMatchObject({ abilities: { level: 2 } });
    expect(await onServer()).toEqual(['Here you are.']);
  });

  test.each(gateways)('%s for a reply: it is neither parked nor lost', async (_, said) => {
    let left = 2;
    network.meddle({ instead: (passing) => (isReply(passing) && (left -= 1) >= 0 ? said : null) });
    await reply('Here you are.');
    await passTime(outboxEmpty);
    expect(await onServer()).toEqual(['Here you are.']);
    expect(new Set(replies().map(({ key }) => key)).size).toBe(1);
  });

  test('a reply whose answer was lost is not sent without its key while a gateway answers', async () => {
    network.meddle({ after: (passing, said) => (isReply(passing) ? html(504) : said) });
    await reply('Only once.');
    await expect.poll(() => replies().length).toBe(1);
    network.meddle(
      instead(
        ({ name }) => name === 'GET /support/capabilities' || name.startsWith('GET /support/sync'),
        json(404, { detail: 'Not Found' }),
      ),
    );
    await restart();
    await passTime(phaseIs('offline'));
    network.meddle({});
    await passTime(outboxEmpty);
    expect(await onServer()).toEqual(['Only once.']);
    expect(replies().every(({ key }) => key !== null)).toBe(true);
  });

  test('a server of level 1 under the same address: nothing goes to it; taken over by the agent, what was tried under a key is asked about first', async () => {
    // One whose superusers see everybody's tickets, so that a desk has work.
    const old = await startLevel1Server(0, { superuserSees: 'all' });
    old.addPerson({
      id: maya.id,
      email: maya.email,
      password: testPassword,
      name: 'Maya Ruiz',
      staff: true,
    });
    const customer = old.addPerson({
      email: dana.email,
      password: testPassword,
      name: 'Dana Okafor',
      staff: false,
    });
    const there = old.addTicket(customer, 'A question of money');
    old.tickets.delete(there.id);
    old.tickets.set(ticket.id, { ...there, id: ticket.id });
    network.meddle(instead(isReply, html(504)));
    await reply('Only once.');
    await expect.poll(() => replies().length).toBe(1);
    network.meddle({});
    network.aim(old.server);
    await passTime(async () => ['offline', 'sign-in-needed'].includes((await state()).phase));
    expect((await state()).abilities.level).toBe(2);
    await desk.call('session.signOut', {});
    await desk.call('session.signIn', { email: maya.email, password: testPassword });
    await passTime(phaseIs('live'));
    expect((await state()).abilities.level).toBe(1);
    expect(await outbox()).toEqual([]);
    const [waiting] = (await desk.call('session.get', {})).elsewhere ?? [];
    await desk.call('session.takeOver', { key: waiting?.key ?? '' });
    await passTime(async () => (await outbox())[0]?.state === 'not-sent');
    expect(await outbox()).toMatchObject([{ reason: 'unknown-outcome', text: 'Only once.' }]);
    expect(old.messages(ticket.id)).toEqual([]);
    await desk.call('outbox.retry', { operation_id: (await outbox())[0]?.id ?? '' });
    await passTime(outboxEmpty);
    expect(old.messages(ticket.id).map((m) => m.message)).toEqual(['Only once.']);
    await old.close();
  });
});

describe('an answer that names something else confirms nothing', () => {
  /**
   * Every answer to a write of the kind is changed; once it has been said to the agent, no more.
   */
  async function sentOnceAfter(
    write: () => Promise<unknown>,
    after: (passing: Passing, said: Said) => Said,
  ): Promise<void> {
    network.meddle({ after });
    await write();
    await passTime(async () => ((await outbox())[0]?.odd_answers ?? 0) >= 3);
    expect(await outbox()).toMatchObject([{ reason: null }]);
    expect(
      (await desk.call('outbox.journal', { limit: 10 })).filter(
        ({ ticket_id }) => ticket_id === ticket.id,
      ),
    ).toEqual([]);
    network.meddle({});
    await passTime(outboxEmpty);
  }
  const changed =
    (change: object) =>
    (passing: Passing, said: Said): Said =>
      passing.name.startsWith('GET')
        ? said
        : { ...said, body: JSON.stringify({ ...(JSON.parse(said.body) as object), ...change }) };

  test.each<[string, object]>([
    ['another ticket', { ticket_id: '0199d7a0-0000-7000-8000-000000000001' }],
    ['another operation', { client_id: '0199d7a0-0000-7000-8000-000000000002' }],
    ['no operation', { client_id: null }],
    ['a note', { is_internal: true }],
    ['another text', { message: 'Something else' }],
    ['a text that is cut', { message: 'Here' }],
    ['another author', { staff_id: '0199d7a0-0000-7000-8000-000000000003' }],
  ])('a reply by %s', async (_, change) => {
    // The feed would confirm it, rightly: it is held off too.
    const after = (passing: Passing, said: Said): Said =>
      passing.name.startsWith('GET /support/sync')
        ? {
            ...said,
            body: said.body.replace(/"messages":\[.*?\],"staff"/, '"messages":[],"staff"'),
          }
        : changed(change)(passing, said);
    await sentOnceAfter(() => reply('Here you are.'), after);
    expect(await onServer()).toEqual(['Here you are.']);
  });

  test.each<[string, () => Promise<unknown>, object]>([
    [
      'a close by an open ticket',
      () => desk.call('triage.close', { ticket_id: ticket.id }),
      { status: 'open' },
    ],
    [
      'a close by another ticket',
      () => desk.call('triage.close', { ticket_id: ticket.id }),
      { id: '0199d7a0-0000-7000-8000-000000000001' },
    ],
    [
      'a change by the value from before',
      () => desk.call('triage.change', { ticket_id: ticket.id, change: { priority: 'urgent' } }),
      { priority: 'medium' },
    ],
    [
      'a change by another ticket',
      () => desk.call('triage.change', { ticket_id: ticket.id, change: { priority: 'urgent' } }),
      { id: '0199d7a0-0000-7000-8000-000000000001' },
    ],
    [
      'a tag that is not there',
      () =>
        desk.call('triage.change', {
          ticket_id: ticket.id,
          change: { tags: { add: ['bank'], remove: [] } },
        }),
      { tags: [] },
    ],
    [
      'a version from before',
      () => desk.call('triage.change', { ticket_id: ticket.id, change: { priority: 'urgent' } }),
      { version: 0 },
    ],
  ])('%s', async (_, write, change) => {
    await sentOnceAfter(write, changed(change));
    const now = await ticketOnServer();
    expect([now.status, now.priority, now.tags.join()]).toContainEqual(
      expect.stringMatching(/^(closed|urgent|bank)$/),
    );
  });

  test('a version from before, again and again: the ticket itself decides', async () => {
    network.meddle({ after: changed({ version: 0 }) });
    await desk.call('triage.change', { ticket_id: ticket.id, change: { priority: 'urgent' } });
    await passTime(outboxEmpty);
    expect((await ticketOnServer()).priority).toBe('urgent');
  });

  test('and where the ticket does not show it any more, the agent is asked', async () => {
    network.meddle({ after: changed({ version: 0 }) });
    await desk.call('triage.change', { ticket_id: ticket.id, change: { priority: 'urgent' } });
    await passTime(async () => (await ticketOnServer()).priority === 'urgent');
    await alex.call('PATCH', `/support/tickets/${ticket.id}`, {
      priority: 'low',
      base: { priority: 'urgent' },
    });
    await passTime(async () => (await outbox())[0]?.state === 'not-sent');
    expect(await outbox()).toMatchObject([{ reason: 'unknown-outcome' }]);
  });

  test("the answer to another ticket's reply, said again", async () => {
    let answer: Said | null = null;
    network.meddle({
      after: (passing, said) => {
        if (isReply(passing)) answer = said;
        return said;
      },
    });
    await reply('For the other ticket.', other.id);
    await passTime(outboxEmpty);
    network.meddle({ instead: (passing) => (isReply(passing) ? answer : null) });
    await reply('For this one.');
    await passTime(async () => ((await outbox())[0]?.odd_answers ?? 0) >= 3);
    network.meddle({});
    await passTime(outboxEmpty);
    expect([await onServer(other.id), await onServer()]).toEqual([
      ['For the other ticket.'],
      ['For this one.'],
    ]);
  });

  test.each<[string, (id: string) => Promise<unknown>]>([
    [
      'a colleague',
      (id) =>
        alex.call(
          'POST',
          `/support/tickets/${ticket.id}/messages`,
          { message: 'Here you are.' },
          { 'idempotency-key': id },
        ),
    ],
    [
      'the customer',
      (id) =>
        dana.call(
          'POST',
          `/support/tickets/${ticket.id}/messages`,
          { message: 'Here you are.' },
          { 'idempotency-key': id },
        ),
    ],
  ])('what %s wrote under the key of a waiting reply does not confirm it', async (who, write) => {
    network.meddle(instead(() => true, html(503)));
    await desk.call('sync.retry', {});
    await passTime(phaseIs('offline'));
    await reply('Here you are.');
    const [waiting] = await outbox();
    await write(waiting?.id ?? '');
    network.meddle({});
    await passTime(async () => (await outboxEmpty()) || (await outbox())[0]?.state === 'not-sent');
    // Somebody else has written since: the agent looks, and sends it.
    if (!(await outboxEmpty()))
      await desk.call('outbox.retry', { operation_id: waiting?.id ?? '' });
    await passTime(outboxEmpty);
    const { body } = await maya.call('GET', `/support/tickets/${ticket.id}/messages`);
    const mine = body.messages.filter((m: { staff_id: string | null }) => m.staff_id === maya.id);
    expect(mine, who).toHaveLength(1);
    expect(await desk.call('outbox.journal', { limit: 5 })).toMatchObject([
      { server_id: mine[0].id },
    ]);
  });
});

test('an older copy of the data folder sends nothing a second time: the keys are the same', async () => {
  network.meddle(instead(() => true, html(503)));
  await desk.call('sync.retry', {});
  await passTime(phaseIs('offline'));
  for (const text of ['one', 'ok', 'ok', 'two']) await reply(text);
  const backup = tempDir();
  cpSync(home.dir, backup.dir, { recursive: true });
  network.meddle({});
  await passTime(outboxEmpty);
  await desk.desk.close();
  desk = openTestDesk(backup.dir, network.server, secrets, clock);
  await passTime(outboxEmpty);
  expect(await onServer()).toEqual(['one', 'ok', 'ok', 'two']);
  await restart();
  backup.remove();
});

describe('a stream that is not let through', () => {
  test.each(gateways)(
    '%s: the desk is live by polling, says so, and asks for it again',
    async (_, said) => {
      network.meddle(instead(({ name }) => name === 'GET /support/events', said));
      await restart();
      await passTime(phaseIs('live'));
      expect(await state()).toMatchObject({ abilities: { level: 2 } });
      network.meddle({});
      await passTime(async () => {
        const { phase, abilities } = await state();
        return phase === 'live' && abilities.live;
      });
      expect(await desk.call('sync.detail', {})).toMatchObject({ stream: 'connected' });
    },
  );
});

test('an account that is off is told as that, and nothing of it is lost', async () => {
  network.meddle(
    instead(
      ({ name }) => name !== 'GET /support/capabilities',
      json(403, { detail: 'User account is inactive' }),
    ),
  );
  await reply('Kept for later.');
  await passTime(phaseIs('sign-in-needed'));
  expect(await state()).toMatchObject({ reason: 'account-deactivated', waiting: 1 });
  await expect(
    desk.call('session.signIn', { email: maya.email, password: testPassword }),
  ).rejects.toMatchObject({ code: 'account-deactivated' });
  network.meddle({});
  await desk.call('session.signIn', { email: maya.email, password: testPassword });
  await passTime(outboxEmpty);
  expect(await onServer()).toEqual(['Kept for later.']);
});
