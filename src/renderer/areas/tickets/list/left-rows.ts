import type { CallOutput, TicketRow, TicketSort } from '../../../../contract/bridge.ts';
import { comparePositions, positionOf } from '../../../../core/ticket-order.ts';
import { follow, spotOf } from '../spot.ts';
import type { LeftRow, ListState } from './list-state.ts';

type Listed = CallOutput<'tickets.list'>;

/** More than any screen shows. */
const mostLeaving = 60;

interface Departing {
  /** The list as it is shown. */
  shown: ListState;
  /** The part of it that the desk has now. */
  listed: Listed;
  /** The tickets that the agent sees. */
  inSight: ReadonlySet<string>;
  /** Those of them that stand where they were though they have moved. */
  pinned: ReadonlySet<string>;
}

/** The rows in sight, and the selected one, whose tickets have left the view. */
export function departed({ shown, listed, inSight, pinned }: Departing): TicketRow[] {
  const { rows, selected, sort } = shown;
  const here = idsOf([...listed.rows, ...listed.kept]);
  return rows.filter(
    (row) =>
      !here.has(row.id) &&
      (inSight.has(row.id) || row.id === selected) &&
      (pinned.has(row.id) || covers(listed, sort, row)),
  );
}

/** Whether the listed part reaches over the row's place: if not, it may be in another part. */
function covers({ rows, first, next }: Listed, sort: TicketSort, row: TicketRow): boolean {
  const [start, end] = [rows[0], rows.at(-1)];
  const place = positionOf(sort, row);
  const isBehind = (one: TicketRow): boolean =>
    comparePositions(sort, positionOf(sort, one), place) <= 0;
  return (
    (first === 0 || (start !== undefined && isBehind(start))) &&
    (next === null || (end !== undefined && !isBehind(end)))
  );
}

/**
 * The rows that move away, in the list as it is now. One that is back in the view does not, nor
 * does the selected one where it stays.
 */
export function leavingNow(
  { leaving, rows, first, sort }: ListState,
  departing: readonly TicketRow[],
  now: Pick<ListState, 'rows' | 'first' | 'total'>,
): LeftRow[] {
  const here = idsOf(now.rows);
  const begun = departing.map((row) => ({ row, spot: spotOf(row.id, sort, rows, first) }));
  return [...leaving, ...begun]
    .filter(({ row }) => !here.has(row.id))
    .slice(-mostLeaving)
    .map(({ row, spot }) => ({ row, spot: follow(spot, sort, now.rows, now.first, now.total) }));
}

const idsOf = (rows: readonly TicketRow[]): ReadonlySet<string> =>
  new Set(rows.map(({ id }) => id));

/** The rows with the one that stays among them, for the list to be drawn from. */
export function withLeft(
  listed: Pick<ListState, 'rows' | 'first' | 'total'>,
  left: LeftRow | null,
): Pick<ListState, 'rows' | 'first' | 'total'> {
  const { rows, first, total } = listed;
  const at = (left?.spot.place ?? -1) - first;
  if (left === null || at < 0 || at > rows.length) return listed;
  return { rows: rows.toSpliced(at, 0, left.row), first, total: total + 1 };
}

/** The number in the view of the row that is drawn with this one; null for the row that has left. */
export function numberOf(drawnAt: number, left: LeftRow | null): number | null {
  if (left === null || drawnAt < left.spot.place) return drawnAt;
  return drawnAt === left.spot.place ? null : drawnAt - 1;
}
