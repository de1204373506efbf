import type { SendFinish, TicketFieldChange } from '../../../contract/bridge.ts';
import { maxMessageLength } from '../../../contract/wire/api.ts';
import { mentionsIn } from '../../../core/mention.ts';
import { untilReply } from '../../../core/snooze.ts';
import { isBlank, overLimit } from '../../../core/text.ts';
import { texts } from '../../texts.ts';
import { formatCount } from '../../kit/format.ts';
import { focusTickets } from '../../panes.ts';
import type { Toasts } from '../../toasts.ts';
import type { Session } from '../session/session-store.ts';
import type { AfterAction } from '../tickets/after-action.ts';
import type { Staff } from '../tickets/staff.ts';
import type { ThreadStore } from '../tickets/thread/thread.ts';
import type { AfterSend, Sent } from './after-send.ts';
import type { Composer } from './composer-store.ts';
import type { MacroUse } from './macro-use.ts';

/** Sends what is written in the open ticket. */
export interface Sending {
  /**
   * A text over the limit stops it, and so does a macro's variable without a value, which is
   * selected; `asItIs`: the agent wants that one so. A finish is an action: `afterAction` decides.
   * Returns whether it was sent.
   */
  send(finish?: SendFinish | null, asItIs?: boolean): Promise<boolean>;
  /**
   * Like `send`; the focus stays in the composer, or moves to the list if the composer has gone.
   * Where the agent has taken it elsewhere meanwhile it stays.
   */
  sendAndStay(finish: SendFinish | null): void;
}

interface SendingParts {
  composer: Composer;
  thread: ThreadStore;
  afterAction: AfterAction;
  staff: Staff;
  toasts: Toasts;
  macroUse: MacroUse;
  afterSend: AfterSend;
}

/** The ticket is done with for now, whichever view it was seen in. */
const finishes: Record<SendFinish, { change: TicketFieldChange; always: true }> = {
  close: { change: { status: 'closed' }, always: true },
  wait: { change: { snoozed_until: new Date(untilReply).toISOString() }, always: true },
};

export function createSending(parts: SendingParts): Sending {
  const { composer, thread, toasts, afterAction, afterSend } = parts;

  async function send(finish: SendFinish | null = null, asItIs = false): Promise<boolean> {
    const { ticketId } = thread.state.getState();
    if (ticketId === null || composer.state.getState().sending) return false;
    const message = writtenIn(ticketId, finish, composer);
    if (isTooLong(message.text, toasts) || (!asItIs && stopsAtVariable(message))) return false;
    const goOn = finish && afterAction.plan({ ...finishes[finish], isOn: (id) => id === ticketId });
    const operationId = await handOver(message, parts);
    if (operationId === null) return false;
    afterSend.arrived(message, operationId);
    goOn?.();
    return true;
  }

  function stopsAtVariable(message: Sent): boolean {
    const { ticketId, finish } = message;
    return tellMissingValue(message, parts, () => {
      // The toast may outlive the ticket that it is about.
      if (thread.state.getState().ticketId === ticketId) void send(finish, true);
    });
  }

  return {
    send,
    sendAndStay(finish) {
      const { activeElement: from } = document;
      void send(finish).then((isSent) => {
        if (isSent) requestAnimationFrame(() => focusAfter(finish, from));
      });
    },
  };
}

/** The message in the composer of this ticket. */
function writtenIn(ticketId: string, finish: SendFinish | null, composer: Composer): Sent {
  const kind = composer.kind(ticketId);
  const text = composer.text(ticketId, kind);
  return { ticketId, kind, text, actions: composer.actions(ticketId, kind), finish };
}

/**
 * Whether a macro left a variable in the text without a value: then the agent is told, the variable
 * is selected, and `sendAsItIs` offered.
 */
function tellMissingValue(
  { ticketId, kind, text }: Sent,
  { composer, macroUse, toasts }: Pick<SendingParts, 'composer' | 'macroUse' | 'toasts'>,
  sendAsItIs: () => void,
): boolean {
  const [missing] = macroUse.unfilled(text);
  if (!missing) return false;
  toasts.show({
    kind: 'error',
    title: texts.composer.noValue(missing.raw),
    body: texts.composer.noValueHint,
    actions: [{ label: texts.composer.sendAsItIs, run: sendAsItIs }],
  });
  composer.showCaret(ticketId, kind, missing.at, missing.at + missing.raw.length);
  return true;
}

/** Hands the message to the desk; the id of its operation, null where the desk refuses it. */
function handOver(
  message: Sent,
  { composer, thread, staff, afterSend }: SendingParts,
): Promise<string | null> {
  const { ticketId, kind, text, actions } = message;
  const finish = kind === 'reply' ? message.finish : null;
  const arrival = composer.send(ticketId, kind, thread.newestSeen(), {
    finish,
    mentions: kind === 'note' ? mentionsIn(text, staff.state.getState().members) : [],
    queued: (operation) => {
      afterSend.queued(ticketId, { actions, finish }, operation);
    },
  });
  afterSend.begin(message, arrival);
  return arrival;
}

function focusAfter(finish: SendFinish | null, from: Element | null): void {
  const { activeElement: at } = document;
  if (at !== from && at !== document.body) return;
  const field = finish === null ? document.getElementById('message') : null;
  if (field) field.focus();
  else focusTickets();
}

function isTooLong(text: string, toasts: Toasts): boolean {
  const over = overLimit(text);
  if (over === 0) return false;
  toasts.show({
    kind: 'error',
    title: texts.composer.tooLong(over, formatCount(over), formatCount(maxMessageLength)),
    body: texts.composer.tooLongHint,
  });
  return true;
}

interface CanSendParts {
  composer: Composer;
  thread: ThreadStore;
  session: Session;
}

/** Whether the composer has a text that the open ticket accepts. */
export function canSend({ composer, thread, session }: CanSendParts): boolean {
  const ticket = thread.state.getState().thread?.ticket;
  if (!ticket) return false;
  const kind = composer.kind(ticket.id);
  const taken =
    kind === 'reply'
      ? ticket.status !== 'closed'
      : session.state.getState().sync?.abilities.notes !== false;
  return taken && !isBlank(composer.text(ticket.id, kind));
}
