import type { Abilities, TicketDetail } from '../../contract/bridge.ts';
import type { Stores } from '../stores.ts';
import { focusTickets } from '../panes.ts';
import { texts } from '../texts.ts';

/** Whether there is a ticket that a command can mean. */
export function hasTicket({ actions }: Stores): boolean {
  return actions.targets().length > 0;
}

/** The open ticket, once its answer is here. */
export function openTicketOf({ thread }: Stores): TicketDetail | null {
  return thread.state.getState().thread?.ticket ?? null;
}

/** Puts the keyboard into the list, once it is drawn: another view brings another list. */
export function focusList(): void {
  requestAnimationFrame(focusTickets);
}

/** Whether the server can do it; if not, the agent is told why nothing happens. */
export function allowed(
  { session, toasts }: Stores,
  ability: 'notes' | 'changes' | 'assignment' | 'reopen',
): boolean {
  const abilities: Abilities | undefined = session.state.getState().sync?.abilities;
  if (abilities?.[ability] !== false) return true;
  toasts.show({ kind: 'info', title: texts.cannot[ability], body: '' });
  return false;
}

/** Whether there is something for a command to act on: the open ticket, or a selection. */
export function hasTarget(stores: Stores): boolean {
  return hasTicket(stores) || stores.selection.count() > 0;
}
