import type { CallOutput, TicketFieldChange } from '../../../contract/bridge.ts';
import type { Desk } from '../../bridge/client.ts';
import { changeText, texts } from '../../texts.ts';
import type { Bulks } from './bulks.ts';
import type { Inbox } from '../tickets/list/inbox.ts';
import type { Selection } from './selection.ts';
import type { ThreadStore } from '../tickets/thread/thread.ts';
import type { Toasts } from '../../toasts.ts';
import type { Undo } from './undo.ts';

/** Decision made in a picker. `throughReplies`: a snooze that the customer's reply does not end. */
interface Decision {
  change: TicketFieldChange;
  throughReplies?: boolean;
}

/** Commands of the agent on tickets, open or not. */
export interface Actions {
  /** The tickets that a command means now: the loaded ones of the selection, else the open one. */
  targets(): string[];
  /** Makes the change of each ticket; each can be taken back. */
  apply(targets: readonly string[], decision: Decision): Promise<void>;
}

export interface ActionsParts {
  desk: Desk;
  toasts: Toasts;
  undo: Undo;
  inbox: Inbox;
  thread: ThreadStore;
  selection: Selection;
  bulks: Bulks;
  staffName: (id: string) => string;
}

export function createActions({
  desk,
  toasts,
  undo,
  inbox,
  thread,
  selection,
  bulks,
  staffName,
}: ActionsParts): Actions {
  const requesterOf = (ticketId: string): string => {
    const open = thread.state.getState().thread?.ticket;
    return (
      (open?.id === ticketId
        ? open
        : inbox.state.getState().rows.find((row) => row.id === ticketId)
      )?.requester ?? ''
    );
  };

  async function applyTo(
    ticketId: string,
    { change, throughReplies = false }: Decision,
  ): Promise<void> {
    try {
      // Closing is an act of its own: it is judged by what the agent had seen.
      const seen =
        thread.state.getState().ticketId === ticketId ? { seen: thread.newestSeen() } : {};
      const asked: Promise<CallOutput<'triage.close'>> =
        change.status === 'closed'
          ? desk.call('triage.close', { ticket_id: ticketId, ...seen })
          : desk.call('triage.change', {
              ticket_id: ticketId,
              change,
              ...(throughReplies ? { through_replies: true } : {}),
            });
      const { operation_id: operationId, undo_ms: undoMs } = await undo.during(asked);
      const what =
        change.status === 'closed'
          ? { title: texts.undo.closed, closes: true as const }
          : { title: changeText(change, staffName) };
      undo.done({ operationId, ticketId, ...what, about: requesterOf(ticketId) }, undoMs);
    } catch (error) {
      toasts.fail(error);
    }
  }

  return {
    targets: selection.targets,
    async apply(targets, decision) {
      const { change } = decision;
      // A selection may reach beyond what is loaded, so it is the desk that goes through it.
      if (bulks.apply(change.status === 'closed' ? { kind: 'close' } : { kind: 'change', change }))
        return;
      for (const ticketId of targets) await applyTo(ticketId, decision);
    },
  };
}
