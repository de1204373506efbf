import type { StoreApi } from 'zustand/vanilla';
import type { CallInput, TicketFieldChange } from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import type { Desk } from '../../../bridge/client.ts';
import { changeText, texts } from '../../../texts.ts';
import type { Toasts } from '../../../toasts.ts';
import { markUnread } from '../../triage/mark-unread.ts';
import type { Undo } from '../../triage/undo.ts';
import type { AfterAction } from '../after-action.ts';
import type { ThreadState } from './thread-state.ts';

/** Commands of the agent on the open ticket. */
export interface ThreadCommands {
  markRead(): void;
  markUnread(): Promise<void>;
  change(change: CallInput<'triage.change'>['change']): Promise<void>;
  /** `andNext`: goes to the next ticket also where this one stays in the view. */
  close(andNext?: boolean): Promise<void>;
  reopen(): Promise<void>;
  /**
   * The newest message of the server that is on screen: what the agent knew when they decide now.
   */
  newestSeen(): string | null;
}

interface CommandParts {
  desk: Desk;
  toasts: Toasts;
  undo: Undo;
  afterAction: AfterAction;
  staffName: (id: string) => string;
  state: StoreApi<ThreadState>;
}

/**
 * Prepares a command when its key is pressed, with what the agent sees then: it runs later, when
 * another ticket may be open.
 */
type Triage = (ticketId: string) => () => Promise<{
  operation_id: string;
  undo_ms?: number | undefined;
}>;

export function createThreadCommands(parts: CommandParts): ThreadCommands {
  const { desk, staffName, state } = parts;
  const newestSeen = (): string | null =>
    state.getState().thread?.messages.findLast((message) => message.delivery === null)?.id ?? null;

  const close: Triage = (ticket_id) => {
    if (state.getState().thread?.ticket.status === 'closed') throw new BridgeError('ticket-closed');
    const seen = newestSeen();
    return () => desk.call('triage.close', { ticket_id, seen });
  };

  return {
    newestSeen,
    markRead() {
      const { thread } = state.getState();
      if (!thread) return;
      const read = { state: thread.unread_state };
      void command((ticket_id) => desk.call('thread.markRead', { ticket_id, ...read }), parts);
    },
    markUnread: () =>
      command(
        (ticketId) => markUnread(ticketId, state.getState().thread?.ticket.requester ?? '', parts),
        parts,
      ),
    change(change) {
      const run: Triage = (ticket_id) => () => desk.call('triage.change', { ticket_id, change });
      return triage({ kind: 'change', title: changeText(change, staffName), run, change }, parts);
    },
    close(andNext = false) {
      const change = { status: 'closed' } as const;
      const closing = { kind: 'close', title: texts.undo.closed, run: close } as const;
      return triage({ ...closing, change, andNext }, parts);
    },
    reopen() {
      const run: Triage = (ticket_id) => () => desk.call('triage.reopen', { ticket_id });
      return triage({ kind: 'reopen', title: texts.undo.reopened, run }, parts);
    },
  };
}

/** Runs a command on the open ticket; a failure is shown, nothing is assumed. */
async function command(
  run: (ticketId: string) => Promise<unknown>,
  { state, toasts }: CommandParts,
): Promise<void> {
  const { ticketId } = state.getState();
  if (ticketId === null) return;
  try {
    await run(ticketId);
  } catch (error) {
    toasts.fail(error);
  }
}

/** A change that can be undone. */
interface Undoing {
  title: string;
  run: Triage;
  kind: 'close' | 'reopen' | 'change';
  /** Absent: the agent stays, as after reopening a ticket to work on it. */
  change?: TicketFieldChange;
  andNext?: boolean;
}

/** As `command`, for what can be undone. The agent goes on at once, not with the response. */
function triage({ change, andNext, ...undoing }: Undoing, parts: CommandParts): Promise<void> {
  const { state, undo, afterAction } = parts;
  const { title, run, kind } = undoing;
  return command(async (ticketId) => {
    const about = state.getState().thread?.ticket.requester ?? '';
    const goOn = change && planFrom(ticketId, { change, andNext }, afterAction);
    const asked = undo.during(run(ticketId));
    goOn?.();
    const { operation_id: operationId, undo_ms: undoMs } = await asked;
    undo.done({ operationId, ticketId, kind, title, about }, undoMs);
  }, parts);
}

function planFrom(
  ticketId: string,
  { change, andNext = false }: { change: TicketFieldChange; andNext: boolean | undefined },
  afterAction: AfterAction,
): () => void {
  return afterAction.plan({ isOn: (id) => id === ticketId, change, always: andNext });
}
