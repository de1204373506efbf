import type { Desk } from '../bridge/client.ts';
import type { Inbox } from './inbox.ts';
import { createInbox } from './inbox.ts';
import type { Composer } from './composer.ts';
import { createComposer } from './composer.ts';
import type { Outbox } from './outbox.ts';
import { createOutbox } from './outbox.ts';
import type { Search } from './search.ts';
import { createSearch } from './search.ts';
import type { Session } from './session.ts';
import { createSession } from './session.ts';
import type { Staff } from './staff.ts';
import { createStaff } from './staff.ts';
import type { ThreadStore } from './thread.ts';
import { createThread } from './thread.ts';
import type { Toasts } from './toasts.ts';
import { createToasts } from './toasts.ts';

/** All stores of a window, wired to one desk. */
export interface Stores { desk: Desk; session: Session; inbox: Inbox; thread: ThreadStore; composer: Composer; search: Search; outbox: Outbox; staff: Staff; toasts: Toasts }

export function createStores(desk: Desk): Stores {
  const toasts = createToasts();
  const session = createSession(desk);
  const inbox = createInbox(desk, toasts);
  const composer = createComposer(desk, toasts);
  const thread = createThread(desk, toasts, composer);
  const search = createSearch(desk, toasts);
  const outbox = createOutbox(desk, toasts);
  const staff = createStaff(desk);
  const stores = { desk, session, inbox, thread, composer, search, outbox, staff, toasts };

  desk.on('data.changed', ({ ticket_ids: ids }) => { refresh(stores, ids); });
  desk.on('session.changed', (state) => { session.set(state); if (state.state !== 'signed-out') refresh(stores, null); });
  desk.on('sync.changed', (state) => { session.setSync(state); });
  desk.on('ticket.open', ({ ticket_id }) => { openTicket(stores, ticket_id); });
  return stores;
}

/** Asks again for what may look different now. Each store keeps at most one question under way. */
export function refresh(stores: Stores, ids: string[] | null): void {
  if (stores.session.state.getState().session?.state === 'signed-out') return;
  stores.inbox.refresh();
  stores.search.refresh();
  stores.outbox.refresh();
  if (ids === null) stores.staff.refresh();
  const open = stores.thread.state.getState().ticketId;
  if (open !== null && (ids === null || ids.includes(open))) stores.thread.refresh();
}

/** Shows a ticket, whichever way it was chosen. */
export function openTicket(stores: Stores, ticketId: string): void {
  stores.composer.flush();
  stores.inbox.select(ticketId);
  stores.outbox.hide();
  stores.thread.open(ticketId);
}
