import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { TicketRow } from '../../../../contract/bridge.ts';
import { sortKey } from '../../../../core/ticket-order.ts';
import { useRowHeight } from '../../../kit/use-row-height.ts';
import { usePart, useStoreOf } from '../../../stores-context.tsx';
import { numberOf } from './left-rows.ts';
import type { LeftRow } from './list-state.ts';
import { useKeptPlace } from './place.ts';

interface Listed {
  rows: TicketRow[];
  first: number;
  total: number;
  left: LeftRow | null;
  searching: boolean;
}

/** Which rows are drawn, where, and how they follow the agent and the list. */
export function useRowWindow({ rows, first, total, left, searching }: Listed) {
  const inbox = usePart((s) => s.inbox);
  const selected = useStoreOf(
    (s) => s.inbox,
    (state) => state.selected,
  );
  const rowHeight = useRowHeight();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialOffset: searching ? 0 : inbox.scrollTop(),
    getItemKey: (i) => rows[i - first]?.id ?? i,
  });
  useEffect(() => {
    virtual.measure();
  }, [rowHeight]); // oxlint-disable-line react-hooks/exhaustive-deps -- the virtualizer is the same one throughout
  const items = virtual.getVirtualItems();
  const { from, to } = { from: items[0]?.index ?? 0, to: items.at(-1)?.index ?? 0 };
  const listedFrom = numberOf(from, left) ?? from;
  const listedTo = numberOf(to, left) ?? to;
  const at = rows.findIndex((row) => row.id === selected);
  const place = at < 0 ? -1 : first + at;

  useEffect(() => {
    if (!searching) inbox.look(listedFrom, listedTo);
  }, [inbox, searching, listedFrom, listedTo, first, rows.length]);
  // Follows the selection when the agent moves it, not when rows move under it.
  useEffect(() => {
    if (place >= 0) virtual.scrollToIndex(place, { align: 'auto' });
  }, [selected]); // oxlint-disable-line react-hooks/exhaustive-deps
  const isDrawn = place >= from && place <= to && place >= 0;
  return {
    scroller,
    items,
    height: virtual.getTotalSize(),
    rowHeight,
    selected,
    /** The selected ticket, where its row is drawn. */
    active: isDrawn ? selected : null,
  };
}

interface Scrolled extends Listed {
  scroller: RefObject<HTMLDivElement | null>;
  rowHeight: number;
  selected: string | null;
}

/** Keeps the rows in their place under the agent's eyes; counts those that came in above. */
export function useNewAbove({ rows, first, searching, scroller, rowHeight, selected }: Scrolled): {
  above: number;
  onScroll: () => void;
} {
  const inbox = usePart((s) => s.inbox);
  const sort = useStoreOf(
    (s) => s.inbox,
    (state) => state.sort,
  );
  const [above, setAbove] = useState(0);
  const placed = useMemo(
    () => rows.map((row) => ({ id: row.id, key: searching ? 0 : sortKey(sort, row) })),
    [rows, sort, searching],
  );
  useKeptPlace({
    box: scroller,
    rows: placed,
    first,
    rowHeight,
    selected,
    onHeld: (came, n) => {
      const news = n - came.length + inbox.news(came);
      if (scroller.current && !searching) setAbove((before) => before + Math.max(0, news));
    },
    // One that left from above what is read has nothing to move.
    onScrolled: () => {
      inbox.moved(inbox.state.getState().leaving.map(({ row }) => row.id));
    },
  });
  return {
    above,
    onScroll() {
      const top = scroller.current?.scrollTop ?? 0;
      if (!searching) inbox.scrolled(top);
      if (top === 0 && above > 0) setAbove(0);
    },
  };
}
