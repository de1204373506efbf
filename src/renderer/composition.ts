import { createAfterSend } from './areas/compose/after-send.ts';
import { createComposer } from './areas/compose/composer-store.ts';
import { createJustSent } from './areas/compose/just-sent.ts';
import { createMacroUse } from './areas/compose/macro-use.ts';
import { createMacros } from './areas/compose/macros.ts';
import { createSending } from './areas/compose/sending.ts';
import { createUnits } from './areas/compose/units.ts';
import { createOutbox } from './areas/outbox/outbox-store.ts';
import { createReceipts } from './areas/outbox/receipts.ts';
import {
  choiceSource,
  commandSource,
  customerSource,
  macroSource,
  placeSource,
  ticketSource,
} from './areas/palette/palette-sources.ts';
import { createPalette, type PaletteSource } from './areas/palette/palette-store.ts';
import { createPresence } from './areas/presence/presence-store.ts';
import { createOlder } from './areas/search/older.ts';
import { createSearch, type Search } from './areas/search/search-store.ts';
import { createSimilar } from './areas/search/similar-store.ts';
import { createSession, type Session } from './areas/session/session-store.ts';
import { createSignOut } from './areas/session/sign-out-store.ts';
import { createComputer } from './areas/settings/computer.ts';
import { createSettings, type SettingsStore } from './areas/settings/settings-store.ts';
import { createSyncDetails } from './areas/sync/sync-detail.ts';
import { createAfterAction, type AfterAction } from './areas/tickets/after-action.ts';
import { createInbox, type Inbox } from './areas/tickets/list/inbox.ts';
import { createStaff, type Staff } from './areas/tickets/staff.ts';
import { createTags } from './areas/tickets/tags.ts';
import { createThread, type ThreadStore } from './areas/tickets/thread/thread.ts';
import { createSavedViews } from './areas/tickets/views/saved-views-store.ts';
import { watchStartView } from './areas/tickets/views/start-view.ts';
import { createActions, createOnScreen } from './areas/triage/actions.ts';
import { createBulks } from './areas/triage/bulks.ts';
import { createSelection } from './areas/triage/selection.ts';
import { createUndo, type Undo } from './areas/triage/undo.ts';
import type { Desk } from './bridge/client.ts';
import type { Soon } from './bridge/live.ts';
import { paneCommands } from './keys/pane-commands.ts';
import { panelCommands } from './keys/app-commands.ts';
import type { Command } from './keys/command.ts';
import { listCommands } from './keys/list-commands.ts';
import { createCommandKeys } from './keys/listener.ts';
import { moveCommands } from './keys/move-commands.ts';
import { createAllowed } from './keys/open-ticket.ts';
import { createRowActions } from './keys/row-actions.ts';
import { choosingCommands } from './keys/choosing-commands.ts';
import { selectionCommands } from './keys/selection-commands.ts';
import { settingCommands } from './keys/setting-commands.ts';
import { sendCommands } from './keys/send-commands.ts';
import { closingCommands, copyCommands, decisionCommands } from './keys/ticket-commands.ts';
import { ticketChoices } from './keys/ticket-choices.ts';
import { viewCommands } from './keys/view-commands.ts';
import { windowCommands } from './keys/window-commands.ts';
import { writeCommands } from './keys/write-commands.ts';
import { rememberPlace } from './last-place.ts';
import { beginRest } from './loading.ts';
import { createNavigation } from './navigation.ts';
import { createPanels, type Panels } from './panels.ts';
import { bulkText, texts } from './texts.ts';
import { createToasts, type Toasts } from './toasts.ts';
import {
  followAccount,
  followOutbox,
  followPanes,
  followSelection,
  followSession,
  tellSalvage,
} from './wiring.ts';

/** Every part of a window, for its components to pick from. No function takes all of them. */
export type Composed = ReturnType<typeof composeWindow>;

/** Makes the parts of a window on one desk, and wires them to each other and to its events. */
export function composeWindow(desk: Desk, soon: Soon) {
  const stores = createStores(desk);
  const { session, toasts, inbox, bulks, macroUse } = stores;
  const parts = { ...stores, soon, allowed: createAllowed(session, toasts) };

  desk.on('bulk.changed', bulks.set);
  followSelection(parts);
  followSession(parts);
  followAccount({
    ...parts,
    openLast(ticketId) {
      // A notification may have opened another one by now.
      if (stores.thread.state.getState().ticketId === null) stores.navigation.openTicket(ticketId);
    },
    beginRest() {
      beginRest(stores);
    },
    forget() {
      forget(stores.thread, Object.values(stores));
    },
  });
  tellSalvage(parts);
  watchStartView(session, inbox);
  const lastPlace = rememberPlace(parts);
  followPanes(parts);
  followOutbox(parts);
  desk.on('ticket.open', ({ ticket_id: ticketId }) => {
    stores.navigation.openTicket(ticketId);
  });

  // Each names the parts that it needs of all of them.
  const commands: readonly Command[] = [
    ...moveCommands(parts),
    ...decisionCommands({ ...parts, choices: ticketChoices(parts) }),
    ...closingCommands(parts),
    ...copyCommands(parts),
    ...writeCommands(parts),
    ...selectionCommands(parts),
    ...sendCommands(parts),
    ...viewCommands(parts),
    ...listCommands(parts),
    ...panelCommands(parts),
    ...settingCommands(parts.settings),
    ...choosingCommands(parts),
    ...paneCommands(parts.settings),
    ...windowCommands(parts),
  ];
  const paletteSources: readonly PaletteSource[] = [
    commandSource({ ...parts, commands }),
    choiceSource({ ...parts, commands }),
    macroSource(macroUse),
    placeSource({ commands }),
    ticketSource(parts),
    customerSource(parts),
  ];
  const commandKeys = createCommandKeys({ ...parts, commands });
  const rowActions = createRowActions({ ...parts, commands });
  return { ...stores, lastPlace, commands, commandKeys, paletteSources, rowActions };
}

/** Everything that a window keeps, in the order in which one needs another. */
function createStores(desk: Desk) {
  const basics = createBasics(desk);
  const { toasts, staff } = basics;
  const staffName = (id: string): string =>
    staff.state.getState().members.find((member) => member.id === id)?.name ?? texts.colleague;
  const tickets = createTickets({ ...basics, staffName });
  const triage = createTriage({ ...basics, ...tickets, staffName });
  const units = createUnits(desk, toasts, staffName);
  const macroUse = createMacroUse({ ...basics, ...tickets });
  const afterSend = createAfterSend({ ...tickets, units });
  const sending = createSending({ ...basics, ...tickets, macroUse, afterSend });
  const signOut = createSignOut({ ...basics, saveTyped: () => tickets.composer.flush() });
  return { ...basics, ...tickets, ...triage, units, macroUse, sending, signOut };
}

/** The stores that need no other one, or only those that tell and set. */
function createBasics(desk: Desk) {
  const toasts = createToasts();
  const settings = createSettings(desk, toasts);
  return {
    desk,
    toasts,
    settings,
    session: createSession(desk),
    staff: createStaff(desk),
    search: createSearch(desk, toasts),
    panels: createPanels(),
    palette: createPalette(toasts, settings),
    receipts: createReceipts(desk, toasts),
    syncDetails: createSyncDetails(desk),
    computer: createComputer(desk, toasts),
    tags: createTags(desk, toasts),
    macros: createMacros(desk),
    presence: createPresence(desk),
    similar: createSimilar(desk),
    older: createOlder(desk),
  };
}

interface TicketParts {
  desk: Desk;
  toasts: Toasts;
  search: Search;
  settings: SettingsStore;
  session: Session;
  staff: Staff;
  panels: Panels;
  staffName: (id: string) => string;
}

/**
 * The list, the open ticket, its composer and the outbox. They call each other: a reply that is
 * taken back opens its ticket, and a ticket that is left saves its composer.
 */
function createTickets(parts: TicketParts) {
  const { desk, toasts, search, panels, staffName } = parts;
  const forgetOpen = (): void => {
    void composer.flush();
    thread.clear();
  };
  const staysWhereLeft = (): boolean =>
    parts.settings.state.getState().settings?.after_action === 'stay';
  const inbox = createInbox(desk, toasts, forgetOpen, staysWhereLeft);
  const composer = createComposer(desk, toasts);
  const back: Pick<Parameters<typeof createOutbox>[0], 'saveTyped' | 'bringBack'> = {
    saveTyped: () => composer.flush(),
    bringBack: (call) =>
      composer.bringBack(call, (ticketId) => {
        navigation.openTicket(ticketId);
      }),
  };
  const undo = createUndo({
    desk,
    toasts,
    sendSettled: () => justSent.settled(),
    // A search holds all tickets, and none leaves it.
    isListed: (ticketId) =>
      search.active() || inbox.state.getState().rows.some(({ id }) => id === ticketId),
    expect: inbox.expect,
    showTicket: (ticketId) => {
      navigation.goToTicket(ticketId);
    },
    ...back,
  });
  const newest = (): string | null => undo.state.getState().entries.at(-1)?.operationId ?? null;
  const justSent = createJustSent(composer, newest);
  const outbox = createOutbox({ desk, toasts, ...back });
  const afterAction = createAfterAction({
    ...parts,
    inbox,
    openTicketId: () => thread.state.getState().ticketId,
    neighbour: (step) => navigation.neighbour(step),
    goTo: (ticketId) => {
      navigation.goToTicket(ticketId);
    },
  });
  const thread = createThread({ desk, toasts, composer, undo, afterAction, staffName });
  const navigation = createNavigation({ inbox, search, outbox, panels, thread, composer });
  return { inbox, composer, undo, justSent, outbox, afterAction, thread, navigation };
}

interface TriageParts {
  desk: Desk;
  toasts: Toasts;
  settings: SettingsStore;
  inbox: Inbox;
  thread: ThreadStore;
  undo: Undo;
  afterAction: AfterAction;
  staffName: (id: string) => string;
}

function createTriage(parts: TriageParts) {
  const { inbox, thread, staffName } = parts;
  const selection = createSelection(inbox, () => thread.state.getState().ticketId);
  const bulks = createBulks({
    ...parts,
    selection,
    title: (bulk) => bulkText(bulk.action, bulk.total, staffName),
  });
  const onScreen = createOnScreen(inbox, thread);
  const actions = createActions({ ...parts, onScreen, selection, bulks });
  const savedViews = createSavedViews(parts);
  return { selection, bulks, actions, savedViews };
}

/** Clears what the stores hold of an account, first what the others look at when they change. */
function forget(thread: ThreadStore, stores: readonly object[]): void {
  thread.clear();
  for (const store of stores) if ('clear' in store) (store as { clear(): void }).clear();
}
