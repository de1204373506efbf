import { CSPProvider } from '@base-ui/react/csp-provider';
import { Menu } from '@base-ui/react/menu';
import { Ellipsis } from 'lucide-react';
import { Fragment, type ReactElement, type RefObject } from 'react';
import type { TicketRow } from '../../../../contract/bridge.ts';
import { CommandKey } from '../../../keys/key.tsx';
import type { RowAction } from '../../../keys/row-actions.ts';
import { usePart, useStoreOf } from '../../../stores-context.tsx';
import { texts } from '../../../texts.ts';
import { formatCount } from '../../../kit/format.ts';
import { focusTickets } from '../../../panes.ts';
import { countPicked, isPicked, isPicking } from '../../triage/selection.ts';
import { usePointed, type RowMenu as State } from './use-row-menu.ts';

interface ButtonProps {
  menu: State;
  rows: readonly TicketRow[];
  first: number;
  rowHeight: number;
  selected: string | null;
  scroller: RefObject<HTMLDivElement | null>;
}

/** The button at the end of the row that the pointer is on, else of the selected one. */
export function RowMenuButton(props: ButtonProps) {
  const { menu, rows, first, rowHeight, selected, scroller } = props;
  const { pointed, scrollTop } = usePointed(scroller);
  const { opened } = menu;
  const at = rows.findIndex(({ id }) => id === (opened?.row.id ?? pointed ?? selected));
  const row = rows[at];
  const top = (first + at) * rowHeight - scrollTop;
  if (!row || top < 0) return null;
  return (
    <button
      type="button"
      className="row-actions"
      aria-haspopup="menu"
      aria-expanded={opened !== null}
      aria-label={texts.list.actions(row.requester)}
      style={{ top, height: rowHeight }}
      onClick={({ currentTarget }) => {
        menu.open(row.id, currentTarget.getBoundingClientRect());
      }}
    >
      <Ellipsis size={15} aria-hidden="true" />
    </button>
  );
}

interface MenuProps {
  menu: State;
  scroller: RefObject<HTMLDivElement | null>;
}

/** The menu of a row: by a right click, by its key, or by the button at the row's end. */
export function RowMenu({ menu, scroller }: MenuProps) {
  const { opened, close } = menu;
  if (opened === null) return null;
  return (
    // The window's CSP refuses <style> elements.
    <CSPProvider disableStyleElements>
      <Menu.Root
        open
        modal={false}
        onOpenChange={(isOpen) => {
          if (isOpen) return;
          close();
          focusTickets();
        }}
      >
        {/* In the pane of the list, which screen readers know by its name. */}
        <Menu.Portal container={scroller.current?.closest<HTMLElement>('.list') ?? undefined}>
          <Menu.Positioner
            className="row-menu-place"
            positionMethod="fixed"
            anchor={{ getBoundingClientRect: () => opened.at }}
            side="bottom"
            align="start"
            collisionPadding={8}
          >
            <Popup row={opened.row} />
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </CSPProvider>
  );
}

function Popup({ row }: { row: TicketRow }): ReactElement {
  const rowActions = usePart((s) => s.rowActions);
  return (
    <Menu.Popup
      className="row-menu"
      aria-label={texts.list.actions(row.requester)}
      finalFocus={false}
    >
      <Scope row={row} />
      {rowActions(row).map((action) => (
        <Fragment key={action.id}>
          {action.begins && <Menu.Separator className="row-menu-line" />}
          <Item action={action} />
        </Fragment>
      ))}
    </Menu.Popup>
  );
}

/** Says that all of a selection is meant, where the row is part of one. */
function Scope({ row }: { row: TicketRow }) {
  const selected = useStoreOf(
    (s) => s.selection,
    (state) => state,
  );
  const total = useStoreOf(
    (s) => s.inbox,
    (state) => state.total,
  );
  if (!isPicking(selected) || !isPicked(selected, row.id)) return null;
  const count = formatCount(countPicked(selected, total));
  return <p className="menu-heading">{texts.selection.selected(count)}</p>;
}

function Item({ action }: { action: RowAction }) {
  return (
    <Menu.Item
      className="row-menu-item"
      onClick={() => {
        // Before a dialog opens, which gives the focus back to where it was.
        focusTickets();
        action.run();
      }}
    >
      <span dir="auto">{action.label}</span>
      {action.command && <CommandKey id={action.command} />}
    </Menu.Item>
  );
}
