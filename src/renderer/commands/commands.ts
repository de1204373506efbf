import type { Stores } from '../stores/desk.ts';
import { openTicket } from '../stores/desk.ts';
import type { SendFinish } from '../../contract/bridge.ts';
import { beginChoosing } from '../stores/macros.ts';
import { canSend, sendOpen } from '../stores/sending.ts';
import { isTyping } from '../ui/keys.ts';
import type { Command } from './command.ts';

/** Every command of the window. */
export const commands: readonly Command[] = [
  { id: 'next', scope: 'tickets', key: 'J', run: (stores) => { go(stores, 1); } },
  { id: 'previous', scope: 'tickets', key: 'K', run: (stores) => { go(stores, -1); } },
  { id: 'read', scope: 'tickets', key: 'Enter', available: hasTicket, run: () => { document.querySelector<HTMLElement>('[role=log]')?.focus(); } },
  { id: 'reply', scope: 'tickets', key: 'R', available: hasTicket, run: (stores) => { write(stores, 'reply'); } },
  { id: 'note', scope: 'tickets', key: 'N', available: hasTicket, run: (stores) => { write(stores, 'note'); } },
  { id: 'close', scope: 'tickets', key: 'E', available: hasTarget, run: closeAndNext },
  { id: 'assignToMe', scope: 'tickets', key: 'I', available: hasTarget, run: assignToMe },
  { id: 'select', scope: 'tickets', key: 'X', available: hasTicket, run: ({ selection, inbox }) => { const { selected } = inbox.state.getState(); if (selected !== null) selection.toggle(selected); } },
  { id: 'extendNext', scope: 'tickets', key: 'Shift+J', available: hasTicket, run: (stores) => { extend(stores, 1); } },
  { id: 'extendPrevious', scope: 'tickets', key: 'Shift+K', available: hasTicket, run: (stores) => { extend(stores, -1); } },
  { id: 'selectAll', scope: 'tickets', key: 'Mod+A', available: () => !isTyping(document.activeElement), run: ({ selection, inbox, search }) => { selection.pickLoaded(search.state.getState().query.trim() === '' ? inbox.state.getState().rows : search.state.getState().hits.map((hit) => hit.row)); } },
  { id: 'clearSelection', scope: 'tickets', key: 'Escape', available: ({ selection }) => selection.count() > 0, run: ({ selection }) => { selection.clear(); } },
  { id: 'undo', scope: 'everywhere', key: 'Z', run: (stores) => { void stores.undo.last(); } },
  { id: 'search', scope: 'everywhere', key: '/', run: (stores) => { stores.outbox.hide(); document.querySelector<HTMLElement>('input[type=search]')?.focus(); } },
  { id: 'send', scope: 'tickets', key: 'Mod+Enter', available: (stores) => canSend(stores) && !isWritingElsewhere(), run: (stores) => { sendAndStay(stores, null); } },
  { id: 'replyAndClose', scope: 'tickets', key: 'Mod+Shift+Enter', available: (stores) => canReply(stores), run: (stores) => { sendAndStay(stores, 'close'); } },
  { id: 'replyAndWait', scope: 'tickets', key: null, available: (stores) => canReply(stores) && stores.session.state.getState().sync?.abilities.changes !== false, run: (stores) => { sendAndStay(stores, 'wait'); } },
  { id: 'insertMacro', scope: 'tickets', key: 'Mod+/', available: canInsertMacro, run: (stores) => { beginChoosing(stores, '/'); } },
];

function hasTicket({ thread }: Stores): boolean {
  return thread.state.getState().ticketId !== null;
}

function hasTarget(stores: Stores): boolean {
  return hasTicket(stores) || stores.selection.count() > 0;
}

/** Picks the ticket that the agent is at, goes on by one and picks that too. */
function extend(stores: Stores, step: 1 | -1): void {
  const { selected } = stores.inbox.state.getState();
  const next = stores.inbox.neighbour(step);
  stores.selection.add([selected, next].filter((id) => id !== null));
  if (next !== null) openTicket(stores, next);
}

function go(stores: Stores, step: 1 | -1): void {
  const next = stores.inbox.neighbour(step);
  if (next !== null) openTicket(stores, next);
}

function write(stores: Stores, kind: 'reply' | 'note'): void {
  const { ticketId } = stores.thread.state.getState();
  if (ticketId === null || (kind === 'note' && stores.session.state.getState().sync?.abilities.notes === false)) return;
  stores.composer.setKind(ticketId, kind);
  stores.composer.showCaret(ticketId, kind);
}

function closeAndNext(stores: Stores): void {
  if (stores.bulks.apply({ kind: 'close' })) return;
  const next = stores.inbox.neighbour(1);
  void stores.thread.close().then(() => { if (next !== null) openTicket(stores, next); });
}

function assignToMe({ session, thread, bulks }: Stores): void {
  const me = session.state.getState().session?.account?.id;
  if (me && bulks.apply({ kind: 'change', change: { assignee_id: me } })) return;
  if (me) void thread.change({ assignee_id: me });
}

/** Sends what is written; the focus stays in the composer, or goes to the list where that has gone. */
export function sendAndStay(stores: Stores, finish: SendFinish | null): void {
  void sendOpen(stores, finish).then((sent) => {
    if (sent) requestAnimationFrame(() => { (finish === null ? (document.getElementById('message') ?? document.getElementById('tickets')) : document.getElementById('tickets'))?.focus(); });
  });
}

function canReply(stores: Stores): boolean {
  const { ticketId } = stores.thread.state.getState();
  return ticketId !== null && stores.composer.kind(ticketId) === 'reply' && canSend(stores) && !isWritingElsewhere();
}

function canInsertMacro({ thread, composer, session }: Stores): boolean {
  const ticket = thread.state.getState().thread?.ticket;
  return ticket !== undefined && session.state.getState().sync?.abilities.macros !== false && !(ticket.status === 'closed' && composer.kind(ticket.id) === 'reply');
}

/** In another text field the key belongs to what is written there. The palette's own field is none. */
function isWritingElsewhere(): boolean {
  const { activeElement } = document;
  return isTyping(activeElement) && activeElement?.id !== 'message' && activeElement?.closest('dialog') === null;
}
