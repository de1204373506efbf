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
 * Where a row stands in a list: a number by the sort and the id, which breaks ties. Both go up, or
 * both go down.
 */
export interface Position {
  key: number;
  id: string;
}

/** Larger than any time in ms, and small enough that five of them are still exact. */
const era = 100_000_000_000_000;
const ranks: Record<string, number> = { urgent: 4, high: 3, low: 1 };

/** Whether larger keys come first. */
export function isDescending(sort: TicketSort): boolean {
  return sort === 'newest' || sort === 'priority';
}

/**
 * The number that a sort orders by. The cache holds the same in its generated columns; a test
 * compares them. Priority: the rank, then the newest. Waiting: whose customer wrote last, by how
 * long ago, then the others by newest.
 */
export function sortKey(
  sort: TicketSort,
  { status, priority, activity_at: at, preview_by: by }: Omit<OrderFields, 'id'>,
): number {
  switch (sort) {
    case 'newest':
    case 'oldest':
      return at;
    // A priority that nobody knows stands with the middle one.
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
 * A position right before a row: what is behind it begins with that row, or with others of the same
 * key. Ids hold neither sign.
 */
export function rightBefore(sort: TicketSort, row: OrderFields): Position {
  return { key: sortKey(sort, row), id: isDescending(sort) ? '~' : ' ' };
}

/** Below zero where `a` comes first. */
export function comparePositions(sort: TicketSort, a: Position, b: Position): number {
  const order = a.key - b.key || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return isDescending(sort) ? -order : order;
}

/** A position as it goes between window and desk. */
export function writePosition({ key, id }: Position): string {
  return `${key}:${id}`;
}

/** Null where the text is none. */
export function readPosition(text: string): Position | null {
  const [, key, id] = /^(\d{1,16}):(.+)$/.exec(text) ?? [];
  return key === undefined || id === undefined ? null : { key: Number(key), id };
}
