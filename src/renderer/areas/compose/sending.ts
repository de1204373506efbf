import type { CallOutput, OutboxItem, SendFinish } from '../../../contract/bridge.ts';
import { maxMessageLength } from '../../../contract/api.ts';
import { unfilledIn } from '../../../core/macro.ts';
import { mentionsIn } from '../../../core/mention.ts';
import { isBlank, overLimit } from '../../../core/text.ts';
import { sentWithText, texts } from '../../texts.ts';
import { formatCount } from '../../kit/format.ts';
import { openValues } from './macro-use.ts';
import { goToTicket, type Stores } from '../../stores.ts';

/**
 * Sends what is written in the open ticket. A text over the limit stops it, and so does a macro's
 * variable without a value, which is selected; `asItIs`: the agent wants that one so. With a finish
 * the next ticket is opened. Returns whether it was sent.
 */
export async function sendOpen(
  stores: Stores,
  finish: SendFinish | null = null,
  asItIs = false,
): Promise<boolean> {
  const { composer, thread, inbox, staff, units, justSent } = stores;
  const { ticketId } = thread.state.getState();
  if (ticketId === null || composer.state.getState().sending) return false;
  const kind = composer.kind(ticketId);
  const text = composer.text(ticketId, kind);
  if (isTooLong(stores, text)) return false;
  if (!asItIs && stopsAtVariable(stores, ticketId, finish)) return false;
  const actions = composer.actions(ticketId, kind);
  const next = finish === null ? null : inbox.neighbour(1);
  const ends = kind === 'reply' ? finish : null;
  const arrival = composer.send(ticketId, kind, thread.newestSeen(), {
    finish: ends,
    mentions: kind === 'note' ? mentionsIn(text, staff.state.getState().members) : [],
    queued: (operation) => {
      offerUndo(stores, ticketId, { actions, finish: ends }, operation);
    },
  });
  justSent.begin({ ticketId, kind, text }, arrival);
  const id = await arrival;
  if (id === null) return false;
  if (finish !== null || Object.keys(actions).length > 0)
    units.watch({ unit: id, kind, actions, finish });
  if (next !== null) goToTicket(stores, next);
  return true;
}

function isTooLong({ toasts }: Stores, text: string): boolean {
  const over = overLimit(text);
  if (over === 0) return false;
  toasts.show({
    kind: 'error',
    title: texts.composer.tooLong(over, formatCount(over), formatCount(maxMessageLength)),
    body: texts.composer.tooLongHint,
  });
  return true;
}

/** Whether a variable that a macro left without a value is still in the text. */
function stopsAtVariable(stores: Stores, ticketId: string, finish: SendFinish | null): boolean {
  const { composer, macros, toasts } = stores;
  const kind = composer.kind(ticketId);
  const [missing] = unfilledIn(
    composer.text(ticketId, kind),
    openValues(stores) ?? {},
    macros.state.getState().macros,
  );
  if (!missing) return false;
  toasts.show({
    kind: 'error',
    title: texts.composer.noValue(missing.raw),
    body: texts.composer.noValueHint,
    actions: [
      {
        label: texts.composer.sendAsItIs,
        run: () => {
          if (thisIsOpen(stores, ticketId)) void sendOpen(stores, finish, true);
        },
      },
    ],
  });
  composer.showCaret(ticketId, kind, missing.at, missing.at + missing.raw.length);
  return true;
}

/** The toast may outlive the ticket that it is about. */
function thisIsOpen({ thread }: Stores, ticketId: string): boolean {
  return thread.state.getState().ticketId === ticketId;
}

/** At once and not with the desk's next list: the agent who sees a mistake is quicker than that. */
function offerUndo(
  { thread, undo }: Stores,
  ticketId: string,
  sentWith: NonNullable<OutboxItem['sent_with']>,
  operation: CallOutput<'compose.send'>,
): void {
  const ticket = thread.state.getState().thread?.ticket;
  const subject = ticket?.id === ticketId ? ticket.subject : '';
  const about = [subject, sentWithText({ sent_with: sentWith })]
    .filter((part) => part !== '')
    .join(' · ');
  undo.sent({ operationId: operation.operation_id, ticketId, about, heldMs: operation.held_ms });
}

/** Whether there is something to send, to a ticket that takes it. */
export function canSend({ composer, thread, session }: Stores): boolean {
  const ticket = thread.state.getState().thread?.ticket;
  if (!ticket) return false;
  const kind = composer.kind(ticket.id);
  const taken =
    kind === 'reply'
      ? ticket.status !== 'closed'
      : session.state.getState().sync?.abilities.notes !== false;
  return taken && !isBlank(composer.text(ticket.id, kind));
}
