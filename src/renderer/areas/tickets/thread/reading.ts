import type { Desk } from '../../../bridge/client.ts';
import type { Composer } from '../../compose/composer-store.ts';
import { watchThread, type OnOpenThread, type Read, type WatchedThread } from './watched-thread.ts';

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

/** Threads that are kept ready. */
const mostReady = 6;

/** Hears of the ticket that is open. */
type OnThread = Pick<OnOpenThread, 'read' | 'error'>;

export function createReading(desk: Desk, composer: Composer, on: OnThread): Reading {
  const shelf = createShelf();

  function watch(ticketId: string, messageId: string | null): WatchedThread {
    const isOpen = (): boolean => shelf.isFront(ticketId);
    const hears = { ...on, isOpen, movedTo: openInstead };
    return watchThread(desk, composer, { ticketId, messageId }, hears);
  }

  function open(ticketId: string, messageId: string | null): void {
    shelf.bringForward(ticketId);
    const known = shelf.get(ticketId);
    if (!known) shelf.makeRoom(1);
    shelf.put(ticketId, known ?? watch(ticketId, messageId));
    known?.open(messageId);
  }

  function openInstead(ticketId: string): void {
    const there = shelf.get(ticketId)?.read();
    open(ticketId, null);
    if (there) on.read(there);
  }

  return {
    open,
    ready: (ticketId) => shelf.get(ticketId)?.read() ?? null,
    prepare(ticketIds) {
      const fresh = ticketIds.filter((id) => !shelf.get(id));
      shelf.makeRoom(fresh.length);
      for (const id of fresh) shelf.put(id, watch(id, null));
    },
    again() {
      shelf.front()?.again();
    },
    clear: shelf.clear,
  };
}

/** The threads that are watched; the one that was opened or prepared last is the last. */
interface Shelf {
  get(ticketId: string): WatchedThread | undefined;
  put(ticketId: string, thread: WatchedThread): void;
  /** This one is open from now on, and stays when room is made. */
  bringForward(ticketId: string): void;
  isFront(ticketId: string): boolean;
  front(): WatchedThread | undefined;
  /** Stops watching the first ones, to make room for `others` more. */
  makeRoom(others: number): void;
  clear(): void;
}

function createShelf(): Shelf {
  const threads = new Map<string, WatchedThread>();
  let front: string | null = null;

  function forget(ticketId: string): void {
    threads.get(ticketId)?.end();
    threads.delete(ticketId);
  }

  return {
    get: (ticketId) => threads.get(ticketId),
    front: () => (front === null ? undefined : threads.get(front)),
    isFront: (ticketId) => ticketId === front,
    bringForward(ticketId) {
      front = ticketId;
    },
    put(ticketId, thread) {
      threads.delete(ticketId);
      threads.set(ticketId, thread);
    },
    makeRoom(others) {
      for (const id of threads.keys())
        if (threads.size + others > mostReady && id !== front) forget(id);
    },
    clear() {
      front = null;
      for (const id of threads.keys()) forget(id);
    },
  };
}
