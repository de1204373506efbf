import type { SendFinish } from '../../contract/bridge.ts';
import { missingIn } from '../../core/macro.ts';
import { mentionsIn } from '../../core/mention.ts';
import { texts } from '../texts.ts';
import { openValues } from './macros.ts';
import type { Stores } from './desk.ts';
import { openTicket } from './desk.ts';

/**
 * Sends what is written in the open ticket. A variable without a value stops it, and is selected. With a finish the next
 * ticket is opened. Answers whether it was sent.
 */
export async function sendOpen(stores: Stores, finish: SendFinish | null = null): Promise<boolean> {
  const { composer, thread, inbox, staff, toasts, units } = stores;
  const { ticketId } = thread.state.getState();
  if (ticketId === null) return false;
  const kind = composer.kind(ticketId);
  const text = composer.text(ticketId, kind);
  const [missing] = missingIn(text, openValues(stores) ?? {});
  if (missing) {
    toasts.show({ kind: 'error', title: texts.composer.noValue(missing.raw), body: texts.composer.noValueHint });
    composer.showCaret(ticketId, kind, missing.at, missing.at + missing.raw.length);
    return false;
  }
  const actions = composer.actions(ticketId, kind);
  const next = finish === null ? null : inbox.neighbour(1);
  const id = await composer.send(ticketId, kind, thread.newestSeen(), { finish: kind === 'reply' ? finish : null, mentions: kind === 'note' ? mentionsIn(text, staff.state.getState().members) : [] });
  if (id === null) return false;
  if (finish !== null || Object.keys(actions).length > 0) units.watch({ unit: id, kind, actions, finish });
  if (next !== null) openTicket(stores, next);
  return true;
}

/** Whether there is something to send, to a ticket that takes it. */
export function canSend({ composer, thread, session }: Stores): boolean {
  const ticket = thread.state.getState().thread?.ticket;
  if (!ticket) return false;
  const kind = composer.kind(ticket.id);
  const taken = kind === 'reply' ? ticket.status !== 'closed' : session.state.getState().sync?.abilities.notes !== false;
  return taken && composer.text(ticket.id, kind).trim() !== '';
}
