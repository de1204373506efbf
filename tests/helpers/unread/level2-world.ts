import { join } from 'node:path';
import type { SyncPage } from '../../../src/contract/wire/api.ts';
import type { Message, Ticket } from '../../../src/contract/wire/entities.ts';
import { parseWireTime } from '../../../src/core/time.ts';
import { applyAnswer, applyPage } from '../../../src/main/desk/feed/apply-page.ts';
import { beginSnapshot } from '../../../src/main/desk/feed/generation.ts';
import { pick, uuid, type Random } from '../../../src/server/demo/random.ts';
import { openUnreadDesk, start, type Said } from './desk.ts';
import { createSteps, deskActs, type Act } from './steps.ts';

const agents = [
  '00000000-0000-4000-8000-000000000001',
  '00000000-0000-4000-8000-000000000002',
] as const;
const customer = '00000000-0000-4000-8000-0000000000c0';

/** Changes that the server wrote in one transaction. */
interface Entry {
  ticketIds: string[];
  messageIds: string[];
  merged: { id: string; into: string }[];
}

/** How a message was written. */
interface Written {
  isInternal?: boolean;
  operationId?: string | null;
}

/** A server as the feed shows it: what arrives comes in the order of arrival, whatever its time. */
function createServer(random: Random) {
  const tickets = new Map<string, Ticket>();
  const messages = new Map<string, Message>();
  const log: Entry[] = [];
  /** For each answer, the messages of customers that stood before it when it was written. */
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
  function add(
    ticketId: string,
    author: string,
    { isInternal = false, operationId = null }: Written = {},
  ): Message {
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
      client_id: operationId,
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

type Server = ReturnType<typeof createServer>;

const toSaid = (message: Message): Said => ({
  id: message.id,
  ticketId: message.ticket_id,
  by: message.is_staff ? message.staff_id : null,
  isInternal: message.is_internal,
  at: parseWireTime(message.created_at),
  operationId: message.client_id,
});

/** A desk that follows the feed. */
function openDesk(server: Server, me: string, path: string, random: Random) {
  const thread = (ticketId: string): Said[] => server.of(ticketId).map(toSaid);
  const desk = openUnreadDesk({ me, path, random, thread });
  let cursor = 0;

  const settledBy = ({ id }: Said): string[] => server.settledBy.get(id) ?? [];

  /** As the desk does with each page. */
  function take(page: SyncPage, isCopy: boolean): void {
    const applied = applyPage(desk.cache(), page, me, desk.readThrough);
    desk.follow(applied.ticketIds);
    cursor = Number(page.next_cursor);
    desk.merge(page.removed);
    desk.hear(page.messages.map(toSaid), isCopy ? before : settledBy);
  }

  /** A copy does not tell in which ticket an answer was written. */
  function before({ id, ticketId }: Said): string[] {
    const ids = thread(ticketId).map((one) => one.id);
    return ids.slice(0, ids.indexOf(id));
  }

  /**
   * Takes a copy. Of a thread that the desk has nothing of it knows only times: what anyone has
   * answered is settled there.
   */
  function takeCopy({ isEmpty }: { isEmpty: boolean }): void {
    const fresh = [...server.tickets.keys()].filter((ticketId) => !desk.hasMessages(ticketId));
    const owedBefore = isEmpty ? new Set<string>() : new Set(desk.owed);
    take(server.copy(), true);
    desk.dropAllBut(new Set(server.tickets.keys()));
    for (const ticketId of fresh) {
      const talk = thread(ticketId).filter(({ isInternal }) => !isInternal);
      for (const { id } of talk.slice(0, talk.findLastIndex(({ by }) => by !== null) + 1))
        if (!owedBefore.has(id)) desk.owed.delete(id);
    }
  }

  return {
    ...desk,
    sync() {
      take(server.feed(cursor), false);
    },
    copyAgain() {
      beginSnapshot(desk.cache());
      takeCopy({ isEmpty: false });
    },
    clearCache() {
      desk.clearCache();
      takeCopy({ isEmpty: true });
    },
    /** The oldest reply that waits is written; its answer may be lost. */
    send(isAnswered: boolean) {
      const [operation] = desk.outbox().open();
      if (!operation) return;
      const ticket = server.tickets.get(operation.ticketId);
      if (!ticket) {
        desk.outbox().discard(operation.id);
        return;
      }
      const message = server.add(ticket.id, me, { operationId: operation.id });
      if (!isAnswered) return;
      applyAnswer(desk.cache(), { message });
      desk.outbox().acknowledge(operation.id, message.id);
      desk.follow([ticket.id]);
      desk.hear([toSaid(message)], settledBy);
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
    openDesk(server, mine, join(dir, 'a'), random),
    openDesk(server, mine, join(dir, 'b'), random),
    openDesk(server, colleague, join(dir, 'c'), random),
  ];
  type Desk = (typeof desks)[number];
  const anyTicket = (): string => pick(random, [...server.tickets.keys()]);
  const told = ({ message, ticket_id: ticketId }: Message): string => `${message} in ${ticketId}`;
  const acts: Act<Desk>[] = [
    ...deskActs<Desk>(anyTicket),
    ['customer writes', 6, () => told(server.add(anyTicket(), 'customer'))],
    ['customer opens', 1, () => server.open()],
    ['answer', 2, (desk) => told(server.add(anyTicket(), desk.me))],
    ['note', 1, (desk) => told(server.add(anyTicket(), desk.me, { isInternal: true }))],
    [
      'merge',
      2,
      () => {
        const [id, into] = [anyTicket(), anyTicket()];
        if (id !== into) server.merge(id, into);
        return `${id} into ${into}`;
      },
    ],
    [
      'send',
      3,
      (desk) => {
        desk.send(random() < 0.7);
      },
    ],
    [
      'full sync',
      1,
      (desk) => {
        desk.copyAgain();
      },
    ],
  ];
  for (let n = 0; n < 3; n += 1) server.open();
  for (const desk of desks) desk.copyAgain();
  return createSteps(desks, acts, random);
}
