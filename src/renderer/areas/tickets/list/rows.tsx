import { ArrowUp } from 'lucide-react';
import { memo } from 'react';
import type { SearchHit, TicketRow as Row, ViewId } from '../../../../contract/bridge.ts';
import type { StaffMember } from '../../../../contract/wire/entities.ts';
import { formatCount } from '../../../kit/format.ts';
import { useNow } from '../../../kit/use-now.ts';
import { usePart, usePassesForColleague, useStoreOf } from '../../../stores-context.tsx';
import { texts } from '../../../texts.ts';
import type { Here } from '../../presence/presence-store.ts';
import { presenceLabel } from '../../presence/row-presence.tsx';
import { isPicked, isPicking } from '../../triage/selection.ts';
import { rowLabel, TicketRow } from './ticket-row.tsx';
import { useListKeys, usePointer } from './use-row-actions.ts';
import { useNewAbove, useRowWindow } from './use-row-window.ts';

const nobody: readonly Here[] = [];

interface Props {
  /** The loaded rows, from number `first` on. */
  rows: Row[];
  first: number;
  total: number;
  /** Search hits by ticket; null in a view. */
  found: Map<string, SearchHit> | null;
}

/** The rows of a list of any length, of which only those in sight are drawn. */
export function Rows({ rows, first, total, found }: Props) {
  const listed = { rows, first, total, searching: found !== null };
  const { scroller, items, height, rowHeight, selected, at, active } = useRowWindow(listed);
  const { above, onScroll } = useNewAbove({ ...listed, scroller, rowHeight, selected });
  const onKeyDown = useListKeys({ ...listed, at });
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
        aria-activedescendant={active === null ? undefined : `ticket-${active}`}
      >
        <Drawn {...{ rows, first, total, found, items, height, rowHeight, selected }} />
      </div>
      {above > 0 && (
        <NewAbove
          count={above}
          onShow={() => {
            scroller.current?.scrollTo({ top: 0 });
            scroller.current?.focus();
          }}
        />
      )}
    </>
  );
}

type Drawing = Pick<ReturnType<typeof useRowWindow>, 'items' | 'height' | 'rowHeight' | 'selected'>;

/** The rows that are drawn, each in its place of the list's full height. */
function Drawn(props: Props & Drawing) {
  const { rows, first, total, found, items, height, rowHeight, selected } = props;
  const pointer = usePointer(rows);
  const shown = useShown();
  const view = useStoreOf(
    (s) => s.inbox,
    (state) => state.view,
  );
  return (
    <div style={{ height, position: 'relative' }} role="presentation" {...pointer}>
      {items.map((item) => {
        const row = rows[item.index - first];
        if (!row) return <Blank key={item.key} top={item.start} height={rowHeight} />;
        return (
          <Option
            key={item.key}
            row={row}
            at={item.index}
            of={total}
            top={item.start}
            height={rowHeight}
            selected={row.id === selected}
            hit={found?.get(row.id) ?? null}
            view={found === null ? view : null}
            {...shown(row.id)}
          />
        );
      })}
    </div>
  );
}

type Shown = Pick<OptionProps, 'picked' | 'picking' | 'now' | 'onPick' | 'here' | 'members'>;

/** Returns what a row shows besides its ticket: selection, presence and time. */
function useShown(): (ticketId: string) => Shown {
  const selection = usePart((s) => s.selection);
  const selected = useStoreOf(
    (s) => s.selection,
    (state) => state,
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
  const picking = isPicking(selected);
  return (ticketId) => ({
    picked: picking && isPicked(selected, ticketId),
    picking,
    now,
    onPick: selection.toggle,
    here: here[ticketId] ?? nobody,
    members,
  });
}

/** A row that is not loaded yet. */
function Blank({ top, height }: { top: number; height: number }) {
  return (
    <div
      className="row-slot"
      style={{ transform: `translateY(${top}px)`, height }}
      aria-hidden="true"
    >
      <div className="row row-blank">
        <i />
        <i />
      </div>
    </div>
  );
}

function NewAbove({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <button type="button" className="new-above" onClick={onShow}>
      <ArrowUp size={13} aria-hidden="true" /> {texts.list.newAbove(formatCount(count))}
    </button>
  );
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
  view: ViewId | null;
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
