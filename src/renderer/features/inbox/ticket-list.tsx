import { useVirtualizer } from '@tanstack/react-virtual';
import { Inbox, SearchX } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useEffect, useRef } from 'react';
import type { SearchHit, TicketRow as Row } from '../../../contract/bridge.ts';
import { useStoreOf, useStores } from '../../stores/context.tsx';
import { openTicket } from '../../stores/desk.ts';
import { texts } from '../../texts.ts';
import { formatCount } from '../../ui/format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useRowHeight } from '../../ui/use-row-height.ts';
import { rowLabel, TicketRow } from './ticket-row.tsx';

/** The next window is asked for when this few loaded rows are left below. */
const margin = 30;

/** The middle pane: the tickets of the view, or what the search found. */
export function TicketList() {
  const stores = useStores();
  const { view, rows, total, loaded } = useStoreOf((s) => s.inbox, (state) => state);
  const { query, answered, hits } = useStoreOf((s) => s.search, (state) => state);
  const phase = useStoreOf((s) => s.session, (state) => state.sync?.phase);
  const searching = query.trim() !== '';
  const shown = searching ? hits.map((hit) => hit.row) : rows;
  const count = searching ? (answered === '' ? null : hits.length) : total;
  return (
    <section className="list" aria-label={searching ? texts.searchResults : texts.views[view]}>
      <header className="list-head">
        <h1>{searching ? texts.searchResults : texts.views[view]}</h1>
        {count !== null && loaded && <span className="quiet">{formatCount(count)}</span>}
      </header>
      {phase === 'first-sync' && <div className="first-sync" role="progressbar" aria-label={texts.firstSync}><i /></div>}
      <Rows key={searching ? 'search' : view} rows={shown} found={searching ? new Map(hits.map((hit) => [hit.row.id, hit])) : null} onNearEnd={searching ? null : stores.inbox.loadMore} />
      {shown.length === 0 && <Nothing searching={searching} waiting={searching ? answered !== query.trim() : !loaded || phase === 'starting'} />}
    </section>
  );
}

function Nothing({ searching, waiting }: { searching: boolean; waiting: boolean }) {
  const view = useStoreOf((s) => s.inbox, (state) => state.view);
  if (waiting) return <div className="skeleton" aria-hidden="true">{Array.from({ length: 8 }, (_, i) => <div key={i}><i /><i /><i /></div>)}</div>;
  const [title, hint] = searching ? texts.noResults : texts.emptyViews[view];
  return <EmptyState icon={searching ? <SearchX size={26} strokeWidth={1.4} /> : <Inbox size={26} strokeWidth={1.4} />} title={title} hint={hint} />;
}

function Rows({ rows, found, onNearEnd }: { rows: Row[]; found: Map<string, SearchHit> | null; onNearEnd: (() => void) | null }) {
  const stores = useStores();
  const selected = useStoreOf((s) => s.inbox, (state) => state.selected);
  const me = useStoreOf((s) => s.session, (state) => state.session?.account?.id ?? null);
  const now = useNow();
  const rowHeight = useRowHeight();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 8, getItemKey: (i) => rows[i]?.id ?? i });
  useEffect(() => { virtual.measure(); }, [rowHeight]); // oxlint-disable-line react-hooks/exhaustive-deps -- the virtualizer is the same one throughout
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const at = rows.findIndex((row) => row.id === selected);

  useEffect(() => { if (onNearEnd && rows.length > 0 && lastShown >= rows.length - margin) onNearEnd(); }, [lastShown, rows.length, onNearEnd]);
  // Follows the selection when the agent moves it, not when rows move under it.
  useEffect(() => { if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' }); }, [selected]); // oxlint-disable-line react-hooks/exhaustive-deps

  function move(step: number): void {
    const row = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    if (row) openTicket(stores, row.id);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -rows.length, End: rows.length };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    move(step);
  }

  return (
    <div ref={scroller} className="rows" role="listbox" id="tickets" aria-label={texts.tickets} tabIndex={0} onKeyDown={onKeyDown}
      aria-activedescendant={at >= 0 && items.some((item) => item.index === at) ? `ticket-${selected}` : undefined}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
        {items.map((item) => {
          const row = rows[item.index];
          return row && (
            <div key={item.key} id={`ticket-${row.id}`} role="option" aria-selected={row.id === selected} aria-label={rowLabel(row, now)} aria-setsize={rows.length} aria-posinset={item.index + 1}
              className="row-slot" style={{ transform: `translateY(${item.start}px)`, height: rowHeight }} onClick={() => { openTicket(stores, row.id); }}>
              <TicketRow row={row} selected={row.id === selected} now={now} me={me} hit={found?.get(row.id) ?? null} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
