import type { Thread, ThreadMessage } from '../../../../contract/bridge.ts';
import type { BridgeErrorCode } from '../../../../contract/errors.ts';
import type { Finder } from '../../../../core/search-text.ts';

/** A search result in a ticket: the message to open it at, and the words of the search. */
export interface FoundIn {
  messageId: string | null;
  find: Finder | null;
}

export interface ThreadState {
  ticketId: string | null;
  thread: Thread | null;
  /** Messages before the thread's window, oldest first. */
  earlier: ThreadMessage[];
  older: string | null;
  /** Where the unread line stands: as it was when the ticket was opened. */
  readThrough: number;
  /** The mark that kept it unread when it was opened: opening settles that one, not a later one. */
  keptAtOpening: number | null;
  found: FoundIn | null;
  error: BridgeErrorCode | null;
}

export const noThread: ThreadState = {
  ticketId: null,
  thread: null,
  earlier: [],
  older: null,
  readThrough: 0,
  keptAtOpening: null,
  found: null,
  error: null,
};

/** Messages of a thread's window. */
export const windowSize = 100;

/** A thread as it is shown when its ticket is opened. */
export function opened(thread: Thread): Partial<ThreadState> {
  const far = Math.max(0, thread.messages.length - windowSize);
  return {
    thread: { ...thread, messages: thread.messages.slice(far) },
    earlier: thread.messages.slice(0, far),
    older: thread.older,
    error: null,
    // Messages that were answered since need no line, even where the ticket was never opened here.
    readThrough: thread.ticket.unread ? thread.read_through : thread.ticket.activity_at,
    keptAtOpening: thread.kept_unread,
  };
}

/**
 * Whether looking at the open ticket reads it. One that the agent marked unread while it was open
 * stays so until it is opened again.
 */
export function isReadBySight({
  thread,
  keptAtOpening,
}: Pick<ThreadState, 'keptAtOpening'> & {
  thread: { ticket: Pick<Thread['ticket'], 'unread'>; kept_unread: number | null } | null;
}): boolean {
  return (
    thread !== null &&
    thread.ticket.unread &&
    (thread.kept_unread === null || thread.kept_unread === keptAtOpening)
  );
}

/** The thread that is shown, as the desk has it now. */
export function renewed(shown: ThreadState, thread: Thread): Partial<ThreadState> {
  const messages = keepSame(shown.thread?.messages ?? [], thread.messages);
  return { thread: { ...thread, messages }, ...before(shown, thread), error: null };
}

/** Messages that did not change keep their object, so that they are not drawn again. */
function keepSame(
  shown: readonly ThreadMessage[],
  after: readonly ThreadMessage[],
): ThreadMessage[] {
  const known = new Map(shown.map((message) => [message.id, message]));
  return after.map((message) => {
    const old = known.get(message.id);
    return old && JSON.stringify(old) === JSON.stringify(message) ? old : message;
  });
}

/**
 * The messages before the newest window: all that were shown and are older. Where they do not reach
 * up to it any more, they are read again.
 */
function before(
  { earlier, older, thread: shown }: ThreadState,
  thread: Thread,
): Pick<ThreadState, 'earlier' | 'older'> {
  const known = [
    ...earlier,
    ...(shown?.messages.filter((message) => message.delivery === null) ?? []),
  ];
  const first = thread.messages[0];
  const at = first ? known.findIndex(({ id }) => id === first.id) : -1;
  if (at >= 0)
    return {
      earlier: at === earlier.length ? earlier : known.slice(0, at),
      older: earlier.length > 0 || at > 0 ? older : thread.older,
    };
  return { earlier: [], older: thread.older };
}
