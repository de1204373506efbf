import type { Session } from '../areas/session/session-store.ts';
import type { ThreadStore } from '../areas/tickets/thread/thread.ts';
import type { Actions } from '../areas/triage/actions.ts';
import type { Bulks } from '../areas/triage/bulks.ts';
import type { Selection } from '../areas/triage/selection.ts';
import { copyText } from '../kit/copy.ts';
import type { Panels, Picker } from '../panels.ts';
import { texts } from '../texts.ts';
import type { Toasts } from '../toasts.ts';
import type { Command, CommandId } from './command.ts';
import { hasTarget, hasTicket, openTicketOf, type Allowed } from './open-ticket.ts';
import type { TicketChoices } from './ticket-choices.ts';

interface DecisionParts {
  actions: Actions;
  selection: Selection;
  panels: Panels;
  session: Session;
  thread: ThreadStore;
  bulks: Bulks;
  allowed: Allowed;
  choices: TicketChoices;
}

/** Commands that decide something about a ticket, or about each one of the selection. */
export function decisionCommands(parts: DecisionParts): Command[] {
  const { actions, selection, session, thread, bulks, allowed } = parts;
  return [
    pickCommand({ id: 'assign', key: 'A', picker: 'assignee', needs: 'assignment' }, parts),
    {
      id: 'assignToMe',
      group: 'ticket',
      scope: 'tickets',
      key: 'I',
      available: () => hasTarget(actions, selection),
      run: () => {
        const me = session.state.getState().session?.account?.id;
        if (me !== undefined && allowed('assignment'))
          void actions.apply(actions.targets(), { change: { assignee_id: me } });
      },
    },
    pickCommand({ id: 'snooze', key: 'S', picker: 'snooze', needs: null }, parts),
    {
      id: 'unsnooze',
      group: 'ticket',
      scope: 'tickets',
      key: 'Shift+S',
      available: () => openTicketOf(thread)?.snooze?.state === 'asleep',
      run: () => {
        void actions.apply(actions.targets(), { change: { snoozed_until: null } });
      },
    },
    pickCommand({ id: 'priority', key: 'P', picker: 'priority', needs: 'changes' }, parts),
    pickCommand({ id: 'tag', key: 'L', picker: 'tags', needs: 'changes' }, parts),
    pickCommand({ id: 'status', key: 'Shift+P', picker: 'status', needs: 'changes' }, parts),
    pickCommand({ id: 'category', key: 'Shift+C', picker: 'category', needs: 'changes' }, parts),
    {
      id: 'markUnread',
      group: 'ticket',
      scope: 'tickets',
      key: 'U',
      available: () => hasTarget(actions, selection),
      run: () => {
        if (!bulks.apply({ kind: 'unread' })) void thread.markUnread();
      },
    },
  ];
}

/** A command that asks for a choice; `needs`: an ability of the server. */
interface Asking {
  id: CommandId;
  key: string;
  picker: Picker;
  needs: 'assignment' | 'changes' | null;
}

interface PickParts {
  actions: Actions;
  selection: Selection;
  panels: Panels;
  allowed: Allowed;
  choices: TicketChoices;
}

function pickCommand({ id, key, picker, needs }: Asking, parts: PickParts): Command {
  const { actions, selection, panels, allowed, choices } = parts;
  return {
    id,
    group: 'ticket',
    scope: 'tickets',
    key,
    available: () => hasTarget(actions, selection),
    choices: choices[picker],
    run: () => {
      if (needs === null || allowed(needs))
        panels.open({ kind: 'picker', picker, targets: actions.targets() });
    },
  };
}

interface ClosingParts {
  actions: Actions;
  selection: Selection;
  bulks: Bulks;
  thread: ThreadStore;
  allowed: Allowed;
}

export function closingCommands(parts: ClosingParts): Command[] {
  const { actions, selection, bulks, thread, allowed } = parts;
  return [
    // Not the first one, which an Enter too many in the palette would run.
    {
      id: 'close',
      group: 'ticket',
      scope: 'tickets',
      key: 'E',
      available: () => hasTarget(actions, selection),
      run: () => {
        if (!bulks.apply({ kind: 'close' })) void thread.close(true);
      },
    },
    {
      id: 'reopen',
      group: 'ticket',
      scope: 'tickets',
      key: 'Shift+E',
      available: () => openTicketOf(thread)?.status === 'closed',
      run: () => {
        if (allowed('reopen')) void thread.reopen();
      },
    },
  ];
}

interface CopyParts {
  actions: Actions;
  thread: ThreadStore;
  toasts: Toasts;
}

export function copyCommands({ actions, thread, toasts }: CopyParts): Command[] {
  return [
    {
      id: 'copyTicket',
      group: 'ticket',
      scope: 'tickets',
      key: '.',
      available: () => openTicketOf(thread) !== null,
      run: () => {
        const ticket = openTicketOf(thread);
        if (ticket) copy(`${ticket.subject}\n${linkTo(ticket.id)}`, toasts, ticket.subject);
      },
    },
    {
      id: 'copyLink',
      group: 'ticket',
      scope: 'tickets',
      key: null,
      available: () => hasTicket(actions),
      run: () => {
        copy(linkTo(actions.targets()[0] ?? ''), toasts);
      },
    },
    {
      id: 'copySubject',
      group: 'ticket',
      scope: 'tickets',
      key: null,
      available: () => openTicketOf(thread) !== null,
      run: () => {
        copy(openTicketOf(thread)?.subject ?? '', toasts);
      },
    },
  ];
}

const linkTo = (ticketId: string): string => `staffdesk://ticket/${ticketId}`;

export function copy(text: string, toasts: Toasts, said = text): void {
  toasts.show(
    copyText(text)
      ? { kind: 'info', title: texts.copied, body: said }
      : { kind: 'error', ...texts.notCopied },
  );
}
