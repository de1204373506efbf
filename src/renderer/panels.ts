import { createStore, type StoreApi } from 'zustand/vanilla';

const pickers = ['assignee', 'snooze', 'priority', 'tags', 'status', 'category'] as const;
export type Picker = (typeof pickers)[number];

/** A panel over the window; one at a time. */
export type Panel =
  | { kind: 'palette' }
  | { kind: 'shortcuts'; editing: boolean }
  | { kind: 'picker'; picker: Picker; /** Ticket ids. */ targets: readonly string[] };

/**
 * The panes that the window has room for. `all`: every pane beside the others; `over`: the details
 * stand over the conversation; `one`: a single pane.
 */
export type Room = 'all' | 'over' | 'one';
/** The pane in front where there is room for one only. */
type Pane = 'list' | 'ticket';

interface State {
  panel: Panel | null;
  /** Counts panels: one that is opened while the same one is still closing is drawn anew. */
  number: number;
  /**
   * The details are on the other side of what the width of the window makes them: hidden on a wide
   * one, shown on a narrow one.
   */
  detailsToggled: boolean;
  room: Room;
  pane: Pane;
  /** There is room for the words of the rail, not only for its icons. */
  railFits: boolean;
}

/** Whether the open ticket can be seen, and not the list in its place. */
export function isTicketInSight({ room, pane }: Pick<State, 'room' | 'pane'>): boolean {
  return room !== 'one' || pane === 'ticket';
}

/** Whether the details stand over the conversation. */
export function areDetailsOver({
  room,
  detailsToggled,
}: Pick<State, 'room' | 'detailsToggled'>): boolean {
  return room !== 'all' && detailsToggled;
}

/** Which panel is open, whether the details are, and which pane is in front. */
export interface Panels {
  state: StoreApi<State>;
  open(panel: Panel): void;
  /** Closes this panel; another one that took its place stays. */
  close(panel: Panel): void;
  toggleDetails(): void;
  setRoom(room: Room): void;
  showPane(pane: Pane): void;
  setRailFits(fits: boolean): void;
  clear(): void;
}

export function createPanels(): Panels {
  const state = createStore<State>(() => ({
    panel: null,
    number: 0,
    detailsToggled: false,
    room: 'all',
    pane: 'list',
    railFits: true,
  }));
  return {
    state,
    open(panel) {
      state.setState(({ number }) => ({ panel, number: number + 1 }));
    },
    close(panel) {
      if (state.getState().panel === panel) state.setState({ panel: null });
    },
    toggleDetails() {
      const before = state.getState();
      // Of a ticket that cannot be seen there are none to be shown.
      if (isTicketInSight(before)) state.setState({ detailsToggled: !before.detailsToggled });
    },
    setRoom(room) {
      if (state.getState().room !== room) state.setState({ room });
    },
    showPane(pane) {
      const before = state.getState();
      if (before.pane === pane) return;
      // Another pane begins without what stood over the last one.
      state.setState({ pane, ...(before.room === 'one' ? { detailsToggled: false } : {}) });
    },
    setRailFits(railFits) {
      state.setState({ railFits });
    },
    clear() {
      state.setState(state.getInitialState());
    },
  };
}
