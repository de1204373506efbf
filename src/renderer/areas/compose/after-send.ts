import type {
  CallOutput,
  MessageKind,
  OutboxItem,
  SendActions,
  SendFinish,
} from '../../../contract/bridge.ts';
import { sentWithText } from '../../texts.ts';
import type { ThreadStore } from '../tickets/thread/thread.ts';
import type { Undo } from '../triage/undo.ts';
import type { JustSent } from './just-sent.ts';
import type { Units } from './units.ts';

/** A message on its way to the desk. */
export interface Sent {
  ticketId: string;
  kind: MessageKind;
  text: string;
  actions: SendActions;
  /** How the agent sent it. */
  finish: SendFinish | null;
}

/** Tells those that offer to undo a message, and that report on it, what was sent. */
export interface AfterSend {
  /** `arrival`: the id of its operation once the desk has it, null where it was refused. */
  begin(sent: Sent, arrival: Promise<string | null>): void;
  /**
   * Offers to undo it at once and not with the desk's next list: the agent who sees a mistake is
   * quicker than that.
   */
  queued(
    ticketId: string,
    sentWith: NonNullable<OutboxItem['sent_with']>,
    operation: CallOutput<'compose.send'>,
  ): void;
  arrived(sent: Sent, operationId: string): void;
}

interface AfterSendParts {
  justSent: JustSent;
  undo: Undo;
  units: Units;
  thread: ThreadStore;
}

export function createAfterSend({ justSent, undo, units, thread }: AfterSendParts): AfterSend {
  return {
    begin({ ticketId, kind, text }, arrival) {
      justSent.begin({ ticketId, kind, text }, arrival);
    },
    queued(ticketId, sentWith, operation) {
      const ticket = thread.state.getState().thread?.ticket;
      const subject = ticket?.id === ticketId ? ticket.subject : '';
      const about = [subject, sentWithText({ sent_with: sentWith })]
        .filter((part) => part !== '')
        .join(' · ');
      const { operation_id: operationId, held_ms: heldMs } = operation;
      undo.sent({ operationId, ticketId, about, heldMs });
    },
    arrived({ kind, actions, finish }, operationId) {
      if (finish !== null || Object.keys(actions).length > 0)
        units.watch({ unit: operationId, kind, actions, finish });
    },
  };
}
