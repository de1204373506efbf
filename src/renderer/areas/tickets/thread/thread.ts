import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Thread, type ThreadMessage, type CallInput } from '../../../../contract/bridge.ts';
import { BridgeError, type BridgeErrorCode } from '../../../../contract/errors.ts';
import { errorCode, type Desk } from '../../../bridge/client.ts';
import { coalesce } from '../../../kit/coalesce.ts';
import type { Composer } from '../../compose/composer-store.ts';
import type { Toasts } from '../../../toasts.ts';
import type { Undo } from '../../triage/undo.ts';
import type { Finder } from '../../../../core/search-text.ts';
import { changeText, texts } from '../../../texts.ts';

/** What a search has found in a ticket: the message to open it at, and its words. */
export interface FoundIn {
  messageId: string | null;
  find: Finder | null;
}

interface State {
  ticketId: string | null;
  thread: Thread | null;
  /** Messages before the thread's window, oldest first. */
  earlier: ThreadMessage[];
  older: string | null;
  /** Where the unread line stands: as it was when the ticket was opened. */
  readThrough: number;
  found: FoundIn | null;
  error: BridgeErrorCode | null;
}

/** The open ticket with its messages, and what the agent does to it. */
export interface ThreadStore {
  state: StoreApi<State>;
  open(ticketId: string, found?: FoundIn): void;
  refresh(): void;
  /** The server is there again: a ticket that could not be fetched is tried once more. */
  online(): void;
  /** Reads threads that are likely to be opened next, so that they are there at once. */
  prepare(ticketIds: readonly string[]): void;
  /** These look different now (null: all may): what was read of them before is of no use. */
  forget(ticketIds: readonly string[] | null): void;
  loadEarlier(): void;
  markRead(): void;
  change(change: CallInput<'triage.change'>['change']): Promise<void>;
  close(): Promise<void>;
  reopen(): Promise<void>;
  /**
   * The newest message of the server that is on screen: what the agent knew when they decide now.
   */
  newestSeen(): string | null;
  clear(): void;
}

export interface ThreadParts {
  desk: Desk;
  toasts: Toasts;
  composer: Composer;
  undo: Undo;
  staffName: (id: string) => string;
}

const windowSize = 100;
/**
 * Earlier messages come in while the agent scrolls: as many as a frame can draw, and whole blocks
 * of 20 as they are drawn in, or all that is there would be drawn again.
 */
const earlierSize = 40;
/** Threads that are kept ready. */
const mostAhead = 6;

/** A thread that was asked for before it is opened; null until it is here. */
interface Ahead {
  thread: Thread | null;
  reading: Promise<Thread>;
}

export function createThread({
  desk,
  toasts,
  composer,
  undo,
  staffName,
}: ThreadParts): ThreadStore {
  const empty: State = {
    ticketId: null,
    thread: null,
    earlier: [],
    older: null,
    readThrough: 0,
    found: null,
    error: null,
  };
  const state = createStore<State>(() => empty);

  const ahead = new Map<string, Ahead>();
  /** When each was asked for, as the composer counts. */
  const askedAt = new WeakMap<Thread, number>();

  async function ask(ticketId: string, reach: { reach?: string }): Promise<Thread> {
    const asked = composer.mark();
    const thread = await desk.call('thread.get', {
      ticket_id: ticketId,
      before: null,
      limit: windowSize,
      ...reach,
    });
    askedAt.set(thread, asked);
    return thread;
  }

  /** As a ticket's thread is shown when it is opened. */
  function opened(thread: Thread): Partial<State> {
    composer.restore(thread.ticket.id, thread.drafts, {
      asked: askedAt.get(thread) ?? 0,
      opening: true,
    });
    const far = Math.max(0, thread.messages.length - windowSize);
    return {
      thread: { ...thread, messages: thread.messages.slice(far) },
      earlier: thread.messages.slice(0, far),
      older: thread.older,
      error: null,
      // What was answered since needs no line, even where it was never opened here.
      readThrough: thread.ticket.unread ? thread.read_through : thread.ticket.activity_at,
    };
  }

  /**
   * The newest window of a ticket; one that is not on this computer is fetched first, and may
   * answer as the ticket that took it over.
   */
  async function read(ticketId: string, reach: { reach?: string }): Promise<Thread> {
    try {
      const early = reach.reach === 'unread' ? ahead.get(ticketId)?.reading : undefined;
      return await (early ?? ask(ticketId, reach));
    } catch (error) {
      if (errorCode(error) !== 'ticket-not-found') throw error;
      return ask((await desk.call('thread.fetch', { ticket_id: ticketId })).ticket_id, reach);
    }
  }

  async function load(): Promise<void> {
    const { ticketId, thread: shown, found } = state.getState();
    if (ticketId === null) return;
    try {
      const thread = await read(ticketId, shown ? {} : { reach: found?.messageId ?? 'unread' });
      const now = state.getState();
      if (now.ticketId !== ticketId) return;
      if (!now.thread || thread.ticket.id !== ticketId)
        state.setState({ ticketId: thread.ticket.id, ...opened(thread) });
      else {
        composer.restore(ticketId, thread.drafts, { asked: askedAt.get(thread) ?? 0 });
        state.setState({
          thread: { ...thread, messages: keepSame(now.thread.messages, thread.messages) },
          ...before(now, thread),
          error: null,
        });
      }
    } catch (error) {
      if (state.getState().ticketId === ticketId) state.setState({ error: errorCode(error) });
    }
  }
  const refresh = coalesce(load);

  const loadEarlier = coalesce(async () => {
    const { ticketId, older } = state.getState();
    if (ticketId === null || older === null) return;
    try {
      const page = await desk.call('thread.get', {
        ticket_id: ticketId,
        before: older,
        limit: earlierSize,
      });
      const now = state.getState();
      if (now.ticketId === ticketId && now.older === older)
        state.setState({ earlier: [...page.messages, ...now.earlier], older: page.older });
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
  const triage = (
    title: string,
    run: (ticketId: string) => Promise<{ operation_id: string; undo_ms?: number | undefined }>,
    more: { closes?: true } = {},
  ): Promise<void> =>
    command(async (ticketId) => {
      const about = state.getState().thread?.ticket.requester ?? '';
      const { operation_id: operationId, undo_ms: undoMs } = await undo.during(run(ticketId));
      undo.done({ operationId, ticketId, title, about, ...more }, undoMs);
    });
  const newestSeen = (): string | null =>
    state.getState().thread?.messages.findLast((message) => message.delivery === null)?.id ?? null;

  return {
    state,
    refresh,
    loadEarlier,
    newestSeen,
    open(ticketId, found) {
      const now = state.getState();
      const loaded = [...now.earlier, ...(now.thread?.messages ?? [])];
      if (
        now.ticketId === ticketId &&
        (!found?.messageId || loaded.some(({ id }) => id === found.messageId))
      ) {
        if (found) state.setState({ found });
        return;
      }
      const ready = found?.messageId ? null : ahead.get(ticketId)?.thread;
      state.setState({ ...empty, ticketId, found: found ?? null, ...(ready && opened(ready)) });
      if (ready) return;
      // Not coalesced: a ticket that was asked for must not wait for the answer of another one.
      void load();
    },
    prepare(ticketIds) {
      for (const id of ahead.keys())
        if (ahead.size + ticketIds.length > mostAhead && !ticketIds.includes(id)) ahead.delete(id);
      for (const id of ticketIds) {
        if (ahead.has(id)) continue;
        const entry: Ahead = { thread: null, reading: ask(id, { reach: 'unread' }) };
        ahead.set(id, entry);
        // What cannot be read ahead is read when it is opened, and its failure told then.
        entry.reading.then(
          (thread) => {
            entry.thread = thread;
          },
          () => {
            if (ahead.get(id) === entry) ahead.delete(id);
          },
        );
      }
    },
    forget(ticketIds) {
      if (ticketIds === null) ahead.clear();
      else for (const id of ticketIds) ahead.delete(id);
    },
    online() {
      if (state.getState().error !== null) refresh();
    },
    clear() {
      ahead.clear();
      state.setState(empty);
    },
    markRead() {
      const { thread } = state.getState();
      if (thread)
        void command((ticket_id) =>
          desk.call('thread.markRead', { ticket_id, state: thread.unread_state }),
        );
    },
    change: (change) =>
      triage(changeText(change, staffName), (ticket_id) =>
        desk.call('triage.change', { ticket_id, change }),
      ),
    close: () =>
      triage(
        texts.undo.closed,
        (ticket_id) => {
          if (state.getState().thread?.ticket.status === 'closed')
            throw new BridgeError('ticket-closed');
          return desk.call('triage.close', { ticket_id, seen: newestSeen() });
        },
        { closes: true },
      ),
    reopen: () =>
      triage(texts.undo.reopened, (ticket_id) => desk.call('triage.reopen', { ticket_id })),
  };
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
 * What stands before the newest window: all that was shown and is older. Where that does not reach
 * up to it any more, it is read again.
 */
function before(
  { earlier, older, thread: shown }: State,
  thread: Thread,
): Pick<State, 'earlier' | 'older'> {
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
