import type { TicketSort } from '../contract/bridge.ts';
import { isActive } from './views.ts';

export interface OrderFields {
  id: string;
  status: string;
  priority: string;
  activity_at: number;
  preview_by: 'customer' | 'staff' | 'me' | 'none';
}

/**
 * The position of a row in a list: the number that it is sorted by, and its id to break ties. Both
 * ascend, or both descend.
 */
export interface Position {
  key: number;
  id: string;
}

/** Larger than any time in ms, and small enough that five times as much is still exact. */
const era = 100_000_000_000_000;
const ranks: Record<string, number> = { urgent: 4, high: 3, low: 1 };

/** True if larger keys come first. */
export function isDescending(sort: TicketSort): boolean {
  return sort === 'newest' || sort === 'priority';
}

/**
 * The number that rows are sorted by. The cache has the same in its generated columns; a test
 * compares them. Priority: by rank, then the newest. Waiting: tickets whose customer wrote last,
 * the longest wait first, then the others, the newest first.
 */
export function sortKey(
  sort: TicketSort,
  { status, priority, activity_at: at, preview_by: by }: Omit<OrderFields, 'id'>,
): number {
  switch (sort) {
    case 'newest':
    case 'oldest':
      return at;
    // An unknown priority ranks with the middle one.
    case 'priority':
      return (ranks[priority] ?? 2) * era + at;
    case 'waiting':
      return isActive(status) && by === 'customer' ? at : era - at;
  }
}

export function positionOf(sort: TicketSort, row: OrderFields): Position {
  return { key: sortKey(sort, row), id: row.id };
}

/**
 * A position right before a row: the next row is this one, or another one with the same key. Ids
 * contain neither sign.
 */
export function rightBefore(sort: TicketSort, row: OrderFields): Position {
  return { key: sortKey(sort, row), id: isDescending(sort) ? '~' : ' ' };
}

/** Negative if `a` comes first. */
export function comparePositions(sort: TicketSort, a: Position, b: Position): number {
  const order = a.key - b.key || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return isDescending(sort) ? -order : order;
}

/** A position as text, for the bridge. */
export function writePosition({ key, id }: Position): string {
  return `${key}:${id}`;
}

/** Null if the text is no position. */
export function readPosition(text: string): Position | null {
  const [, key, id] = /^(\d{1,16}):(.+)$/.exec(text) ?? [];
  return key === undefined || id === undefined ? null : { key: Number(key), id };
}
