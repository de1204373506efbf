import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OutboxItem, SyncState } from '../../../../src/contract/bridge.ts';
import { BridgeError } from '../../../../src/contract/errors.ts';
import { abilitiesOf } from '../../../../src/core/abilities.ts';
import { createDesk } from '../../../../src/renderer/bridge/client.ts';
import { whyWaiting } from '../../../../src/renderer/areas/outbox/why.ts';
import { composeWindow } from '../../../../src/renderer/composition.ts';
import { triageUndoMs } from '../../../../src/renderer/areas/triage/undo.ts';
import { changeText } from '../../../../src/renderer/texts.ts';
import { age } from '../../../../src/renderer/kit/format.ts';
import { liveBridge, type LiveBridge } from '../../../helpers/live-bridge.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const ticket = uuid(1);
const item = (extra: Partial<OutboxItem> = {}): OutboxItem => ({
  id: uuid(10),
  ticket_id: ticket,
  subject: 'Statement is empty',
  kind: 'reply',
  text: 'Dear Dana',
  change: null,
  state: 'queued',
  held_ms: null,
  reason: null,
  attempts: 0,
  odd_answers: 0,
  created_at: 0,
  conflicts: [],
  newer: [],
  merged_into: null,
  behind: false,
  waits_for: null,
  unit: null,
  sent_with: null,
  ...extra,
});
const message = (n: number, delivery: 'queued' | null) => ({
  id: uuid(n),
  kind: 'customer',
  mine: false,
  author: 'Dana',
  text: 'x',
  at: n,
  delivery,
  held_ms: null,
  problem: null,
});
const row = {
  id: ticket,
  subject: 'Statement is empty',
  requester: 'Dana Okafor',
  preview: '',
  preview_by: 'none',
  status: 'open',
  priority: 'medium',
  category: 'account',
  assignee_id: null,
  tags: [],
  activity_at: 0,
  snoozed_until: null,
  snooze: null,
  unread: false,
  pending: 0,
  not_sent: false,
  draft: false,
  requester_id: uuid(2),
  requester_email: 'dana@customer.test',
  created_at: 0,
  updated_at: 0,
  resolved_at: null,
  message_count: 1,
  pending_fields: [],
};

let calls: [name: string, input: unknown][];
let answers: Record<string, unknown>;
beforeEach(() => {
  vi.useFakeTimers();
  calls = [];
  answers = {
    'outbox.list': [],
    'tickets.list': { rows: [], next: null, first: 0, total: 0 },
    'views.counts': [],
    'bulk.list': [],
    'staff.list': [],
    'outbox.journal': [],
    'outbox.bin': [],
    'thread.get': {
      ticket: row,
      messages: [message(21, null), message(22, null), message(23, 'queued')],
      older: null,
      read_through: 0,
      drafts: [],
      other_tickets: [],
      other_count: 0,
    },
    'triage.close': { operation_id: uuid(11) },
    'triage.change': { operation_id: uuid(12) },
    'triage.reopen': { operation_id: uuid(13) },
    'triage.undo': { result: 'dropped' },
    'compose.takeBack': { ticket_id: ticket, kind: 'reply', text: 'Dear Dana', saved_at: 5 },
    'outbox.restore': { ticket_id: ticket, kind: 'note', text: 'From the bin', saved_at: 6 },
    'draft.save': { saved_at: 7 },
    'draft.restoreVersion': {
      ticket_id: ticket,
      kind: 'reply',
      text: 'the older text',
      actions: {},
      saved_at: 8,
    },
    'compose.send': { operation_id: uuid(14), held_ms: 0 },
  };
});
afterEach(() => {
  vi.useRealTimers();
});

let tell: (name: string, payload: unknown) => void;
let bridge: LiveBridge;

/** The window's stores on a desk that answers from `answers`; an error there is thrown. */
function open() {
  const listeners = new Map<string, (payload: unknown) => void>();
  tell = (name, payload) => {
    listeners.get(name)?.(payload);
  };
  bridge = liveBridge({
    shell: 'electron',
    call: (name, input) => {
      calls.push([name, input]);
      const answer = answers[name] ?? {};
      return Promise.resolve(
        answer instanceof BridgeError
          ? { ok: false, error: answer.toShape() }
          : { ok: true, value: answer },
      );
    },
    on: (name, listener) => {
      listeners.set(name, listener);
      return () => undefined;
    },
  });
  return composeWindow(createDesk(bridge), (work) => {
    work();
  });
}
const settle = () => vi.advanceTimersByTimeAsync(0);
const called = (name: string) => calls.filter(([one]) => one === name).map(([, input]) => input);
const titles = (stores: ReturnType<typeof open>) =>
  stores.undo.state.getState().entries.map((entry) => entry.title);
async function openTicketIn(stores: ReturnType<typeof open>): Promise<void> {
  stores.thread.open(ticket);
  await settle();
}

describe('undo', () => {
  test('a held reply can be taken back until its window ends, and comes back into its composer with the caret at its end', async () => {
    const stores = open();
    answers['outbox.list'] = [item({ state: 'held', held_ms: 10_000 })];
    stores.outbox.begin();
    await settle();
    expect(titles(stores)).toEqual(['Reply']);
    const draft = { ticket_id: ticket, kind: 'reply', text: 'Dear Dana', saved_at: 5, actions: {} };
    answers['thread.get'] = { ...(answers['thread.get'] as object), drafts: [draft] };
    await stores.undo.last();
    expect(called('compose.takeBack')).toEqual([{ operation_id: uuid(10) }]);
    expect(stores.composer.text(ticket, 'reply')).toBe('Dear Dana');
    expect(stores.composer.state.getState().caret).toEqual({
      ticketId: ticket,
      kind: 'reply',
      at: 9,
    });
    expect(stores.thread.state.getState().ticketId).toBe(ticket);
    expect(titles(stores)).toEqual([]);
  });

  test('what is being typed is saved before a text comes back, so that neither is lost', async () => {
    const stores = open();
    stores.composer.type(ticket, 'reply', 'a second thought');
    await stores.undo.takeBack(uuid(10));
    expect(
      calls
        .map(([name]) => name)
        .filter((name) => name === 'draft.save' || name === 'compose.takeBack'),
    ).toEqual(['draft.save', 'compose.takeBack']);
  });

  test('a reply that the desk holds no more is offered no more, and one without a window never', async () => {
    const stores = open();
    answers['outbox.list'] = [
      item({ state: 'held', held_ms: 10_000 }),
      item({ id: uuid(15), state: 'held', held_ms: null }),
    ];
    stores.outbox.begin();
    await settle();
    expect(titles(stores)).toEqual(['Reply']);
    answers['outbox.list'] = [item({ state: 'queued' })];
    await bridge.changed();
    await settle();
    expect(titles(stores)).toEqual([]);
  });

  test('the newest change is taken back first, in the whole session; each is offered on screen for ten seconds', async () => {
    const stores = open();
    const offered = () =>
      stores.undo.state
        .getState()
        .entries.filter((entry) => entry.isOffered)
        .map((entry) => entry.title);
    await openTicketIn(stores);
    await stores.thread.change({ priority: 'high' });
    await vi.advanceTimersByTimeAsync(1_000);
    await stores.thread.close();
    expect(offered()).toEqual(['Set to High priority', 'Ticket closed']);
    await stores.undo.last();
    expect(called('triage.undo')).toEqual([{ operation_id: uuid(11) }]);
    expect(stores.toasts.state.getState().toasts.at(-1)).toMatchObject({
      title: 'Ticket reopened',
      body: 'Dana Okafor',
    });
    await vi.advanceTimersByTimeAsync(triageUndoMs - 1_001);
    expect(offered()).toEqual(['Set to High priority']);
    await vi.advanceTimersByTimeAsync(1);
    expect(offered()).toEqual([]);
    await vi.advanceTimersByTimeAsync(3_600_000);
    await stores.undo.last();
    expect(called('triage.undo')).toEqual([{ operation_id: uuid(11) }, { operation_id: uuid(12) }]);
    expect(titles(stores)).toEqual([]);
  });

  test('pressed before the desk has answered, undoes what was just done and not the change before', async () => {
    const stores = open();
    await openTicketIn(stores);
    await stores.thread.change({ priority: 'high' });
    for (const close of [
      () => stores.thread.close(),
      () => stores.actions.apply([ticket], { change: { status: 'closed' } }),
    ]) {
      calls.length = 0;
      void close();
      await stores.undo.last();
      expect(called('triage.undo')).toEqual([{ operation_id: uuid(11) }]);
    }
  });

  test('says when there is nothing left to undo', async () => {
    const stores = open();
    await stores.undo.last();
    expect(stores.toasts.state.getState().toasts).toMatchObject([
      { kind: 'info', title: 'Nothing to undo' },
    ]);
    expect(calls.filter(([name]) => name.endsWith('.undo'))).toEqual([]);
  });

  test('a toast that was put away leaves its change to the key', async () => {
    const stores = open();
    await openTicketIn(stores);
    await stores.thread.close();
    stores.undo.dismiss(uuid(11));
    expect(stores.undo.state.getState().entries).toMatchObject([
      { title: 'Ticket closed', isOffered: false },
    ]);
    await stores.undo.last();
    expect(called('triage.undo')).toEqual([{ operation_id: uuid(11) }]);
  });

  test('undoing a close brings the ticket back on screen', async () => {
    const stores = open();
    await openTicketIn(stores);
    await stores.thread.close();
    stores.thread.open(uuid(2));
    await stores.undo.last();
    expect(stores.thread.state.getState().ticketId).toBe(ticket);
    expect(stores.inbox.state.getState().selected).toBe(ticket);
  });

  test('a reply can be taken back as soon as the desk has it, whatever a list says that was asked for before', async () => {
    const stores = open();
    await openTicketIn(stores);
    answers['compose.send'] = { operation_id: uuid(14), held_ms: 10_000 };
    stores.composer.type(ticket, 'reply', 'Dear Dana');
    await stores.sending.send();
    expect(titles(stores)).toEqual(['Reply']);
    // Asked for before the reply was sent.
    stores.undo.held([]);
    expect(titles(stores)).toEqual(['Reply']);
    stores.undo.held([item({ id: uuid(14), state: 'held', held_ms: 9_900 })]);
    expect(titles(stores)).toEqual(['Reply']);
    stores.undo.held([]);
    expect(titles(stores)).toEqual([]);
  });

  test('Z that comes before the desk has answered waits for it, and undoes nothing else where the reply is refused', async () => {
    const stores = open();
    await openTicketIn(stores);
    await stores.thread.change({ priority: 'high' });
    answers['compose.send'] = new BridgeError('disk-full');
    stores.composer.type(ticket, 'reply', 'Dear Dana');
    const sending = stores.sending.send();
    await stores.undo.last();
    await sending;
    expect(called('triage.undo')).toEqual([]);
    answers['compose.send'] = { operation_id: uuid(14), held_ms: 10_000 };
    void stores.sending.send();
    await stores.undo.last();
    expect(called('compose.takeBack')).toEqual([{ operation_id: uuid(14) }]);
    expect(called('triage.undo')).toEqual([]);
  });

  test('the composer that a reply has left passes Z on until something is written in it or the reply has gone', async () => {
    const stores = open();
    await openTicketIn(stores);
    answers['compose.send'] = { operation_id: uuid(14), held_ms: 10_000 };
    const send = async (): Promise<void> => {
      stores.composer.type(ticket, 'reply', 'Dear Dana');
      await stores.sending.send();
    };
    expect(stores.justSent.isIn(ticket)).toBe(false);
    await send();
    expect(stores.justSent.isIn(ticket)).toBe(true);
    stores.composer.setKind(ticket, 'note');
    expect(stores.justSent.isIn(ticket)).toBe(false);
    stores.composer.setKind(ticket, 'reply');
    stores.composer.type(ticket, 'reply', 'z');
    stores.composer.type(ticket, 'reply', '');
    expect(stores.justSent.isIn(ticket)).toBe(false);
    stores.undo.clear();
    await send();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(stores.justSent.isIn(ticket)).toBe(false);
  });

  test('where a close cannot be undone once it is sent, it is offered for as long as it is held, and says so', async () => {
    const stores = open();
    answers['triage.close'] = { operation_id: uuid(11), undo_ms: 5_000 };
    answers['outbox.list'] = [
      item({ id: uuid(11), kind: 'close', text: null, state: 'held', held_ms: 5_000 }),
    ];
    await openTicketIn(stores);
    await stores.thread.close();
    stores.outbox.begin();
    await settle();
    expect(stores.undo.state.getState().entries).toMatchObject([
      {
        title: 'Ticket closed',
        about: 'Dana Okafor · This server cannot reopen tickets, so undo before it is sent',
      },
    ]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(titles(stores)).toEqual([]);
  });

  test('where a close cannot be undone at all nothing is offered, and it says so', async () => {
    const stores = open();
    answers['triage.close'] = { operation_id: uuid(11), undo_ms: 0 };
    await openTicketIn(stores);
    await stores.thread.close();
    expect(titles(stores)).toEqual([]);
    expect(stores.toasts.state.getState().toasts.at(-1)).toMatchObject({
      title: 'Ticket closed',
      body: 'This server cannot reopen tickets, so this cannot be undone.',
    });
    await stores.undo.last();
    expect(called('triage.undo')).toEqual([]);
  });

  test('a refusal is told and not offered again', async () => {
    const stores = open();
    answers['triage.undo'] = new BridgeError('not-undoable');
    await openTicketIn(stores);
    await stores.thread.close();
    await stores.undo.last();
    expect(stores.toasts.state.getState().toasts.at(-1)).toMatchObject({
      kind: 'error',
      title: 'This can no longer be undone.',
    });
    expect(titles(stores)).toEqual([]);
  });

  test('what a quit left held is told once, until the agent looks', async () => {
    const stores = open();
    answers['outbox.list'] = [item({ state: 'held' }), item({ id: uuid(15), state: 'held' })];
    stores.outbox.begin();
    await settle();
    await bridge.changed();
    await vi.advanceTimersByTimeAsync(60_000);
    const { toasts } = stores.toasts.state.getState();
    expect(toasts.map((toast) => toast.title)).toEqual(['2 replies were not sent before you quit']);
    toasts[0]?.actions[0]?.run();
    expect(stores.outbox.state.getState()).toMatchObject({ shown: true, tab: 'waiting' });
  });
});

test('a reply and a close say which message of the server was the newest on screen', async () => {
  const stores = open();
  await openTicketIn(stores);
  expect(stores.thread.newestSeen()).toBe(uuid(22));
  await stores.thread.close();
  expect(called('triage.close')).toEqual([
    { ticket_id: ticket, seen: uuid(22), attempt: expect.any(String) },
  ]);
  stores.composer.type(ticket, 'reply', 'Hello');
  await stores.composer.send(ticket, 'reply', stores.thread.newestSeen());
  expect(called('compose.send')).toEqual([
    {
      ticket_id: ticket,
      attempt: expect.any(String),
      kind: 'reply',
      text: 'Hello',
      seen: uuid(22),
      replaces: null,
    },
  ]);
});

describe('the outbox', () => {
  test('a discarded message can be brought back from the bin, a discarded change not', async () => {
    const stores = open();
    stores.outbox.discard(item({ kind: 'change', text: null }));
    await settle();
    expect(stores.toasts.state.getState().toasts.at(-1)?.actions).toEqual([]);
    stores.outbox.discard(item());
    await settle();
    answers['thread.get'] = {
      ...(answers['thread.get'] as object),
      drafts: [{ ticket_id: ticket, kind: 'note', text: 'From the bin', saved_at: 6 }],
    };
    stores.toasts.state.getState().toasts.at(-1)?.actions[0]?.run();
    await settle();
    expect(stores.composer.text(ticket, 'note')).toBe('From the bin');
    expect(stores.composer.kind(ticket)).toBe('note');
  });

  test('reopen and send is one command of the desk', async () => {
    const stores = open();
    stores.outbox.reopenAndSend(item({ state: 'not-sent', reason: 'ticket-closed' }));
    await settle();
    expect(calls.map(([name]) => name)).toEqual(['outbox.reopenAndSend']);
  });

  test('lists are asked for only while they are shown', async () => {
    const stores = open();
    stores.outbox.begin();
    await settle();
    expect(called('outbox.journal')).toEqual([]);
    stores.outbox.show('sent');
    await settle();
    expect(called('outbox.journal')).toHaveLength(1);
    expect(called('outbox.bin')).toEqual([]);
  });
});

test('another account sees nothing of what the last one saw or wrote', async () => {
  const stores = open();
  const session = (n: number) => ({
    state: 'signed-in',
    account: { id: uuid(n), email: 'a@staffdesk.test', name: 'A', role: 'staff' },
    server: 'http://127.0.0.1',
    secret_store: 'memory',
    demo_email: null,
    salvage: null,
  });
  answers['outbox.list'] = [item({ state: 'held', held_ms: 10_000 })];
  tell('session.changed', session(1));
  await openTicketIn(stores);
  stores.composer.type(ticket, 'reply', 'between us');
  await stores.composer.flush();
  expect(titles(stores)).toEqual(['Reply']);
  answers['outbox.list'] = [];
  tell('session.changed', session(2));
  expect(stores.composer.text(ticket, 'reply')).toBe('');
  expect(stores.outbox.state.getState().items).toEqual([]);
  expect(titles(stores)).toEqual([]);
  expect(stores.thread.state.getState()).toMatchObject({ ticketId: null, thread: null });
});

test('a damaged outbox is told with its counts and where the file is, until the agent has seen it', async () => {
  const stores = open();
  const damaged = {
    state: 'signed-in',
    account: { id: uuid(1), email: 'a@staffdesk.test', name: 'A', role: 'staff' },
    server: 'x',
    secret_store: 'memory',
    demo_email: null,
    salvage: { recovered: 7, damaged: 2, file: 'outbox.damaged-1.db' },
  };
  tell('session.changed', damaged);
  tell('session.changed', damaged);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(stores.toasts.state.getState().toasts).toMatchObject([
    {
      kind: 'error',
      title: 'The Outbox file was damaged',
      body: '7 entries were recovered, 2 could not be read. The damaged file is kept as outbox.damaged-1.db.',
    },
  ]);
});

describe('why something waits', () => {
  const live: SyncState = {
    phase: 'live',
    waiting: 1,
    held: 0,
    not_sent: 0,
    last_sync_at: null,
    reason: null,
    tickets_cached: 0,
    kept_days: null,
    next_attempt_in: null,
    abilities: abilitiesOf(null, []),
  };
  const offline: SyncState = { ...live, phase: 'offline', reason: 'unreachable' };
  test.each<[string, OutboxItem, OutboxItem | null, SyncState, number | null]>([
    ['Sending in 7 s', item({ state: 'held' }), null, live, 7],
    ['Not sent: Staffdesk was closed. Send it now?', item({ state: 'held' }), null, live, null],
    ['Sending', item({ state: 'sending' }), null, live, null],
    [
      'Someone else changed the same field.',
      item({ state: 'not-sent', reason: 'conflict' }),
      null,
      live,
      null,
    ],
    [
      'Blocked by a reply that needs your review',
      item({ behind: true }),
      item({ state: 'not-sent' }),
      live,
      null,
    ],
    ['Sends after the reply before it', item(), item({ state: 'held' }), live, null],
    ['Sends after the change before it', item(), item(), offline, null],
    ['Sends after you sign in', item(), null, { ...live, phase: 'sign-in-needed' }, null],
    ["Sends when you're back online", item(), null, offline, null],
    [
      'Too many requests: retrying shortly',
      item(),
      null,
      { ...offline, reason: 'rate-limited' },
      null,
    ],
    ['The server could not take it yet: retrying shortly', item({ attempts: 2 }), null, live, null],
    ['Sending shortly', item({ odd_answers: 2 }), null, live, null],
    [
      "The server's answers do not match this, so it does not count as sent. It is kept and retried. If this lasts, tell the server's administrator",
      item({ odd_answers: 3 }),
      null,
      live,
      null,
    ],
  ])('%s', (said, one, earlier, sync, left) => {
    expect(whyWaiting(one, earlier, sync, left)).toBe(said);
  });
});

test('a version is restored by one call, once the desk has what was written here', async () => {
  const stores = open();
  stores.composer.type(ticket, 'reply', 'the newer text');
  await stores.composer.restoreVersion(ticket, 'reply', 'the older text');
  expect(called('draft.save')).toMatchObject([{ text: 'the newer text' }]);
  expect(called('draft.restoreVersion')).toEqual([
    { ticket_id: ticket, kind: 'reply', text: 'the older text' },
  ]);
  expect(stores.composer.text(ticket, 'reply')).toBe('the older text');
  expect(stores.composer.state.getState().caret).toMatchObject({ at: 'the older text'.length });
});

test('no version takes the place of a text that the desk has refused', async () => {
  answers['draft.save'] = new BridgeError('disk-full');
  const stores = open();
  stores.composer.type(ticket, 'reply', 'the newer text');
  await stores.composer.restoreVersion(ticket, 'reply', 'the older text');
  expect(called('draft.restoreVersion')).toEqual([]);
  expect(stores.composer.text(ticket, 'reply')).toBe('the newer text');
});

test('an undo line says what was done', () => {
  const name = () => 'Alex Kim';
  expect(changeText({ status: 'in_progress' }, name)).toBe('Set to In progress');
  expect(changeText({ assignee_id: uuid(3) }, name)).toBe('Assigned to Alex Kim');
  expect(changeText({ assignee_id: null }, name)).toBe('Unassigned');
  expect(changeText({ tags: { add: ['bank'], remove: [] } }, name)).toBe('Tagged bank');
  expect(changeText({ tags: { add: [], remove: ['bank'] } }, name)).toBe('No longer tagged bank');
  expect(changeText({ priority: 'high', status: 'open' }, name)).toBe('Changed');
});

test('an age is one unit, and nothing under a minute', () => {
  const now = 1_000_000_000;
  expect([10, 60, 3_599, 7_200, 172_800].map((seconds) => age(now - seconds * 1000, now))).toEqual([
    null,
    '1 min ago',
    '59 min ago',
    '2 hr ago',
    '2 days ago',
  ]);
});

describe('another account', () => {
  /** What belongs to the window and to no account. */
  const ofTheWindow = new Set(['session', 'toasts']);
  const session = (n: number) => ({
    state: 'signed-in',
    account: { id: uuid(n), email: `agent${n}@staffdesk.test`, name: 'Maya', role: 'staff' },
    elsewhere: [],
  });
  const states = (stores: ReturnType<typeof open>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(stores).flatMap(([name, store]) => {
        const state = (store as { state?: { getState(): unknown } }).state;
        return state && !ofTheWindow.has(name)
          ? [[name, JSON.parse(JSON.stringify(state.getState())) as unknown]]
          : [];
      }),
    );
  /** Another value of the same kind. */
  const other = (value: unknown): unknown =>
    Array.isArray(value)
      ? [{ id: uuid(99) }]
      : typeof value === 'string'
        ? `${value} of before`
        : typeof value === 'number'
          ? value + 1
          : typeof value === 'boolean'
            ? !value
            : value === null
              ? { of: 'before', except: new Set() }
              : value;

  test('sees nothing of the one before, in any store', async () => {
    const stores = open();
    const fresh = states(stores);
    stores.session.set(session(1) as never);
    await settle();
    for (const [name, store] of Object.entries(stores)) {
      const state = (store as { state?: { getState(): object; setState(next: object): void } })
        .state;
      if (state && !ofTheWindow.has(name))
        state.setState(
          Object.fromEntries(
            Object.entries(state.getState()).map(([key, value]) => [key, other(value)]),
          ),
        );
    }
    // Signed out first, so that nothing is asked for the next one.
    stores.session.set({ state: 'signed-out', account: null, elsewhere: [] } as never);
    const now = states(stores);
    for (const [name, state] of Object.entries(fresh))
      expect({ [name]: now[name] }).toEqual({ [name]: state });
  });
});
