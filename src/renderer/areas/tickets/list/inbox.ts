import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  StartPlace,
  TicketFilter,
  TicketQuery,
  TicketSort,
  ViewId,
} from '../../../../contract/bridge.ts';
import type { Desk } from '../../../bridge/client.ts';
import { when } from '../../../kit/when.ts';
import type { Toasts } from '../../../toasts.ts';
import { nowhere, spotOf, stepFrom } from '../spot.ts';
import { createLoading, type Loading } from './list-loading.ts';
import {
  atTheTop,
  empty,
  keyOf,
  nothing,
  queryOf,
  type ListState,
  type Stretch,
  type Whereabouts,
} from './list-state.ts';

/**
 * The list of the chosen view, of which only the part around what is seen is here, and the counts
 * of all views.
 */
export interface Inbox {
  state: StoreApi<ListState>;
  show(view: ViewId): void;
  showSaved(id: string, query: TicketQuery): void;
  narrow(filter: TicketFilter): void;
  sort(sort: TicketSort): void;
  query(): TicketQuery;
  /**
   * Runs `then` once the list is here, at once where it is, and at the latest when it should have
   * been.
   */
  whenLoaded(then: () => void): void;
  /** Whether the list is here, and no ticket is selected that is not in it. */
  isSettled(): boolean;
  /** Whether it is on its way: neither settled nor failed. */
  isComing(): boolean;
  /** Watches the list and the counts from now on, of the view that the account was in last. */
  begin(last?: Pick<StartPlace, 'query' | 'saved'> | null): void;
  /** Tells which rows are seen, by their numbers: those missing around them are asked for. */
  look(from: number, to: number): void;
  /** Where the list of this view was scrolled to. */
  scrollTop(): number;
  scrolled(top: number): void;
  select(ticketId: string): void;
  /** Selects nothing where the selected ticket is not in the list. */
  leaveUnlisted(): void;
  /**
   * The ticket `step` rows from the selected one, or in the place that it has left; null at an end.
   */
  neighbour(step: 1 | -1): string | null;
  /** These rows have moved away. */
  moved(ticketIds: readonly string[]): void;
  /**
   * The agent's own action brings this ticket into the list: it is no news to them. Returns a
   * function that withdraws it.
   */
  expect(ticketId: string): () => void;
  /** The number of tickets among these, which have come in, that are news to the agent. */
  news(ticketIds: readonly string[]): number;
  /** The number of the selected row, or of the place that it has left; -1 without one. */
  place(): number;
  /** The ticket with this number, asked for where it is not here. */
  rowAt(index: number): Promise<string | null>;
  clear(): void;
}

/**
 * `onLeft`: the selected ticket is not in the view that was chosen, so nothing is selected any
 * more. `staysWhereLeft`: whether the selected row stays in its place when its ticket leaves the view.
 */
export function createInbox(
  desk: Desk,
  toasts: Toasts,
  onLeft: () => void = () => undefined,
  staysWhereLeft: () => boolean = () => false,
): Inbox {
  const state = createStore<ListState>(() => empty);
  const at = atTheTop();
  const loading = createLoading({ desk, toasts, state, at, onLeft, staysWhereLeft });
  const views = createViews({ state, at, loading });
  const isSettled = (): boolean => state.getState().loaded && !at.judging;
  return {
    ...createPlaces({ state, at, loading }),
    state,
    begin(last) {
      if (last) state.setState({ ...last.query, saved: last.saved });
      loading.begin();
    },
    query: () => queryOf(state),
    whenLoaded(then) {
      when(() => state.getState().loaded, [state], then);
    },
    isSettled,
    isComing: () => !isSettled() && !at.failed,
    show(view) {
      views.change({ view, filter: {}, sort: 'newest', saved: null });
    },
    showSaved(id, saved) {
      views.change({ ...saved, saved: id });
    },
    narrow(filter) {
      views.change({ ...state.getState(), filter });
    },
    sort(sort) {
      views.change({ ...state.getState(), sort });
    },
    clear() {
      loading.end();
      views.forget();
      at.spot = nowhere;
      at.pinned.clear();
      at.expected.clear();
      at.judging = false;
      at.failed = false;
      at.returning = false;
      state.setState(empty);
    },
  };
}

interface ListParts {
  state: StoreApi<ListState>;
  at: Whereabouts;
  loading: Loading;
}

interface Views {
  change(next: TicketQuery & { saved: string | null }): void;
  forget(): void;
}

/** Changes the view that is shown. Each one looks as it did when it was left. */
function createViews({ state, at, loading }: ListParts): Views {
  const kept = new Map<string, { stretch: Stretch; scrollTop: number }>();
  return {
    change(next) {
      const { rows, first, next: after, total, loaded, ...now } = state.getState();
      if (keyOf(next) === keyOf(now) && next.saved === now.saved) return;
      const left = { rows, first, next: after, total, loaded };
      if (loaded) kept.set(keyOf(now), { stretch: left, scrollTop: at.scrollTop });
      const back = kept.get(keyOf(next));
      const stretch = back?.stretch ?? nothing;
      at.scrollTop = back?.scrollTop ?? 0;
      at.seen = { from: stretch.first, to: stretch.first + 12 };
      at.spot = spotOf(now.selected, next.sort, stretch.rows, stretch.first);
      at.returning = true;
      at.expected.clear();
      at.failed = false;
      state.setState({ ...next, ...stretch, left: null, leaving: [] });
      // Another order holds the same tickets.
      at.pinned.clear();
      at.judging = keyOf({ ...next, sort: now.sort }) !== keyOf(now) || next.saved !== now.saved;
      loading.look();
    },
    forget() {
      kept.clear();
    },
  };
}

type Places = Pick<
  Inbox,
  | 'look'
  | 'scrollTop'
  | 'scrolled'
  | 'select'
  | 'leaveUnlisted'
  | 'moved'
  | 'expect'
  | 'news'
  | 'place'
  | 'neighbour'
  | 'rowAt'
>;

/** Where the agent is in the list, and goes to. */
function createPlaces({ state, at, loading }: ListParts): Places {
  return {
    look(from, to) {
      at.seen = { from, to };
      loading.loadSeen();
    },
    scrollTop: () => at.scrollTop,
    scrolled(top) {
      at.scrollTop = top;
    },
    select(ticketId) {
      const { rows, first, sort } = state.getState();
      // Chosen since, in whatever list.
      at.judging = false;
      at.spot = spotOf(ticketId, sort, rows, first);
      const { left } = state.getState();
      state.setState({ selected: ticketId, left: left?.row.id === ticketId ? left : null });
    },
    leaveUnlisted() {
      if (state.getState().loaded) loading.judge();
    },
    moved(ticketIds) {
      const { leaving } = state.getState();
      const still = leaving.filter(({ row }) => !ticketIds.includes(row.id));
      if (still.length < leaving.length) state.setState({ leaving: still });
    },
    expect(ticketId) {
      at.expected.add(ticketId);
      return () => {
        at.expected.delete(ticketId);
      };
    },
    news(ticketIds) {
      const { selected } = state.getState();
      return ticketIds.filter((id) => !at.expected.delete(id) && id !== selected).length;
    },
    place: () => at.spot.place,
    neighbour(step) {
      const { rows, first } = state.getState();
      if (at.spot.place < 0) return rows[Math.max(0, at.seen.from - first)]?.id ?? null;
      return stepFrom(at.spot, step, rows, first);
    },
    async rowAt(index) {
      const here = (): string | null => {
        const { rows, first } = state.getState();
        return rows[index - first]?.id ?? null;
      };
      if (here() === null) await loading.load(index, index + 1);
      return here();
    },
  };
}
