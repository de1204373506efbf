import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowUp } from 'lucide-react';
import type { KeyboardEvent, MouseEvent } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { SearchHit, TicketRow as Row } from '../../../contract/bridge.ts';
import { sortKey } from '../../../core/ticket-order.ts';
import { useStoreOf, useStores } from '../../stores/context.tsx';
import { openTicket } from '../../stores/desk.ts';
import { isPicked } from '../../stores/selection.ts';
import { texts } from '../../texts.ts';
import { formatCount } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import { useRowHeight } from '../../ui/use-row-height.ts';
import { useKeptPlace } from './place.ts';
import type { Here } from '../../stores/presence.ts';
import { presenceLabel } from './row-presence.tsx';
import { rowLabel, TicketRow } from './ticket-row.tsx';

const nobody: readonly Here[] = [];

interface Props {
  /** Those from number `first` on that are here. */
  rows: Row[];
  first: number;
  total: number;
  /** What the search found, by ticket; null in a view. */
  found: Map<string, SearchHit> | null;
}

/** The rows of a list of any length, of which only those in sight are drawn. */
export function Rows({ rows, first, total, found }: Props) {
  const stores = useStores();
  const { inbox, selection } = stores;
  const selected = useStoreOf((s) => s.inbox, (state) => state.selected);
  const sort = useStoreOf((s) => s.inbox, (state) => state.sort);
  const picked = useStoreOf((s) => s.selection, (state) => state);
  const picking = picked.all !== null || picked.ids.size > 0;
  const me = useStoreOf((s) => s.session, (state) => state.session?.account?.id ?? null);
  const here = useStoreOf((s) => s.presence, (state) => state.here);
  const members = useStoreOf((s) => s.staff, (state) => state.members);
  const now = useNow();
  const rowHeight = useRowHeight();
  const [above, setAbove] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const searching = found !== null;
  const virtual = useVirtualizer({
    count: total, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 8, initialOffset: searching ? 0 : inbox.scrollTop(),
    getItemKey: (i) => rows[i - first]?.id ?? i,
  });
  useEffect(() => { virtual.measure(); }, [rowHeight]); // oxlint-disable-line react-hooks/exhaustive-deps -- the virtualizer is the same one throughout
  const items = virtual.getVirtualItems();
  const { from, to } = { from: items[0]?.index ?? 0, to: items.at(-1)?.index ?? 0 };
  const at = rows.findIndex((row) => row.id === selected);
  const place = at < 0 ? -1 : first + at;

  useEffect(() => { if (!searching) inbox.look(from, to); }, [inbox, searching, from, to, first, rows.length]);
  // Follows the selection when the agent moves it, not when rows move under it.
  useEffect(() => { if (place >= 0) virtual.scrollToIndex(place, { align: 'auto' }); }, [selected]); // oxlint-disable-line react-hooks/exhaustive-deps
  const placed = useMemo(() => rows.map((row) => ({ id: row.id, key: searching ? 0 : sortKey(sort, row) })), [rows, sort, searching]);
  useKeptPlace({ box: scroller, rows: placed, first, rowHeight, selected, onHeld: (n) => { if (scroller.current && !searching) setAbove((before) => before + n); } });

  async function moveTo(index: number): Promise<void> {
    const wanted = Math.min(total - 1, Math.max(0, index));
    const id = searching ? (rows[wanted]?.id ?? null) : await inbox.rowAt(wanted);
    if (id !== null) openTicket(stores, id);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.shiftKey || event.ctrlKey || event.metaKey) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -total, End: total };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = searching || Math.abs(step) > 1 ? null : inbox.neighbour(step > 0 ? 1 : -1);
    if (next !== null) openTicket(stores, next);
    else void moveTo((searching ? at : inbox.place()) + step);
  }
  function onClick(event: MouseEvent, id: string): void {
    if (event.shiftKey) { selection.extendTo(id, rows); return; }
    if (event.ctrlKey || event.metaKey) { selection.toggle(id); return; }
    selection.clear();
    openTicket(stores, id);
  }
  function onScroll(): void {
    const top = scroller.current?.scrollTop ?? 0;
    if (!searching) inbox.scrolled(top);
    if (top === 0 && above > 0) setAbove(0);
  }

  return (
    <>
      <div ref={scroller} className="rows" role="listbox" id="tickets" aria-label={texts.tickets} aria-multiselectable="true" tabIndex={0} onKeyDown={onKeyDown} onScroll={onScroll}
        aria-activedescendant={place >= from && place <= to && place >= 0 ? `ticket-${selected}` : undefined}>
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
          {items.map((item) => {
            const row = rows[item.index - first];
            if (!row) return <div key={item.key} className="row-slot" style={{ transform: `translateY(${item.start}px)`, height: rowHeight }} aria-hidden="true"><div className="row row-blank"><i /><i /></div></div>;
            const on = row.id === selected;
            const isOn = picking && isPicked(picked, row.id);
            return (
              <div key={item.key} id={`ticket-${row.id}`} role="option" aria-selected={picking ? isOn : on} aria-current={on ? 'true' : undefined} aria-label={rowLabel(row, now, presenceLabel(here[row.id] ?? nobody, members))} aria-setsize={total} aria-posinset={item.index + 1}
                className="row-slot" style={{ transform: `translateY(${item.start}px)`, height: rowHeight }} onClick={(event) => { onClick(event, row.id); }}>
                <TicketRow row={row} selected={on} picked={isOn} picking={picking} now={now} me={me} hit={found?.get(row.id) ?? null} onPick={selection.toggle} here={here[row.id] ?? nobody} />
              </div>
            );
          })}
        </div>
      </div>
      {above > 0 && <button type="button" className="new-above" onClick={() => { scroller.current?.scrollTo({ top: 0 }); scroller.current?.focus(); }}><ArrowUp size={13} aria-hidden="true" /> {texts.list.newAbove(formatCount(above))}</button>}
    </>
  );
}
