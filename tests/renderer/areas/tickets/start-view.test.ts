import { beforeEach, expect, test } from 'vitest';
import type { SessionState, SyncState, ViewId } from '../../../../src/contract/bridge.ts';
import { abilitiesOf } from '../../../../src/core/abilities.ts';
import { createDesk } from '../../../../src/renderer/bridge/client.ts';
import { createInbox } from '../../../../src/renderer/areas/tickets/list/inbox.ts';
import { createSession } from '../../../../src/renderer/areas/session/session-store.ts';
import { watchStartView } from '../../../../src/renderer/areas/tickets/views/start-view.ts';
import { createToasts } from '../../../../src/renderer/toasts.ts';

const desk = createDesk({
  shell: 'electron',
  on: () => () => undefined,
  call: () => Promise.resolve({ ok: true, value: [] }),
});
const signedIn = (id: string): SessionState => ({
  state: 'signed-in',
  account: { id, name: 'Maya Ruiz', email: 'maya@example.test', role: 'staff' },
  server: 'http://127.0.0.1',
  secret_store: 'os',
  demo_email: null,
  salvage: null,
});
const syncOf = (level: number | null, features: string[] = []): SyncState => ({
  phase: 'live',
  waiting: 0,
  held: 0,
  not_sent: 0,
  last_sync_at: null,
  reason: null,
  tickets_cached: 0,
  kept_days: null,
  next_attempt_in: null,
  abilities: abilitiesOf(level, features),
});
let view: () => ViewId;
let show: (to: ViewId) => void;
let session: ReturnType<typeof createSession>;
beforeEach(() => {
  session = createSession(desk);
  const inbox = createInbox(desk, createToasts());
  watchStartView(session, inbox);
  view = () => inbox.state.getState().view;
  show = inbox.show;
});
const maya = '00000000-0000-4000-8000-000000000001';

test('the window starts in Mine where the server can assign tickets', () => {
  session.set(signedIn(maya));
  session.setSync(syncOf(2, ['patch']));
  expect(view()).toBe('mine');
});

test('it starts in Open as soon as the server is known to assign nothing', () => {
  session.set(signedIn(maya));
  session.setSync(syncOf(null));
  expect(view()).toBe('mine');
  session.setSync(syncOf(1));
  expect(view()).toBe('open');
});

test('a view that the agent has chosen stays, also Mine', () => {
  session.set(signedIn(maya));
  show('closed');
  session.setSync(syncOf(1));
  expect(view()).toBe('closed');
  show('mine');
  session.setSync(syncOf(1));
  expect(view()).toBe('mine');
});
