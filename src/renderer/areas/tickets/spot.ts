import type { TicketRow, TicketSort } from '../../../contract/bridge.ts';
import { positionOf } from '../../../core/ticket-order.ts';

/**
 * The agent's place in a list: that of the selected ticket, or the one that it had before it moved.
 */
export interface Spot {
  ticketId: string | null;
  /** The row's number; -1: it was not seen in this list. */
  place: number;
  /** The ticket is not in its place any more: another row has taken it. */
  left: boolean;
  key: number;
  previous: string | null;
  next: string | null;
}

export const nowhere: Spot = {
  ticketId: null,
  place: -1,
  left: false,
  key: 0,
  previous: null,
  next: null,
};

/** The spot of a ticket in the rows from number `first` on. */
export function spotOf(
  ticketId: string | null,
  sort: TicketSort,
  rows: readonly TicketRow[],
  first: number,
): Spot {
  const at = rows.findIndex((row) => row.id === ticketId);
  const row = rows[at];
  if (!row) return { ...nowhere, ticketId };
  return {
    ticketId,
    place: first + at,
    left: false,
    key: positionOf(sort, row).key,
    previous: rows[at - 1]?.id ?? null,
    next: rows[at + 1]?.id ?? null,
  };
}

/**
 * The spot in the rows as they are now. A ticket that was moved, closed or taken by something else
 * keeps its place, between the rows that were beside it, so that the agent goes on from there.
 */
export function follow(
  spot: Spot,
  sort: TicketSort,
  rows: readonly TicketRow[],
  first: number,
  total: number,
): Spot {
  const now = spotOf(spot.ticketId, sort, rows, first);
  if (now.place >= 0 && (spot.place < 0 || now.key === spot.key)) return now;
  if (spot.place < 0) return spot;
  const indexOf = (id: string | null): number => rows.findIndex((row) => row.id === id);
  const next = indexOf(spot.next);
  const previous = indexOf(spot.previous);
  const inSight = spot.place >= first && spot.place < first + rows.length;
  // Out of what is loaded it is only not seen.
  if (next < 0 && previous < 0 && !inSight && rows.length < total) return spot;
  const found = next >= 0 ? first + next : previous >= 0 ? first + previous + 1 : spot.place;
  const place = Math.min(found, total);
  // Rows beyond the loaded ones are as they were; at an end of the list there are none.
  return {
    ...spot,
    left: true,
    place,
    previous: place === 0 ? null : (rows[place - 1 - first]?.id ?? spot.previous),
    next: place === total ? null : (rows[place - first]?.id ?? spot.next),
  };
}

/** The ticket after or before the spot; null at an end. */
export function stepFrom(
  { place, left, previous, next, ticketId }: Spot,
  step: 1 | -1,
  rows: readonly TicketRow[],
  first: number,
): string | null {
  const at = (left && step === 1 ? place : place + step) - first;
  if (at >= 0 && at < rows.length) {
    const found = rows[at]?.id ?? null;
    // Moved just there, it is not its own neighbour.
    return found === ticketId ? (rows[at + step]?.id ?? null) : found;
  }
  return step === 1 ? next : previous;
}
