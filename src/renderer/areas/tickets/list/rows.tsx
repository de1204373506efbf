import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowUp } from 'lucide-react';
import {
  memo,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import type { SearchHit, TicketRow as Row } from '../../../../contract/bridge.ts';
import type { StaffMember } from '../../../../contract/entities.ts';
import { sortKey } from '../../../../core/ticket-order.ts';
import { usePassesForColleague, useStoreOf, usePart } from '../../../stores-context.tsx';
import { isPicked, isPicking } from '../../triage/selection.ts';
import { texts } from '../../../texts.ts';
import { formatCount } from '../../../kit/format.ts';
import { useNow } from '../../../kit/use-now.ts';
import { useRowHeight } from '../../../kit/use-row-height.ts';
import { useKeptPlace } from './place.ts';
import type { Here } from '../../presence/presence-store.ts';
import { presenceLabel } from '../../presence/row-presence.tsx';
import { rowLabel, TicketRow } from './ticket-row.tsx';

const nobody: readonly Here[] = [];
/**
 * How long the pointer stays on a row before its thread is read (ms): not those that it only
 * crosses.
 */
const restMs = 30;

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
  const inbox = usePart((s) => s.inbox);
  const selection = usePart((s) => s.selection);
  const thread = usePart((s) => s.thread);
  const navigation = usePart((s) => s.navigation);
  const selected = useStoreOf(
    (s) => s.inbox,
    (state) => state.selected,
  );
  const sort = useStoreOf(
    (s) => s.inbox,
    (state) => state.sort,
  );
  const picked = useStoreOf(
    (s) => s.selection,
    (state) => state,
  );
  const picking = isPicking(picked);
  const me = useStoreOf(
    (s) => s.session,
    (state) => state.session?.account?.id ?? null,
  );
  const here = useStoreOf(
    (s) => s.presence,
    (state) => state.here,
  );
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  const now = useNow();
  const rowHeight = useRowHeight();
  const [above, setAbove] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const searching = found !== null;
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
  const at = rows.findIndex((row) => row.id === selected);
  const place = at < 0 ? -1 : first + at;

  useEffect(() => {
    if (!searching) inbox.look(from, to);
  }, [inbox, searching, from, to, first, rows.length]);
  // Follows the selection when the agent moves it, not when rows move under it.
  useEffect(() => {
    if (place >= 0) virtual.scrollToIndex(place, { align: 'auto' });
  }, [selected]); // oxlint-disable-line react-hooks/exhaustive-deps
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
    onHeld: (n) => {
      if (scroller.current && !searching) setAbove((before) => before + n);
    },
  });

  async function moveTo(index: number): Promise<void> {
    const wanted = Math.min(total - 1, Math.max(0, index));
    const id = searching ? (rows[wanted]?.id ?? null) : await inbox.rowAt(wanted);
    if (id !== null) navigation.goToTicket(id);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.shiftKey || event.ctrlKey || event.metaKey) return;
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 8,
      PageUp: -8,
      Home: -total,
      End: total,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = searching || Math.abs(step) > 1 ? null : inbox.neighbour(step > 0 ? 1 : -1);
    if (next !== null) navigation.goToTicket(next);
    else void moveTo((searching ? at : inbox.place()) + step);
  }
  /**
   * When the button goes down, not when it comes up: that is a tenth of a second that nobody need
   * wait.
   */
  function onPress(event: MouseEvent): void {
    if (event.button === 0) choose(event);
  }
  function onClick(event: MouseEvent): void {
    // Of what no button was pressed for, such as a screen reader's click.
    if (event.detail === 0) choose(event);
  }
  /** Where the pointer comes to rest it is pressed next more often than not. */
  function onHover(event: MouseEvent): void {
    clearTimeout(resting.current);
    const id = ticketUnder(event);
    if (id !== undefined)
      resting.current = setTimeout(() => {
        thread.prepare([id]);
      }, restMs);
  }
  function choose(event: MouseEvent): void {
    const id = ticketUnder(event);
    if (id === undefined) return;
    if (event.shiftKey) {
      selection.extendTo(id, rows);
      return;
    }
    if (event.ctrlKey || event.metaKey) {
      selection.toggle(id);
      return;
    }
    selection.clear();
    navigation.openTicket(id);
  }
  function onScroll(): void {
    const top = scroller.current?.scrollTop ?? 0;
    if (!searching) inbox.scrolled(top);
    if (top === 0 && above > 0) setAbove(0);
  }

  return (
    <>
      <div
        ref={scroller}
        className="rows"
        role="listbox"
        id="tickets"
        aria-label={texts.tickets}
        aria-multiselectable="true"
        tabIndex={0}
        onKeyDown={onKeyDown}
        onScroll={onScroll}
        aria-activedescendant={
          place >= from && place <= to && place >= 0 ? `ticket-${selected}` : undefined
        }
      >
        <div
          style={{ height: virtual.getTotalSize(), position: 'relative' }}
          role="presentation"
          onMouseOver={onHover}
          onMouseDown={onPress}
          onClick={onClick}
        >
          {items.map((item) => {
            const row = rows[item.index - first];
            if (!row)
              return (
                <div
                  key={item.key}
                  className="row-slot"
                  style={{ transform: `translateY(${item.start}px)`, height: rowHeight }}
                  aria-hidden="true"
                >
                  <div className="row row-blank">
                    <i />
                    <i />
                  </div>
                </div>
              );
            return (
              <Option
                key={item.key}
                row={row}
                at={item.index}
                of={total}
                top={item.start}
                height={rowHeight}
                selected={row.id === selected}
                picked={picking && isPicked(picked, row.id)}
                picking={picking}
                now={now}
                me={me}
                hit={found?.get(row.id) ?? null}
                onPick={selection.toggle}
                here={here[row.id] ?? nobody}
                members={members}
              />
            );
          })}
        </div>
      </div>
      {above > 0 && (
        <button
          type="button"
          className="new-above"
          onClick={() => {
            scroller.current?.scrollTo({ top: 0 });
            scroller.current?.focus();
          }}
        >
          <ArrowUp size={13} aria-hidden="true" /> {texts.list.newAbove(formatCount(above))}
        </button>
      )}
    </>
  );
}

function ticketUnder({ target }: MouseEvent): string | undefined {
  return target instanceof Element
    ? target.closest<HTMLElement>('[data-ticket]')?.dataset['ticket']
    : undefined;
}

interface OptionProps {
  row: Row;
  at: number;
  of: number;
  /** Pixels. */
  top: number;
  height: number;
  selected: boolean;
  picked: boolean;
  picking: boolean;
  now: number;
  me: string | null;
  hit: SearchHit | null;
  onPick: (ticketId: string) => void;
  here: readonly Here[];
  members: readonly StaffMember[];
}

/**
 * A row in its place. Drawn again only where something of it has changed: a step through the list
 * changes two.
 */
const Option = memo(function Option({ row, at, of, top, height, members, ...shown }: OptionProps) {
  const { selected, picked, picking, now, here } = shown;
  const isLikeColleague = usePassesForColleague(row.requester);
  const requester = isLikeColleague ? texts.customerNamed(row.requester) : row.requester;
  return (
    <div
      id={`ticket-${row.id}`}
      data-ticket={row.id}
      role="option"
      aria-selected={picking ? picked : selected}
      aria-current={selected ? 'true' : undefined}
      aria-label={rowLabel({ ...row, requester }, now, presenceLabel(here, members))}
      aria-setsize={of}
      aria-posinset={at + 1}
      className="row-slot"
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <TicketRow row={row} {...shown} />
    </div>
  );
});
