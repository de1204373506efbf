import type { CallOutput, TicketRow } from '../../../../contract/bridge.ts';
import { rightBefore, sortKey, writePosition } from '../../../../core/ticket-order.ts';
import { keptOf, windowOf, type ListInput, type ListParts } from './list.ts';

type Listed = CallOutput<'tickets.list'>;

/** More rows than any screen shows. */
const mostKept = 100;

/**
 * A watched window of a view, as it is now. `kept`: rows that the window of the app has, that have
 * moved out of this stretch since, and that are still in the view: nothing goes from under the
 * agent's eyes (B18).
 */
export function listAgain(parts: ListParts, input: ListInput, last: Listed): Listed {
  const stretch = windowOf(parts, anchored(input, last));
  const here = new Set(stretch.rows.map(({ id }) => id));
  const left = [...last.rows, ...last.kept].filter(({ id }) => !here.has(id)).slice(0, mostKept);
  if (left.length === 0) return { ...stretch, kept: [] };
  const before = new Map(left.map((row) => [row.id, row]));
  const moved = new Set(last.kept.map(({ id }) => id));
  const hasMoved = (row: TicketRow): boolean => {
    const old = before.get(row.id);
    return moved.has(row.id) || !old || sortKey(input.sort, old) !== sortKey(input.sort, row);
  };
  const kept = keptOf(parts, input, [...before.keys()]).filter(hasMoved);
  return { ...stretch, kept };
}

/** From a place and not from a number: rows that come in above must not move the others. */
function anchored(input: ListInput, { rows: [first] }: Listed): ListInput {
  if (!input.at || !first) return input;
  return { ...input, at: undefined, after: writePosition(rightBefore(input.sort, first)) };
}
