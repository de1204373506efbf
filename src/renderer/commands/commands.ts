import type { Stores } from '../stores/desk.ts';
import { neighbourOf, openTicket } from '../stores/desk.ts';
import type { Command } from './command.ts';

/** Every command of the window. */
export const commands: readonly Command[] = [
  { id: 'next', scope: 'tickets', key: 'J', run: (stores) => { go(stores, 1); } },
  { id: 'previous', scope: 'tickets', key: 'K', run: (stores) => { go(stores, -1); } },
  { id: 'read', scope: 'tickets', key: 'Enter', available: hasTicket, run: () => { document.querySelector<HTMLElement>('[role=log]')?.focus(); } },
  { id: 'reply', scope: 'tickets', key: 'R', available: hasTicket, run: (stores) => { write(stores, 'reply'); } },
  { id: 'note', scope: 'tickets', key: 'N', available: hasTicket, run: (stores) => { write(stores, 'note'); } },
  { id: 'close', scope: 'tickets', key: 'E', available: hasTicket, run: closeAndNext },
  { id: 'assignToMe', scope: 'tickets', key: 'I', available: hasTicket, run: assignToMe },
  { id: 'undo', scope: 'everywhere', key: 'Z', run: (stores) => { void stores.undo.last(); } },
  { id: 'search', scope: 'everywhere', key: '/', run: (stores) => { stores.outbox.hide(); document.querySelector<HTMLElement>('input[type=search]')?.focus(); } },
];

function hasTicket({ thread }: Stores): boolean {
  return thread.state.getState().ticketId !== null;
}

function go(stores: Stores, step: 1 | -1): void {
  const next = neighbourOf(stores, step);
  if (next !== null) openTicket(stores, next);
}

function write(stores: Stores, kind: 'reply' | 'note'): void {
  const { ticketId } = stores.thread.state.getState();
  if (ticketId === null || (kind === 'note' && stores.session.state.getState().sync?.abilities.notes === false)) return;
  stores.composer.setKind(ticketId, kind);
  // After the field of that kind is drawn.
  requestAnimationFrame(() => document.getElementById('message')?.focus());
}

function closeAndNext(stores: Stores): void {
  const next = neighbourOf(stores, 1);
  void stores.thread.close().then(() => { if (next !== null) openTicket(stores, next); });
}

function assignToMe({ session, thread }: Stores): void {
  const me = session.state.getState().session?.account?.id;
  if (me) void thread.change({ assignee_id: me });
}
