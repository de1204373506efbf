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
  const add = (ticketIds: readonly string[]): void => {
    state.setState(withAdded(state.getState(), ticketIds));
  };
  const pickAll = (): void => {
    state.setState({ ids: new Set(), all: { query: inbox.query(), except: new Set() } });
  };

  return {
    state,
    add,
    pickAll,
    has: (ticketId) => isPicked(state.getState(), ticketId),
    count: () => countPicked(state.getState(), inbox.state.getState().total),
    clear() {
      if (state.getState() !== empty) state.setState(empty, true);
    },
    toggle(ticketId) {
      state.setState(withToggled(state.getState(), ticketId));
    },
    extendTo(ticketId, rows) {
      const { anchor } = state.getState();
      const from = anchor ?? inbox.state.getState().selected;
      add(rangeOf(rows, from, ticketId));
      if (anchor === null)
        state.setState({ anchor: rows.some((row) => row.id === from) ? from : ticketId });
    },
    pickLoaded(rows) {
      const hasMore = rows.length < inbox.state.getState().total;
      if (hasMore && arePicked(rows, state.getState())) pickAll();
      else state.setState({ ids: new Set(rows.map((row) => row.id)), all: null });
    },
    target: () => targetOf(state.getState()),
    targets: () => targetsOf(state.getState(), inbox.state.getState().rows, openTicketId()),
  };
}

function withToggled({ ids, all }: State, ticketId: string): Partial<State> {
  return all
    ? { all: { ...all, except: toggled(all.except, ticketId) } }
    : { ids: toggled(ids, ticketId), anchor: ticketId };
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set(set.has(id) ? [...set].filter((one) => one !== id) : [...set, id]);
}

function withAdded({ ids, all }: State, ticketIds: readonly string[]): Partial<State> {
  if (!all) return { ids: new Set([...ids, ...ticketIds]) };
  const except = [...all.except].filter((id) => !ticketIds.includes(id));
  return { all: { ...all, except: new Set(except) } };
}

/** The tickets between these two rows; the last one alone where a row is not loaded. */
function rangeOf(rows: readonly TicketRow[], from: string | null, to: string): string[] {
  const ends = [from, to].map((id) => rows.findIndex((row) => row.id === id));
  const first = Math.min(...ends);
  return first < 0 ? [to] : rows.slice(first, Math.max(...ends) + 1).map((row) => row.id);
}

/** Whether each of these rows was picked, and there is one. */
export function arePicked(rows: readonly TicketRow[], { ids }: Pick<State, 'ids'>): boolean {
  return rows.length > 0 && rows.every((row) => ids.has(row.id));
}

function targetOf({ ids, all }: State): BulkTarget | null {
  if (all) return { query: all.query, except: [...all.except] };
  return ids.size > 0 ? { ids: [...ids] } : null;
}

function targetsOf(state: State, rows: readonly TicketRow[], open: string | null): string[] {
  if (state.all) return rows.map((row) => row.id).filter((id) => isPicked(state, id));
  if (state.ids.size > 0) return [...state.ids];
  return open === null ? [] : [open];
}
