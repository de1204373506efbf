import type { StoreApi } from 'zustand/vanilla';
import type { CallOutput, TicketRow } from '../../../../contract/bridge.ts';
import { rightBefore, writePosition } from '../../../../core/ticket-order.ts';
import type { Desk } from '../../../bridge/client.ts';
import { coalesce } from '../../../kit/coalesce.ts';
import type { Toasts } from '../../../toasts.ts';
import { follow, nowhere, spotOf } from '../spot.ts';
import { inSight, keyOf, queryOf, type ListState, type Whereabouts } from './list-state.ts';
import { keepInSight } from './pins.ts';

interface LoadingParts {
  desk: Desk;
  toasts: Toasts;
  state: StoreApi<ListState>;
  at: Whereabouts;
  onLeft: () => void;
}

/** Asks for the parts of the list that are needed. */
export interface Loading {
  /** Asks again for the rows around those that are seen, and for the counts of all views. */
  refresh(): void;
  load(from: number, to: number): Promise<void>;
  /** Loads the rows that are seen. */
  loadSeen(): void;
  /**
   * After a change of view the selection follows the list: no command works on a ticket that is not
   * in sight.
   */
  judge(): void;
}

const windowSize = 150;
/** Rows that are kept ready on either side of those that are seen. */
export const margin = 50;
const largest = 600;

export function createLoading(parts: LoadingParts): Loading {
  const { desk, toasts, state, at } = parts;
  const ask = (where: Where, limit: number): Promise<Listed | null> => {
    return askFor(where, limit, desk, state);
  };

  const refresh = coalesce(async () => {
    try {
      const [window, counts] = await Promise.all([
        ask(...aroundSeen(state, at)),
        desk.call('views.counts', {}),
      ]);
      state.setState({ counts });
      // The view may have been switched while this was asked.
      if (window) take(pinRows(window, state, at), parts);
      else refresh();
    } catch (error) {
      toasts.fail(error);
    }
  });

  async function loadBelow(after: string): Promise<void> {
    const window = await ask({ after }, windowSize);
    const now = state.getState();
    if (!window || now.next !== after) return;
    const known = new Set(now.rows.map((row) => row.id));
    const all = [...now.rows, ...window.rows.filter((row) => !known.has(row.id))];
    const cut = all.length > largest ? Math.max(0, at.seen.from - margin - now.first) : 0;
    take({ ...window, rows: all.slice(cut), first: now.first + cut }, parts);
  }

  async function loadAt(from: number, to: number): Promise<void> {
    const start = Math.max(0, from - margin);
    const window = await ask({ after: null, at: start }, to - start + 2 * margin);
    if (window) take(window, parts);
  }

  async function load(from: number, to: number): Promise<void> {
    const { rows, first, next, total } = state.getState();
    const end = first + rows.length;
    const isBelow = to + margin > end && end < total && from >= first && from <= end;
    try {
      if (isBelow && next !== null) await loadBelow(next);
      else if (from < first || from >= end) await loadAt(from, to);
    } catch (error) {
      toasts.fail(error);
    }
  }

  return {
    refresh,
    load,
    loadSeen: coalesce(() => load(at.seen.from, at.seen.to)),
    judge: () => {
      judge(parts);
    },
  };
}

interface Where {
  after: string | null;
  at?: number;
  keep?: string[];
}
type Listed = CallOutput<'tickets.list'>;

/** Asks for a part of the view; null where another one is shown by the time it is here. */
async function askFor(
  where: Where,
  limit: number,
  desk: Desk,
  state: StoreApi<ListState>,
): Promise<Listed | null> {
  const asked = queryOf(state);
  const window = await desk.call('tickets.list', { ...asked, ...where, limit });
  return keyOf(asked) === keyOf(queryOf(state)) ? window : null;
}

/** The part of the list around the rows that are seen, and how many rows that is. */
function aroundSeen(state: StoreApi<ListState>, at: Whereabouts): [Where, number] {
  const { rows, first, sort } = state.getState();
  const { seen } = at;
  const from = Math.max(0, seen.from - margin);
  // From a place and not from a number: rows that come in above must not move those that are seen.
  const start = first + from === 0 ? undefined : rows[Math.max(0, from - first)];
  const after = start ? writePosition(rightBefore(sort, start)) : null;
  const limit = Math.min(1_000, Math.max(windowSize, seen.to - from + 2 * margin));
  return [{ after, keep: inSight(state, at) }, limit];
}

function pinRows(window: Listed, state: StoreApi<ListState>, at: Whereabouts): Listed {
  const { rows: shown, sort } = state.getState();
  const seen = new Set(inSight(state, at));
  return {
    ...window,
    ...keepInSight({ ...window, shown, sort, inSight: seen, pinned: at.pinned }),
  };
}

function take({ rows, first, next, total }: Omit<Listed, 'kept'>, parts: LoadingParts): void {
  const { state, at } = parts;
  const before = state.getState();
  const same = keepSame(before.rows, rows);
  at.spot = at.pinned.has(at.spot.ticketId ?? '')
    ? spotOf(at.spot.ticketId, before.sort, same, first)
    : follow(at.spot, before.sort, same, first, total);
  state.setState({ rows: same, first, next, total, loaded: true });
  if (at.judging) judge(parts);
}

function judge({ state, at, onLeft }: LoadingParts): void {
  at.judging = false;
  const { selected, rows } = state.getState();
  if (selected === null || rows.some(({ id }) => id === selected)) return;
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
