import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BulkTarget, TicketQuery, TicketRow } from '../../../contract/bridge.ts';
import type { Inbox } from '../tickets/list/inbox.ts';

interface State {
  /** Tickets that were picked one by one; empty with `all`. */
  ids: ReadonlySet<string>;
  /** Everything in a view but these, loaded or not. */
  all: { query: TicketQuery; except: ReadonlySet<string> } | null;
  /** The ticket at which a range begins; a pick with Shift ends it. */
  anchor: string | null;
}

/** The tickets that are picked for one action. */
export interface Selection {
  state: StoreApi<State>;
  has(ticketId: string): boolean;
  count(): number;
  toggle(ticketId: string): void;
  add(ticketIds: readonly string[]): void;
  /** From the row that was picked last to this one. */
  extendTo(ticketId: string, rows: readonly TicketRow[]): void;
  /** The loaded rows; all of the view where those are picked already. */
  pickLoaded(rows: readonly TicketRow[]): void;
  pickAll(): void;
  clear(): void;
  /** The tickets that a bulk is to act on; null without a selection. */
  target(): BulkTarget | null;
  /** The picked tickets, as far as they are loaded, or else the open one. */
  targets(): string[];
}

const empty: State = { ids: new Set(), all: null, anchor: null };

export function isPicked({ ids, all }: Pick<State, 'ids' | 'all'>, ticketId: string): boolean {
  return all ? !all.except.has(ticketId) : ids.has(ticketId);
}

/** Whether any ticket is picked. */
export function isPicking({ ids, all }: Pick<State, 'ids' | 'all'>): boolean {
  return all !== null || ids.size > 0;
}

export function countPicked({ ids, all }: Pick<State, 'ids' | 'all'>, total: number): number {
  return all ? Math.max(0, total - all.except.size) : ids.size;
}

export function createSelection(inbox: Inbox, openTicketId: () => string | null): Selection {
  const state = createStore<State>(() => empty);
  const has = (ticketId: string): boolean => isPicked(state.getState(), ticketId);
  const count = (): number => countPicked(state.getState(), inbox.state.getState().total);
  const clear = (): void => {
    if (state.getState() !== empty) state.setState(empty, true);
  };
  const toggled = (set: ReadonlySet<string>, id: string): ReadonlySet<string> =>
    new Set(set.has(id) ? [...set].filter((one) => one !== id) : [...set, id]);

  function add(ticketIds: readonly string[]): void {
    const { ids, all } = state.getState();
    if (all)
      state.setState({
        all: { ...all, except: new Set([...all.except].filter((id) => !ticketIds.includes(id))) },
      });
    else state.setState({ ids: new Set([...ids, ...ticketIds]) });
  }
  function pickAll(): void {
    state.setState({ ids: new Set(), all: { query: inbox.query(), except: new Set() } });
  }

  return {
    state,
    has,
    count,
    add,
    clear,
    pickAll,
    toggle(ticketId) {
      const { ids, all } = state.getState();
      if (all) state.setState({ all: { ...all, except: toggled(all.except, ticketId) } });
      else state.setState({ ids: toggled(ids, ticketId), anchor: ticketId });
    },
    extendTo(ticketId, rows) {
      const { anchor } = state.getState();
      const [a, b] = [
        rows.findIndex((row) => row.id === (anchor ?? inbox.state.getState().selected)),
        rows.findIndex((row) => row.id === ticketId),
      ];
      add(
        a < 0 || b < 0
          ? [ticketId]
          : rows.slice(Math.min(a, b), Math.max(a, b) + 1).map((row) => row.id),
      );
      if (anchor === null) state.setState({ anchor: rows[a]?.id ?? ticketId });
    },
    pickLoaded(rows) {
      const { ids } = state.getState();
      if (
        rows.length > 0 &&
        rows.length < inbox.state.getState().total &&
        rows.every((row) => ids.has(row.id))
      )
        pickAll();
      else state.setState({ ids: new Set(rows.map((row) => row.id)), all: null });
    },
    target() {
      const { ids, all } = state.getState();
      if (all) return { query: all.query, except: [...all.except] };
      return ids.size > 0 ? { ids: [...ids] } : null;
    },
    targets() {
      const { ids, all } = state.getState();
      if (all)
        return inbox.state
          .getState()
          .rows.filter((row) => has(row.id))
          .map((row) => row.id);
      const open = openTicketId();
      return ids.size > 0 ? [...ids] : open === null ? [] : [open];
    },
  };
}
