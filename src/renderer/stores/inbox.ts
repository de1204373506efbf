import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { CallOutput, TicketRow, ViewId } from '../../contract/bridge.ts';
import type { Desk } from '../bridge/client.ts';
import { coalesce } from './coalesce.ts';
import type { Toasts } from './toasts.ts';

interface State {
  view: ViewId;
  rows: TicketRow[];
  total: number;
  next: string | null;
  loaded: boolean;
  selected: string | null;
  counts: CallOutput<'views.counts'>;
}

/** The list of the chosen view, as windows that grow while the agent scrolls, and the counts of all views. */
export interface Inbox {
  state: StoreApi<State>;
  show(view: ViewId): void;
  refresh(): void;
  loadMore(): void;
  select(ticketId: string): void;
  /** The ticket `step` rows from the selected one; null at an end. */
  neighbour(step: 1 | -1): string | null;
  clear(): void;
}

const windowSize = 100;
const largestRefresh = 1_000;

export function createInbox(desk: Desk, toasts: Toasts): Inbox {
  const empty: State = { view: 'mine', rows: [], total: 0, next: null, loaded: false, selected: null, counts: [] };
  const state = createStore<State>(() => empty);

  const refresh = coalesce(async () => {
    const { view, rows } = state.getState();
    const limit = Math.min(largestRefresh, Math.max(windowSize, rows.length));
    try {
      const [window, counts] = await Promise.all([desk.call('tickets.list', { view, after: null, limit }), desk.call('views.counts', {})]);
      // The view may have been switched while this was asked; its own refresh follows.
      if (state.getState().view === view) state.setState({ ...window, rows: keepSame(rows, window.rows), counts, loaded: true });
      else { state.setState({ counts }); refresh(); }
    } catch (error) {
      toasts.fail(error);
    }
  });

  const loadMore = coalesce(async () => {
    const { view, next } = state.getState();
    if (next === null) return;
    try {
      const window = await desk.call('tickets.list', { view, after: next, limit: windowSize });
      const now = state.getState();
      if (now.view !== view || now.next !== next) return;
      const known = new Set(now.rows.map((row) => row.id));
      state.setState({ rows: [...now.rows, ...window.rows.filter((row) => !known.has(row.id))], next: window.next, total: window.total });
    } catch (error) {
      toasts.fail(error);
    }
  });

  return {
    state, refresh, loadMore,
    show(view) {
      if (view === state.getState().view) return;
      state.setState({ view, rows: [], total: 0, next: null, loaded: false });
      refresh();
    },
    clear() { state.setState(empty); },
    select(ticketId) { state.setState({ selected: ticketId }); },
    neighbour(step) {
      const { rows, selected } = state.getState();
      const at = rows.findIndex((row) => row.id === selected);
      return rows[at < 0 ? 0 : at + step]?.id ?? null;
    },
  };
}

/** Rows that did not change keep their object, so that they are not drawn again. */
function keepSame(before: readonly TicketRow[], after: TicketRow[]): TicketRow[] {
  const known = new Map(before.map((row) => [row.id, row]));
  return after.map((row) => {
    const old = known.get(row.id);
    return old && JSON.stringify(old) === JSON.stringify(row) ? old : row;
  });
}
