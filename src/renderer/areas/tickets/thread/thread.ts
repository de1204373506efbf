import { createStore, type StoreApi } from 'zustand/vanilla';
import { errorCode, type Desk } from '../../../bridge/client.ts';
import { coalesce } from '../../../kit/coalesce.ts';
import type { Toasts } from '../../../toasts.ts';
import type { Composer } from '../../compose/composer-store.ts';
import type { Undo } from '../../triage/undo.ts';
import type { AfterAction } from '../after-action.ts';
import { createReading } from './reading.ts';
import { createThreadCommands, type ThreadCommands } from './thread-commands.ts';
import { noThread, opened, renewed, type FoundIn, type ThreadState } from './thread-state.ts';
import type { Read } from './watched-thread.ts';

/** The open ticket with its messages, and what the agent does to it. */
export interface ThreadStore extends ThreadCommands {
  state: StoreApi<ThreadState>;
  open(ticketId: string, found?: FoundIn): void;
  /** Tries to read the open ticket again. */
  again(): void;
  /** The server is there again: a ticket that could not be fetched is tried once more. */
  online(): void;
  /** Reads threads that are likely to be opened next, so that they are there at once. */
  prepare(ticketIds: readonly string[]): void;
  loadEarlier(): void;
  clear(): void;
}

export interface ThreadParts {
  desk: Desk;
  toasts: Toasts;
  composer: Composer;
  undo: Undo;
  afterAction: AfterAction;
  staffName: (id: string) => string;
}

/**
 * Earlier messages come in while the agent scrolls: as many as a frame can draw, and whole blocks
 * of 20 as they are drawn in, or all that is there would be drawn again.
 */
const earlierSize = 40;

export function createThread(parts: ThreadParts): ThreadStore {
  const { desk, toasts, composer } = parts;
  const state = createStore<ThreadState>(() => noThread);
  const reading = createReading(desk, composer, {
    read(read) {
      show(read, state, composer);
    },
    error(error) {
      state.setState({ error: errorCode(error) });
    },
  });
  return {
    ...createThreadCommands({ ...parts, state }),
    state,
    again: reading.again,
    prepare: reading.prepare,
    loadEarlier: coalesce(() => loadEarlier(desk, toasts, state)),
    open(ticketId, found) {
      if (isLoaded(ticketId, found?.messageId ?? null, state.getState())) {
        const keptAtOpening = state.getState().thread?.kept_unread ?? null;
        state.setState(found ? { found, keptAtOpening } : { keptAtOpening });
        return;
      }
      const ready = found?.messageId ? null : reading.ready(ticketId);
      const shown = ready && openedAs(ready, composer);
      state.setState({ ...noThread, ticketId, found: found ?? null, ...shown });
      reading.open(ticketId, found?.messageId ?? null);
    },
    online() {
      if (state.getState().error !== null) reading.again();
    },
    clear() {
      reading.clear();
      state.setState(noThread);
    },
  };
}

/** Whether the ticket is open and the message to be seen, if there is one, is loaded. */
function isLoaded(ticketId: string, messageId: string | null, now: ThreadState): boolean {
  if (now.ticketId !== ticketId) return false;
  const loaded = [...now.earlier, ...(now.thread?.messages ?? [])];
  return !messageId || loaded.some(({ id }) => id === messageId);
}

/** A thread as it is opened, with its drafts in the composer. */
function openedAs({ thread, from }: Read, composer: Composer): Partial<ThreadState> {
  composer.restore(thread.ticket.id, thread.drafts, { ...from, opening: true });
  return opened(thread);
}

/** Shows the open ticket, for the first time or as it is now. */
function show(read: Read, state: StoreApi<ThreadState>, composer: Composer): void {
  const now = state.getState();
  const { id } = read.thread.ticket;
  if (!now.thread || now.ticketId !== id) {
    state.setState({ ticketId: id, ...openedAs(read, composer) });
    return;
  }
  composer.restore(id, read.thread.drafts, read.from);
  state.setState(renewed(now, read.thread));
}

async function loadEarlier(
  desk: Desk,
  toasts: Toasts,
  state: StoreApi<ThreadState>,
): Promise<void> {
  const { ticketId, older: before } = state.getState();
  if (ticketId === null || before === null) return;
  try {
    const about = { ticket_id: ticketId, before, limit: earlierSize };
    const page = await desk.call('thread.get', about);
    const now = state.getState();
    if (now.ticketId === ticketId && now.older === before)
      state.setState({ earlier: [...page.messages, ...now.earlier], older: page.older });
  } catch (error) {
    toasts.fail(error);
  }
}
