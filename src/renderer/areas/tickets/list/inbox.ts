import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  CallOutput,
  TicketFilter,
  TicketQuery,
  TicketRow,
  TicketSort,
  ViewId,
} from '../../../../contract/bridge.ts';
import { rightBefore, writePosition } from '../../../../core/ticket-order.ts';
import type { Desk } from '../../../bridge/client.ts';
import { coalesce } from '../../../kit/coalesce.ts';
import { keepInSight } from './pins.ts';
import { follow, nowhere, spotOf, stepFrom, type Spot } from '../spot.ts';
import type { Toasts } from '../../../toasts.ts';

/** A stretch of the view's list: the rows from number `first` on. */
interface Stretch {
  rows: TicketRow[];
  first: number;
  next: string | null;
  total: number;
  loaded: boolean;
}
interface State extends TicketQuery, Stretch {
  /** The saved view that is shown. */
  saved: string | null;
  selected: string | null;
  counts: CallOutput<'views.counts'>;
}

/**
 * The list of the chosen view, of which only the part around what is seen is here, and the counts
 * of all views.
 */
export interface Inbox {
  state: StoreApi<State>;
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
  refresh(): void;
  /** Which rows are seen, by their numbers: what is missing around them is asked for. */
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
  /** The number of the selected row, or of the place that it has left; -1 without one. */
  place(): number;
  /** The ticket with this number, asked for where it is not here. */
  rowAt(index: number): Promise<string | null>;
  clear(): void;
}

const windowSize = 150;
/** Rows that are kept ready on either side of what is seen. */
const margin = 50;
const largest = 600;
/** More rows than any screen shows. */
const mostKept = 100;
/** What waits for the list waits no longer (ms). */
const patienceMs = 2_000;

/**
 * `onLeft`: the selected ticket is not in the view that was chosen, so nothing is selected any
 * more.
 */
export function createInbox(
  desk: Desk,
  toasts: Toasts,
  onLeft: () => void = () => undefined,
): Inbox {
  const nothing: Stretch = { rows: [], first: 0, next: null, total: 0, loaded: false };
  const empty: State = {
    view: 'mine',
    filter: {},
    sort: 'newest',
    saved: null,
    ...nothing,
    selected: null,
    counts: [],
  };
  const state = createStore<State>(() => empty);
  /** What each view looked like when it was left, so that it is there again at once. */
  const kept = new Map<string, { stretch: Stretch; scrollTop: number }>();
  let seen = { from: 0, to: 12 };
  let scrollTop = 0;
  let spot: Spot = nowhere;
  /** Another view was chosen, and whether the selected ticket is in it is not known yet. */
  let judging = false;
  /** Rows that stay where they were seen though they have moved. */
  const pinned = new Set<string>();

  const query = (): TicketQuery => {
    const { view, filter, sort } = state.getState();
    return { view, filter, sort };
  };
  const keyOf = ({ view, filter, sort }: TicketQuery): string =>
    JSON.stringify([view, filter, sort]);

  function take({ rows, first, next, total }: Omit<CallOutput<'tickets.list'>, 'kept'>): void {
    const before = state.getState();
    const same = keepSame(before.rows, rows);
    spot = pinned.has(spot.ticketId ?? '')
      ? spotOf(spot.ticketId, before.sort, same, first)
      : follow(spot, before.sort, same, first, total);
    state.setState({ rows: same, first, next, total, loaded: true });
    if (judging) judge();
  }

  /**
   * After a change of view the selection follows the list: no command works on a ticket that is not
   * in sight.
   */
  function judge(): void {
    judging = false;
    const { selected, rows } = state.getState();
    if (selected === null || rows.some(({ id }) => id === selected)) return;
    spot = nowhere;
    state.setState({ selected: null });
    onLeft();
  }

  function inSight(): string[] {
    const { rows, first } = state.getState();
    return rows
      .slice(Math.max(0, seen.from - first), Math.max(0, seen.to + 1 - first))
      .map(({ id }) => id)
      .slice(0, mostKept);
  }

  /**
   * Asks for a part of the view that is shown; an answer that comes after it was left is of no use.
   */
  async function ask(
    where: { after: string | null; at?: number; keep?: string[] },
    limit: number,
  ): Promise<CallOutput<'tickets.list'> | null> {
    const asked = query();
    const window = await desk.call('tickets.list', { ...asked, ...where, limit });
    return keyOf(asked) === keyOf(query()) ? window : null;
  }

  const refresh = coalesce(async () => {
    const { rows, first, sort } = state.getState();
    const from = Math.max(0, seen.from - margin);
    // From a place and not from a number: what comes in above must not move what is seen.
    const start = first + from === 0 ? undefined : rows[Math.max(0, from - first)];
    const limit = Math.min(1_000, Math.max(windowSize, seen.to - from + 2 * margin));
    try {
      const where = {
        after: start ? writePosition(rightBefore(sort, start)) : null,
        keep: inSight(),
      };
      const [window, counts] = await Promise.all([
        ask(where, limit),
        desk.call('views.counts', {}),
      ]);
      state.setState({ counts });
      // The view may have been switched while this was asked.
      if (window)
        take({
          ...window,
          ...keepInSight({
            ...window,
            shown: state.getState().rows,
            sort,
            inSight: new Set(inSight()),
            pinned,
          }),
        });
      else refresh();
    } catch (error) {
      toasts.fail(error);
    }
  });

  async function load(from: number, to: number): Promise<void> {
    const { rows, first, next, total } = state.getState();
    const end = first + rows.length;
    const below = to + margin > end && end < total && next !== null;
    try {
      if (below && from >= first && from <= end) {
        const window = await ask({ after: next }, windowSize);
        const now = state.getState();
        if (!window || now.next !== next) return;
        const known = new Set(now.rows.map((row) => row.id));
        const all = [...now.rows, ...window.rows.filter((row) => !known.has(row.id))];
        const cut = all.length > largest ? Math.max(0, seen.from - margin - now.first) : 0;
        take({ ...window, rows: all.slice(cut), first: now.first + cut });
      } else if (from < first || from >= end) {
        const at = Math.max(0, from - margin);
        const window = await ask({ after: null, at }, to - at + 2 * margin);
        if (window) take(window);
      }
    } catch (error) {
      toasts.fail(error);
    }
  }
  const loadSeen = coalesce(() => load(seen.from, seen.to));

  function change(next: TicketQuery & { saved: string | null }): void {
    const { rows, first, next: after, total, loaded, ...now } = state.getState();
    if (keyOf(next) === keyOf(now) && next.saved === now.saved) return;
    if (loaded)
      kept.set(keyOf(now), { stretch: { rows, first, next: after, total, loaded }, scrollTop });
    const back = kept.get(keyOf(next));
    const stretch = back?.stretch ?? nothing;
    scrollTop = back?.scrollTop ?? 0;
    seen = { from: stretch.first, to: stretch.first + 12 };
    spot = spotOf(now.selected, next.sort, stretch.rows, stretch.first);
    state.setState({ ...next, ...stretch });
    // Another order holds the same tickets.
    pinned.clear();
    judging = keyOf({ ...next, sort: now.sort }) !== keyOf(now) || next.saved !== now.saved;
    refresh();
  }

  return {
    state,
    refresh,
    query,
    whenLoaded(then) {
      if (state.getState().loaded) {
        then();
        return;
      }
      const go = (): void => {
        clearTimeout(timer);
        end();
        then();
      };
      const timer = setTimeout(go, patienceMs);
      const end = state.subscribe(({ loaded }) => {
        if (loaded) go();
      });
    },
    show(view) {
      change({ view, filter: {}, sort: 'newest', saved: null });
    },
    showSaved(id, saved) {
      change({ ...saved, saved: id });
    },
    narrow(filter) {
      change({ ...state.getState(), filter });
    },
    sort(sort) {
      change({ ...state.getState(), sort });
    },
    look(from, to) {
      seen = { from, to };
      const { rows, first, total, loaded } = state.getState();
      const end = first + rows.length;
      if (
        loaded &&
        ((from - margin / 2 < first && first > 0) || (to + margin / 2 > end && end < total))
      )
        loadSeen();
    },
    scrollTop: () => scrollTop,
    scrolled(top) {
      scrollTop = top;
    },
    clear() {
      kept.clear();
      spot = nowhere;
      pinned.clear();
      judging = false;
      state.setState(empty);
    },
    select(ticketId) {
      const { rows, first, sort } = state.getState();
      // Chosen since, in whatever list.
      judging = false;
      spot = spotOf(ticketId, sort, rows, first);
      state.setState({ selected: ticketId });
    },
    leaveUnlisted() {
      if (state.getState().loaded) judge();
    },
    place: () => spot.place,
    neighbour(step) {
      const { rows, first } = state.getState();
      if (spot.place < 0) return rows[Math.max(0, seen.from - first)]?.id ?? null;
      return stepFrom(spot, step, rows, first);
    },
    async rowAt(index) {
      const here = (): string | null => {
        const { rows, first } = state.getState();
        return rows[index - first]?.id ?? null;
      };
      if (here() === null) await load(index, index + 1);
      return here();
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
