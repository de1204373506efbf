import type { Desk } from './bridge/client.ts';
import { createInbox, type Inbox } from './areas/tickets/list/inbox.ts';
import { createComposer, type Composer } from './areas/compose/composer-store.ts';
import { createOutbox, type Outbox } from './areas/outbox/outbox-store.ts';
import { createSearch, type Search } from './areas/search/search-store.ts';
import { createSession, type Session } from './areas/session/session-store.ts';
import { createStaff, type Staff } from './areas/tickets/staff.ts';
import { watchStartView } from './areas/tickets/views/start-view.ts';
import { createThread, type ThreadStore } from './areas/tickets/thread/thread.ts';
import { createReceipts, type Receipts } from './areas/outbox/receipts.ts';
import { createSimilar, type Similar } from './areas/search/similar-store.ts';
import { createSettings, type SettingsStore } from './areas/settings/settings-store.ts';
import { createComputer, type Computer } from './areas/settings/computer.ts';
import { createSyncDetails, type SyncDetails } from './areas/sync/sync-detail.ts';
import { createToasts, type Toasts } from './toasts.ts';
import { createOlder, type Older } from './areas/search/older.ts';
import { createUndo, type Undo } from './areas/triage/undo.ts';
import { createActions, type Actions } from './areas/triage/actions.ts';
import { createBulks, type Bulks } from './areas/triage/bulks.ts';
import { createMacros, type Macros } from './areas/compose/macros.ts';
import { createJustSent, type JustSent } from './areas/compose/just-sent.ts';
import { createPalette, type Palette } from './areas/palette/palette-store.ts';
import { createPanels, isTicketInSight, type Panels } from './panels.ts';
import { createPresence, type PresenceStore } from './areas/presence/presence-store.ts';
import { createSavedViews, type SavedViews } from './areas/tickets/views/saved-views-store.ts';
import { createSelection, isPicking, type Selection } from './areas/triage/selection.ts';
import { createTags, type Tags } from './areas/tickets/tags.ts';
import { createUnits, type Units } from './areas/compose/units.ts';
import { bulkText, texts } from './texts.ts';
import type { CallOutput, ViewId } from '../contract/bridge.ts';

/** The settings are waited for no longer (ms). */
const patienceMs = 2_000;

/** All stores of a window, wired to one desk. */
export interface Stores {
  desk: Desk;
  session: Session;
  inbox: Inbox;
  thread: ThreadStore;
  composer: Composer;
  search: Search;
  outbox: Outbox;
  staff: Staff;
  toasts: Toasts;
  undo: Undo;
  justSent: JustSent;
  receipts: Receipts;
  settings: SettingsStore;
  syncDetails: SyncDetails;
  computer: Computer;
  selection: Selection;
  bulks: Bulks;
  savedViews: SavedViews;
  tags: Tags;
  macros: Macros;
  units: Units;
  presence: PresenceStore;
  actions: Actions;
  panels: Panels;
  palette: Palette;
  similar: Similar;
  older: Older;
}

/** `soon` runs what nobody waits for once what has just been decided can be seen. */
export function createStores(desk: Desk, soon: (work: () => void) => void): Stores {
  const toasts = createToasts();
  const session = createSession(desk);
  const inbox = createInbox(desk, toasts, () => {
    void composer.flush();
    thread.clear();
  });
  const composer = createComposer(desk, toasts);
  const staff = createStaff(desk);
  const backTo = {
    saveTyped: () => composer.flush(),
    showBack: (back: CallOutput<'compose.takeBack'>) => {
      composer.putBack(back);
      openTicket(stores, back.ticket_id);
    },
  };
  const undo = createUndo({
    desk,
    toasts,
    sendSettled: () => justSent.settled(),
    showTicket: (ticketId) => {
      goToTicket(stores, ticketId);
    },
    ...backTo,
  });
  const justSent = createJustSent(
    composer,
    () => undo.state.getState().entries.at(-1)?.operationId ?? null,
  );
  const outbox = createOutbox({ desk, toasts, ...backTo });
  const staffName = (id: string): string =>
    staff.state.getState().members.find((member) => member.id === id)?.name ?? texts.colleague;
  const thread = createThread({ desk, toasts, composer, undo, staffName });
  const search = createSearch(desk, toasts);
  const settings = createSettings(desk, toasts);
  const selection = createSelection(inbox, () => thread.state.getState().ticketId);
  const bulks = createBulks({
    desk,
    toasts,
    selection,
    undo,
    title: (bulk) => bulkText(bulk.action, bulk.total, staffName),
  });
  const savedViews = createSavedViews({ desk, toasts, settings, inbox });
  const units = createUnits(desk, toasts, staffName);
  const actions = createActions({ desk, toasts, undo, inbox, thread, selection, bulks, staffName });
  const stores: Stores = {
    desk,
    session,
    inbox,
    thread,
    composer,
    search,
    outbox,
    staff,
    toasts,
    undo,
    justSent,
    settings,
    selection,
    bulks,
    savedViews,
    units,
    actions,
    receipts: createReceipts(desk, toasts),
    syncDetails: createSyncDetails(desk),
    computer: createComputer(desk, toasts),
    tags: createTags(desk, toasts),
    macros: createMacros(desk),
    presence: createPresence(desk),
    panels: createPanels(),
    palette: createPalette(toasts, settings),
    similar: createSimilar(desk),
    older: createOlder(desk),
  };

  desk.on('bulk.changed', (bulk) => {
    bulks.set(bulk);
  });
  // What is picked is picked in the list that is shown.
  inbox.state.subscribe((now, before) => {
    if (now.view !== before.view || now.filter !== before.filter || now.saved !== before.saved)
      selection.clear();
  });

  // While tickets are picked the agent goes through the list without opening any; then they are at
  // the open one again.
  selection.state.subscribe((now, before) => {
    const { ticketId } = thread.state.getState();
    const isAway = ticketId !== null && ![null, ticketId].includes(inbox.state.getState().selected);
    if (isPicking(before) && !isPicking(now) && isAway) inbox.select(ticketId);
  });

  let changed: string[] | null = [];
  let asking = false;
  desk.on('data.changed', ({ ticket_ids: ids }) => {
    thread.forget(ids);
    changed = ids === null || changed === null ? null : [...changed, ...ids];
    if (asking) return;
    asking = true;
    soon(() => {
      const about = changed;
      [changed, asking] = [[], false];
      refresh(stores, about);
    });
  });
  desk.on('session.changed', (state) => {
    session.set(state);
    if (state.state !== 'signed-out') refresh(stores, null);
  });
  let owner: string | null = null;
  let salvageTold = false;
  session.state.subscribe(({ session: now }) => {
    const account = now?.account?.id ?? null;
    if (account === owner) return;
    if (owner !== null) forget(stores);
    owner = account;
    composer.belongsTo(account);
    if (account !== null) {
      stores.settings.load();
      inbox.whenLoaded(() => {
        soon(() => {
          bulks.load();
          stores.presence.load();
        });
      });
    }
    // Told once: it was found at the start of the desk and the outbox holds what came out of it.
    if (now?.salvage && account !== null && !salvageTold) {
      salvageTold = true;
      toasts.show({
        kind: 'error',
        title: texts.salvaged,
        body: texts.salvagedHint(now.salvage),
        stays: true,
        actions: [
          {
            label: texts.undo.openOutbox,
            run: () => {
              outbox.show('waiting');
            },
          },
        ],
      });
    }
  });
  desk.on('sync.changed', (state) => {
    session.setSync(state);
    if (state.phase === 'live') thread.online();
  });
  watchStartView(session, inbox);
  onePane(stores);
  outbox.state.subscribe(({ items }, before) => {
    if (items !== before.items) undo.held(items);
  });
  outbox.state.subscribe(({ items }, before) => {
    if (items !== before.items) units.waiting(items);
  });
  desk.on('ticket.open', ({ ticket_id }) => {
    openTicket(stores, ticket_id);
  });
  return stores;
}

/**
 * Where one pane is shown at a time: which one that is when a ticket goes, and no ticket behind the
 * list that is not in it.
 */
function onePane({ panels, thread, inbox, search }: Stores): void {
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

/**
 * Another account sees nothing of the last one's tickets, drafts and outbox. What a store keeps of
 * an account it clears.
 */
function forget(stores: Stores): void {
  // First what the others look at when they change.
  stores.thread.clear();
  for (const store of Object.values(stores))
    if ('clear' in store) (store as { clear(): void }).clear();
}

/**
 * Asks for the list; resolves once it and the agent's settings are here, so that the window is
 * drawn once and as they want it, and at the latest after two seconds.
 */
export async function firstList({ inbox, settings }: Stores): Promise<void> {
  inbox.refresh();
  await new Promise<void>((done) => {
    inbox.whenLoaded(done);
  });
  if (settings.state.getState().settings !== null) return;
  await new Promise<void>((done) => {
    const timer = setTimeout(done, patienceMs);
    const end = settings.state.subscribe(() => {
      clearTimeout(timer);
      end();
      done();
    });
  });
}

/** Asks for everything that the first picture of a signed-in window does without. */
export function loadRest({ savedViews, outbox, staff, macros }: Stores): void {
  for (const store of [outbox, staff, macros, savedViews]) store.refresh();
}

/** Asks again for what may look different now. Each store keeps at most one question under way. */
export function refresh(stores: Stores, ids: string[] | null): void {
  if (stores.session.state.getState().session?.state === 'signed-out') return;
  stores.inbox.refresh();
  stores.savedViews.refresh();
  stores.search.refresh();
  stores.outbox.refresh();
  if (ids === null) stores.staff.refresh();
  if (ids === null) stores.macros.refresh();
  stores.thread.forget(ids);
  const open = stores.thread.state.getState().ticketId;
  if (open !== null && (ids === null || ids.includes(open))) stores.thread.refresh();
}

/** Shows a view, whichever way it was chosen. */
export function showView(stores: Stores, view: ViewId): void {
  stores.search.type('');
  stores.inbox.show(view);
  stores.outbox.hide();
  stores.panels.showPane('list');
}

/**
 * The ticket `step` lines from the selected one, in what the list shows now: the view or what a
 * search has found.
 */
export function neighbour({ inbox, search }: Stores, step: 1 | -1): string | null {
  if (!search.active()) return inbox.neighbour(step);
  const { hits } = search.state.getState();
  const at = hits.findIndex(({ row }) => row.id === inbox.state.getState().selected);
  return hits[at < 0 ? 0 : at + step]?.row.id ?? null;
}

/**
 * Shows a ticket, whichever way it was chosen. One that the search has found opens at what it
 * found.
 */
export function openTicket(stores: Stores, ticketId: string): void {
  goToTicket(stores, ticketId);
  stores.panels.showPane('ticket');
}

/**
 * The same for a step through the list: where one pane is shown at a time, the list stays in front.
 */
export function goToTicket(stores: Stores, ticketId: string): void {
  const { hits, find } = stores.search.state.getState();
  const hit = stores.search.active() ? hits.find(({ row }) => row.id === ticketId) : undefined;
  if (hit) stores.search.remember();
  void stores.composer.flush();
  stores.inbox.select(ticketId);
  stores.outbox.hide();
  stores.thread.open(ticketId, hit && { messageId: hit.message_id, find });
  prepareNext(stores);
}

/** Long enough for the ticket that was asked for to be shown first. */
const prepareAfterMs = 40;
let preparing: ReturnType<typeof setTimeout> | undefined;

/** Reads the tickets above and below the open one, which are opened next more often than not. */
function prepareNext(stores: Stores): void {
  clearTimeout(preparing);
  preparing = setTimeout(() => {
    stores.thread.prepare(([1, -1] as const).flatMap((step) => neighbour(stores, step) ?? []));
  }, prepareAfterMs);
}
