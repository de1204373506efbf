import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Thread } from '../../../../src/contract/bridge.ts';
import { whenSeen, type Focus } from '../../../../src/renderer/areas/tickets/thread/seen.ts';
import { createDesk } from '../../../../src/renderer/bridge/client.ts';
import { createComposer } from '../../../../src/renderer/areas/compose/composer-store.ts';
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

test('the store says what was on screen: what has come since is not read by it', async () => {
  const asked: unknown[] = [];
  const thread = {
    ticket: {
      id: ticket,
      subject: 'Where is my order?',
      requester: 'Dana',
      unread: true,
      activity_at: 5,
    },
    messages: [],
    older: null,
    read_through: 1,
    unread_state: '2 5 7',
    drafts: [],
    other_tickets: [],
    other_count: 0,
    whole: true,
  } as unknown as Thread;
  const desk = createDesk({
    shell: 'electron',
    on: () => () => undefined,
    call: () => Promise.resolve({ ok: true, value: {} }),
  });
  const calling: typeof desk = {
    ...desk,
    call: ((name: string, input: unknown) => {
      if (name === 'thread.markRead') asked.push(input);
      return Promise.resolve(name === 'thread.get' ? thread : {});
    }) as typeof desk.call,
  };
  const [toasts, composer] = [createToasts(), createComposer(calling, createToasts())];
  const store = createThread({
    desk: calling,
    toasts,
    composer,
    undo: createUndo({
      desk: calling,
      toasts,
      saveTyped: () => Promise.resolve(),
      showBack: () => undefined,
    }),
    staffName: () => '',
  });
  store.open(ticket);
  await vi.advanceTimersByTimeAsync(0);
  store.markRead();
  expect(asked).toEqual([{ ticket_id: ticket, state: '2 5 7' }]);
});
