import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { Thread, ThreadMessage } from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';
import type { BridgeErrorCode } from '../../contract/errors.ts';
import type { CallInput } from '../../contract/bridge.ts';
import type { Desk } from '../bridge/client.ts';
import { errorCode } from '../bridge/client.ts';
import { coalesce } from './coalesce.ts';
import type { Composer } from './composer.ts';
import type { Toasts } from './toasts.ts';
import type { Undo } from './undo.ts';
import { changeText, texts } from '../texts.ts';

interface State {
  ticketId: string | null;
  thread: Thread | null;
  /** Messages before the thread's window, oldest first. */
  earlier: ThreadMessage[];
  older: string | null;
  /** Where the unread line stands: as it was when the ticket was opened. */
  readThrough: number;
  error: BridgeErrorCode | null;
}

/** The open ticket with its messages, and what the agent does to it. */
export interface ThreadStore {
  state: StoreApi<State>;
  open(ticketId: string): void;
  refresh(): void;
  loadEarlier(): void;
  markRead(): void;
  change(change: CallInput<'triage.change'>['change']): Promise<void>;
  close(): Promise<void>;
  reopen(): Promise<void>;
  /** The newest message of the server that is on screen: what the agent knew when they decide now. */
  newestSeen(): string | null;
  clear(): void;
}

export interface ThreadParts { desk: Desk; toasts: Toasts; composer: Composer; undo: Undo; staffName: (id: string) => string }

const windowSize = 100;

export function createThread({ desk, toasts, composer, undo, staffName }: ThreadParts): ThreadStore {
  const empty: State = { ticketId: null, thread: null, earlier: [], older: null, readThrough: 0, error: null };
  const state = createStore<State>(() => empty);

  async function load(): Promise<void> {
    const { ticketId } = state.getState();
    if (ticketId === null) return;
    try {
      const thread = await desk.call('thread.get', { ticket_id: ticketId, before: null, limit: windowSize });
      const now = state.getState();
      if (now.ticketId !== ticketId) return;
      if (!now.thread) {
        composer.restore(ticketId, thread.drafts);
        // What was answered since needs no line, even where it was never opened here.
        state.setState({ thread, older: thread.older, readThrough: thread.ticket.unread ? thread.read_through : thread.ticket.activity_at, error: null });
      } else state.setState({ thread, earlier: withoutOverlap(now.earlier, thread.messages), error: null });
    } catch (error) {
      if (state.getState().ticketId === ticketId) state.setState({ error: errorCode(error) });
    }
  }
  const refresh = coalesce(load);

  const loadEarlier = coalesce(async () => {
    const { ticketId, older } = state.getState();
    if (ticketId === null || older === null) return;
    try {
      const page = await desk.call('thread.get', { ticket_id: ticketId, before: older, limit: windowSize });
      const now = state.getState();
      if (now.ticketId === ticketId && now.older === older) state.setState({ earlier: [...page.messages, ...now.earlier], older: page.older });
    } catch (error) {
      toasts.fail(error);
    }
  });

  /** Runs a command on the open ticket; a failure is shown, nothing is assumed. */
  async function command(run: (ticketId: string) => Promise<unknown>): Promise<void> {
    const { ticketId } = state.getState();
    if (ticketId === null) return;
    try {
      await run(ticketId);
    } catch (error) {
      toasts.fail(error);
    }
  }

  /** As `command`, for what can be taken back. */
  const triage = (title: string, run: (ticketId: string) => Promise<{ operation_id: string }>): Promise<void> => command(async (ticketId) => {
    const about = state.getState().thread?.ticket.requester ?? '';
    const { operation_id: operationId } = await run(ticketId);
    undo.done({ operationId, ticketId, title, about });
  });
  const newestSeen = (): string | null => state.getState().thread?.messages.findLast((message) => message.delivery === null)?.id ?? null;

  return {
    state, refresh, loadEarlier, newestSeen,
    open(ticketId) {
      if (state.getState().ticketId === ticketId) return;
      state.setState({ ...empty, ticketId });
      // Not coalesced: a ticket that was asked for must not wait for the answer of another one.
      void load();
    },
    clear() { state.setState(empty); },
    markRead() { void command((ticket_id) => desk.call('thread.markRead', { ticket_id })); },
    change: (change) => triage(changeText(change, staffName), (ticket_id) => desk.call('triage.change', { ticket_id, change })),
    close: () => triage(texts.undo.closed, (ticket_id) => {
      if (state.getState().thread?.ticket.status === 'closed') throw new BridgeError('ticket-closed');
      return desk.call('triage.close', { ticket_id, seen: newestSeen() });
    }),
    reopen: () => triage(texts.undo.reopened, (ticket_id) => desk.call('triage.reopen', { ticket_id })),
  };
}

/** Messages that the newest window now contains are not kept a second time. */
function withoutOverlap(earlier: ThreadMessage[], window: readonly ThreadMessage[]): ThreadMessage[] {
  if (earlier.length === 0) return earlier;
  const inWindow = new Set(window.map((message) => message.id));
  return earlier.filter((message) => !inWindow.has(message.id));
}
