import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ticket } from '../../src/contract/wire/entities.ts';
import { buildApi } from '../../src/server/app.ts';
import { startApi, testPassword, type Person, type TestApi } from '../helpers/api.ts';
import { openTestDesk, tempDir, type TestDesk } from '../helpers/desk.ts';
import { startProxy } from '../helpers/proxy.ts';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';

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
  await desk.call('settings.set', { undo_seconds: 0 });
  await live();
});
afterEach(async () => {
  await desk.desk.close();
  await network.close();
  home.remove();
});

const phaseIs = (phase: string) => async () => (await desk.call('sync.get', {})).phase === phase;
const live = () => desk.until(phaseIs('live'));
const outbox = () => desk.call('outbox.list', {});
const outboxEmpty = async () => (await outbox()).length === 0;
const thread = () => desk.call('thread.get', { ticket_id: ticket.id, before: null, limit: 50 });
const reply = (text: string, seen?: string | null) =>
  desk.call('compose.send', { ticket_id: ticket.id, kind: 'reply', text, seen });
const onServer = async (id = ticket.id): Promise<string[]> =>
  (await maya.call('GET', `/support/tickets/${id}/messages`)).body.messages.map(
    (m: { message: string }) => m.message,
  );
const ticketOnServer = async () =>
  (await maya.call('GET', `/support/tickets/${ticket.id}`)).body.ticket;
async function goOffline(): Promise<void> {
  network.set('down');
  await desk.until(phaseIs('offline'));
}
async function comeBack(): Promise<void> {
  network.set('up');
  await desk.call('sync.retry', {});
}
const notSent = () =>
  desk.until(async () => (await outbox()).some((item) => item.state === 'not-sent'));

describe('the undo window', () => {
  test('holds a reply, shows it as held, and taking it back gives the text to the composer and nothing to the server', async () => {
    await desk.call('settings.set', { undo_seconds: 10 });
    const { operation_id, held_ms } = await reply('sent too early');
    expect(held_ms).toBe(10_000);
    expect((await thread()).messages.at(-1)).toMatchObject({
      text: 'sent too early',
      delivery: 'held',
      held_ms: expect.any(Number),
    });
    expect((await thread()).ticket).toMatchObject({
      preview: 'sent too early',
      preview_by: 'me',
      status: 'in_progress',
    });
    expect(await desk.call('compose.takeBack', { operation_id })).toEqual({
      ticket_id: ticket.id,
      kind: 'reply',
      text: 'sent too early',
      actions: {},
      saved_at: expect.any(Number),
    });
    expect((await thread()).drafts).toMatchObject([{ kind: 'reply', text: 'sent too early' }]);
    expect((await thread()).ticket).toMatchObject({
      status: 'open',
      preview_by: 'customer',
      pending: 0,
    });
    expect(await outboxEmpty()).toBe(true);
    await expect(desk.call('compose.takeBack', { operation_id })).rejects.toMatchObject({
      code: 'not-undoable',
    });
    expect(await onServer()).not.toContain('sent too early');
  });

  test('holds what follows on its ticket, goes at the word, and cannot be taken back once sent', async () => {
    await desk.call('settings.set', { undo_seconds: 30 });
    const { operation_id } = await reply('first');
    const { operation_id: second } = await reply('second');
    await desk.call('compose.release', { operation_id: second });
    // A note waits for no undo window.
    await desk.call('compose.send', { ticket_id: ticket.id, kind: 'note', text: 'between us' });
    await desk.until(async () => (await outbox()).length === 2);
    expect(await outbox()).toMatchObject([
      { state: 'held', waits_for: null },
      { state: 'queued', behind: false, waits_for: operation_id },
    ]);
    await desk.call('compose.release', { operation_id });
    await desk.until(outboxEmpty);
    expect((await onServer()).slice(1)).toEqual(['between us', 'first', 'second']);
    await expect(desk.call('compose.takeBack', { operation_id })).rejects.toMatchObject({
      code: 'not-undoable',
    });
  });

  test('a quit inside it sends the reply, and what goes with it, before the desk is closed', async () => {
    await desk.call('settings.set', { undo_seconds: 30 });
    await desk.call('compose.send', {
      ticket_id: ticket.id,
      kind: 'reply',
      text: 'before I go',
      finish: 'close',
    });
    await desk.desk.close();
    expect(await onServer()).toContain('before I go');
    expect((await maya.call('GET', `/support/tickets/${ticket.id}`)).body.ticket.status).toBe(
      'closed',
    );
    desk = openTestDesk(home.dir, network.server, secrets);
    await live();
    expect(await outbox()).toEqual([]);
  });

  test('a quit inside it while the server cannot be reached sends it at the next start', async () => {
    await desk.call('settings.set', { undo_seconds: 30 });
    network.set('down');
    await desk.until(async () => (await desk.call('sync.get', {})).phase === 'offline');
    await reply('when I am back');
    await desk.desk.close();
    network.set('up');
    desk = openTestDesk(home.dir, network.server, secrets);
    await live();
    await desk.until(outboxEmpty);
    expect((await onServer()).filter((text) => text === 'when I am back')).toHaveLength(1);
  });

  test('where the agent wants to be asked, a quit inside it keeps the reply held until they decide', async () => {
    await desk.call('settings.set', { undo_seconds: 10, held_at_quit: 'ask' });
    const { operation_id } = await reply('still thinking');
    await desk.desk.close();
    desk = openTestDesk(home.dir, network.server, secrets);
    await live();
    expect(await outbox()).toMatchObject([{ id: operation_id, state: 'held', held_ms: null }]);
    await desk.call('compose.release', { operation_id });
    await desk.until(outboxEmpty);
    expect(await onServer()).toContain('still thinking');
  });

  test('a taken-back text goes before what was typed since', async () => {
    await desk.call('settings.set', { undo_seconds: 10 });
    const { operation_id } = await reply('one');
    await desk.call('draft.save', { ticket_id: ticket.id, kind: 'reply', text: 'two' });
    expect((await desk.call('compose.takeBack', { operation_id })).text).toBe('one\n\ntwo');
  });
});

describe('a stale reply', () => {
  test('that waited offline while the customer wrote does not go by itself; send anyway sends it once', async () => {
    await goOffline();
    await reply('Do X please');
    await dana.call('POST', `/support/tickets/${ticket.id}/messages`, {
      message: 'Never mind, I did X and it broke Y',
    });
    await comeBack();
    await notSent();
    const [item] = await outbox();
    expect(item).toMatchObject({
      reason: 'stale',
      newer: [{ kind: 'customer', text: 'Never mind, I did X and it broke Y' }],
      attempts: 0,
    });
    expect(await onServer()).not.toContain('Do X please');
    await desk.call('outbox.retry', { operation_id: item?.id ?? '' });
    await desk.until(outboxEmpty);
    expect((await onServer()).filter((text) => text === 'Do X please')).toHaveLength(1);
  });

  test('is judged against what was on the screen, not against what the desk knew', async () => {
    const onScreen = (await thread()).messages.at(-1)?.id ?? null;
    await alex.call('POST', `/support/tickets/${ticket.id}/notes`, {
      message: 'Do not answer, legal looks at it',
    });
    await desk.until(async () => (await thread()).messages.length === 2);
    await reply('Sure, here you go', onScreen);
    await notSent();
    expect(await outbox()).toMatchObject([
      { reason: 'stale', newer: [{ kind: 'note', author: 'Alex Kim' }] },
    ]);
  });

  test('goes when only the agent wrote since, or when nothing is new; a note is never held back', async () => {
    const onScreen = (await thread()).messages.at(-1)?.id ?? null;
    await reply('one', onScreen);
    await reply('two', onScreen);
    await desk.until(outboxEmpty);
    await goOffline();
    await desk.call('compose.send', { ticket_id: ticket.id, kind: 'note', text: 'a note' });
    await dana.call('POST', `/support/tickets/${ticket.id}/messages`, { message: 'something new' });
    await comeBack();
    await desk.until(outboxEmpty);
    expect((await onServer()).slice(1)).toEqual(['one', 'two', 'something new', 'a note']);
  });

  test('stops what follows on its ticket: the ticket is not closed over the customer', async () => {
    await goOffline();
    await reply('Solved');
    await desk.call('triage.close', { ticket_id: ticket.id });
    await dana.call('POST', `/support/tickets/${ticket.id}/messages`, {
      message: 'It is not solved',
    });
    await comeBack();
    await notSent();
    expect(await outbox()).toMatchObject([
      { kind: 'reply', reason: 'stale', behind: false },
      { kind: 'close', state: 'queued', behind: true },
    ]);
    const [stale] = await outbox();
    await desk.call('outbox.discard', { operation_id: stale?.id ?? '' });
    // The close itself was meant for a conversation that has moved on.
    await desk.until(async () =>
      (await outbox()).every((item) => item.kind === 'close' && item.reason === 'stale'),
    );
    expect((await ticketOnServer()).status).toBe('waiting');
  });
});

describe('undo of triage', () => {
  test('drops what has not gone out', async () => {
    await goOffline();
    const { operation_id } = await desk.call('triage.change', {
      ticket_id: ticket.id,
      change: { priority: 'urgent', tags: { add: ['bank'], remove: [] } },
    });
    expect((await thread()).ticket).toMatchObject({ priority: 'urgent', tags: ['bank'] });
    expect(await desk.call('triage.undo', { operation_id })).toEqual({ result: 'dropped' });
    expect((await thread()).ticket).toMatchObject({ priority: 'medium', tags: [], pending: 0 });
  });

  test('sends the opposite of what has: fields, tags and closing', async () => {
    await maya.call('PATCH', `/support/tickets/${ticket.id}`, {
      tags: { add: ['old'], remove: [] },
      status: 'waiting',
    });
    await desk.until(async () => (await thread()).ticket.tags.length === 1);
    const change = await desk.call('triage.change', {
      ticket_id: ticket.id,
      change: { priority: 'low', assignee_id: maya.id, tags: { add: ['new', 'old'], remove: [] } },
    });
    const close = await desk.call('triage.close', { ticket_id: ticket.id });
    await desk.until(outboxEmpty);
    expect(await ticketOnServer()).toMatchObject({
      status: 'closed',
      priority: 'low',
      assignee_id: maya.id,
      tags: ['old', 'new'],
    });
    expect(await desk.call('triage.undo', close)).toEqual({ result: 'reversed' });
    expect(await desk.call('triage.undo', change)).toEqual({ result: 'reversed' });
    await desk.until(outboxEmpty);
    expect(await ticketOnServer()).toMatchObject({
      status: 'waiting',
      priority: 'medium',
      assignee_id: null,
      tags: ['old'],
      resolved_at: null,
    });
  });

  test('is refused with its reason where someone changed the field since', async () => {
    const { operation_id } = await desk.call('triage.change', {
      ticket_id: ticket.id,
      change: { priority: 'low' },
    });
    await desk.until(outboxEmpty);
    await alex.call('PATCH', `/support/tickets/${ticket.id}`, { priority: 'urgent' });
    await desk.call('triage.undo', { operation_id });
    await notSent();
    expect(await outbox()).toMatchObject([
      {
        reason: 'conflict',
        conflicts: [{ field: 'priority', base: 'low', mine: 'medium', theirs: 'urgent' }],
      },
    ]);
    expect((await ticketOnServer()).priority).toBe('urgent');
  });

  test('takes the newest first: what a later action starts from cannot go before it', async () => {
    await goOffline();
    const first = await desk.call('triage.change', {
      ticket_id: ticket.id,
      change: { priority: 'high' },
    });
    const second = await desk.call('triage.change', {
      ticket_id: ticket.id,
      change: { priority: 'urgent' },
    });
    await expect(desk.call('triage.undo', first)).rejects.toMatchObject({ code: 'not-undoable' });
    await desk.call('triage.undo', second);
    await desk.call('triage.undo', first);
    expect(await outboxEmpty()).toBe(true);
  });
});

describe('a conflict', () => {
  test('is decided by field: mine against what the server has now, theirs left alone, what did not clash goes too', async () => {
    await goOffline();
    await desk.call('triage.change', {
      ticket_id: ticket.id,
      change: { priority: 'low', category: 'billing', assignee_id: maya.id },
    });
    await alex.call('PATCH', `/support/tickets/${ticket.id}`, {
      priority: 'urgent',
      category: 'technical',
    });
    await comeBack();
    await notSent();
    const [item] = await outbox();
    expect(item?.conflicts).toEqual([
      { field: 'priority', base: 'medium', mine: 'low', theirs: 'urgent' },
      { field: 'category', base: 'funding', mine: 'billing', theirs: 'technical' },
    ]);
    await desk.call('outbox.resolve', { operation_id: item?.id ?? '', mine: ['priority'] });
    await desk.until(outboxEmpty);
    expect(await ticketOnServer()).toMatchObject({
      priority: 'low',
      category: 'technical',
      assignee_id: maya.id,
    });
  });
});

describe('a ticket that was merged meanwhile', () => {
  test('hands over its messages and drafts; what waited for it is offered to the ticket that took over', async () => {
    const target = await api.ticket(dana, 'The same question again');
    await desk.until(async () =>
      (await desk.call('tickets.list', { view: 'all', after: null, limit: 100 })).rows.some(
        (row) => row.id === target.id,
      ),
    );
    await desk.call('draft.save', { ticket_id: ticket.id, kind: 'note', text: 'ask treasury' });
    await goOffline();
    await reply('to the merged one');
    await alex.call('POST', `/support/tickets/${ticket.id}/merge`, { into: target.id });
    await comeBack();
    await notSent();
    const [item] = await outbox();
    expect(item).toMatchObject({
      reason: 'ticket-merged',
      text: 'to the merged one',
      merged_into: { id: target.id, subject: 'The same question again' },
    });
    await expect(thread()).rejects.toMatchObject({ code: 'ticket-not-found' });
    const merged = await desk.call('thread.get', { ticket_id: target.id, before: null, limit: 50 });
    expect(merged.messages).toHaveLength(2);
    expect(merged.drafts).toMatchObject([{ kind: 'note', text: 'ask treasury' }]);
    await desk.call('outbox.repost', { operation_id: item?.id ?? '' });
    await desk.until(outboxEmpty);
    expect(await onServer(target.id)).toContain('to the merged one');
  });

  test('a reply that had arrived before the merge, its answer lost, is not offered again', async () => {
    const target = await api.ticket(dana, 'Where it goes on');
    network.set('cut-answers');
    await reply('arrived before the merge');
    await expect.poll(() => onServer()).toContain('arrived before the merge');
    await desk.until(phaseIs('offline'));
    network.set('down');
    await alex.call('POST', `/support/tickets/${ticket.id}/merge`, { into: target.id });
    await comeBack();
    await desk.until(outboxEmpty);
    expect(
      (await onServer(target.id)).filter((text) => text === 'arrived before the merge'),
    ).toHaveLength(1);
  });
});

describe('bin and journal', () => {
  test('a discarded message lies in the bin and can be restored to its composer', async () => {
    await goOffline();
    const { operation_id } = await reply('not like this');
    await desk.call('outbox.discard', { operation_id });
    expect(await desk.call('outbox.bin', {})).toMatchObject([
      { id: operation_id, text: 'not like this', subject: 'A question of money' },
    ]);
    await desk.call('outbox.restore', { operation_id });
    expect((await thread()).drafts).toMatchObject([{ kind: 'reply', text: 'not like this' }]);
  });

  test("the journal answers 'did it go out twice?'", async () => {
    await reply('once is enough');
    await desk.until(outboxEmpty);
    const sent = (await thread()).messages.at(-1);
    const receipt = await desk.call('message.receipt', { message_id: sent?.id ?? '' });
    expect(receipt).toMatchObject({ text: 'once is enough', attempts: 1, server_id: sent?.id });
    expect((await desk.call('outbox.journal', { limit: 10 })).map((line) => line.id)).toEqual([
      receipt?.id,
    ]);
    const [first] = (await thread()).messages;
    expect(await desk.call('message.receipt', { message_id: first?.id ?? '' })).toBeNull();
  });
});

describe('drafts', () => {
  test('an emptied composer leaves a version that can be restored', async () => {
    await desk.call('draft.save', {
      ticket_id: ticket.id,
      kind: 'reply',
      text: 'a long and thoughtful answer',
    });
    await desk.call('draft.save', { ticket_id: ticket.id, kind: 'reply', text: '' });
    expect((await thread()).drafts).toEqual([]);
    expect(
      await desk.call('draft.versions', { ticket_id: ticket.id, kind: 'reply' }),
    ).toMatchObject([{ text: 'a long and thoughtful answer' }]);
  });
});

describe('a server that was set back to an older state', () => {
  test('gets offered again what it had confirmed and lost; the cache follows it, drafts and outbox are untouched', async () => {
    await reply('kept by the backup');
    await desk.until(outboxEmpty);
    await reply('lost with the backup');
    const change = await desk.call('triage.change', {
      ticket_id: ticket.id,
      change: { priority: 'urgent' },
    });
    await desk.until(outboxEmpty);
    expect(change.operation_id).toBeTruthy();
    await desk.call('draft.save', { ticket_id: ticket.id, kind: 'note', text: 'a draft' });
    // What a restore does: rows and versions as they were, and another epoch, so that every cursor
    // is void.
    await goOffline();
    await api.pool.query("delete from support_messages where message = 'lost with the backup'");
    await api.pool.query('alter table support_tickets disable trigger stamp');
    await api.pool.query(
      "update support_tickets set priority = 'medium', version = 2, last_preview = 'kept by the backup' where id = $1",
      [ticket.id],
    );
    await api.pool.query('alter table support_tickets enable trigger stamp');
    await api.pool.query('delete from tombstones; delete from idempotency_keys');
    await api.pool.query("update server_settings set value = 'restored' where name = 'epoch'");
    const restored = await buildApi({ databaseUrl: api.databaseUrl });
    network.aim(await restored.app.listen({ host: '127.0.0.1', port: 0 }));
    await comeBack();
    await notSent();
    const [lost] = await outbox();
    expect(lost).toMatchObject({ reason: 'lost', text: 'lost with the backup' });
    expect((await thread()).ticket).toMatchObject({ priority: 'medium' });
    expect((await thread()).drafts).toMatchObject([{ text: 'a draft' }]);
    await desk.call('outbox.retry', { operation_id: lost?.id ?? '' });
    await desk.until(outboxEmpty);
    expect((await onServer()).slice(1)).toEqual(['kept by the backup', 'lost with the backup']);
    network.aim(api.server);
    await restored.close();
  });
});
