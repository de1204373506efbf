import { join } from 'node:path';
import type { MessageLevel1, TicketLevel1 } from '../../../src/contract/wire/entities.ts';
import { toOwnMessage } from '../../../src/core/level1.ts';
import { parseWireTime } from '../../../src/core/time.ts';
import type { Auth } from '../../../src/main/desk/areas/session/auth.ts';
import { ApiError } from '../../../src/main/desk/feed/api-error.ts';
import type { Claim } from '../../../src/main/desk/feed/servers/level1/apply.ts';
import { applyAnswer, type Applied } from '../../../src/main/desk/feed/apply-page.ts';
import { beginSnapshot } from '../../../src/main/desk/feed/generation.ts';
import { pullLevel1 } from '../../../src/main/desk/feed/servers/level1/pull.ts';
import { createVanishings } from '../../../src/main/desk/feed/servers/level1/vanishings.ts';
import { pick, uuid, type Random } from '../../../src/server/demo/random.ts';
import { openUnreadDesk, start, type Said } from './desk.ts';
import { createSteps, deskActs, type Act } from './steps.ts';

const me = '00000000-0000-4000-8000-000000000001';
const colleague = '00000000-0000-4000-8000-000000000002';
const customer = '00000000-0000-4000-8000-0000000000c0';

interface Written extends MessageLevel1 {
  /** The operation that wrote it, which no answer of this server says. */
  operationId: string | null;
}

/**
 * A server of level 1 that shows a superuser all tickets: a list, threads, and nothing else. What
 * comes through its API is written as its author's `user_id`; support writes by SQL too, and merges
 * by it.
 */
function createServer(random: Random) {
  const tickets = new Map<string, TicketLevel1>();
  const messages: Written[] = [];
  let now = start;
  const wire = (): string => new Date(now).toISOString().replace('Z', '000');
  const of = (ticketId: string): Written[] =>
    messages
      .filter((message) => message.ticket_id === ticketId)
      .toSorted((a, b) => (a.created_at < b.created_at ? -1 : 1));

  function touch(ticketId: string): void {
    now += 1_000;
    const ticket = tickets.get(ticketId);
    const last_message_at = of(ticketId).at(-1)?.created_at ?? null;
    if (ticket) tickets.set(ticketId, { ...ticket, updated_at: wire(), last_message_at });
  }
  function add(
    ticketId: string,
    author: Pick<MessageLevel1, 'user_id' | 'staff_id'>,
    { isInternal = false, operationId = null as string | null, text = '' } = {},
  ): Written {
    now += 1_000;
    const message = {
      id: uuid(random),
      ticket_id: ticketId,
      ...author,
      message: text || `m${messages.length + 1}`,
      is_internal: isInternal,
      is_staff: author.staff_id !== null,
      created_at: wire(),
      operationId,
    };
    messages.push(message);
    touch(ticketId);
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
      created_at: wire(),
      updated_at: wire(),
      resolved_at: null,
      last_message_at: null,
    });
    add(id, { user_id: customer, staff_id: null });
    return id;
  }
  function merge(id: string, into: string): void {
    for (const message of messages) if (message.ticket_id === id) message.ticket_id = into;
    tickets.delete(id);
    touch(into);
  }
  return { tickets, of, add, open, merge };
}

type Server = ReturnType<typeof createServer>;

const toSaid = (message: Written): Said => ({
  id: message.id,
  ticketId: message.ticket_id,
  by: message.staff_id ?? (message.user_id === customer ? null : message.user_id),
  isInternal: message.is_internal,
  at: parseWireTime(message.created_at),
  operationId: message.operationId,
});

const onTheWire = (written: Written): Partial<Written> =>
  Object.fromEntries(Object.entries(written).filter(([name]) => name !== 'operationId'));

/** A desk that reads the list and the threads that have changed. */
function openDesk(server: Server, path: string, random: Random) {
  const thread = (ticketId: string): Said[] => server.of(ticketId).map(toSaid);
  const desk = openUnreadDesk({ me, path, random, thread });
  const vanishings = createVanishings();
  const who = { id: me, name: 'Me' };

  /** The server breaks on a thread now and then. */
  const answers: Partial<Record<string, (id: string) => unknown>> = {
    level1Tickets: () => ({ tickets: [...server.tickets.values()] }),
    level1Messages(id) {
      if (random() < 0.1)
        throw new ApiError({
          kind: 'status',
          status: 500,
          detail: 'Internal Server Error',
          retryAfterMs: null,
          body: null,
        });
      return { messages: server.of(id).map(onTheWire) };
    },
  };
  const auth = {
    request: async (route: string, parts: { params?: { id: string } }) =>
      answers[route]?.(parts.params?.id ?? ''),
  } as unknown as Auth;

  /** As the desk finds the message of a lost answer: each text here is sent once. */
  const claim: Claim = (ticketId, messages) => {
    for (const { id, intent } of desk.outbox().openOf(ticketId)) {
      const found = messages.find(
        ({ message }) => intent.kind === 'reply' && message === intent.text,
      );
      if (found) return { messageId: found.id, operationId: id };
    }
    return null;
  };

  /** Hears a thread. In one that was never here, messages that anyone has answered are settled. */
  function hearThread(ticketId: string, isFresh: boolean): void {
    const talk = thread(ticketId);
    const settledBy = (reply: Said): string[] => {
      const ids = talk.map(({ id }) => id);
      return ids.slice(0, ids.indexOf(reply.id));
    };
    desk.hear(talk, settledBy);
    const said = talk.filter(({ isInternal }) => !isInternal);
    const answered = said.findLastIndex(({ by }) => by !== null);
    if (isFresh) for (const { id } of said.slice(0, answered + 1)) desk.owed.delete(id);
  }

  async function sync(): Promise<void> {
    const fresh = new Set([...server.tickets.keys()].filter((id) => !desk.hasMessages(id)));
    const before = new Map([...fresh].map((id) => [id, false]));
    const onPage = ({ ticketIds, arrived }: Applied): void => {
      desk.follow(ticketIds);
      for (const { operationId, messageId } of arrived)
        desk.outbox().acknowledge(operationId, messageId);
      for (const id of ticketIds)
        if (server.tickets.has(id) && desk.hasMessages(id)) {
          hearThread(id, before.get(id) === false);
          before.delete(id);
        }
    };
    try {
      await pullLevel1({
        auth,
        cache: desk.cache(),
        vanishings,
        reading: { me: who, readThrough: desk.readThrough, claim },
        stopped: () => false,
        on: { page: onPage, reached: () => undefined },
      });
    } catch (error) {
      // Every thread that was to be read has failed: the next poll reads them.
      if (!(error instanceof ApiError)) throw error;
    }
    desk.dropAllBut(new Set(server.tickets.keys()));
  }

  return {
    ...desk,
    sync,
    copyAgain(): Promise<void> {
      beginSnapshot(desk.cache());
      return sync();
    },
    async clearCache(): Promise<void> {
      desk.clearCache();
      await sync();
    },
    /** The oldest reply that waits is written; its answer may be lost. */
    send(isAnswered: boolean) {
      const [operation] = desk.outbox().open();
      if (!operation || operation.intent.kind !== 'reply') return;
      const { id, ticketId, intent } = operation;
      if (!server.tickets.has(ticketId)) {
        desk.outbox().discard(id);
        return;
      }
      const sentAlready = server.of(ticketId).some((message) => message.operationId === id);
      if (sentAlready) return;
      const by = { user_id: me, staff_id: null };
      const written = server.add(ticketId, by, { operationId: id, text: intent.text });
      if (!isAnswered) return;
      applyAnswer(desk.cache(), { message: toOwnMessage(written, who, id) });
      desk.outbox().acknowledge(id, written.id);
      desk.follow([ticketId]);
      const ids = thread(ticketId).map((one) => one.id);
      desk.hear([toSaid(written)], (reply) => ids.slice(0, ids.indexOf(reply.id)));
    },
  };
}

/** Customers, an agent with two desks, a colleague, and a server of level 1. */
export function createLevel1World(dir: string, random: Random) {
  const server = createServer(random);
  const desks = [
    openDesk(server, join(dir, 'a'), random),
    openDesk(server, join(dir, 'b'), random),
  ];
  type Desk = (typeof desks)[number];
  const anyTicket = (): string => pick(random, [...server.tickets.keys()]);
  const writes = (
    author: Pick<MessageLevel1, 'user_id' | 'staff_id'>,
    isInternal = false,
  ): string => {
    const { message, ticket_id: ticketId } = server.add(anyTicket(), author, { isInternal });
    return `${message} in ${ticketId}`;
  };
  const acts: Act<Desk>[] = [
    ...deskActs<Desk>(anyTicket),
    ['customer writes', 6, () => writes({ user_id: customer, staff_id: null })],
    ['customer opens', 1, () => server.open()],
    ['I answer elsewhere', 1, () => writes({ user_id: me, staff_id: null })],
    ['I answer by SQL', 1, () => writes({ user_id: null, staff_id: me })],
    ['a colleague answers', 1, () => writes({ user_id: colleague, staff_id: null })],
    ['a colleague answers by SQL', 1, () => writes({ user_id: null, staff_id: colleague })],
    ['note', 1, () => writes({ user_id: null, staff_id: colleague }, true)],
    [
      'merge by SQL',
      1,
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
    ['full sync', 1, (desk) => desk.copyAgain()],
  ];
  for (let n = 0; n < 3; n += 1) server.open();
  return createSteps(desks, acts, random);
}
