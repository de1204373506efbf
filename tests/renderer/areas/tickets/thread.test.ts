import { beforeEach, describe, expect, test } from 'vitest';
import type { CallName, Thread, ThreadMessage } from '../../../../src/contract/bridge.ts';
import { BridgeError, type BridgeErrorCode } from '../../../../src/contract/errors.ts';
import { createDesk } from '../../../../src/renderer/bridge/client.ts';
import { createComposer } from '../../../../src/renderer/areas/compose/composer-store.ts';
import { createThread } from '../../../../src/renderer/areas/tickets/thread/thread.ts';
import { createToasts } from '../../../../src/renderer/toasts.ts';
import { liveBridge, type LiveBridge } from '../../../helpers/live-bridge.ts';
import { createUndo } from '../../../../src/renderer/areas/triage/undo.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [one, two] = [uuid(1), uuid(2)];

let total: number;
let asked: { ticket_id: string; before: string | null; limit: number; reach?: string }[];
let hold: Promise<unknown>;
/** Tickets that are not on this computer, and what fetching one of them does. */
let away: Set<string>;
let fetching: () => string;
let bridge: LiveBridge;

const message = (n: number): ThreadMessage => ({
  id: uuid(100 + n),
  kind: 'customer',
  mine: false,
  author: 'Dana',
  at: n,
  text: String(n),
  delivery: null,
  held_ms: null,
  problem: null,
  mentions: [],
});
const ticketOf = (id: string): Thread['ticket'] => ({
  id,
  subject: 'Ticket',
  requester: 'Dana',
  preview: '',
  preview_by: 'customer',
  status: 'open',
  priority: 'medium',
  category: 'other',
  assignee_id: null,
  tags: [],
  activity_at: 0,
  snoozed_until: null,
  snooze: null,
  unread: false,
  pending: 0,
  not_sent: false,
  draft: false,
  requester_id: uuid(3),
  requester_email: 'dana@customer.test',
  created_at: 0,
  updated_at: 0,
  resolved_at: null,
  message_count: 1,
  pending_fields: [],
});

/** A desk with threads of `total` messages. */
function open() {
  const answer = async (name: CallName, input: unknown): Promise<unknown> => {
    if (name === 'thread.fetch') return { ticket_id: fetching() };
    if (away.has((input as { ticket_id: string }).ticket_id))
      throw new BridgeError('ticket-not-found');
    const request = input as (typeof asked)[number];
    asked.push(request);
    const limit = request.reach === undefined ? request.limit : Math.max(request.limit, 150);
    const end = request.before === null ? total : Number(request.before);
    const start = Math.max(0, end - limit);
    const thread = {
      ticket: ticketOf(request.ticket_id),
      messages: Array.from({ length: end - start }, (__, i) => message(start + i)),
      older: start > 0 ? String(start) : null,
      read_through: 0,
      other_tickets: [],
      other_count: 0,
      drafts: [],
    };
    await hold;
    return thread;
  };
  bridge = liveBridge({
    shell: 'electron',
    on: () => () => undefined,
    call: (name, input) =>
      answer(name, input).then(
        (value) => ({ ok: true, value }),
        (error: unknown) => {
          if (error instanceof BridgeError) return { ok: false, error: error.toShape() };
          throw error;
        },
      ),
  });
  const desk = createDesk(bridge);
  const toasts = createToasts();
  const composer = createComposer(desk, toasts);
  const undo = createUndo({
    desk,
    toasts,
    saveTyped: () => Promise.resolve(),
    bringBack: () => Promise.resolve(),
  });
  return createThread({
    desk,
    toasts,
    composer,
    undo,
    afterAction: { plan: () => () => undefined },
    staffName: () => '',
  });
}
const settle = () =>
  new Promise((done) => {
    setImmediate(done);
  });
const texts = (store: ReturnType<typeof open>): string[] => {
  const { earlier, thread } = store.state.getState();
  return [...earlier, ...(thread?.messages ?? [])].map(({ text }) => text);
};

beforeEach(() => {
  total = 300;
  asked = [];
  hold = Promise.resolve();
  away = new Set();
  fetching = () => one;
});

test('what was loaded before the newest window stays without a gap or a double, however the window moves', async () => {
  const store = open();
  store.open(one);
  await settle();
  expect(texts(store)).toEqual(Array.from({ length: 150 }, (_, i) => String(150 + i)));
  total = 303;
  await bridge.changed();
  await settle();
  expect(texts(store)).toEqual(Array.from({ length: 153 }, (_, i) => String(150 + i)));
  store.loadEarlier();
  await settle();
  expect(texts(store)).toEqual(Array.from({ length: 193 }, (_, i) => String(110 + i)));
  // More at once than the window holds: what lies between is not known, so it is read from there
  // again.
  total = 600;
  await bridge.changed();
  await settle();
  expect(texts(store)).toEqual(Array.from({ length: 150 }, (_, i) => String(450 + i)));
  expect(store.state.getState().older).toBe('450');
});

test('a ticket that was read ahead is there at once and is not asked for again', async () => {
  const store = open();
  store.prepare([two]);
  await settle();
  store.open(two);
  expect(store.state.getState().thread?.ticket.id).toBe(two);
  expect(asked).toHaveLength(1);
});

test('a ticket that has changed since it was read ahead is there as it is now', async () => {
  const store = open();
  store.prepare([one, two]);
  await settle();
  total = 301;
  await bridge.changed();
  store.open(two);
  expect(texts(store).at(-1)).toBe('300');
});

test('a ticket that is opened while it is being read ahead waits for that answer, and keeping others ready does not drop it', async () => {
  const store = open();
  store.prepare([one]);
  store.open(one);
  await settle();
  expect(store.state.getState().thread?.ticket.id).toBe(one);
  expect(asked).toHaveLength(1);
  store.prepare(Array.from({ length: 9 }, (_, n) => uuid(10 + n)));
  await settle();
  total = 301;
  await bridge.changed();
  expect(texts(store).at(-1)).toBe('300');
});

test('a message that a search has found is asked for by its name, unless it is on the screen', async () => {
  const store = open();
  store.open(one, { messageId: uuid(150), find: null });
  await settle();
  expect(asked.at(-1)).toMatchObject({ ticket_id: one, reach: uuid(150) });
  store.open(one, { messageId: uuid(100 + 299), find: null });
  expect(asked).toHaveLength(1);
  expect(store.state.getState().found?.messageId).toBe(uuid(399));
  store.open(one, { messageId: uuid(100 + 3), find: null });
  await settle();
  expect(asked).toHaveLength(2);
});

describe('a ticket that is not on this computer', () => {
  const refuse = (code: BridgeErrorCode) => (): string => {
    throw new BridgeError(code);
  };

  test('is fetched, and shown once it is here', async () => {
    away.add(one);
    fetching = () => {
      away.clear();
      return one;
    };
    const store = open();
    store.open(one);
    await settle();
    expect(store.state.getState()).toMatchObject({
      ticketId: one,
      error: null,
      thread: { ticket: { id: one } },
    });
  });

  test('is shown as the ticket that took it over', async () => {
    away.add(one);
    fetching = () => two;
    const store = open();
    store.open(one);
    await settle();
    expect(store.state.getState()).toMatchObject({
      ticketId: two,
      error: null,
      thread: { ticket: { id: two } },
    });
  });

  test('is told apart from one that is gone, and tried again once the server is there', async () => {
    away.add(one);
    fetching = refuse('unreachable');
    const store = open();
    store.open(one);
    await settle();
    expect(store.state.getState().error).toBe('unreachable');
    fetching = () => {
      away.clear();
      return one;
    };
    store.online();
    await settle();
    expect(store.state.getState()).toMatchObject({ error: null, thread: { ticket: { id: one } } });
  });

  test('is not found where the server has none', async () => {
    away.add(one);
    fetching = refuse('ticket-not-found');
    const store = open();
    store.open(one);
    await settle();
    expect(store.state.getState().error).toBe('ticket-not-found');
  });
});
