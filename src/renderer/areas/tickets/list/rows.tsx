import { ArrowUp } from 'lucide-react';
import { memo, useMemo } from 'react';
import type { SearchHit, TicketRow as Row, ViewId } from '../../../../contract/bridge.ts';
import type { StaffMember } from '../../../../contract/wire/entities.ts';
import { formatCount } from '../../../kit/format.ts';
import { useNow } from '../../../kit/use-now.ts';
import { usePart, usePassesForColleague, useStoreOf } from '../../../stores-context.tsx';
import { texts } from '../../../texts.ts';
import type { Here } from '../../presence/presence-store.ts';
import { presenceLabel } from '../../presence/row-presence.tsx';
import { isPicked, isPicking } from '../../triage/selection.ts';
import { Leaving, leavingAbove, risingBy, useLeaving } from './leaving.tsx';
import { numberOf, withLeft } from './left-rows.ts';
import type { LeftRow } from './list-state.ts';
import { RowMenu, RowMenuButton } from './row-menu.tsx';
import { useRowMenu } from './use-row-menu.ts';
import { rowLabel, TicketRow } from './ticket-row.tsx';
import { useListKeys, usePointer } from './use-row-actions.ts';
import { useNewAbove, useRowWindow } from './use-row-window.ts';

const nobody: readonly Here[] = [];

interface Props {
  /** The loaded rows, from number `first` on. */
  rows: Row[];
  first: number;
  total: number;
  left: LeftRow | null;
  leaving: readonly LeftRow[];
  /** Search hits by ticket; null in a view. */
  found: Map<string, SearchHit> | null;
}

/** The rows of a list of any length, of which only those in sight are drawn. */
export function Rows({ left, leaving, found, ...listed }: Props) {
  const searching = found !== null;
  const staying = useRenewed(left);
  const shown = { ...withLeft(listed, staying), left: staying, searching };
  const { scroller, items, height, rowHeight, selected, active } = useRowWindow(shown);
  const { above, onScroll } = useNewAbove({ ...shown, scroller, rowHeight, selected });
  const onKeyDown = useListKeys();
  const menu = useRowMenu(shown.rows, selected);
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
        onKeyDown={(event) => {
          if (!menu.onKeyDown(event)) onKeyDown(event);
        }}
        onContextMenu={menu.onContextMenu}
        onScroll={onScroll}
        aria-activedescendant={active === null ? undefined : `ticket-${active}`}
      >
        <Drawn {...{ ...shown, leaving, found, items, height, rowHeight, selected }} />
      </div>
      <RowMenuButton
        {...{ menu, rowHeight, selected, scroller, rows: shown.rows, first: shown.first }}
      />
      <RowMenu {...{ menu, scroller }} />
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

/** The row that stays, as its ticket is now: the list has no news of it, the open ticket does. */
function useRenewed(left: LeftRow | null): LeftRow | null {
  const ticket = useStoreOf(
    (s) => s.thread,
    (state) =>
      left !== null && state.thread?.ticket.id === left.row.id ? state.thread.ticket : null,
  );
  return useMemo(
    () => (left === null || ticket === null ? left : { ...left, row: ticket }),
    [left, ticket],
  );
}

/** The rows that are drawn, each in its place of the list's full height. */
function Drawn(props: Props & Drawing) {
  const { rows, first, total, left, leaving, found, items, height, rowHeight, selected } = props;
  const pointer = usePointer(rows.filter(({ id }) => id !== left?.row.id));
  const shown = useShown();
  const moving = useLeaving(leaving);
  const view = useStoreOf(
    (s) => s.inbox,
    (state) => state.view,
  );
  return (
    <div style={{ height, position: 'relative' }} role="presentation" {...pointer}>
      {items.map((item) => {
        const row = rows[item.index - first];
        if (!row) return <Blank key={item.key} top={item.start} height={rowHeight} />;
        const listedAs = numberOf(item.index, left);
        return (
          <Option
            key={item.key}
            row={row}
            isLeft={listedAs === null}
            at={listedAs}
            of={left === null ? total : total - 1}
            top={item.start}
            height={rowHeight}
            rise={rowHeight * leavingAbove(moving, listedAs ?? item.index)}
            selected={row.id === selected}
            hit={found?.get(row.id) ?? null}
            view={found === null ? view : null}
            {...shown(row.id)}
          />
        );
      })}
      <Leaving rows={moving} left={left} height={rowHeight} view={view} />
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
  /** Its ticket has left the view. */
  isLeft: boolean;
  /** Its number in the view; null where it is not in it. */
  at: number | null;
  of: number;
  /** Pixels. */
  top: number;
  height: number;
  /** The distance (px) that it stood lower before the rows above it left. */
  rise: number;
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
const Option = memo(function Option(props: OptionProps) {
  const { row, isLeft, at, of, top, height, rise, members, ...shown } = props;
  const { selected, picked, picking, now, here } = shown;
  const isLikeColleague = usePassesForColleague(row.requester);
  const requester = isLikeColleague ? texts.customerNamed(row.requester) : row.requester;
  const label = rowLabel({ ...row, requester }, now, presenceLabel(here, members));
  return (
    <div
      id={`ticket-${row.id}`}
      data-ticket={row.id}
      role="option"
      aria-selected={picking ? picked : selected}
      aria-current={selected ? 'true' : undefined}
      aria-label={isLeft ? texts.list.left(label) : label}
      aria-setsize={at === null ? undefined : of}
      aria-posinset={at === null ? undefined : at + 1}
      className={slotClass(isLeft, rise)}
      style={{ transform: `translateY(${top}px)`, height, ...risingBy(rise) }}
    >
      <TicketRow row={row} {...shown} />
    </div>
  );
});

function slotClass(isLeft: boolean, rise: number): string {
  return ['row-slot', isLeft ? 'left' : '', rise > 0 ? 'rising' : ''].filter(Boolean).join(' ');
}
