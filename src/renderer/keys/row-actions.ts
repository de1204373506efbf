import type { TicketRow } from '../../contract/bridge.ts';
import type { Session } from '../areas/session/session-store.ts';
import type { Actions } from '../areas/triage/actions.ts';
import type { Navigation } from '../navigation.ts';
import type { Panels, Picker } from '../panels.ts';
import { texts } from '../texts.ts';
import type { Toasts } from '../toasts.ts';
import type { Command, CommandId } from './command.ts';
import type { Allowed } from './open-ticket.ts';
import { copy } from './ticket-commands.ts';

/** An action in the menu of a row. */
export interface RowAction {
  id: string;
  /** The command that does it for the open ticket, whose key stands beside it; null: none does. */
  command: CommandId | null;
  label: string;
  /** Begins another group. */
  begins?: true;
  run: () => void;
}

/** The actions on the ticket of a row, open or not, or on the selection that it is part of. */
export type RowActions = (row: TicketRow) => RowAction[];

interface RowParts {
  actions: Actions;
  panels: Panels;
  navigation: Navigation;
  session: Session;
  toasts: Toasts;
  allowed: Allowed;
  commands: readonly Command[];
}

export function createRowActions(parts: RowParts): RowActions {
  const { actions, commands } = parts;
  return (row) => {
    const listed = rowActions(row, parts);
    if (!actions.means(row.id)) return listed;
    // The key would do just this.
    return listed.map((one) => {
      const command = commands.find(({ id }) => id === one.command);
      const isOfRow = one.id === 'read' || one.id === 'copyLink';
      if (isOfRow || !command || command.available?.() === false) return one;
      return { ...one, run: command.run };
    });
  };
}

function rowActions(row: TicketRow, parts: RowParts): RowAction[] {
  const { actions, navigation, session, toasts, allowed } = parts;
  const { id } = row;
  const me = session.state.getState().session?.account?.id ?? null;
  return [
    {
      id: 'read',
      command: 'read',
      label: texts.list.open,
      run: () => {
        navigation.openTicket(id);
      },
    },
    {
      id: 'assignToMe',
      command: 'assignToMe',
      label: texts.commands.assignToMe,
      begins: true,
      run: () => {
        if (allowed('assignment')) void actions.apply([id], { change: { assignee_id: me } });
      },
    },
    asking('assign', 'assignee', 'assignment', id, parts),
    asking('status', 'status', 'changes', id, parts),
    asking('priority', 'priority', 'changes', id, parts),
    asking('tag', 'tags', 'changes', id, parts),
    asking('category', 'category', 'changes', id, parts),
    asking('snooze', 'snooze', null, id, parts),
    ...(row.snooze?.state === 'asleep' ? [waking(id, actions)] : []),
    closing(row, parts),
    marking(row, actions),
    {
      id: 'copyLink',
      command: 'copyLink',
      label: texts.commands.copyLink,
      run: () => {
        copy(`staffdesk://ticket/${id}`, toasts);
      },
    },
  ];
}

/** `needs`: an ability of the server. */
function asking(
  command: CommandId,
  picker: Picker,
  needs: 'assignment' | 'changes' | null,
  id: string,
  { panels, allowed }: RowParts,
): RowAction {
  return {
    id: command,
    command,
    label: texts.commands[command],
    run: () => {
      if (needs === null || allowed(needs)) panels.open({ kind: 'picker', picker, targets: [id] });
    },
  };
}

function waking(id: string, actions: Actions): RowAction {
  return {
    id: 'unsnooze',
    command: 'unsnooze',
    label: texts.commands.unsnooze,
    run: () => {
      void actions.apply([id], { change: { snoozed_until: null } });
    },
  };
}

function closing({ id, status }: TicketRow, { actions, allowed }: RowParts): RowAction {
  return status === 'closed'
    ? {
        id: 'reopen',
        command: 'reopen',
        label: texts.commands.reopen,
        begins: true,
        run: () => {
          if (allowed('reopen')) void actions.reopen(id);
        },
      }
    : {
        id: 'close',
        command: 'close',
        label: texts.close,
        begins: true,
        run: () => {
          void actions.apply([id], { change: { status: 'closed' } });
        },
      };
}

function marking({ id, unread }: TicketRow, actions: Actions): RowAction {
  return {
    id: 'mark',
    // The key marks unread only.
    command: unread ? null : 'markUnread',
    label: unread ? texts.selection.read : texts.commands.markUnread,
    run: () => {
      void actions.mark(id, unread ? 'read' : 'unread');
    },
  };
}
