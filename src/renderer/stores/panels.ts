import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';

const pickers = ['assignee', 'snooze', 'priority', 'tags', 'status', 'category'] as const;
export type Picker = (typeof pickers)[number];

/** What stands over the window; one at a time. */
export type Panel = { kind: 'palette' } | { kind: 'shortcuts'; editing: boolean } | { kind: 'picker'; picker: Picker; /** Ticket ids. */ targets: readonly string[] };

interface State {
  panel: Panel | null;
  /** Counts panels: one that is opened while the same one is still closing is drawn anew. */
  number: number;
  /** The details are on the other side of what the width of the window makes them: hidden on a wide one, shown on a narrow one. */
  detailsToggled: boolean;
}

/** Which panel is open, and whether the details are. */
export interface Panels {
  state: StoreApi<State>;
  open(panel: Panel): void;
  /** Closes this panel; another one that took its place stays. */
  close(panel: Panel): void;
  toggleDetails(): void;
  clear(): void;
}

export function createPanels(): Panels {
  const state = createStore<State>(() => ({ panel: null, number: 0, detailsToggled: false }));
  return {
    state,
    open(panel) { state.setState(({ number }) => ({ panel, number: number + 1 })); },
    close(panel) { if (state.getState().panel === panel) state.setState({ panel: null }); },
    toggleDetails() { state.setState(({ detailsToggled }) => ({ detailsToggled: !detailsToggled })); },
    clear() { state.setState({ panel: null, number: 0, detailsToggled: false }); },
  };
}
