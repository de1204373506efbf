import type { TicketRow, TicketSort } from '../../../../contract/bridge.ts';
import { comparePositions, positionOf, sortKey } from '../../../../core/ticket-order.ts';

interface Stretch {
  rows: TicketRow[];
  first: number;
}

/**
 * A stretch of a list as the desk has it now, but with the rows that were in sight and have moved
 * where they were: nothing goes from under the agent's eyes (B18). `kept`: those of them that are
 * still in the view, also where they have left the stretch. `pinned`: those that do not stand in
 * their order already; it is brought up to date.
 */
export function keepInSight({
  rows: listed,
  first,
  kept,
  shown,
  sort,
  inSight,
  pinned,
}: Stretch & {
  kept: readonly TicketRow[];
  shown: readonly TicketRow[];
  sort: TicketSort;
  inSight: ReadonlySet<string>;
  pinned: Set<string>;
}): Stretch {
  const before = new Map(shown.map((row) => [row.id, row]));
  const stays = (row: TicketRow): boolean => {
    const old = before.get(row.id);
    return (
      old !== undefined &&
      inSight.has(row.id) &&
      (pinned.has(row.id) || sortKey(sort, old) !== sortKey(sort, row))
    );
  };
  const staying = new Map(kept.filter(stays).map((row) => [row.id, row]));
  pinned.clear();
  for (const id of staying.keys()) pinned.add(id);
  if (staying.size === 0) return { rows: listed, first };
  // One that counts as a row above the stretch, and is shown in it, is not above it any more.
  const isAbove = (row: TicketRow): boolean =>
    !listed.some(({ id }) => id === row.id) &&
    listed[0] !== undefined &&
    comparePositions(sort, positionOf(sort, row), positionOf(sort, listed[0])) < 0;
  return {
    rows: placedAsBefore(listed, shown, staying),
    first: Math.max(0, first - [...staying.values()].filter(isAbove).length),
  };
}

/** The listed rows, with those that stay each behind the row that it was behind. */
function placedAsBefore(
  listed: readonly TicketRow[],
  shown: readonly TicketRow[],
  staying: ReadonlyMap<string, TicketRow>,
): TicketRow[] {
  const rows = listed.filter(({ id }) => !staying.has(id));
  let previous: string | null = null;
  for (const { id } of shown) {
    const row = staying.get(id);
    // As far as that one is there.
    if (row) rows.splice(rows.findIndex((one) => one.id === previous) + 1, 0, row);
    if (row || rows.some((one) => one.id === id)) previous = id;
  }
  return rows;
}
