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

export function createActions(parts: ActionsParts): Actions {
  const { selection, bulks } = parts;
  return {
    targets: selection.targets,
    async apply(targets, decision) {
      const { change } = decision;
      // A selection may reach beyond what is loaded, so it is the desk that goes through it.
      if (bulks.apply(change.status === 'closed' ? { kind: 'close' } : { kind: 'change', change }))
        return;
      for (const ticketId of targets) await applyTo(ticketId, decision, parts);
    },
  };
}

async function applyTo(ticketId: string, decision: Decision, parts: ActionsParts): Promise<void> {
  const { undo, toasts, staffName } = parts;
  try {
    const asked = ask(ticketId, decision, parts);
    const { operation_id: operationId, undo_ms: undoMs } = await undo.during(asked);
    const { change } = decision;
    const what =
      change.status === 'closed'
        ? { title: texts.undo.closed, closes: true as const }
        : { title: changeText(change, staffName) };
    undo.done({ operationId, ticketId, ...what, about: requesterOf(ticketId, parts) }, undoMs);
  } catch (error) {
    toasts.fail(error);
  }
}

/** Closing is an act of its own: it is judged by what the agent had seen. */
function ask(
  ticketId: string,
  { change, throughReplies = false }: Decision,
  { desk, thread }: ActionsParts,
): Promise<CallOutput<'triage.close'>> {
  const about = { ticket_id: ticketId };
  if (change.status === 'closed') {
    const isOpen = thread.state.getState().ticketId === ticketId;
    return desk.call('triage.close', isOpen ? { ...about, seen: thread.newestSeen() } : about);
  }
  const through = throughReplies ? { through_replies: true } : {};
  return desk.call('triage.change', { ...about, change, ...through });
}

function requesterOf(ticketId: string, { thread, inbox }: ActionsParts): string {
  const open = thread.state.getState().thread?.ticket;
  if (open?.id === ticketId) return open.requester;
  return inbox.state.getState().rows.find((row) => row.id === ticketId)?.requester ?? '';
}
