import type { SessionState } from '../contract/bridge.ts';
import type { Composer } from './areas/compose/composer-store.ts';
import type { Units } from './areas/compose/units.ts';
import type { Outbox } from './areas/outbox/outbox-store.ts';
import type { Search } from './areas/search/search-store.ts';
import type { Session } from './areas/session/session-store.ts';
import type { SettingsStore } from './areas/settings/settings-store.ts';
import type { Inbox } from './areas/tickets/list/inbox.ts';
import type { ThreadStore } from './areas/tickets/thread/thread.ts';
import { isPicking, type Selection } from './areas/triage/selection.ts';
import type { Undo } from './areas/triage/undo.ts';
import type { Desk } from './bridge/client.ts';
import type { Soon } from './bridge/live.ts';
import { isTicketInSight, type Panels } from './panels.ts';
import { texts } from './texts.ts';
import type { Toasts } from './toasts.ts';

interface SessionParts {
  desk: Desk;
  session: Session;
  thread: ThreadStore;
}

/** Takes over who is signed in and where sync stands, as the desk tells it. */
export function followSession({ desk, session, thread }: SessionParts): void {
  desk.on('session.changed', session.set);
  desk.on('sync.changed', (state) => {
    session.setSync(state);
    if (state.phase === 'live') thread.online();
  });
}

/** Runs when another account signs in, and with null when one signs out. */
function onAccount(
  session: Session,
  changed: (account: string | null, before: string | null, now: SessionState | null) => void,
): void {
  let owner: string | null = null;
  session.state.subscribe(({ session: now }) => {
    const account = now?.account?.id ?? null;
    if (account === owner) return;
    const before = owner;
    owner = account;
    changed(account, before, now);
  });
}

interface AccountParts {
  session: Session;
  composer: Composer;
  settings: SettingsStore;
  inbox: Inbox;
  /** Opens the ticket that the account had open last. */
  openLast: (ticketId: string) => void;
  /** Begins everything that the first picture does without. */
  beginRest: () => void;
  /** Clears what the stores hold of the last account. */
  forget: () => void;
  soon: Soon;
}

/** Gives the stores to the account that is signed in; it sees nothing of the last one's. */
export function followAccount(parts: AccountParts): void {
  const { session, composer, settings, inbox, openLast, beginRest, forget, soon } = parts;
  onAccount(session, (account, before, now) => {
    if (before !== null) forget();
    composer.belongsTo(account);
    if (account === null) return;
    settings.load();
    inbox.begin(now?.place ?? null);
    if (now?.place?.ticket_id) openLast(now.place.ticket_id);
    inbox.whenLoaded(() => {
      soon(() => {
        if (session.state.getState().session?.account?.id === account) beginRest();
      });
    });
  });
}

interface SalvageParts {
  session: Session;
  toasts: Toasts;
  outbox: Outbox;
}

/** Told once: it was found at the start of the desk, and the outbox holds what came out of it. */
export function tellSalvage({ session, toasts, outbox }: SalvageParts): void {
  let isTold = false;
  onAccount(session, (account, _before, now) => {
    if (!now?.salvage || account === null || isTold) return;
    isTold = true;
    const openOutbox = {
      label: texts.undo.openOutbox,
      run: (): void => {
        outbox.show('waiting');
      },
    };
    toasts.show({
      kind: 'error',
      title: texts.salvaged,
      body: texts.salvagedHint(now.salvage),
      stays: true,
      actions: [openOutbox],
    });
  });
}

interface SelectionParts {
  inbox: Inbox;
  search: Search;
  selection: Selection;
  thread: ThreadStore;
}

/** Keeps the picked tickets and the open one in step with the list that is shown. */
export function followSelection({ inbox, search, selection, thread }: SelectionParts): void {
  inbox.state.subscribe((now, before) => {
    if (now.view !== before.view || now.filter !== before.filter || now.saved !== before.saved)
      selection.clear();
  });
  search.state.subscribe((now, before) => {
    if (now.filter !== before.filter) selection.clear();
  });
  // While tickets are picked the agent goes through the list without opening any; then they are at
  // the open one again.
  selection.state.subscribe((now, before) => {
    const { ticketId } = thread.state.getState();
    const isAway = ticketId !== null && ![null, ticketId].includes(inbox.state.getState().selected);
    if (isPicking(before) && !isPicking(now) && isAway) inbox.select(ticketId);
  });
}

interface OutboxParts {
  outbox: Outbox;
  undo: Undo;
  units: Units;
}

/** Tells those that offer to undo, and that report on sent messages, what the outbox holds. */
export function followOutbox({ outbox, undo, units }: OutboxParts): void {
  outbox.state.subscribe(({ items }, before) => {
    if (items === before.items) return;
    undo.held(items);
    units.waiting(items);
  });
}

interface PaneParts {
  panels: Panels;
  thread: ThreadStore;
  inbox: Inbox;
  search: Search;
}

/**
 * Where one pane is shown at a time: shows the list when the ticket goes, and leaves no ticket
 * selected out of sight that the list does not hold.
 */
export function followPanes({ panels, thread, inbox, search }: PaneParts): void {
  const leaveUnlisted = (): void => {
    if (!isTicketInSight(panels.state.getState()) && !search.active()) inbox.leaveUnlisted();
  };
  thread.state.subscribe(({ ticketId }) => {
    if (ticketId === null) panels.showPane('list');
  });
  panels.state.subscribe((now, before) => {
    if (now.pane !== before.pane) leaveUnlisted();
  });
  inbox.state.subscribe((now, before) => {
    if (now.rows !== before.rows) leaveUnlisted();
  });
}
