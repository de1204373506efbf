import type { SavedView, ViewId } from '../contract/bridge.ts';
import type { Composer } from './areas/compose/composer-store.ts';
import type { Outbox } from './areas/outbox/outbox-store.ts';
import type { Search } from './areas/search/search-store.ts';
import type { Inbox } from './areas/tickets/list/inbox.ts';
import type { ThreadStore } from './areas/tickets/thread/thread.ts';
import { when } from './kit/when.ts';
import type { Panels } from './panels.ts';

/** The ways to a view and to a ticket, whichever way it was chosen. */
export interface Navigation {
  showView(view: ViewId): void;
  showSaved(view: SavedView): void;
  /** Shows the results of a search in place of the view. */
  searchFor(query: string): void;
  /**
   * The ticket `step` lines from the selected one, in the list that is shown: the view or the
   * results of a search.
   */
  neighbour(step: 1 | -1): string | null;
  /**
   * Goes `step` lines on from the selected ticket, at most to an end of the list. Resolves once the
   * ticket there is known.
   */
  moveBy(step: number): Promise<void>;
  /** Whether the list that was chosen is shown, and no ticket is selected that is not in it. */
  isListed(): boolean;
  /** Whether it is on its way: neither shown nor failed. */
  isListComing(): boolean;
  /** Runs `then` once it is shown, and at the latest when it should have been. */
  whenListed(then: () => void): void;
  /** Shows a ticket. One that the search has found opens at the message that was found. */
  openTicket(ticketId: string): void;
  /**
   * Opens a ticket for a step through the list: where one pane is shown at a time, the list stays
   * in front.
   */
  goToTicket(ticketId: string): void;
}

interface NavigationParts {
  inbox: Inbox;
  search: Search;
  outbox: Outbox;
  panels: Panels;
  thread: ThreadStore;
  composer: Composer;
}

/** Long enough for the ticket that was asked for to be shown first. */
const prepareAfterMs = 40;

export function createNavigation(parts: NavigationParts): Navigation {
  const { inbox, search, outbox, panels } = parts;
  const prepareNext = createPreparing(parts);

  function goToTicket(ticketId: string): void {
    goTo(ticketId, parts);
    prepareNext();
  }

  function showList(choose: () => void): void {
    search.type('');
    choose();
    outbox.hide();
    panels.showPane('list');
  }

  const isListed = (): boolean => (search.active() ? search.isAnswered() : inbox.isSettled());
  const isListComing = (): boolean => (search.active() ? !search.isAnswered() : inbox.isComing());

  return {
    neighbour: (step) => neighbour(step, parts),
    async moveBy(step) {
      const ticketId = await ticketAt(step, parts);
      if (ticketId !== null) goToTicket(ticketId);
    },
    isListed,
    isListComing,
    whenListed(then) {
      when(isListed, [search.state, inbox.state], then);
    },
    goToTicket,
    openTicket(ticketId) {
      goToTicket(ticketId);
      panels.showPane('ticket');
    },
    showView(view) {
      showList(() => {
        inbox.show(view);
      });
    },
    showSaved({ id, query }) {
      showList(() => {
        inbox.showSaved(id, query);
      });
    },
    searchFor(query) {
      outbox.hide();
      // Not narrowed to what the last search was.
      search.type('');
      search.type(query);
    },
  };
}

function neighbour(step: 1 | -1, { search, inbox }: NavigationParts): string | null {
  if (!search.active()) return inbox.neighbour(step);
  const { hits } = search.state.getState();
  const at = hits.findIndex(({ row }) => row.id === inbox.state.getState().selected);
  return hits[at < 0 ? 0 : at + step]?.row.id ?? null;
}

/** The ticket `step` lines from the selected one, which may not be loaded yet. */
async function ticketAt(step: number, parts: NavigationParts): Promise<string | null> {
  const { search, inbox } = parts;
  const beside = Math.abs(step) === 1 ? neighbour(step as 1 | -1, parts) : null;
  if (beside !== null) return beside;
  const { selected, total } = inbox.state.getState();
  if (!search.active())
    return total === 0 ? null : inbox.rowAt(within(inbox.place() + step, total));
  const { hits } = search.state.getState();
  const at = hits.findIndex(({ row }) => row.id === selected);
  return hits[within(at + step, hits.length)]?.row.id ?? null;
}

const within = (index: number, length: number): number => Math.min(length - 1, Math.max(0, index));

/** Reads the tickets above and below the open one, which are opened next more often than not. */
function createPreparing(parts: NavigationParts): () => void {
  let preparing: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(preparing);
    preparing = setTimeout(() => {
      parts.thread.prepare(([1, -1] as const).flatMap((step) => neighbour(step, parts) ?? []));
    }, prepareAfterMs);
  };
}

function goTo(ticketId: string, parts: NavigationParts): void {
  const { inbox, search, outbox, thread, composer } = parts;
  const { hits, find } = search.state.getState();
  const hit = search.active() ? hits.find(({ row }) => row.id === ticketId) : undefined;
  if (hit) search.remember();
  void composer.flush();
  inbox.select(ticketId);
  outbox.hide();
  thread.open(ticketId, hit && { messageId: hit.message_id, find });
}
