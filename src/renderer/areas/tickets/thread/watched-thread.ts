import type { CallInput, Thread } from '../../../../contract/bridge.ts';
import { errorCode, type Desk } from '../../../bridge/client.ts';
import type { Composer, DraftsFrom } from '../../compose/composer-store.ts';
import { windowSize } from './thread-state.ts';

/** A thread as the desk had it. */
export interface Read {
  thread: Thread;
  /** The moment that its drafts are from. */
  from: DraftsFrom;
}

/** A thread that is watched, on screen or ready to be opened. */
export interface WatchedThread {
  /** As it was read last; null: it is not here. */
  read(): Read | null;
  /** Reads it up to the message named. With null one that could not be read is tried again. */
  open(messageId: string | null): void;
  again(): void;
  end(): void;
}

/** Hears of a thread while that is the open one. */
export interface OnOpenThread {
  isOpen(): boolean;
  read(read: Read): void;
  error(error: unknown): void;
  /** It was fetched, and is part of this ticket now. */
  movedTo(ticketId: string): void;
}

/** Watches a thread. One that is not on this computer is fetched once it is open. */
export function watchThread(
  desk: Desk,
  composer: Composer,
  { ticketId, messageId }: { ticketId: string; messageId: string | null },
  on: OnOpenThread,
): WatchedThread {
  const asked = composer.mark();
  const fetching = createFetching(desk, ticketId);
  let read: Read | null = null;
  let hasFailed = false;
  const live = desk.watch('thread.get', inputOf(ticketId, messageId), {
    value(thread, revision) {
      const from = revision === null ? { asked } : { asked: composer.mark(), revision };
      read = { thread, from };
      hasFailed = false;
      fetching.forget();
      if (on.isOpen()) on.read(read);
    },
    error(error) {
      read = null;
      hasFailed = true;
      if (on.isOpen()) fetching.fetchOrTell(error, on, live.again);
    },
  });

  return {
    read: () => read,
    open(message) {
      if (message !== null) live.ask(inputOf(ticketId, message));
      else if (hasFailed) live.again();
    },
    again() {
      fetching.forget();
      live.again();
    },
    end: live.end,
  };
}

/** Fetches a thread that is not on this computer: where it still is not here then, it cannot be. */
interface Fetching {
  /** Fetches it once, where the failure is that it is not here. `arrived`: now it is. */
  fetchOrTell(failure: unknown, on: OnOpenThread, arrived: () => void): void;
  /** It may be fetched once more. */
  forget(): void;
}

function createFetching(desk: Desk, ticketId: string): Fetching {
  let isTried = false;
  return {
    forget() {
      isTried = false;
    },
    fetchOrTell(failure, on, arrived) {
      if (errorCode(failure) !== 'ticket-not-found' || isTried) {
        on.error(failure);
        return;
      }
      isTried = true;
      desk.call('thread.fetch', { ticket_id: ticketId }).then(
        ({ ticket_id: isAt }) => {
          if (!on.isOpen()) return;
          if (isAt === ticketId) arrived();
          else on.movedTo(isAt);
        },
        (error: unknown) => {
          isTried = false;
          if (on.isOpen()) on.error(error);
        },
      );
    },
  };
}

function inputOf(ticketId: string, messageId: string | null): CallInput<'thread.get'> {
  return { ticket_id: ticketId, before: null, limit: windowSize, reach: messageId ?? 'unread' };
}
