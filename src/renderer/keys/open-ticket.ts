import type { Abilities, TicketDetail } from '../../contract/bridge.ts';
import type { Session } from '../areas/session/session-store.ts';
import type { ThreadStore } from '../areas/tickets/thread/thread.ts';
import type { Actions } from '../areas/triage/actions.ts';
import type { Selection } from '../areas/triage/selection.ts';
import { focusTickets } from '../panes.ts';
import { texts } from '../texts.ts';
import type { Toasts } from '../toasts.ts';

/** Whether a command has a ticket to act on: a loaded one of the selection, or the open one. */
export function hasTicket(actions: Actions): boolean {
  return actions.targets().length > 0;
}

/** Whether there is something for a command to act on: the open ticket, or a selection. */
export function hasTarget(actions: Actions, selection: Selection): boolean {
  return hasTicket(actions) || selection.count() > 0;
}

/** The open ticket, once its answer is here. */
export function openTicketOf(thread: ThreadStore): TicketDetail | null {
  return thread.state.getState().thread?.ticket ?? null;
}

/** Puts the keyboard into the list, once it is drawn: another view brings another list. */
export function focusList(): void {
  requestAnimationFrame(focusTickets);
}

type Needed = 'notes' | 'changes' | 'assignment' | 'reopen';
/** Returns whether the server can do it; if not, tells the agent why nothing happens. */
export type Allowed = (ability: Needed) => boolean;

export function createAllowed(session: Session, toasts: Toasts): Allowed {
  return (ability) => {
    const abilities: Abilities | undefined = session.state.getState().sync?.abilities;
    if (abilities?.[ability] !== false) return true;
    toasts.show({ kind: 'info', title: texts.cannot[ability], body: '' });
    return false;
  };
}
