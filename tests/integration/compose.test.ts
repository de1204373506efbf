import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ticket } from '../../src/contract/wire/entities.ts';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';
import { startApi, testPassword, type Person, type TestApi } from '../helpers/api.ts';
import { openTestDesk, tempDir, type TestDesk } from '../helpers/desk.ts';
import { startProxy } from '../helpers/proxy.ts';

let api: TestApi;
let dana: Person;
let maya: Person;
let alex: Person;
let network: Awaited<ReturnType<typeof startProxy>>;
let home: ReturnType<typeof tempDir>;
let desk: TestDesk;
let secrets = createMemorySecrets();
let ticket: Ticket;

beforeAll(async () => {
  api = await startApi();
  dana = await api.person('customer', 'Dana Okafor');
  maya = await api.person('admin', 'Maya Ruiz');
  alex = await api.person('staff', 'Alex Kim');
});
afterAll(async () => {
  await api.close();
});

beforeEach(async () => {
  network = await startProxy(api.server);
  home = tempDir();
  secrets = createMemorySecrets();
  desk = openTestDesk(home.dir, network.server, secrets);
  ticket = await api.ticket(dana, 'A question of money');
  await desk.call('session.signIn', { email: maya.email, password: testPassword });
  await desk.until(phaseIs('live'));
});
afterEach(async () => {
  await desk.desk.close();
  await network.close();
  home.remove();
});

const phaseIs = (phase: string) => async () => (await desk.call('sync.get', {})).phase === phase;
const outbox = () => desk.call('outbox.list', {});
const outboxEmpty = async () => (await outbox()).length === 0;
const thread = () => desk.call('thread.get', { ticket_id: ticket.id, before: null, limit: 50 });
const onServer = async () =>
  (await alex.call('GET', `/support/tickets/${ticket.id}`)).body as {
    ticket: Ticket;
    messages: { message: string; mentions: string[] }[];
  };
const undoWindow = (undo_seconds: 0 | 30) => desk.call('settings.set', { undo_seconds });
async function restart(): Promise<void> {
  await desk.desk.close();
  desk = openTestDesk(home.dir, network.server, secrets);
}
const actions = {
  status: 'resolved' as const,
  priority: 'high' as const,
  assignee_id: null,
  tags: { add: ['bank-trace'], remove: [] },
};
const send = (text: string, finish: 'close' | 'wait' | null = null) =>
  desk.call('compose.send', { ticket_id: ticket.id, kind: 'reply', text, actions, finish });

describe('macros', () => {
  test('come with the first copy and follow the server: made, changed and deleted', async () => {
    const list = async () =>
      (await desk.call('macros.list', {})).map((macro) => [macro.name, macro.text]);
    const made = (
      await alex.call('POST', '/support/macros', {
        name: 'Released',
        text: 'Hello {{requester.first_name}}',
        actions: { status: 'resolved', assignee: 'me' },
      })
    ).body;
    await desk.until(async () => (await list()).length === 1);
    expect(await desk.call('macros.list', {})).toEqual([
      {
        id: made.id,
        name: 'Released',
        text: 'Hello {{requester.first_name}}',
        actions: { status: 'resolved', assignee: 'me' },
      },
    ]);
    await alex.call('PATCH', `/support/macros/${made.id}`, { text: 'Good day' });
    await desk.until(async () => (await list())[0]?.[1] === 'Good day');
    const anew = tempDir();
    const second = openTestDesk(anew.dir, network.server);
    await second.call('session.signIn', { email: alex.email, password: testPassword });
    await second.until(async () => (await second.call('sync.get', {})).phase === 'live');
    expect(await second.call('macros.list', {})).toMatchObject([
      { name: 'Released', text: 'Good day' },
    ]);
    await second.desk.close();
    anew.remove();
    network.set('down');
    await restart();
    expect(await list()).toEqual([['Released', 'Good day']]);
    network.set('up');
    await alex.call('DELETE', `/support/macros/${made.id}`);
    await desk.call('sync.retry', {});
    await desk.until(async () => (await list()).length === 0);
  });
});

describe('a reply and the changes that go with it', () => {
  test('are shown at once, go out in order and have a result each', async () => {
    await undoWindow(0);
    const { operation_id: unit } = await send('It has been released.', 'close');
    expect((await thread()).ticket).toMatchObject({
      status: 'closed',
      priority: 'high',
      tags: ['bank-trace'],
      pending: 3,
    });
    await desk.until(outboxEmpty);
    expect(await onServer()).toMatchObject({
      ticket: { status: 'closed', priority: 'high', tags: ['bank-trace'] },
    });
    expect((await onServer()).messages.at(-1)?.message).toBe('It has been released.');
    expect(
      (await desk.call('compose.unit', { unit })).map(({ kind, state }) => [kind, state]),
    ).toEqual([
      ['reply', 'done'],
      ['change', 'done'],
      ['close', 'done'],
    ]);
  });

  test('undo takes all of it back: text, chips and the ticket as it was, and nothing goes out', async () => {
    await undoWindow(30);
    const before = (await thread()).ticket;
    const { operation_id } = await send('Too early.', 'close');
    expect((await outbox()).map(({ kind, state, unit }) => [kind, state, unit])).toEqual([
      ['reply', 'held', operation_id],
      ['change', 'queued', operation_id],
      ['close', 'queued', operation_id],
    ]);
    expect(await desk.call('compose.takeBack', { operation_id })).toEqual({
      ticket_id: ticket.id,
      kind: 'reply',
      text: 'Too early.',
      actions,
      saved_at: expect.any(Number),
    });
    expect(await outboxEmpty()).toBe(true);
    expect((await thread()).ticket).toEqual({ ...before, draft: true });
    expect((await thread()).drafts).toMatchObject([{ text: 'Too early.', actions }]);
    expect(await onServer()).toMatchObject({
      ticket: { status: 'open', priority: 'medium', tags: [] },
    });
  });

  test('wait offline through a restart as one unit, which ends the undo window, and then go out once', async () => {
    await undoWindow(30);
    network.set('down');
    await desk.until(phaseIs('offline'));
    const { operation_id } = await send('Written offline.');
    await restart();
    expect(
      (await outbox()).map(({ kind, state, held_ms, unit }) => [kind, state, held_ms, unit]),
    ).toEqual([
      ['reply', 'queued', null, operation_id],
      ['change', 'queued', null, operation_id],
    ]);
    expect((await outbox())[0]?.sent_with).toEqual({ actions, finish: null });
    expect((await desk.call('compose.takeBack', { operation_id })).actions).toEqual(actions);
    const again = await send('Written offline.');
    await desk.call('compose.release', { operation_id: again.operation_id });
    network.set('up');
    await desk.call('sync.retry', {});
    await desk.until(outboxEmpty);
    const { ticket: now, messages } = await onServer();
    expect(messages.filter((m) => m.message === 'Written offline.')).toHaveLength(1);
    expect(now).toMatchObject({ status: 'resolved', priority: 'high', tags: ['bank-trace'] });
  });

  test('a stale reply holds its changes back, and discarding it discards them; the bin gives both back', async () => {
    await undoWindow(0);
    network.set('down');
    await desk.until(phaseIs('offline'));
    const { operation_id } = await send('Have you tried again?', 'close');
    await dana.call('POST', `/support/tickets/${ticket.id}/messages`, {
      message: 'It is worse now.',
    });
    network.set('up');
    await desk.call('sync.retry', {});
    await desk.until(async () => (await outbox())[0]?.reason === 'stale');
    expect((await onServer()).ticket).toMatchObject({ status: 'waiting', priority: 'medium' });
    await desk.call('outbox.discard', { operation_id });
    expect(await outboxEmpty()).toBe(true);
    expect((await thread()).ticket).toMatchObject({
      status: 'waiting',
      priority: 'medium',
      pending: 0,
      not_sent: false,
    });
    expect((await desk.call('outbox.bin', {})).map((item) => item.kind).toSorted()).toEqual([
      'change',
      'close',
      'reply',
    ]);
    expect(await desk.call('outbox.restore', { operation_id })).toMatchObject({
      text: 'Have you tried again?',
      actions,
    });
  });

  test('a change that clashes stops alone: the reply has gone', async () => {
    await undoWindow(0);
    network.set('down');
    await desk.until(phaseIs('offline'));
    const { operation_id: unit } = await send('Priority goes up.');
    await alex.call('PATCH', `/support/tickets/${ticket.id}`, { priority: 'urgent' });
    network.set('up');
    await desk.call('sync.retry', {});
    await desk.until(async () => (await outbox())[0]?.reason === 'conflict');
    expect(
      (await desk.call('compose.unit', { unit })).map(({ kind, state }) => [kind, state]),
    ).toEqual([
      ['reply', 'done'],
      ['change', 'not-sent'],
    ]);
    await desk.call('outbox.resolve', { operation_id: (await outbox())[0]?.id ?? '', mine: [] });
    await desk.until(outboxEmpty);
    expect((await onServer()).ticket).toMatchObject({
      status: 'resolved',
      priority: 'urgent',
      tags: ['bank-trace'],
    });
    expect((await desk.call('compose.unit', { unit })).map(({ state }) => state)).toEqual([
      'done',
      'done',
      'discarded',
    ]);
  });

  test('reply and wait answers, and puts the ticket away until the customer writes', async () => {
    await undoWindow(0);
    await desk.call('compose.send', {
      ticket_id: ticket.id,
      kind: 'reply',
      text: 'Please send the file.',
      finish: 'wait',
    });
    await desk.until(outboxEmpty);
    const { ticket: now } = await onServer();
    expect(now.status).toBe('in_progress');
    expect(Date.parse(now.snoozed_until ?? '') - Date.now()).toBeGreaterThan(2 * 86_400_000);
    await dana.call('POST', `/support/tickets/${ticket.id}/messages`, { message: 'Here it is.' });
    await desk.until(async () => (await thread()).ticket.snoozed_until === null);
    expect((await thread()).ticket.status).toBe('waiting');
  });

  test('what the ticket is already is not sent, but comes back as it was chosen', async () => {
    await undoWindow(30);
    const { operation_id } = await desk.call('compose.send', {
      ticket_id: ticket.id,
      kind: 'reply',
      text: 'No change.',
      actions: { priority: 'medium', assignee_id: null },
    });
    expect(await outbox()).toHaveLength(1);
    expect((await desk.call('compose.takeBack', { operation_id })).actions).toEqual({
      priority: 'medium',
      assignee_id: null,
    });
  });
});

test('the changes of a draft are kept with it through a restart, and joined where a text comes back on top of it', async () => {
  await desk.call('draft.save', {
    ticket_id: ticket.id,
    kind: 'reply',
    text: 'half a',
    actions: { priority: 'low' },
  });
  await restart();
  expect((await thread()).drafts).toMatchObject([{ text: 'half a', actions: { priority: 'low' } }]);
});

describe('mentions', () => {
  test('go out with the note and are there in the thread, before and after the server has it', async () => {
    network.set('down');
    await desk.until(phaseIs('offline'));
    await desk.call('compose.send', {
      ticket_id: ticket.id,
      kind: 'note',
      text: 'Ask @Alex Kim',
      mentions: [alex.id],
    });
    expect((await thread()).messages.at(-1)).toMatchObject({
      kind: 'note',
      delivery: 'queued',
      mentions: [alex.id],
    });
    network.set('up');
    await desk.call('sync.retry', {});
    await desk.until(outboxEmpty);
    expect((await onServer()).messages.at(-1)).toMatchObject({
      message: 'Ask @Alex Kim',
      mentions: [alex.id],
    });
    await desk.until(async () => (await thread()).messages.at(-1)?.delivery === null);
    expect((await thread()).messages.at(-1)).toMatchObject({ mentions: [alex.id] });
  });

  test('of someone who is gone are left out, so that the note goes', async () => {
    const gone = await api.person('staff', 'Gone Person');
    await desk.until(async () =>
      (await desk.call('staff.list', {})).some((member) => member.id === gone.id),
    );
    await api.pool.query('update users set is_active = false where id = $1', [gone.id]);
    await desk.until(async () =>
      (await desk.call('staff.list', {})).some(
        (member) => member.id === gone.id && !member.is_active,
      ),
    );
    await desk.call('compose.send', {
      ticket_id: ticket.id,
      kind: 'note',
      text: 'Ask @Gone Person',
      mentions: [gone.id],
    });
    await desk.until(outboxEmpty);
    expect((await onServer()).messages.at(-1)).toMatchObject({ mentions: [] });
  });
});

test('presence: two desks see each other come, reply and go; offline it is unknown', async () => {
  const away = tempDir();
  const hers = openTestDesk(away.dir, api.server);
  await hers.call('session.signIn', { email: alex.email, password: testPassword });
  await hers.until(async () => (await hers.call('presence.get', {})).known);
  const states = async () =>
    (await desk.call('presence.get', {})).people.map((p) => [p.ticket_id, p.staff_id, p.state]);
  await hers.call('presence.tell', { ticket_id: ticket.id, replying: false });
  await desk.until(
    async () =>
      JSON.stringify(await states()) === JSON.stringify([[ticket.id, alex.id, 'viewing']]),
  );
  await hers.call('presence.tell', { ticket_id: ticket.id, replying: true });
  await desk.until(async () => (await states())[0]?.[2] === 'replying');
  await hers.call('presence.tell', { ticket_id: null, replying: false });
  await desk.until(async () => (await states()).length === 0);
  network.set('down');
  await desk.until(async () => !(await desk.call('presence.get', {})).known);
  expect(await desk.call('presence.get', {})).toEqual({ known: false, people: [] });
  await hers.desk.close();
  away.remove();
});
