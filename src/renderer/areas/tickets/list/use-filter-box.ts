import { useState, type KeyboardEvent } from 'react';
import { filterLines, type FilterLine } from './filter-lines.ts';
import type { FilterField, Narrowing } from './filters.ts';

interface Level {
  /** The field whose values are listed; null: the fields. */
  open: FilterField['id'] | null;
  typed: string;
  /** The number of the line that the keys are at. */
  at: number;
  /** The agent went there by an arrow: a space is then for the line, and not for the text. */
  hasMoved: boolean;
}

const atFirst: Level = { open: null, typed: '', at: 0, hasMoved: false };

export interface FilterBox {
  open: FilterField | null;
  typed: string;
  lines: FilterLine[];
  at: number;
  type(text: string): void;
  choose(line: FilterLine): void;
  back(): void;
  reset(): void;
  onKeyDown(event: KeyboardEvent<HTMLInputElement>): void;
}

/** The two levels of the filter: its fields, and the values of one of them. */
export function useFilterBox(
  fields: readonly FilterField[],
  { filter, onChange }: Narrowing,
): FilterBox {
  const [level, setLevel] = useState(atFirst);
  const open = fields.find(({ id }) => id === level.open) ?? null;
  const lines = filterLines(fields, open, level.typed, filter);
  const at = Math.min(level.at, Math.max(0, lines.length - 1));

  function choose(line: FilterLine): void {
    if (line.kind === 'field') setLevel({ ...atFirst, open: line.field.id });
    else onChange(line.toggled);
  }
  function back(): void {
    const from = fields.findIndex(({ id }) => id === level.open);
    setLevel({ ...atFirst, at: Math.max(0, from) });
  }
  function moveTo(place: number): void {
    setLevel({ ...level, at: (place + lines.length) % Math.max(1, lines.length), hasMoved: true });
  }

  const box = { open, typed: level.typed, lines, at, choose, back };
  return {
    ...box,
    type(text) {
      setLevel({ ...level, typed: text, at: 0, hasMoved: false });
    },
    reset() {
      setLevel(atFirst);
    },
    onKeyDown(event) {
      const act = actOf(event, { ...box, moveTo, hasMoved: level.hasMoved });
      if (!act) return;
      event.preventDefault();
      act();
    },
  };
}

interface Pressed extends Pick<FilterBox, 'open' | 'typed' | 'lines' | 'at' | 'choose' | 'back'> {
  moveTo: (place: number) => void;
  hasMoved: boolean;
}

/** The action of a key in the field; null: the key writes, or moves the caret. */
function actOf(event: KeyboardEvent<HTMLInputElement>, pressed: Pressed): (() => void) | null {
  const { open, typed, lines, at, choose, back, moveTo, hasMoved } = pressed;
  const { key, currentTarget: field } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null;
  const line = lines[at];
  const take = line ? () => choose(line) : null;
  const isAtStart = field.selectionStart === 0 && field.selectionEnd === 0;
  const isAtEnd = field.selectionStart === typed.length;
  switch (key) {
    case 'ArrowDown':
      return () => moveTo(at + 1);
    case 'ArrowUp':
      return () => moveTo(at - 1);
    case 'Enter':
      return take;
    case ' ':
      return line?.kind === 'value' && (typed === '' || hasMoved) ? take : null;
    case 'ArrowRight':
      return line?.kind === 'field' && isAtEnd ? take : null;
    case 'ArrowLeft':
    case 'Backspace':
      return open !== null && isAtStart && (key === 'ArrowLeft' || typed === '') ? back : null;
    default:
      return null;
  }
}
