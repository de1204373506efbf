import type { Picker } from '../panels.ts';
import { goToTicket, neighbour, type Stores } from '../stores.ts';
import { texts } from '../texts.ts';
import { copyText } from '../kit/copy.ts';
import type { Command } from './command.ts';
import { allowed, hasTarget, hasTicket, openTicketOf } from './open-ticket.ts';

const asleep = (stores: Stores): boolean => openTicketOf(stores)?.snooze?.state === 'asleep';
const closed = (stores: Stores): boolean => openTicketOf(stores)?.status === 'closed';

/** What is done to a ticket. */
export const ticketCommands: readonly Command[] = [
  {
    id: 'assign',
    group: 'ticket',
    scope: 'tickets',
    key: 'A',
    available: hasTarget,
    run: (stores) => {
      if (allowed(stores, 'assignment')) pick(stores, 'assignee');
    },
  },
  {
    id: 'assignToMe',
    group: 'ticket',
    scope: 'tickets',
    key: 'I',
    available: hasTarget,
    run: assignToMe,
  },
  {
    id: 'snooze',
    group: 'ticket',
    scope: 'tickets',
    key: 'S',
    available: hasTarget,
    run: (stores) => {
      pick(stores, 'snooze');
    },
  },
  {
    id: 'unsnooze',
    group: 'ticket',
    scope: 'tickets',
    key: 'Shift+S',
    available: asleep,
    run: (stores) => {
      void stores.actions.apply(stores.actions.targets(), { change: { snoozed_until: null } });
    },
  },
  {
    id: 'priority',
    group: 'ticket',
    scope: 'tickets',
    key: 'P',
    available: hasTarget,
    run: (stores) => {
      if (allowed(stores, 'changes')) pick(stores, 'priority');
    },
  },
  {
    id: 'tag',
    group: 'ticket',
    scope: 'tickets',
    key: 'L',
    available: hasTarget,
    run: (stores) => {
      if (allowed(stores, 'changes')) pick(stores, 'tags');
    },
  },
  {
    id: 'status',
    group: 'ticket',
    scope: 'tickets',
    key: 'Shift+P',
    available: hasTarget,
    run: (stores) => {
      if (allowed(stores, 'changes')) pick(stores, 'status');
    },
  },
  {
    id: 'category',
    group: 'ticket',
    scope: 'tickets',
    key: 'Shift+C',
    available: hasTarget,
    run: (stores) => {
      if (allowed(stores, 'changes')) pick(stores, 'category');
    },
  },
  // Not the first one, which an Enter too many in the palette would run.
  {
    id: 'close',
    group: 'ticket',
    scope: 'tickets',
    key: 'E',
    available: hasTarget,
    run: closeAndNext,
  },
  {
    id: 'reopen',
    group: 'ticket',
    scope: 'tickets',
    key: 'Shift+E',
    available: closed,
    run: (stores) => {
      if (allowed(stores, 'reopen')) void stores.thread.reopen();
    },
  },
  {
    id: 'copyLink',
    group: 'ticket',
    scope: 'tickets',
    key: null,
    available: hasTicket,
    run: (stores) => {
      copy(stores, `staffdesk://ticket/${stores.actions.targets()[0] ?? ''}`);
    },
  },
  {
    id: 'copySubject',
    group: 'ticket',
    scope: 'tickets',
    key: null,
    available: (stores) => openTicketOf(stores) !== null,
    run: (stores) => {
      copy(stores, openTicketOf(stores)?.subject ?? '');
    },
  },
  {
    id: 'reply',
    group: 'write',
    scope: 'tickets',
    key: 'R',
    available: hasTicket,
    run: (stores) => {
      write(stores, 'reply');
    },
  },
  {
    id: 'note',
    group: 'write',
    scope: 'tickets',
    key: 'N',
    available: hasTicket,
    run: (stores) => {
      if (allowed(stores, 'notes')) write(stores, 'note');
    },
  },
];

function pick(stores: Stores, picker: Picker): void {
  stores.panels.open({ kind: 'picker', picker, targets: stores.actions.targets() });
}

function write(stores: Stores, kind: 'reply' | 'note'): void {
  const { ticketId } = stores.thread.state.getState();
  if (ticketId === null) return;
  stores.panels.showPane('ticket');
  stores.composer.setKind(ticketId, kind);
  stores.composer.showCaret(ticketId, kind);
}

function closeAndNext(stores: Stores): void {
  if (stores.bulks.apply({ kind: 'close' })) return;
  const next = neighbour(stores, 1);
  // Not after its answer: the next ticket is what the agent waits for.
  void stores.thread.close();
  if (next !== null) goToTicket(stores, next);
}

function assignToMe(stores: Stores): void {
  const me = stores.session.state.getState().session?.account?.id;
  if (me !== undefined && allowed(stores, 'assignment'))
    void stores.actions.apply(stores.actions.targets(), { change: { assignee_id: me } });
}

function copy({ toasts }: Stores, text: string): void {
  const done = copyText(text);
  toasts.show(
    done
      ? { kind: 'info', title: texts.copied, body: text }
      : { kind: 'error', ...texts.notCopied },
  );
}
