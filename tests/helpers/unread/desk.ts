import type { SyncPage } from '../../../src/contract/wire/api.ts';
import { createOutbox, type Outbox } from '../../../src/main/desk/areas/outbox/queue.ts';
import { readThrough, rememberAccount } from '../../../src/main/desk/areas/session/accounts.ts';
import {
  followAllKeptUnread,
  followKeptUnread,
  keptUnread,
} from '../../../src/main/desk/areas/tickets/kept-unread.ts';
import {
  markRead,
  setUnread,
  unreadState,
  type MarkReadParts,
} from '../../../src/main/desk/areas/tickets/mark-read.ts';
import { newestKey, threadWindow } from '../../../src/main/desk/areas/tickets/messages.ts';
import { keepUnread } from '../../../src/main/desk/areas/tickets/read-marks.ts';
import { countViews, listTickets } from '../../../src/main/desk/areas/tickets/ticket-list.ts';
import { getTicket } from '../../../src/main/desk/areas/tickets/tickets-table.ts';
import { openCache, removeCache } from '../../../src/main/desk/sqlite/cache-file.ts';
import type { WriteDb } from '../../../src/main/desk/sqlite/connection.ts';
import { openOutbox } from '../../../src/main/desk/sqlite/outbox-file.ts';
import { isReadBySight } from '../../../src/renderer/areas/tickets/thread/thread-state.ts';
import type { Random } from '../../../src/server/demo/random.ts';
import { createFakeClock } from '../fake-clock.ts';

export const start = Date.UTC(2026, 10, 30);

/** A message as a server and a desk both know it. `by`: the agent, null for a customer. */
export interface Said {
  id: string;
  ticketId: string;
  by: string | null;
  isInternal: boolean;
  at: number;
  /** The operation that wrote it. */
  operationId: string | null;
}

interface Screen {
  ticketId: string;
  /** The thread as the window has read it. */
  thread: { ticket: { unread: boolean }; kept_unread: number | null };
  keptAtOpening: number | null;
  state: string;
  messageIds: string[];
  /** It was marked unread while it was open. */
  isHeld: boolean;
}

/** When the newest message that was here was written, and what was queued by then. */
interface Mark {
  through: number;
  queued: ReadonlySet<string>;
}

export interface UnreadDeskOptions {
  me: string;
  path: string;
  random: Random;
  /** Messages of a ticket at the server now, oldest first. */
  thread: (ticketId: string) => Said[];
}

export type UnreadDesk = ReturnType<typeof openUnreadDesk>;

/** A desk of an agent, on real files, with the window in front of it, and what is due to it. */
export function openUnreadDesk({ me, path, random, thread }: UnreadDeskOptions) {
  const clock = createFakeClock(start);
  function open(): { cache: WriteDb; outboxDb: WriteDb } {
    const opened = {
      cache: openCache(`${path}-cache.db`).db,
      outboxDb: openOutbox(`${path}-outbox.db`).db,
    };
    // Thousands of steps; none of them loses power.
    for (const db of Object.values(opened)) db.pragma('synchronous = OFF');
    return opened;
  }
  let { cache, outboxDb } = open();
  const { key } = rememberAccount(
    outboxDb,
    { id: me, email: 'me@example.test', name: 'Me', role: 'staff' },
    'http://127.0.0.1:9',
  );
  const openQueue = (): Outbox =>
    createOutbox({ db: outboxDb, accountId: key, clock, random, serverNow: () => start });
  let outbox = openQueue();
  let replies = 0;
  let focus = true;
  let screen: Screen | null = null;
  /** Messages of customers that this agent has never had on a focused screen here, nor answered. */
  const owed = new Set<string>();
  const known = new Set<string>();
  /** Tickets that the agent has marked unread and has neither opened since nor answered. */
  const marked = new Map<string, Mark>();
  const own = () => ({ db: outboxDb, key });
  const readThroughOf = (ticketId: string): number => readThrough(outboxDb, key, ticketId) ?? 0;
  const marking = (): MarkReadParts => ({
    cache,
    own: own(),
    readThrough: readThroughOf,
    onSeen: () => undefined,
    tell: { changed: () => undefined },
  });

  /** A reply that came after the mark has dealt with it. */
  function dropAnswered(): void {
    for (const [ticketId, { through, queued }] of marked)
      if (
        thread(ticketId).some(
          ({ id, by, isInternal, at, operationId }) =>
            known.has(id) &&
            by === me &&
            !isInternal &&
            at > through &&
            !queued.has(operationId ?? ''),
        )
      )
        marked.delete(ticketId);
  }

  const idsOf = (ticketId: string): string[] =>
    threadWindow(cache, ticketId, null, 1_000).map(({ id }) => id);

  function mark(ticketId: string, made: Mark): void {
    marked.set(ticketId, made);
    if (screen?.ticketId === ticketId) screen.isHeld = true;
  }

  function look(ticketId: string, isOpening: boolean): Screen | null {
    const record = getTicket(cache, ticketId);
    if (record === null) return null;
    const kept = keptUnread(own(), ticketId)?.mark ?? null;
    return {
      ticketId,
      thread: { ticket: { unread: record.unread }, kept_unread: kept },
      keptAtOpening: isOpening ? kept : (screen?.keptAtOpening ?? null),
      state: unreadState(cache, own(), record),
      messageIds: idsOf(ticketId),
      isHeld: !isOpening && screen?.isHeld === true,
    };
  }

  function rowsOf(): ReturnType<typeof listTickets> {
    const query = {
      view: 'all' as const,
      filter: {},
      sort: 'newest' as const,
      me,
      now: start,
      except: [],
    };
    return listTickets(cache, query, null, 1_000);
  }

  function wrongIn(ticketId: string): string[] {
    const unseen = threadWindow(cache, ticketId, null, 1_000).filter(({ id }) => owed.has(id));
    return [
      ...(unseen.length > 0
        ? [
            `${ticketId} counts as read, and ${unseen.map(({ text }) => text).join()} was never seen`,
          ]
        : []),
      ...(marked.has(ticketId) ? [`${ticketId} counts as read, and was marked unread`] : []),
    ];
  }

  function reopen(): void {
    ({ cache, outboxDb } = open());
    outbox = openQueue();
    screen = null;
    followAllKeptUnread(cache, own(), me);
  }

  return {
    me,
    owed,
    cache: () => cache,
    outbox: () => outbox,
    readThrough: readThroughOf,
    hasMessages: (ticketId: string) => threadWindow(cache, ticketId, null, 1).length > 0,
    /** As the desk does after a page or an answer. */
    follow(ticketIds: readonly string[]) {
      for (const ticketId of ticketIds) {
        followKeptUnread(cache, own(), me, ticketId);
        keepUnread(cache, outboxDb, key, ticketId);
      }
    },
    /**
     * Takes in messages: a customer's is due to the agent, unless an own reply has settled it.
     * Operations that wrote one of them are confirmed.
     */
    hear(said: readonly Said[], settledBy: (reply: Said) => readonly string[]) {
      for (const one of said) {
        const { operationId } = one;
        if (outbox.open().some(({ id }) => id === operationId))
          outbox.acknowledge(operationId ?? '', one.id);
        if (known.has(one.id)) continue;
        known.add(one.id);
        if (one.isInternal) continue;
        if (one.by === null) owed.add(one.id);
        else if (one.by === me) for (const settled of settledBy(one)) owed.delete(settled);
      }
      dropAnswered();
    },
    /** Marks go where the messages went; with a ticket that is gone they are lost. */
    merge(removed: SyncPage['removed']) {
      for (const { id, merged_into: into } of removed) {
        const moved = marked.get(id);
        marked.delete(id);
        if (moved === undefined || into === undefined) continue;
        const there = marked.get(into) ?? moved;
        mark(into, {
          through: Math.max(moved.through, there.through),
          queued: new Set([...moved.queued, ...there.queued]),
        });
      }
      dropAnswered();
    },
    dropAllBut(tickets: ReadonlySet<string>) {
      for (const ticketId of marked.keys()) if (!tickets.has(ticketId)) marked.delete(ticketId);
    },
    clearCache() {
      cache.close();
      removeCache(`${path}-cache.db`);
      outboxDb.close();
      reopen();
    },
    restart() {
      cache.close();
      outboxDb.close();
      reopen();
    },
    /** Shows a ticket, with what is in it by now. */
    open(ticketId: string) {
      screen = look(ticketId, true);
    },
    refresh() {
      if (screen !== null) screen = look(screen.ticketId, false);
    },
    shown: () => screen?.ticketId ?? null,
    /** Queues a reply. */
    reply(ticketId: string) {
      replies += 1;
      outbox.enqueue(ticketId, { kind: 'reply', text: `reply ${replies} of ${path}` });
    },
    markUnread(ticketId: string): boolean {
      if (getTicket(cache, ticketId) === null) return false;
      setUnread(marking(), ticketId);
      mark(ticketId, {
        through: Math.floor(newestKey(cache, ticketId) / 1_000),
        queued: new Set(outbox.open().map(({ id }) => id)),
      });
      return true;
    },
    setFocus: (on: boolean) => {
      focus = on;
    },
    /** A moment passes, with the ticket in front of the agent. Returns what is wrong then. */
    moment(): string[] {
      if (!focus || screen === null) return [];
      const { ticketId, state, messageIds, isHeld } = screen;
      for (const id of messageIds) owed.delete(id);
      if (!isReadBySight(screen)) return [];
      const record = getTicket(cache, ticketId);
      const isAsShown = record !== null && unreadState(cache, own(), record) === state;
      markRead(marking(), { ticket_id: ticketId, state });
      if (isHeld || String(idsOf(ticketId)) !== String(messageIds)) return [];
      if (!getTicket(cache, ticketId)?.unread) marked.delete(ticketId);
      else if (isAsShown) return [`${ticketId} was shown in focus and is unread`];
      return [];
    },
    problems(): string[] {
      const rows = rowsOf();
      const counts = countViews(cache, me, start);
      const unread = rows.filter((row) => row.unread).length;
      const isCounted = counts.count.all === rows.length && counts.unread.all === unread;
      return [
        ...(isCounted ? [] : ['a count is not that of its rows']),
        ...rows.filter((row) => !row.unread).flatMap(({ id }) => wrongIn(id)),
      ];
    },
    /** For whether the histories are worth anything. */
    worth: (): number => owed.size + marked.size,
    close() {
      cache.close();
      outboxDb.close();
    },
  };
}
