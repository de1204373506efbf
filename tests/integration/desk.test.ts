import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startApi, testPassword, type Person, type TestApi } from '../helpers/api.ts';
import { openTestDesk, tempDir, type TestDesk } from '../helpers/desk.ts';
import { startProxy } from '../helpers/proxy.ts';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';

let api: TestApi;
let dana: Person;
let maya: Person;
let network: Awaited<ReturnType<typeof startProxy>>;
let home: ReturnType<typeof tempDir>;
let desk: TestDesk;
let secrets = createMemorySecrets();

beforeAll(async () => {
  api = await startApi();
  dana = await api.person('customer', 'Dana Okafor');
  maya = await api.person('admin', 'Maya Ruiz');
});
afterAll(async () => {
  await api.close();
});

beforeEach(async () => {
  network = await startProxy(api.server);
  home = tempDir();
  secrets = createMemorySecrets();
  desk = openTestDesk(home.dir, network.server, secrets);
});
afterEach(async () => {
  await desk.desk.close();
  await network.close();
  home.remove();
});

const phaseIs = (phase: string) => async () => (await desk.call('sync.get', {})).phase === phase;
const signIn = async () => {
  await desk.call('session.signIn', { email: maya.email, password: testPassword });
  // Undo windows have tests of their own.
  await desk.call('settings.set', { undo_seconds: 0 });
  await desk.until(phaseIs('live'));
};
const outboxEmpty = async () => (await desk.call('outbox.list', {})).length === 0;
const messagesOnServer = async (ticketId: string): Promise<string[]> =>
  (await maya.call('GET', `/support/tickets/${ticketId}/messages`)).body.messages.map(
    (m: { message: string }) => m.message,
  );

describe('sync', () => {
  test('brings every ticket and message and then follows the server live', async () => {
    const ticket = await api.ticket(dana, 'Statement is empty');
    await signIn();
    expect(
      (await desk.call('tickets.list', { view: 'unassigned', after: null, limit: 50 })).rows.map(
        (r) => r.subject,
      ),
    ).toContain('Statement is empty');
    await dana.call('POST', `/support/tickets/${ticket.id}/messages`, {
      message: 'It is empty on the phone as well.',
    });
    await desk.until(
      async () =>
        (await desk.call('thread.get', { ticket_id: ticket.id, before: null, limit: 10 })).messages
          .length === 2,
    );
    const [row] = (await desk.call('tickets.list', { view: 'all', after: null, limit: 1 })).rows;
    expect(row).toMatchObject({
      id: ticket.id,
      preview: 'It is empty on the phone as well.',
      preview_by: 'customer',
      status: 'waiting',
      unread: true,
    });
  });

  test('shows the newest page of the first sync while the rest is still to come', async () => {
    await api.pool.query(
      `insert into support_tickets (user_id, subject, category, created_at) select $1, 'Old ticket ' || n, 'other', now() - make_interval(days => n) from generate_series(1, 300) n`,
      [dana.id],
    );
    const newest = await api.ticket(dana, 'The newest of all');
    let early: { phase: string; rows: number; first: string | undefined } | null = null;
    desk.desk.events.listen((name) => {
      if (name !== 'committed' || early) return;
      void Promise.all([
        desk.call('sync.get', {}),
        desk.call('tickets.list', { view: 'all', after: null, limit: 50 }),
      ]).then(([state, list]) => {
        early ??= { phase: state.phase, rows: list.rows.length, first: list.rows[0]?.id };
      });
    });
    await signIn();
    expect(early).toEqual({ phase: 'first-sync', rows: 40, first: newest.id });
    expect((await desk.call('sync.get', {})).tickets_cached).toBeGreaterThan(300);
  });

  test('finds what was said, by words, beginnings and parts, in any script', async () => {
    const ticket = await api.ticket(dana, 'Überweisung nach Zürich');
    await dana.call('POST', `/support/tickets/${ticket.id}/messages`, {
      message: '出金がまだ届いていません。',
    });
    await signIn();
    const find = async (query: string) =>
      (await desk.call('search.query', { query, limit: 10 })).hits.map((hit) => hit.row.id);
    for (const query of ['uberweisung', 'zuri', '"nach zurich"', '届いて', 'Dana uber'])
      expect(await find(query), query).toContain(ticket.id);
    for (const query of [
      '',
      '   ',
      '"',
      'uberweisung nirgendwo',
      '* OR *',
      "'; drop table tickets",
    ])
      expect(await find(query), query).not.toContain(ticket.id);
  });

  test('finds customers by name and address, with how many tickets they have, and nothing by what they wrote', async () => {
    const writer = await api.person('customer', 'Åsa Lindqvist');
    for (const subject of ['Card was declined', 'Card was declined again'])
      await api.ticket(writer, subject);
    await signIn();
    const find = async (query: string) =>
      (await desk.call('customers.find', { query, limit: 5 })).customers;
    for (const query of ['asa', 'lindq', writer.email, '} : ("asa'])
      expect(await find(query), query).toEqual([
        { id: writer.id, name: 'Åsa Lindqvist', email: writer.email, tickets: 2 },
      ]);
    for (const query of ['', 'declined', 'asa nobody', 'subject: asa'])
      expect(
        (await find(query)).filter(({ id }) => id === writer.id),
        query,
      ).toEqual([]);
  });

  test('a customer account is refused, a wrong password says so, and neither leaves a trace', async () => {
    await expect(
      desk.call('session.signIn', { email: dana.email, password: testPassword }),
    ).rejects.toMatchObject({ code: 'not-staff' });
    await expect(
      desk.call('session.signIn', { email: maya.email, password: 'wrong' }),
    ).rejects.toMatchObject({ code: 'wrong-credentials' });
    network.set('down');
    await expect(
      desk.call('session.signIn', { email: maya.email, password: testPassword }),
    ).rejects.toMatchObject({ code: 'unreachable' });
    expect(await desk.call('session.get', {})).toMatchObject({
      state: 'signed-out',
      account: null,
    });
  });
});

describe('offline', () => {
  test('everything can be done, waits, survives a restart and then goes out once and in order', async () => {
    const ticket = await api.ticket(dana, 'Offline all day');
    const other = await api.ticket(dana, 'Another ticket');
    await signIn();
    network.set('down');
    await desk.until(phaseIs('offline'));

    const { id } = ticket;
    await desk.call('compose.send', { ticket_id: id, kind: 'reply', text: 'first reply' });
    await desk.call('compose.send', { ticket_id: id, kind: 'note', text: 'a note between' });
    await desk.call('triage.change', {
      ticket_id: id,
      change: { priority: 'high', assignee_id: maya.id, tags: { add: ['bank'], remove: [] } },
    });
    await desk.call('compose.send', { ticket_id: id, kind: 'reply', text: 'second reply' });
    await desk.call('triage.close', { ticket_id: id });
    await desk.call('compose.send', {
      ticket_id: other.id,
      kind: 'reply',
      text: 'to the other one',
    });

    expect(await desk.call('sync.get', {})).toMatchObject({
      phase: 'offline',
      waiting: 6,
      reason: 'unreachable',
    });
    const thread = await desk.call('thread.get', { ticket_id: id, before: null, limit: 50 });
    expect(thread.ticket).toMatchObject({
      status: 'closed',
      priority: 'high',
      assignee_id: maya.id,
      tags: ['bank'],
      pending: 5,
    });
    expect(thread.messages.slice(1).map((m) => [m.kind, m.text, m.delivery])).toEqual([
      ['reply', 'first reply', 'queued'],
      ['note', 'a note between', 'queued'],
      ['reply', 'second reply', 'queued'],
    ]);
    expect(
      (await desk.call('tickets.list', { view: 'closed', after: null, limit: 50 })).rows.map(
        (r) => r.id,
      ),
    ).toContain(id);
    await expect(
      desk.call('compose.send', { ticket_id: id, kind: 'reply', text: 'too late' }),
    ).rejects.toMatchObject({ code: 'ticket-closed' });

    await desk.desk.close();
    desk = openTestDesk(home.dir, network.server, secrets);
    expect(await desk.call('sync.get', {})).toMatchObject({ waiting: 6 });
    expect(
      (await desk.call('tickets.list', { view: 'all', after: null, limit: 50 })).rows.length,
    ).toBeGreaterThanOrEqual(2);

    network.set('up');
    await desk.call('sync.retry', {});
    await desk.until(outboxEmpty);
    expect(await messagesOnServer(id)).toEqual([
      'It has been three business days now.',
      'first reply',
      'a note between',
      'second reply',
    ]);
    expect(await messagesOnServer(other.id)).toEqual([
      'It has been three business days now.',
      'to the other one',
    ]);
    expect((await maya.call('GET', `/support/tickets/${id}`)).body.ticket).toMatchObject({
      status: 'closed',
      priority: 'high',
      assignee_id: maya.id,
      tags: ['bank'],
    });
    expect(
      (await dana.call('GET', `/support/tickets/${id}/messages`)).body.messages.map(
        (m: { message: string }) => m.message,
      ),
    ).not.toContain('a note between');
  });

  test('a lost answer does not send twice: the same operation goes again under its id', async () => {
    const ticket = await api.ticket(dana, 'The answer gets lost');
    await signIn();
    network.set('cut-answers');
    await desk.call('compose.send', { ticket_id: ticket.id, kind: 'reply', text: 'exactly once' });
    // The server has it although the desk was told nothing.
    await expect.poll(() => messagesOnServer(ticket.id)).toContain('exactly once');
    await desk.until(phaseIs('offline'));
    network.set('up');
    await desk.call('sync.retry', {});
    await desk.until(outboxEmpty);
    expect(
      (await messagesOnServer(ticket.id)).filter((text) => text === 'exactly once'),
    ).toHaveLength(1);
    expect(
      (
        await desk.call('thread.get', { ticket_id: ticket.id, before: null, limit: 50 })
      ).messages.filter((m) => m.text === 'exactly once'),
    ).toHaveLength(1);
  });

  test('a field that someone else changed meanwhile waits for the agent; other tickets go on; use mine wins', async () => {
    const ticket = await api.ticket(dana, 'Changed by two');
    const other = await api.ticket(dana, 'Not held up');
    await signIn();
    network.set('down');
    await desk.until(phaseIs('offline'));
    await desk.call('triage.change', { ticket_id: ticket.id, change: { priority: 'low' } });
    await desk.call('triage.change', { ticket_id: other.id, change: { priority: 'low' } });
    await maya.call('PATCH', `/support/tickets/${ticket.id}`, { priority: 'urgent' });
    network.set('up');
    await desk.call('sync.retry', {});
    await desk.until(async () =>
      (await desk.call('outbox.list', {})).every((item) => item.state === 'not-sent'),
    );
    const [parked] = await desk.call('outbox.list', {});
    expect(parked).toMatchObject({
      ticket_id: ticket.id,
      change: { priority: 'low' },
      reason: 'conflict',
    });
    expect((await maya.call('GET', `/support/tickets/${other.id}`)).body.ticket.priority).toBe(
      'low',
    );
    expect(
      (await desk.call('thread.get', { ticket_id: ticket.id, before: null, limit: 1 })).ticket,
    ).toMatchObject({ priority: 'urgent', not_sent: true });
    await desk.call('outbox.retry', { operation_id: parked?.id ?? '' });
    await desk.until(outboxEmpty);
    expect((await maya.call('GET', `/support/tickets/${ticket.id}`)).body.ticket.priority).toBe(
      'low',
    );
  });

  test('drafts are kept for their ticket and kind, and a send takes only its own', async () => {
    const ticket = await api.ticket(dana, 'With drafts');
    await signIn();
    const { saved_at: mine } = await desk.call('draft.save', {
      ticket_id: ticket.id,
      kind: 'reply',
      text: 'Dear Dana',
    });
    await desk.call('draft.save', { ticket_id: ticket.id, kind: 'note', text: 'ask Jonas' });
    await desk.desk.close();
    desk = openTestDesk(home.dir, network.server, secrets);
    const drafts = async () =>
      (await desk.call('thread.get', { ticket_id: ticket.id, before: null, limit: 1 })).drafts
        .map((d) => [d.kind, d.text])
        .toSorted();
    expect(await drafts()).toEqual([
      ['note', 'ask Jonas'],
      ['reply', 'Dear Dana'],
    ]);
    expect(
      (await desk.call('tickets.list', { view: 'drafts', after: null, limit: 10 })).rows.map(
        (r) => r.id,
      ),
    ).toEqual([ticket.id]);
    await desk.call('compose.send', {
      ticket_id: ticket.id,
      kind: 'reply',
      text: 'Dear Dana, done.',
      replaces: mine,
    });
    expect(await drafts()).toEqual([['note', 'ask Jonas']]);
  });

  test('another account sees nothing of the first one and cannot send it', async () => {
    const ticket = await api.ticket(dana, 'Whose outbox');
    const alex = await api.person('staff', 'Alex Kim');
    await signIn();
    network.set('down');
    await desk.until(phaseIs('offline'));
    await desk.call('compose.send', { ticket_id: ticket.id, kind: 'reply', text: 'by Maya only' });
    network.set('up');
    await desk.call('session.signOut', {});
    await desk.call('session.signIn', { email: alex.email, password: testPassword });
    await desk.until(phaseIs('live'));
    expect(await desk.call('outbox.list', {})).toEqual([]);
    expect(await messagesOnServer(ticket.id)).not.toContain('by Maya only');
    await desk.call('session.signOut', {});
    await signIn();
    await desk.until(outboxEmpty);
    expect(
      (await messagesOnServer(ticket.id)).filter((text) => text === 'by Maya only'),
    ).toHaveLength(1);
  });
});

describe('notifications', () => {
  const banners = () =>
    desk.events
      .filter((e) => e.name === 'notification.show')
      .map((e) => e.payload as { ticket_id: string; title: string; body: string });

  test('none for the first sync, one a ticket for a customer on my or an unassigned ticket, merged', async () => {
    const ticket = await api.ticket(dana, 'Please notice me');
    const theirs = await api.ticket(dana, 'Owned by a colleague');
    const alex = await api.person('staff');
    await maya.call('PATCH', `/support/tickets/${theirs.id}`, { assignee_id: alex.id });
    await signIn();
    expect(banners()).toEqual([]);
    const write = (id: string, message: string) =>
      dana.call('POST', `/support/tickets/${id}/messages`, { message });
    await write(theirs.id, 'not for Maya');
    await maya.call('POST', `/support/tickets/${ticket.id}/notes`, { message: 'by staff' });
    await write(ticket.id, 'hello, anyone?');
    await desk.until(() => banners().length === 1);
    expect(banners()[0]).toMatchObject({
      ticket_id: ticket.id,
      title: 'Dana Okafor',
      body: 'Please notice me\nhello, anyone?',
    });
    await write(ticket.id, 'still there?');
    await desk.until(() => banners().length === 2);
    expect(banners()[1]).toMatchObject({
      title: 'Dana Okafor (2 new messages)',
      body: 'Please notice me\nstill there?',
    });
  });

  test('none for the ticket in front of the agent', async () => {
    const ticket = await api.ticket(dana, 'Already looking');
    const other = await api.ticket(dana, 'Not looking');
    await signIn();
    await desk.call('window.front', { ticket_id: ticket.id, focused: true });
    await dana.call('POST', `/support/tickets/${ticket.id}/messages`, { message: 'you see this' });
    await dana.call('POST', `/support/tickets/${other.id}/messages`, { message: 'and not this' });
    await desk.until(() => banners().length > 0);
    expect(banners().map((b) => b.ticket_id)).toEqual([other.id]);
  });
});
