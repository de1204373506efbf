import type { StoreApi } from 'zustand/vanilla';
import type { CallOutput, TicketQuery, TicketRow } from '../../../../contract/bridge.ts';
import { nowhere, type Spot } from '../spot.ts';

/** A stretch of the view's list: the rows from number `first` on. */
export interface Stretch {
  rows: TicketRow[];
  first: number;
  next: string | null;
  total: number;
  loaded: boolean;
}

export interface ListState extends TicketQuery, Stretch {
  /** The saved view that is shown. */
  saved: string | null;
  selected: string | null;
  counts: CallOutput<'views.counts'>;
}

export const nothing: Stretch = { rows: [], first: 0, next: null, total: 0, loaded: false };
export const empty: ListState = {
  view: 'mine',
  filter: {},
  sort: 'newest',
  saved: null,
  ...nothing,
  selected: null,
  counts: [],
};

/** Where the agent is in the list. It changes without drawing anything. */
export interface Whereabouts {
  /** The numbers of the rows that are seen. */
  seen: { from: number; to: number };
  scrollTop: number;
  spot: Spot;
  /** Another view was chosen, and whether the selected ticket is in it is not known yet. */
  judging: boolean;
  /** Rows that stay where they were seen though they have moved. */
  pinned: Set<string>;
}

export function atTheTop(): Whereabouts {
  return {
    seen: { from: 0, to: 12 },
    scrollTop: 0,
    spot: nowhere,
    judging: false,
    pinned: new Set(),
  };
}

/** More rows than any screen shows. */
const mostKept = 100;

/** The tickets that the agent sees now. */
export function inSight(state: StoreApi<ListState>, { seen }: Whereabouts): string[] {
  const { rows, first } = state.getState();
  return rows
    .slice(Math.max(0, seen.from - first), Math.max(0, seen.to + 1 - first))
    .map(({ id }) => id)
    .slice(0, mostKept);
}

export function queryOf(state: StoreApi<ListState>): TicketQuery {
  const { view, filter, sort } = state.getState();
  return { view, filter, sort };
}

export function keyOf({ view, filter, sort }: TicketQuery): string {
  return JSON.stringify([view, filter, sort]);
}
