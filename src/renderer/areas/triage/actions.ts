import type { BulkAction, CallOutput, TicketFieldChange } from '../../../contract/bridge.ts';
import type { Desk } from '../../bridge/client.ts';
import { changeText, texts } from '../../texts.ts';
import type { Bulks } from './bulks.ts';
import { markUnread } from './mark-unread.ts';
import type { AfterAction } from '../tickets/after-action.ts';
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
  /** Whether a command would mean this ticket now. */
  means(ticketId: string): boolean;
  /**
   * Makes the change of each ticket; each can be taken back. Tickets of the selection stand for all
   * of it.
   */
  apply(targets: readonly string[], decision: Decision): Promise<void>;
  reopen(ticketId: string): Promise<void>;
  mark(ticketId: string, as: 'read' | 'unread'): Promise<void>;
}

export interface ActionsParts {
  desk: Desk;
  toasts: Toasts;
  undo: Undo;
  afterAction: AfterAction;
  onScreen: OnScreen;
  selection: Selection;
  bulks: Bulks;
  staffName: (id: string) => string;
}

/** Facts about a ticket that is acted on, as far as it is on screen. */
interface OnScreen {
  requester(ticketId: string): string;
  /** The newest message that the agent saw of the open ticket; undefined for any other one. */
  newestSeen(ticketId: string): string | null | undefined;
}

export function createOnScreen(inbox: Inbox, thread: ThreadStore): OnScreen {
  return {
    requester(ticketId) {
      const open = thread.state.getState().thread?.ticket;
      if (open?.id === ticketId) return open.requester;
      return inbox.state.getState().rows.find((row) => row.id === ticketId)?.requester ?? '';
    },
    newestSeen: (ticketId) =>
      thread.state.getState().ticketId === ticketId ? thread.newestSeen() : undefined,
  };
}

export function createActions(parts: ActionsParts): Actions {
  const { desk, toasts, selection, bulks, afterAction, onScreen } = parts;
  return {
    targets: selection.targets,
    means: (ticketId) =>
      selection.count() > 0 ? selection.has(ticketId) : selection.targets().includes(ticketId),
    async apply(targets, decision) {
      const { change } = decision;
      // A selection may reach beyond what is loaded, so it is the desk that goes through it.
      const action: BulkAction =
        change.status === 'closed' ? { kind: 'close' } : { kind: 'change', change };
      if (targets.every(selection.has) && bulks.apply(action)) return;
      const goOn = afterAction.plan({ isOn: (id) => targets.includes(id), change });
      const asked = applyToEach(targets, decision, parts);
      // Not after its response: the next ticket is what the agent waits for.
      goOn();
      await asked;
    },
    reopen: (ticketId) => reopen(ticketId, parts),
    async mark(ticketId, as) {
      const marked =
        as === 'unread'
          ? markUnread(ticketId, onScreen.requester(ticketId), parts)
          : desk.call('thread.markRead', { ticket_id: ticketId });
      await marked.catch(toasts.fail);
    },
  };
}

async function applyToEach(
  targets: readonly string[],
  decision: Decision,
  parts: ActionsParts,
): Promise<void> {
  for (const ticketId of targets) await applyTo(ticketId, decision, parts);
}

async function applyTo(ticketId: string, decision: Decision, parts: ActionsParts): Promise<void> {
  const { undo, toasts, staffName, onScreen } = parts;
  try {
    const run = prepare(ticketId, decision, parts);
    const { operation_id: operationId, undo_ms: undoMs } = await undo.during(run);
    const { change } = decision;
    const what =
      change.status === 'closed'
        ? { kind: 'close' as const, title: texts.undo.closed }
        : { kind: 'change' as const, title: changeText(change, staffName) };
    undo.done({ operationId, ticketId, ...what, about: onScreen.requester(ticketId) }, undoMs);
  } catch (error) {
    toasts.fail(error);
  }
}

async function reopen(
  ticketId: string,
  { desk, toasts, undo, onScreen }: ActionsParts,
): Promise<void> {
  try {
    const about = onScreen.requester(ticketId);
    const { operation_id: operationId } = await undo.during(() =>
      desk.call('triage.reopen', { ticket_id: ticketId }),
    );
    undo.done({ operationId, ticketId, kind: 'reopen', title: texts.undo.reopened, about });
  } catch (error) {
    toasts.fail(error);
  }
}

/**
 * Closing is an act of its own: it is judged by what the agent had seen when they decided. It runs
 * later, when another ticket may be open.
 */
function prepare(
  ticketId: string,
  { change, throughReplies = false }: Decision,
  { desk, onScreen }: ActionsParts,
): () => Promise<CallOutput<'triage.close'>> {
  const about = { ticket_id: ticketId };
  if (change.status === 'closed') {
    const seen = onScreen.newestSeen(ticketId);
    return () => desk.call('triage.close', seen === undefined ? about : { ...about, seen });
  }
  const through = throughReplies ? { through_replies: true } : {};
  return () => desk.call('triage.change', { ...about, change, ...through });
}
