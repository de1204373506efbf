import type { TicketFilter } from '../../../../contract/bridge.ts';
import { fits, nearlyFits } from '../../../../core/completion.ts';
import { texts } from '../../../texts.ts';
import { toggledUnread, type FilterField } from './filters.ts';

/** A line of the filter's list: it leads to the values of a field, or turns one on or off. */
export type FilterLine =
  | { kind: 'field'; id: string; label: string; field: FilterField }
  | { kind: 'value'; id: string; label: string; isOn: boolean; toggled: TicketFilter };

/** More than anybody reads; others are found by typing more. */
const mostLines = 60;

/**
 * The lines for the typed text: of the fields, with the values that it names in any of them, or of
 * the one field that is open.
 */
export function filterLines(
  fields: readonly FilterField[],
  open: FilterField | null,
  typed: string,
  filter: TicketFilter,
): FilterLine[] {
  if (open !== null) return fitting(typed, valuesOf(open, false)).slice(0, mostLines);
  const heads = fields.map((field) => lineOf(field, filter));
  if (typed.trim() === '') return heads;
  return fitting(typed, [...heads, ...fields.flatMap((field) => valuesOf(field, true))]).slice(
    0,
    mostLines,
  );
}

function lineOf(field: FilterField, filter: TicketFilter): FilterLine {
  const { id, label } = field;
  return id === 'unread'
    ? { kind: 'value', id, label, isOn: filter.unread ?? false, toggled: toggledUnread(filter) }
    : { kind: 'field', id, label, field };
}

/** `named`: with the name of the field, among the values of others. */
function valuesOf({ label: name, values }: FilterField, named: boolean): FilterLine[] {
  return values.map(({ id, label, isOn, toggled }) => ({
    kind: 'value',
    id,
    label: named ? texts.list.chip(name, label) : label,
    isOn,
    toggled,
  }));
}

/** By the beginnings of words; a slip is forgiven where nothing else is found. */
function fitting(typed: string, lines: readonly FilterLine[]): FilterLine[] {
  const exact = lines.filter(({ label }) => fits(typed, label));
  return exact.length > 0 ? exact : lines.filter(({ label }) => nearlyFits(typed, label));
}
