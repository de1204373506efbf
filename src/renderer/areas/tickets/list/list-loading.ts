import type { StoreApi } from 'zustand/vanilla';
import type { CallOutput, TicketRow } from '../../../../contract/bridge.ts';
import { rightBefore, writePosition } from '../../../../core/ticket-order.ts';
import type { Desk } from '../../../bridge/client.ts';
import { coalesce } from '../../../kit/coalesce.ts';
import { createFollowing, type Following } from '../../../bridge/following.ts';
import type { Live, OnResult } from '../../../bridge/live.ts';
import type { Toasts } from '../../../toasts.ts';
import { follow, nowhere, spotOf } from '../spot.ts';
import { departed, leavingNow } from './left-rows.ts';
import {
  inSight,
  keptInSight,
  queryOf,
  type LeftRow,
  type ListState,
  type Whereabouts,
} from './list-state.ts';
import { keepInSight } from './pins.ts';

interface LoadingParts {
  desk: Desk;
  toasts: Toasts;
  state: StoreApi<ListState>;
  at: Whereabouts;
  onLeft: () => void;
  staysWhereLeft: () => boolean;
}

/** Watches the part of the list that is needed. */
export interface Loading {
  /** Watches the rows around those that are seen, and the counts of all views. */
  begin(): void;
  /** Watches the rows around those that are seen, of the view that is shown now. */
  look(): void;
  /** Like `look`, but only where the rows that are seen near an end of the loaded ones. */
  loadSeen(): void;
  /** Resolves once the part around these rows is here, or another one is wanted. */
  load(from: number, to: number): Promise<void>;
  /**
   * After a change of view the selection follows the list: no command works on a ticket that is not
   * in sight.
   */
  judge(): void;
  end(): void;
}

const windowSize = 150;
/** Rows that are kept ready on either side of those that are seen. */
const margin = 50;

export function createLoading(parts: LoadingParts): Loading {
  const { state, at } = parts;
  const counts = followCounts(parts);
  const part = createPart(parts);
  const look = (): void => {
    void part.watch(at.seen.from, at.seen.to);
  };
  return {
    look,
    loadSeen: coalesce(async () => {
      part.unpin();
      if (nearsEnd(state, at)) await part.watch(at.seen.from, at.seen.to);
    }),
    load: part.watch,
    begin() {
      counts.begin();
      look();
    },
    judge: () => {
      judge(parts);
    },
    end() {
      counts.end();
      part.end();
    },
  };
}

function followCounts({ desk, toasts, state }: LoadingParts): Following {
  return createFollowing(
    desk,
    'views.counts',
    {},
    {
      value(counts) {
        state.setState({ counts });
      },
      error: toasts.fail,
    },
  );
}

/** The part of the list that is watched, and shown as the desk has it. */
interface Part {
  /** Watches the part around these rows. Resolves with its first result, or once it is over. */
  watch(from: number, to: number): Promise<void>;
  /** Rows that were kept in sight go to their places, once they are out of it. */
  unpin(): void;
  end(): void;
}

function createPart(parts: LoadingParts): Part {
  const { desk, toasts, state, at } = parts;
  const wait = createWait();
  let live: Live<'tickets.list'> | null = null;
  let listed: Listed | null = null;
  const on: OnResult<Listed> = {
    value(window) {
      listed = window;
      at.failed = false;
      take(window, parts);
      wait.end();
    },
    error(error) {
      at.failed = true;
      toasts.fail(error);
      wait.end();
    },
  };
  return {
    watch(from, to) {
      listed = null;
      const input = { ...queryOf(state), ...around(from, to, state), keep: keptInSight(state, at) };
      if (live) live.ask(input);
      else live = desk.watch('tickets.list', input, on);
      return wait.begin();
    },
    unpin() {
      if (listed && isPinnedElsewhere(state, at)) take(listed, parts);
    },
    end() {
      live?.end();
      live = null;
      wait.end();
    },
  };
}

/** A wait that ends with the result, or when another one begins. */
interface Wait {
  begin(): Promise<void>;
  end(): void;
}

function createWait(): Wait {
  let end: () => void = () => undefined;
  return {
    begin() {
      end();
      return new Promise((done) => {
        end = done;
      });
    },
    end() {
      end();
    },
  };
}

type Listed = CallOutput<'tickets.list'>;

function isPinnedElsewhere(state: StoreApi<ListState>, at: Whereabouts): boolean {
  const seen = new Set(inSight(state, at));
  return [...at.pinned].some((id) => !seen.has(id));
}

function nearsEnd(state: StoreApi<ListState>, { seen: { from, to } }: Whereabouts): boolean {
  const { rows, first, total, loaded } = state.getState();
  const end = first + rows.length;
  const nearsTop = from - margin / 2 < first && first > 0;
  return loaded && (nearsTop || (to + margin / 2 > end && end < total));
}

/**
 * The part of the list around these rows. From a place and not from a number, where that is known:
 * rows that come in above must not move those that are seen.
 */
function around(
  from: number,
  to: number,
  state: StoreApi<ListState>,
): { after: string | null; at?: number; limit: number } {
  const { rows, first, sort } = state.getState();
  const start = Math.max(0, from - margin);
  const limit = Math.min(1_000, Math.max(windowSize, to - start + 2 * margin));
  const row = rows[start - first];
  if (start === 0) return { after: null, limit };
  return row
    ? { after: writePosition(rightBefore(sort, row)), limit }
    : { after: null, at: start, limit };
}

function pinRows(window: Listed, state: StoreApi<ListState>, at: Whereabouts): Listed {
  const { rows: shown, sort } = state.getState();
  const seen = new Set(inSight(state, at));
  const kept = [...window.rows, ...window.kept];
  return {
    ...window,
    ...keepInSight({ ...window, kept, shown, sort, inSight: seen, pinned: at.pinned }),
  };
}

function take(listed: Listed, parts: LoadingParts): void {
  const { state, at } = parts;
  const shown = state.getState();
  const seen = new Set(inSight(state, at));
  const gone = departed({ shown, listed, inSight: seen, pinned: new Set(at.pinned) });
  const { rows, first, next, total } = pinRows(listed, state, at);
  const same = keepSame(shown.rows, rows);
  at.spot = at.pinned.has(at.spot.ticketId ?? '')
    ? spotOf(at.spot.ticketId, shown.sort, same, first)
    : follow(at.spot, shown.sort, same, first, total);
  const now = { rows: same, first, total };
  const left = at.judging ? null : leftNow(shown, gone, same, parts);
  const going = gone.filter(({ id }) => id !== left?.row.id && seen.has(id));
  const leaving = at.returning ? [] : leavingNow(shown, going, now);
  at.returning = false;
  state.setState({ ...now, next, left, leaving, loaded: true });
  if (at.judging) judge(parts);
}

/** The selected row, where it stays though its ticket has left the view. */
function leftNow(
  { left, selected }: ListState,
  gone: readonly TicketRow[],
  rows: readonly TicketRow[],
  { at, staysWhereLeft }: LoadingParts,
): LeftRow | null {
  const begun = staysWhereLeft() ? gone.find(({ id }) => id === selected) : undefined;
  const row = begun ?? left?.row;
  if (!row || rows.some(({ id }) => id === row.id)) return null;
  return { row, spot: at.spot };
}

function judge({ state, at, onLeft }: LoadingParts): void {
  at.judging = false;
  const { selected, rows, left } = state.getState();
  const isShown = left?.row.id === selected || rows.some(({ id }) => id === selected);
  if (selected === null || isShown) return;
  at.spot = nowhere;
  state.setState({ selected: null });
  onLeft();
}

/** Rows that did not change keep their object, so that they are not drawn again. */
function keepSame(before: readonly TicketRow[], after: TicketRow[]): TicketRow[] {
  const known = new Map(before.map((row) => [row.id, row]));
  return after.map((row) => {
    const old = known.get(row.id);
    return old && JSON.stringify(old) === JSON.stringify(row) ? old : row;
  });
}
