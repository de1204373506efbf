import { useLayoutEffect, useRef, type RefObject } from 'react';

interface PlacedRow {
  id: string;
  /** Differs once the row itself has moved. */ key: number;
}

interface Seen {
  id: string;
  key: number;
  index: number;
}

interface KeptPlace {
  box: RefObject<HTMLElement | null>;
  rows: readonly PlacedRow[];
  first: number;
  rowHeight: number;
  selected: string | null;
  onHeld: (came: readonly string[], rowsAbove: number) => void;
  /** The list was scrolled to keep its place. */
  onScrolled: () => void;
}

/**
 * Keeps what is read where it is while rows come and go above: by the first row in sight that has
 * not itself moved. At the very top new rows push the others down, unless the agent points at one
 * or has one open. `onHeld` is told how many came in above, and which of them are loaded.
 */
export function useKeptPlace(kept: KeptPlace): void {
  const { box, rows, first, rowHeight, selected, onHeld, onScrolled } = kept;
  const seen = useRef<Seen[]>([]);
  const known = useRef<ReadonlySet<string>>(new Set());

  function remember(): void {
    if (box.current) seen.current = rowsInSight(box.current, rows, first, rowHeight);
  }

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const shift = shiftOf(seen.current, rows, first);
    const held =
      element.scrollTop > 0 ||
      element.matches(':hover') ||
      seen.current.some(({ id }) => id === selected);
    if (shift !== 0 && held) {
      const before = element.scrollTop;
      element.scrollTo({ top: before + shift * rowHeight });
      if (element.scrollTop !== before) onScrolled();
      // A list that fits shows them anyway.
      if (shift > 0 && element.scrollTop > before)
        onHeld(cameAbove(seen.current, rows, known.current), shift);
    }
    known.current = new Set(rows.map(({ id }) => id));
    remember();
    element.addEventListener('scroll', remember, { passive: true });
    return () => {
      element.removeEventListener('scroll', remember);
    };
  });
}

function rowsInSight(
  { scrollTop, clientHeight }: HTMLElement,
  rows: readonly PlacedRow[],
  first: number,
  rowHeight: number,
): Seen[] {
  const from = Math.floor(scrollTop / rowHeight);
  const to = Math.ceil((scrollTop + clientHeight) / rowHeight);
  return rows
    .slice(Math.max(0, from - first), Math.max(0, to - first))
    .map(({ id, key }, i) => ({ id, key, index: Math.max(from, first) + i }));
}

/** The loaded rows above the first one in sight that were not there before. */
function cameAbove(
  seen: readonly Seen[],
  rows: readonly PlacedRow[],
  known: ReadonlySet<string>,
): string[] {
  const inSight = new Set(seen.map(({ id }) => id));
  const above = rows.slice(
    0,
    Math.max(
      0,
      rows.findIndex(({ id }) => inSight.has(id)),
    ),
  );
  return above.map(({ id }) => id).filter((id) => !known.has(id));
}

/** The number of places that the first row in sight went down, of those that have not moved. */
function shiftOf(seen: readonly Seen[], rows: readonly PlacedRow[], first: number): number {
  const now = new Map(rows.map(({ id, key }, i) => [id, { key, index: first + i }]));
  const anchor = seen.find(({ id, key }) => now.get(id)?.key === key);
  return anchor ? (now.get(anchor.id)?.index ?? anchor.index) - anchor.index : 0;
}
