import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Thread } from '../../../../contract/bridge.ts';
import { errorCode, type Desk } from '../../../bridge/client.ts';
import { coalesce } from '../../../kit/coalesce.ts';
import type { Toasts } from '../../../toasts.ts';
import type { Composer } from '../../compose/composer-store.ts';
import type { Undo } from '../../triage/undo.ts';
import { createReading, type Reading } from './reading.ts';
import { createThreadCommands, type ThreadCommands } from './thread-commands.ts';
import { noThread, opened, renewed, type FoundIn, type ThreadState } from './thread-state.ts';

/** The open ticket with its messages, and what the agent does to it. */
export interface ThreadStore extends ThreadCommands {
  state: StoreApi<ThreadState>;
  open(ticketId: string, found?: FoundIn): void;
  refresh(): void;
  /** The server is there again: a ticket that could not be fetched is tried once more. */
  online(): void;
  /** Reads threads that are likely to be opened next, so that they are there at once. */
  prepare(ticketIds: readonly string[]): void;
  /** These look different now (null: all may): what was read of them before is of no use. */
  forget(ticketIds: readonly string[] | null): void;
  loadEarlier(): void;
  clear(): void;
}

export interface ThreadParts {
  desk: Desk;
  toasts: Toasts;
  composer: Composer;
  undo: Undo;
  staffName: (id: string) => string;
}

/**
 * Earlier messages come in while the agent scrolls: as many as a frame can draw, and whole blocks
 * of 20 as they are drawn in, or all that is there would be drawn again.
 */
const earlierSize = 40;

export function createThread({
  desk,
  toasts,
  composer,
  undo,
  staffName,
}: ThreadParts): ThreadStore {
  const state = createStore<ThreadState>(() => noThread);
  const reading = createReading(desk, composer);
  const load = createLoad({ state, reading, composer });
  const refresh = coalesce(load);
  return {
    ...createThreadCommands({ desk, toasts, undo, staffName, state }),
    state,
    refresh,
    prepare: reading.prepare,
    forget: reading.forget,
    loadEarlier: coalesce(() => loadEarlier(desk, toasts, state)),
    open(ticketId, found) {
      if (isLoaded(ticketId, found?.messageId ?? null, state.getState())) {
        if (found) state.setState({ found });
        return;
      }
      const ready = found?.messageId ? null : reading.ready(ticketId);
      const shown = ready && openedAs(ready, composer, reading);
      state.setState({ ...noThread, ticketId, found: found ?? null, ...shown });
      // Not coalesced: a ticket that was asked for must not wait for the answer of another one.
      if (!ready) void load();
    },
    online() {
      if (state.getState().error !== null) refresh();
    },
    clear() {
      reading.forget(null);
      state.setState(noThread);
    },
  };
}

/** Whether the ticket is open, with the message that is to be seen. */
function isLoaded(ticketId: string, messageId: string | null, now: ThreadState): boolean {
  if (now.ticketId !== ticketId) return false;
  const loaded = [...now.earlier, ...(now.thread?.messages ?? [])];
  return !messageId || loaded.some(({ id }) => id === messageId);
}

/** A thread as it is opened, with its drafts in the composer. */
function openedAs(thread: Thread, composer: Composer, reading: Reading): Partial<ThreadState> {
  const asked = reading.askedAt(thread);
  composer.restore(thread.ticket.id, thread.drafts, { asked, opening: true });
  return opened(thread);
}

interface LoadParts {
  state: StoreApi<ThreadState>;
  reading: Reading;
  composer: Composer;
}

/** Reads the open ticket again, or for the first time. */
function createLoad({ state, reading, composer }: LoadParts): () => Promise<void> {
  return async () => {
    const { ticketId, thread: shown, found } = state.getState();
    if (ticketId === null) return;
    try {
      const reach = shown ? {} : { reach: found?.messageId ?? 'unread' };
      const thread = await reading.read(ticketId, reach);
      const now = state.getState();
      if (now.ticketId !== ticketId) return;
      if (!now.thread || thread.ticket.id !== ticketId) {
        const first = openedAs(thread, composer, reading);
        state.setState({ ticketId: thread.ticket.id, ...first });
      } else {
        composer.restore(ticketId, thread.drafts, { asked: reading.askedAt(thread) });
        state.setState(renewed(now, thread));
      }
    } catch (error) {
      if (state.getState().ticketId === ticketId) state.setState({ error: errorCode(error) });
    }
  };
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
