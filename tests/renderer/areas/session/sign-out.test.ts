import { expect, test, vi } from 'vitest';
import type { OutboxItem } from '../../../../src/contract/bridge.ts';
import { createSignOut, unsentOf } from '../../../../src/renderer/areas/session/sign-out-store.ts';

const item = (n: number, kind: OutboxItem['kind'], more: Partial<OutboxItem> = {}): OutboxItem => ({
  id: `0199d7a0-0000-7000-8000-00000000000${n}`,
  ticket_id: '0199d7a0-0000-7000-8000-00000000000a',
  subject: 'Where is my order?',
  kind,
  text: null,
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
  ...more,
});

/** Signing out on a desk whose outbox the test pushes. */
function open() {
  let push: (items: OutboxItem[]) => void = () => undefined;
  const signedOut = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const end = vi.fn<() => void>();
  const signOut = createSignOut({
    desk: {
      watch: (_name, _input, on) => {
        push = (items) => {
          on.value(items as never, null);
        };
        return { ask: () => undefined, again: () => undefined, end };
      },
    },
    session: { signOut: signedOut },
    toasts: { fail: () => undefined },
    saveTyped: () => Promise.resolve(),
  });
  return { signOut, signedOut, end, push: (items: OutboxItem[]) => push(items) };
}

test('without unsent work it asks nothing', async () => {
  const { signOut, signedOut, end, push } = open();
  await signOut.ask();
  expect(signedOut).not.toHaveBeenCalled();
  push([]);
  expect(signedOut).toHaveBeenCalledOnce();
  expect(end).toHaveBeenCalledOnce();
});

test('with unsent work it asks, counts on while it is sent, and leaves when told to', async () => {
  const { signOut, signedOut, push } = open();
  await signOut.ask();
  push([item(1, 'reply'), item(2, 'note', { state: 'held' }), item(3, 'change')]);
  expect(signOut.state.getState().unsent).toEqual({ messages: 2, changes: 1, stopped: 0 });
  push([]);
  expect(signOut.state.getState().unsent).toEqual({ messages: 0, changes: 0, stopped: 0 });
  expect(signedOut).not.toHaveBeenCalled();
  signOut.leave();
  expect(signOut.state.getState().unsent).toBeNull();
  expect(signedOut).toHaveBeenCalledOnce();
});

test('staying ends the question', async () => {
  const { signOut, signedOut, end, push } = open();
  await signOut.ask();
  push([item(1, 'reply')]);
  signOut.stay();
  expect(signOut.state.getState().unsent).toBeNull();
  expect([signedOut.mock.calls.length, end.mock.calls.length]).toEqual([0, 1]);
});

test('a change that is sent with a message is counted with it, and what was stopped is known', () => {
  const message = item(1, 'reply', { state: 'not-sent' });
  expect(
    unsentOf([
      { ...message, unit: message.id },
      item(2, 'close', { unit: message.id }),
      item(3, 'change', { unit: item(9, 'reply').id }),
    ]),
  ).toEqual({ messages: 1, changes: 1, stopped: 1 });
});
