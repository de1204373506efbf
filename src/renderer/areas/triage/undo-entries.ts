import { createStore, type StoreApi } from 'zustand/vanilla';

/**
 * Something that can be taken back. `message`: a held reply; `close`, `reopen` and `change`: of one
 * ticket; `unread`: the agent marked one unread; `bulk`: one of many tickets, by its own id.
 */
export interface Undoable {
  operationId: string;
  ticketId: string;
  kind: 'message' | 'close' | 'reopen' | 'change' | 'unread' | 'bulk';
  title: string;
  /** The person or thing that it is about; empty for a bulk. */
  about: string;
  /** Of a ticket marked unread: it is marked read again only where nothing has come since. */
  unreadState?: string;
  /**
   * End of the offer on screen, on the window's monotonic clock, in ms. A message, and a change
   * that the server cannot undo, cannot be undone after it.
   */
  endsAt: number;
  isOffered: boolean;
}

/** Changes and messages that can be undone in this session, newest last. */
export interface UndoEntries {
  state: StoreApi<{ entries: Undoable[] }>;
  /**
   * Messages that no list of the desk has named yet: one that was asked for before they were sent
   * knows nothing of them.
   */
  unlisted: Set<string>;
  has(operationId: string): boolean;
  /**
   * `then`: a message that was sent, and a change that no server undoes, cannot be taken back any
   * more; any other one is only not shown any more.
   */
  add(entry: Omit<Undoable, 'endsAt' | 'isOffered'>, ms: number, then: 'kept' | 'gone'): void;
  /** Takes it off the screen. It can still be taken back. */
  dismiss(operationId: string): void;
  drop(operationId: string): void;
  clear(): void;
}

export function createUndoEntries(): UndoEntries {
  const state = createStore<{ entries: Undoable[] }>(() => ({ entries: [] }));
  const unlisted = new Set<string>();
  const has = (operationId: string): boolean =>
    state.getState().entries.some((entry) => entry.operationId === operationId);
  function drop(operationId: string): void {
    unlisted.delete(operationId);
    if (!has(operationId)) return;
    const { entries } = state.getState();
    state.setState({ entries: entries.filter((entry) => entry.operationId !== operationId) });
  }
  function dismiss(operationId: string): void {
    const hide = (entry: Undoable): Undoable =>
      entry.operationId === operationId ? { ...entry, isOffered: false } : entry;
    state.setState(({ entries }) => ({ entries: entries.map(hide) }));
  }
  return {
    state,
    unlisted,
    has,
    drop,
    dismiss,
    add(entry, ms, then) {
      const end = then === 'gone' ? drop : dismiss;
      const endsAt = performance.now() + ms;
      state.setState(({ entries }) => ({
        entries: [...entries, { ...entry, endsAt, isOffered: true }],
      }));
      setTimeout(() => {
        end(entry.operationId);
      }, ms);
    },
    clear() {
      unlisted.clear();
      state.setState({ entries: [] });
    },
  };
}
