import type { Thread } from '../../../../contract/bridge.ts';
import { errorCode, type Desk } from '../../../bridge/client.ts';
import type { Composer } from '../../compose/composer-store.ts';
import { windowSize } from './thread-state.ts';

/** A thread that was asked for before it is opened; null until it is here. */
interface Ahead {
  thread: Thread | null;
  reading: Promise<Thread>;
}

/** How far back a thread is read: to this message, or to the first unread one. */
interface Reach {
  reach?: string;
}

/** Reads threads from the desk, some of them before they are opened. */
export interface Reading {
  /**
   * The newest window of a ticket; one that is not on this computer is fetched first, and may
   * return as the ticket that took it over.
   */
  read(ticketId: string, reach: Reach): Promise<Thread>;
  /** When a thread was asked for, as the composer counts. */
  askedAt(thread: Thread): number;
  /** A thread that was read ahead; null where it is not here. */
  ready(ticketId: string): Thread | null;
  prepare(ticketIds: readonly string[]): void;
  /** Null: all of them. */
  forget(ticketIds: readonly string[] | null): void;
}

/** Threads that are kept ready. */
const mostAhead = 6;

export function createReading(desk: Desk, composer: Composer): Reading {
  const ahead = new Map<string, Ahead>();
  const askedAt = new WeakMap<Thread, number>();

  async function ask(ticketId: string, reach: Reach): Promise<Thread> {
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

  function readAhead(ticketId: string): void {
    const entry: Ahead = { thread: null, reading: ask(ticketId, { reach: 'unread' }) };
    ahead.set(ticketId, entry);
    // What cannot be read ahead is read when it is opened, and its failure told then.
    entry.reading.then(
      (thread) => {
        entry.thread = thread;
      },
      () => {
        if (ahead.get(ticketId) === entry) ahead.delete(ticketId);
      },
    );
  }

  return {
    askedAt: (thread) => askedAt.get(thread) ?? 0,
    ready: (ticketId) => ahead.get(ticketId)?.thread ?? null,
    async read(ticketId, reach) {
      try {
        const early = reach.reach === 'unread' ? ahead.get(ticketId)?.reading : undefined;
        return await (early ?? ask(ticketId, reach));
      } catch (error) {
        if (errorCode(error) !== 'ticket-not-found') throw error;
        return ask((await desk.call('thread.fetch', { ticket_id: ticketId })).ticket_id, reach);
      }
    },
    prepare(ticketIds) {
      for (const id of ahead.keys())
        if (ahead.size + ticketIds.length > mostAhead && !ticketIds.includes(id)) ahead.delete(id);
      for (const id of ticketIds) if (!ahead.has(id)) readAhead(id);
    },
    forget(ticketIds) {
      if (ticketIds === null) ahead.clear();
      else for (const id of ticketIds) ahead.delete(id);
    },
  };
}
