import type { CallInput, Thread } from '../../../../contract/bridge.ts';
import { errorCode, type Desk } from '../../../bridge/client.ts';
import type { Live } from '../../../bridge/live.ts';
import type { Composer, DraftsFrom } from '../../compose/composer-store.ts';
import { windowSize } from './thread-state.ts';

/** A thread as the desk had it. */
export interface Read {
  thread: Thread;
  /** The moment that its drafts are from. */
  from: DraftsFrom;
}

/** Hears of the ticket that is open. */
export interface OnThread {
  read(read: Read): void;
  error(error: unknown): void;
}

/**
 * Watches the newest messages of the open ticket, and of those that are likely to be opened next.
 */
export interface Reading {
  /** A thread that is watched already; null where it is not here. */
  ready(ticketId: string): Read | null;
  /**
   * This one is open now, from the message named or the first unread one on. One that is not on
   * this computer is fetched first, and may come as the ticket that took it over.
   */
  open(ticketId: string, messageId: string | null): void;
  prepare(ticketIds: readonly string[]): void;
  /** Tries the open one again. */
  again(): void;
  clear(): void;
}

interface Watched {
  read: Read | null;
  live: Live<'thread.get'>;
  /** The last result was an error. */
  hasFailed: boolean;
  /** It was fetched, and where it is still not here it cannot be. */
  isFetched: boolean;
}

/** Threads that are kept ready. */
const mostReady = 6;

export function createReading(desk: Desk, composer: Composer, on: OnThread): Reading {
  /** The one that was opened or prepared last is the last. */
  const watched = new Map<string, Watched>();
  let front: string | null = null;

  function watch(ticketId: string, messageId: string | null): Watched {
    const asked = composer.mark();
    const live = desk.watch('thread.get', inputOf(ticketId, messageId), {
      value(thread, revision) {
        const from = revision === null ? { asked } : { asked: composer.mark(), revision };
        one.read = { thread, from };
        one.hasFailed = false;
        one.isFetched = false;
        if (front === ticketId) on.read(one.read);
      },
      error(error) {
        one.read = null;
        one.hasFailed = true;
        if (front === ticketId) fetchOrTell(ticketId, one, error);
      },
    });
    const one: Watched = { read: null, live, hasFailed: false, isFetched: false };
    watched.set(ticketId, one);
    return one;
  }

  function fetchOrTell(ticketId: string, one: Watched, error: unknown): void {
    if (errorCode(error) !== 'ticket-not-found' || one.isFetched) {
      on.error(error);
      return;
    }
    one.isFetched = true;
    desk.call('thread.fetch', { ticket_id: ticketId }).then(
      ({ ticket_id: isAt }) => {
        if (front !== ticketId) return;
        if (isAt === ticketId) one.live.again();
        else openInstead(isAt);
      },
      (failure: unknown) => {
        one.isFetched = false;
        if (front === ticketId) on.error(failure);
      },
    );
  }

  function openInstead(ticketId: string): void {
    const there = watched.get(ticketId)?.read;
    open(ticketId, null);
    if (there) on.read(there);
  }

  function forget(ticketId: string): void {
    watched.get(ticketId)?.live.end();
    watched.delete(ticketId);
  }

  /** Stops watching the threads opened or prepared longest ago, to make room for `others` more. */
  function makeRoom(others: number): void {
    for (const id of watched.keys())
      if (watched.size + others > mostReady && id !== front) forget(id);
  }

  function open(ticketId: string, messageId: string | null): void {
    front = ticketId;
    const known = watched.get(ticketId);
    watched.delete(ticketId);
    if (!known) {
      makeRoom(1);
      watch(ticketId, messageId);
    } else {
      watched.set(ticketId, known);
      if (messageId !== null) known.live.ask(inputOf(ticketId, messageId));
      else if (!known.read && known.hasFailed) known.live.again();
    }
  }

  return {
    open,
    ready: (ticketId) => watched.get(ticketId)?.read ?? null,
    prepare(ticketIds) {
      const fresh = ticketIds.filter((id) => !watched.has(id));
      makeRoom(fresh.length);
      for (const id of fresh) watch(id, null);
    },
    again() {
      const one = front === null ? undefined : watched.get(front);
      if (!one) return;
      one.isFetched = false;
      one.live.again();
    },
    clear() {
      front = null;
      for (const id of watched.keys()) forget(id);
    },
  };
}

function inputOf(ticketId: string, messageId: string | null): CallInput<'thread.get'> {
  return { ticket_id: ticketId, before: null, limit: windowSize, reach: messageId ?? 'unread' };
}
