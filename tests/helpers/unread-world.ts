import { join } from 'node:path';
import type { SyncPage } from '../../src/contract/api.ts';
import type { Message, Ticket } from '../../src/contract/entities.ts';
import { readThrough, rememberAccount } from '../../src/main/desk/areas/session/accounts.ts';
import { openCache, removeCache } from '../../src/main/desk/sqlite/cache-file.ts';
import { threadWindow } from '../../src/main/desk/areas/tickets/messages.ts';
import type { WriteDb } from '../../src/main/desk/sqlite/connection.ts';
import { openOutbox } from '../../src/main/desk/sqlite/outbox-file.ts';
import { countViews, listTickets } from '../../src/main/desk/areas/tickets/ticket-list.ts';
import { getTicket } from '../../src/main/desk/areas/tickets/tickets-table.ts';
import { setRead, unreadState } from '../../src/main/desk/areas/tickets/mark-read.ts';
import { keepUnread } from '../../src/main/desk/areas/tickets/read-marks.ts';
import { applyPage, beginSnapshot } from '../../src/main/desk/feed/apply-page.ts';
import { pick, uuid, type Random } from '../../src/server/demo/random.ts';

const agents = [
  '00000000-0000-4000-8000-000000000001',
  '00000000-0000-4000-8000-000000000002',
] as const;
const customer = '00000000-0000-4000-8000-0000000000c0';
const start = Date.UTC(2026, 10, 30);

/** What the server wrote in one transaction. */
interface Entry {
  ticketIds: string[];
  messageIds: string[];
  merged: { id: string; into: string }[];
}

/** A server as the feed shows it: what arrives comes in the order of arrival, whatever its time. */
function createServer(random: Random) {
  const tickets = new Map<string, Ticket>();
  const messages = new Map<string, Message>();
  const log: Entry[] = [];
  /** Which messages of customers each answer had before it when it was written. */
  const settledBy = new Map<string, string[]>();
  let now = start;
  const wire = (ms: number): string => new Date(ms).toISOString().replace('Z', '000Z');
  const of = (ticketId: string): Message[] =>
    [...messages.values()]
      .filter((message) => message.ticket_id === ticketId)
      .toSorted((a, b) => (a.created_at < b.created_at ? -1 : 1));

  function touch(ticketId: string): void {
    const ticket = tickets.get(ticketId);
    const talk = of(ticketId).filter((message) => !message.is_internal);
    const last = talk.at(-1);
    if (ticket)
      tickets.set(ticketId, {
        ...ticket,
        version: ticket.version + 1,
        updated_at: wire(now),
        message_count: of(ticketId).length,
        last_message_at: last?.created_at ?? null,
        last_message: last ? { preview: last.message, is_staff: last.is_staff } : null,
      });
  }
  function add(ticketId: string, author: string, isInternal = false): Message {
    now += 1_000;
    const isStaff = author !== 'customer';
    const message: Message = {
      id: uuid(random),
      ticket_id: ticketId,
      user_id: isStaff ? null : customer,
      staff_id: isStaff ? author : null,
      author_name: author,
      message: `m${messages.size + 1}`,
      is_internal: isInternal,
      is_staff: isStaff,
      created_at: wire(now),
      client_id: null,
      mentions: [],
    };
    if (isStaff && !isInternal)
      settledBy.set(
        message.id,
        of(ticketId)
          .filter((one) => !one.is_staff)
          .map((one) => one.id),
      );
    messages.set(message.id, message);
    touch(ticketId);
    log.push({ ticketIds: [ticketId], messageIds: [message.id], merged: [] });
    return message;
  }
  function open(): string {
    now += 1_000;
    const id = uuid(random);
    tickets.set(id, {
      id,
      subject: 'Where is my order?',
      category: 'other',
      priority: 'low',
      status: 'open',
      created_at: wire(now),
      updated_at: wire(now),
      resolved_at: null,
      last_message_at: null,
      requester: { id: customer, name: 'Dana', email: 'd@example.test' },
      assignee_id: null,
      tags: [],
      snoozed_until: null,
      version: 1,
      message_count: 0,
      last_message: null,
    });
    add(id, 'customer');
    return id;
  }
  function merge(id: string, into: string): void {
    const moved = of(id);
    for (const message of moved) messages.set(message.id, { ...message, ticket_id: into });
    tickets.delete(id);
    touch(into);
    log.push({
      ticketIds: [into],
      messageIds: moved.map((message) => message.id),
      merged: [{ id, into }],
    });
  }
  function pageOf(entries: readonly Entry[], cursor: number, more: boolean): SyncPage {
    const ids = new Set(entries.flatMap((entry) => entry.messageIds));
    const ticketIds = new Set(entries.flatMap((entry) => entry.ticketIds));
    return {
      tickets: [...ticketIds].flatMap((id) => tickets.get(id) ?? []),
      messages: [...messages.values()]
        .filter(({ id }) => ids.has(id))
        .toSorted((a, b) => (a.created_at < b.created_at ? -1 : 1)),
      staff: [],
      macros: [],
      removed: entries.flatMap((entry) =>
        entry.merged.map(({ id, into }) => ({
          kind: 'ticket' as const,
          id,
          ...(tickets.has(into) ? { merged_into: into } : {}),
        })),
      ),
      next_cursor: String(cursor),
      has_more: more,
    };
  }
  return {
    tickets,
    settledBy,
    open,
    add,
    merge,
    of,
    feed: (from: number): SyncPage => pageOf(log.slice(from), log.length, false),
    copy: (): SyncPage => ({
      ...pageOf([], log.length, false),
      tickets: [...tickets.values()],
      messages: [...messages.values()].toSorted((a, b) => (a.created_at < b.created_at ? -1 : 1)),
    }),
  };
}

/** A desk of an agent, on real files, with the window in front of it. */
function openDesk(server: ReturnType<typeof createServer>, me: string, path: string) {
  const open = (): [WriteDb, WriteDb] => {
    const opened: [WriteDb, WriteDb] = [
      openCache(`${path}-cache.db`).db,
      openOutbox(`${path}-outbox.db`).db,
    ];
    // Thousands of steps; none of them loses power.
    for (const db of opened) db.pragma('synchronous = OFF');
    return opened;
  };
  let [cache, outboxDb] = open();
  const { key } = rememberAccount(
    outboxDb,
    { id: me, email: 'me@example.test', name: 'Me', role: 'staff' },
    'http://127.0.0.1:9',
  );
  let cursor = 0;
  let focus = true;
  let screen: { ticketId: string; state: string; messageIds: string[] } | null = null;
  /** Messages of customers that this agent has never had on a focused screen here, nor answered. */
  const owed = new Set<string>();
  const known = new Set<string>();
  const readThroughOf = (ticketId: string): number => readThrough(outboxDb, key, ticketId) ?? 0;
  const stateOf = (ticketId: string): string | null => {
    const record = getTicket(cache, ticketId);
    return record && unreadState(cache, record);
  };

  /** As the desk does with each page. */
  function take(page: SyncPage, isCopy: boolean): void {
    const applied = applyPage(cache, page, me, readThroughOf);
    for (const ticketId of applied.ticketIds) keepUnread(cache, outboxDb, key, ticketId);
    cursor = Number(page.next_cursor);
    for (const {
      id,
      ticket_id: ticketId,
      is_staff: isStaff,
      is_internal: isInternal,
      staff_id: by,
    } of page.messages) {
      if (known.has(id) || isInternal) continue;
      known.add(id);
      if (!isStaff) owed.add(id);
      else if (by === me)
        for (const settled of isCopy ? before(ticketId, id) : (server.settledBy.get(id) ?? []))
          owed.delete(settled);
    }
  }

  /** A copy does not tell in which ticket an answer was written. */
  function before(ticketId: string, messageId: string): string[] {
    const thread = server.of(ticketId).map(({ id }) => id);
    return thread.slice(0, thread.indexOf(messageId));
  }

  /**
   * Takes a copy. Of a thread that the desk has nothing of it knows only times: what anyone has
   * answered is settled there.
   */
  function takeCopy({ isEmpty }: { isEmpty: boolean }): void {
    const fresh = [...server.tickets.keys()].filter(
      (ticketId) => threadWindow(cache, ticketId, null, 1).length === 0,
    );
    const owedBefore = isEmpty ? new Set<string>() : new Set(owed);
    take(server.copy(), true);
    for (const ticketId of fresh) {
      const talk = server.of(ticketId).filter((message) => !message.is_internal);
      for (const { id } of talk.slice(0, talk.findLastIndex((message) => message.is_staff) + 1))
        if (!owedBefore.has(id)) owed.delete(id);
    }
  }

  return {
    me,
    sync: () => {
      take(server.feed(cursor), false);
    },
    copyAgain() {
      beginSnapshot(cache);
      takeCopy({ isEmpty: false });
    },
    clearCache() {
      cache.close();
      removeCache(`${path}-cache.db`);
      outboxDb.close();
      [cache, outboxDb] = open();
      screen = null;
      takeCopy({ isEmpty: true });
    },
    restart() {
      cache.close();
      outboxDb.close();
      [cache, outboxDb] = open();
      screen = null;
    },
    /** Shows a ticket, with what is in it by now. */
    show(ticketId: string) {
      const state = stateOf(ticketId);
      screen =
        state === null
          ? null
          : {
              ticketId,
              state,
              messageIds: threadWindow(cache, ticketId, null, 1_000).map(({ id }) => id),
            };
    },
    shown: () => screen?.ticketId ?? null,
    setFocus: (on: boolean) => {
      focus = on;
    },
    /** A moment passes, with the ticket in front of the agent. Returns what is wrong then. */
    moment(): string[] {
      if (!focus || screen === null) return [];
      const { ticketId, state, messageIds } = screen;
      for (const id of messageIds) owed.delete(id);
      if (state !== stateOf(ticketId)) return [];
      setRead(
        {
          cache,
          own: { db: outboxDb, key },
          readThrough: readThroughOf,
          onSeen: () => undefined,
        },
        ticketId,
      );
      return getTicket(cache, ticketId)?.unread
        ? [`${ticketId} was shown in focus and is unread`]
        : [];
    },
    problems(): string[] {
      const query = {
        view: 'all' as const,
        filter: {},
        sort: 'newest' as const,
        me,
        now: start,
        except: [],
      };
      const rows = listTickets(cache, query, null, 1_000);
      const counts = countViews(cache, me, start);
      const unread = rows.filter((row) => row.unread).length;
      const unlike =
        counts.count.all !== rows.length || counts.unread.all !== unread
          ? ['a count is not that of its rows']
          : [];
      return [
        ...unlike,
        ...rows
          .filter((row) => !row.unread)
          .flatMap(({ id }) => {
            const unseen = threadWindow(cache, id, null, 1_000).filter((message) =>
              owed.has(message.id),
            );
            return unseen.length > 0
              ? [
                  `${id} counts as read, and ${unseen.map(({ text }) => text).join(', ')} was never seen`,
                ]
              : [];
          }),
      ];
    },
    /** For whether the histories are worth anything. */
    owed: (): number => owed.size,
    close() {
      cache.close();
      outboxDb.close();
    },
  };
}

/**
 * Customers, two agents, of whom one has two desks, and a server, moved a step at a time by chance.
 */
export function createUnreadWorld(dir: string, random: Random) {
  const server = createServer(random);
  const [mine, colleague] = agents;
  const desks = [
    openDesk(server, mine, join(dir, 'a')),
    openDesk(server, mine, join(dir, 'b')),
    openDesk(server, colleague, join(dir, 'c')),
  ];
  const trace: string[] = [];
  const anyTicket = (): string => pick(random, [...server.tickets.keys()]);
  const told = ({ message, ticket_id: ticketId }: Message): void => {
    trace.push(`  ${message} in ${ticketId}`);
  };
  type Desk = (typeof desks)[number];
  const acts: [name: string, weight: number, act: (desk: Desk) => string[] | void][] = [
    [
      'customer writes',
      6,
      () => {
        told(server.add(anyTicket(), 'customer'));
      },
    ],
    [
      'customer opens',
      1,
      () => {
        server.open();
      },
    ],
    [
      'answer',
      2,
      (desk) => {
        told(server.add(anyTicket(), desk.me));
      },
    ],
    [
      'note',
      1,
      (desk) => {
        server.add(anyTicket(), desk.me, true);
      },
    ],
    [
      'merge',
      2,
      () => {
        const [id, into] = [anyTicket(), anyTicket()];
        if (id !== into) server.merge(id, into);
        trace.push(`  ${id} into ${into}`);
      },
    ],
    [
      'sync',
      8,
      (desk) => {
        desk.sync();
      },
    ],
    [
      'open a ticket',
      5,
      (desk) => {
        desk.show(anyTicket());
      },
    ],
    [
      'refresh',
      5,
      (desk) => {
        desk.show(desk.shown() ?? anyTicket());
      },
    ],
    [
      'focus',
      2,
      (desk) => {
        desk.setFocus(true);
      },
    ],
    [
      'blur',
      2,
      (desk) => {
        desk.setFocus(false);
      },
    ],
    ['moment', 8, (desk) => desk.moment()],
    [
      'full sync',
      1,
      (desk) => {
        desk.copyAgain();
      },
    ],
    [
      'clear',
      0.5,
      (desk) => {
        desk.clearCache();
      },
    ],
    [
      'restart',
      0.5,
      (desk) => {
        desk.restart();
      },
    ],
  ];
  const totalWeight = acts.reduce((sum, [, weight]) => sum + weight, 0);

  for (let n = 0; n < 3; n += 1) server.open();
  for (const desk of desks) desk.copyAgain();
  return {
    desks,
    trace,
    /** Returns what is wrong after it. */
    step(): string[] {
      const desk = pick(random, desks);
      let at = random() * totalWeight;
      const chosen = acts.find(([, weight]) => (at -= weight) < 0) ?? acts[0];
      if (!chosen) return [];
      const [name, , act] = chosen;
      trace.push(`desk ${desks.indexOf(desk)}: ${name}`);
      return [...(act(desk) ?? []), ...desk.problems()];
    },
    close(): void {
      for (const desk of desks) desk.close();
    },
  };
}
