import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { SessionState, StartPlace } from '../../src/contract/bridge.ts';
import { createDesk } from '../../src/renderer/bridge/client.ts';
import { createInbox } from '../../src/renderer/areas/tickets/list/inbox.ts';
import { noThread } from '../../src/renderer/areas/tickets/thread/thread-state.ts';
import { createSession } from '../../src/renderer/areas/session/session-store.ts';
import { rememberPlace } from '../../src/renderer/last-place.ts';
import { createPanels } from '../../src/renderer/panels.ts';
import { createToasts } from '../../src/renderer/toasts.ts';

const account = '00000000-0000-4000-8000-000000000001';
const tickets = [1, 2, 3].map((n) => `0199d7a0-0000-7000-8000-00000000000${n}`);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const signedIn = (place: StartPlace | null): SessionState => ({
  state: 'signed-in',
  account: { id: account, name: 'Maya Ruiz', email: 'maya@example.test', role: 'staff' },
  server: 'http://127.0.0.1',
  secret_store: 'os',
  demo_email: null,
  salvage: null,
  place,
});

/** A window of an account that was at `place`, and what it has the desk remember. */
function open(place: StartPlace | null = null) {
  const stored: unknown[] = [];
  const desk = createDesk({
    shell: 'electron',
    on: () => () => undefined,
    call: (name, input) => {
      if (name === 'settings.set') stored.push(input);
      return Promise.resolve({ ok: true, value: {} });
    },
  });
  const session = createSession(desk);
  const inbox = createInbox(desk, createToasts());
  const thread = { state: createStore(() => noThread) };
  const panels = createPanels();
  const { leave } = rememberPlace({ desk, session, inbox, thread, panels });
  session.set(signedIn(place));
  const openTicket = (ticketId: string | null): void => {
    thread.state.setState({ ticketId });
  };
  return { stored, session, inbox, panels, openTicket, leave };
}
const settle = (): void => {
  vi.advanceTimersByTime(1_000);
};

test('a walk through the list is remembered once, at its end', () => {
  const { stored, openTicket } = open();
  for (const id of tickets) {
    openTicket(id);
    vi.advanceTimersByTime(900);
  }
  expect(stored).toEqual([]);
  settle();
  expect(stored).toEqual([{ last_place: { view: 'mine', saved: null, ticket_id: tickets[2] } }]);
});

test('a page that goes right after a move remembers it then, and once', () => {
  const { stored, openTicket, leave } = open();
  openTicket(tickets[0] ?? null);
  leave();
  leave();
  settle();
  expect(stored).toMatchObject([{ last_place: { ticket_id: tickets[0] } }]);
});

test('where the agent was before is not remembered again', () => {
  const place = { query: { view: 'all', filter: {}, sort: 'newest' }, saved: null } as const;
  const { stored, inbox, openTicket } = open({ ...place, ticket_id: tickets[0] ?? null });
  inbox.begin(place);
  openTicket(tickets[0] ?? null);
  settle();
  expect(stored).toEqual([]);
  inbox.show('closed');
  settle();
  inbox.show('open');
  inbox.show('closed');
  settle();
  expect(stored).toEqual([{ last_place: { view: 'closed', saved: null, ticket_id: tickets[0] } }]);
});

test('a ticket behind the list, where one pane is shown at a time, is not the place', () => {
  const { stored, panels, openTicket } = open();
  panels.setRoom('one');
  openTicket(tickets[0] ?? null);
  settle();
  expect(stored).toEqual([]);
  panels.showPane('ticket');
  settle();
  expect(stored).toMatchObject([{ last_place: { ticket_id: tickets[0] } }]);
});

test('signing out is no move of the account that leaves, nor of the next one', () => {
  const { stored, session, openTicket } = open();
  openTicket(tickets[0] ?? null);
  settle();
  stored.length = 0;
  openTicket(null);
  session.set({ ...signedIn(null), state: 'signed-out', account: null });
  settle();
  expect(stored).toEqual([]);
});
