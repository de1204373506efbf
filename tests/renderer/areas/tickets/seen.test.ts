import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Thread } from '../../../../src/contract/bridge.ts';
import { whenSeen, type Focus } from '../../../../src/renderer/areas/tickets/thread/seen.ts';
import { createDesk } from '../../../../src/renderer/bridge/client.ts';
import { liveBridge } from '../../../helpers/live-bridge.ts';
import { createComposer } from '../../../../src/renderer/areas/compose/composer-store.ts';
import { isReadBySight } from '../../../../src/renderer/areas/tickets/thread/thread-state.ts';
import { createThread } from '../../../../src/renderer/areas/tickets/thread/thread.ts';
import { createToasts } from '../../../../src/renderer/toasts.ts';
import { createUndo } from '../../../../src/renderer/areas/triage/undo.ts';

const ticket = '00000000-0000-4000-8000-000000000001';
let isHere: boolean;
let back: Set<() => void>;
let seen: number;
const focus: Focus = {
  isHere: () => isHere,
  onReturn(listener) {
    back.add(listener);
    return () => {
      back.delete(listener);
    };
  },
};
const comeBack = (): void => {
  isHere = true;
  for (const listener of back) listener();
};
const watch = () =>
  whenSeen(() => {
    seen += 1;
  }, focus);
beforeEach(() => {
  vi.useFakeTimers();
  [isHere, back, seen] = [true, new Set(), 0];
});
afterEach(() => {
  vi.useRealTimers();
});

test('what a customer wrote while the window had no focus is seen a moment after the focus comes back', () => {
  isHere = false;
  watch();
  vi.advanceTimersByTime(60_000);
  expect(seen).toBe(0);
  comeBack();
  vi.advanceTimersByTime(699);
  expect(seen).toBe(0);
  vi.advanceTimersByTime(1);
  expect(seen).toBe(1);
});

test('a glance is not enough: a window that loses the focus within the moment has shown nothing', () => {
  watch();
  vi.advanceTimersByTime(300);
  isHere = false;
  vi.advanceTimersByTime(60_000);
  expect(seen).toBe(0);
  comeBack();
  vi.advanceTimersByTime(300);
  comeBack();
  vi.advanceTimersByTime(699);
  expect(seen).toBe(0);
  vi.advanceTimersByTime(1);
  expect(seen).toBe(1);
});

test('nothing is seen, nor listened for, once something else is shown', () => {
  const stop = watch();
  stop();
  comeBack();
  vi.advanceTimersByTime(60_000);
  expect([seen, back.size]).toEqual([0, 0]);
});

interface Window {
  store: ReturnType<typeof createThread>;
  /** The calls that mark something. */
  asked: unknown[];
  /** The thread of the desk is another one now, which it tells. */
  has: (more: Partial<Thread>) => Promise<void>;
}

/** A window in front of one unread ticket. */
function openWindow(): Window {
  const asked: unknown[] = [];
  let thread: Thread = {
    ticket: {
      id: ticket,
      subject: 'Where is my order?',
      requester: 'Dana',
      preview: '',
      preview_by: 'customer',
      status: 'open',
      priority: 'medium',
      category: 'other',
      assignee_id: null,
      tags: [],
      activity_at: 5,
      snoozed_until: null,
      snooze: null,
      unread: true,
      pending: 0,
      not_sent: false,
      draft: false,
      requester_id: ticket,
      requester_email: 'dana@customer.test',
      created_at: 0,
      updated_at: 0,
      resolved_at: null,
      message_count: 1,
      pending_fields: [],
    },
    messages: [],
    older: null,
    read_through: 1,
    unread_state: '2 5 7',
    kept_unread: null,
    drafts: [],
    other_tickets: [],
    other_count: 0,
    whole: true,
  };
  const bridge = liveBridge({
    shell: 'electron',
    on: () => () => undefined,
    call(name, input) {
      if (name.startsWith('thread.mark')) asked.push({ name, ...(input as object) });
      return Promise.resolve({ ok: true, value: name === 'thread.get' ? thread : {} });
    },
  });
  const desk = createDesk(bridge);
  const [toasts, composer] = [createToasts(), createComposer(desk, createToasts())];
  const store = createThread({
    desk,
    toasts,
    composer,
    afterAction: { plan: () => () => undefined },
    undo: createUndo({
      desk,
      toasts,
      saveTyped: () => Promise.resolve(),
      bringBack: () => Promise.resolve(),
    }),
    staffName: () => '',
  });
  return {
    store,
    asked,
    async has(more) {
      thread = { ...thread, ...more };
      await bridge.changed();
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

test('the store says what was on screen: what has come since is not read by it', async () => {
  const { store, asked } = openWindow();
  store.open(ticket);
  await vi.advanceTimersByTimeAsync(0);
  store.markRead();
  expect(asked).toEqual([{ name: 'thread.markRead', ticket_id: ticket, state: '2 5 7' }]);
});

test('a ticket that is marked unread while it is open is not read by staying there, but by being opened again', async () => {
  const { store, asked, has } = openWindow();
  const isRead = () => isReadBySight(store.state.getState());
  store.open(ticket);
  await vi.advanceTimersByTimeAsync(0);
  expect(isRead()).toBe(true);
  await store.markUnread();
  expect(asked).toEqual([{ name: 'thread.markUnread', ticket_id: ticket }]);
  await has({ kept_unread: 1 });
  expect(isRead()).toBe(false);
  // Its row is chosen again.
  store.open(ticket);
  expect(isRead()).toBe(true);
  await has({ kept_unread: 2 });
  expect(isRead()).toBe(false);
  store.clear();
  store.open(ticket);
  await vi.advanceTimersByTimeAsync(0);
  expect(isRead()).toBe(true);
});
