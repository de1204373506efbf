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

/** A row whose ticket is not in the view any more, and the place that it had there. */
export interface LeftRow {
  row: TicketRow;
  spot: Spot;
}

export interface ListState extends TicketQuery, Stretch {
  /** The saved view that is shown. */
  saved: string | null;
  selected: string | null;
  /**
   * The selected row, whose ticket the agent's action took out of the view: it stays in its place
   * until they move on. Neither this row nor those of `leaving` are among the rows or counted.
   */
  left: LeftRow | null;
  /** Rows that move away now: to be seen, and for no command. */
  leaving: LeftRow[];
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
  left: null,
  leaving: [],
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
  /** The desk could not list the view that was chosen. */
  failed: boolean;
  /** Rows that stay where they were seen though they have moved. */
  pinned: Set<string>;
  /** Tickets that come in by the agent's own action. */
  expected: Set<string>;
  /** The rows are those of an earlier visit to the view: those that have gone since just go. */
  returning: boolean;
}

export function atTheTop(): Whereabouts {
  return {
    seen: { from: 0, to: 12 },
    scrollTop: 0,
    spot: nowhere,
    judging: false,
    failed: false,
    pinned: new Set(),
    expected: new Set(),
    returning: false,
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

/** The tickets of which the desk is to say whether they are in the view, wherever they are there. */
export function keptInSight(state: StoreApi<ListState>, at: Whereabouts): string[] {
  const { rows, selected } = state.getState();
  const chosen = rows.filter(({ id }) => id === selected).map(({ id }) => id);
  return [...new Set([...chosen, ...inSight(state, at)])].slice(0, mostKept);
}

export function queryOf(state: StoreApi<ListState>): TicketQuery {
  const { view, filter, sort } = state.getState();
  return { view, filter, sort };
}

export function keyOf({ view, filter, sort }: TicketQuery): string {
  return JSON.stringify([view, filter, sort]);
}
