import type { Message, MessageLevel1, Ticket, TicketLevel1 } from '../contract/entities.ts';
import { previewOf } from './overlay.ts';
import { parseWireMicros } from './time.ts';

/**
 * What tells a ticket whose thread was read from one that has news. The wire's own text, since a
 * Date would drop the microseconds that two changes may differ by.
 */
export function threadMark(ticket: TicketLevel1): string {
  return [ticket.updated_at, ticket.last_message_at ?? '', ticket.status].join(' ');
}

export interface ListNews {
  /** Newest activity first. */ changed: TicketLevel1[];
  vanished: string[];
}

/**
 * What a list of tickets says that is not known: `known` maps each cached ticket to the mark its
 * thread was read at, null when it was not read. Only a complete list can say that a ticket is
 * gone.
 */
export function compareList(
  listed: readonly TicketLevel1[],
  known: ReadonlyMap<string, string | null>,
  complete: boolean,
): ListNews {
  const changed = listed.filter((ticket) => known.get(ticket.id) !== threadMark(ticket));
  const here = new Set(listed.map((ticket) => ticket.id));
  return {
    changed: changed.toSorted((a, b) => activityOf(b) - activityOf(a)),
    vanished: complete ? [...known.keys()].filter((id) => !here.has(id)) : [],
  };
}

function activityOf(ticket: TicketLevel1): number {
  return parseWireMicros(ticket.last_message_at ?? ticket.created_at);
}

/** The signed-in account, to whom the authors are named. */
export interface Me {
  id: string;
  name: string;
}

/**
 * Level 1 names nobody. A customer is told apart by the beginning of their id; before a message of
 * theirs is read not even that is known.
 */
function customerLabel(userId: string | null): string {
  return userId === null ? 'Customer' : `Customer ${userId.slice(0, 4)}`;
}

/**
 * The customer of a thread: the first who wrote as a user and is not me; me where nobody else did.
 */
function customerOf(messages: readonly MessageLevel1[], me: Me): string | null {
  const users = messages.flatMap(({ user_id: id }) => (id === null ? [] : [id]));
  return users.find((id) => id !== me.id) ?? users[0] ?? null;
}

/**
 * The messages of a thread with each author on their side. Level 1 writes whatever comes through
 * its API as `user_id`, and one of its routes says `is_staff: false` of everything. So what I wrote
 * is mine whichever way it is written, and of others, since only a ticket's owner and staff can
 * write to it, everybody but its customer is staff.
 */
export function withSides(messages: readonly MessageLevel1[], me: Me): MessageLevel1[] {
  const customer = customerOf(messages, me);
  return messages.map((message) => {
    const { user_id: user, staff_id: staff } = message;
    const isCustomers = staff === null && (user === null || (user === customer && user !== me.id));
    return isCustomers
      ? { ...message, is_staff: false }
      : { ...message, user_id: null, staff_id: staff ?? user, is_staff: true };
  });
}

/** What a level-1 ticket does not say itself. */
export interface ThreadFacts {
  customerId: string | null;
  messageCount: number;
  lastMessage: Ticket['last_message'];
  /**
   * Wire time of the last message that is cached, where the ticket's own would run ahead of the
   * preview.
   */
  lastMessageAt: string | null;
}

/** What the messages of a thread, oldest first, say of its ticket. */
export function factsOf(messages: readonly MessageLevel1[], me: Me): ThreadFacts {
  const last = withSides(messages, me).findLast((message) => !message.is_internal);
  return {
    customerId: customerOf(messages, me),
    messageCount: messages.length,
    lastMessage: last ? { preview: previewOf(last.message), is_staff: last.is_staff } : null,
    lastMessageAt: last?.created_at ?? null,
  };
}

export const noFacts: ThreadFacts = {
  customerId: null,
  messageCount: 0,
  lastMessage: null,
  lastMessageAt: null,
};

/** Level 1 sets `waiting`, which says that the customer wrote last, after a reply of staff too. */
export function answeredStatus(ticket: TicketLevel1, { lastMessage }: ThreadFacts): TicketLevel1 {
  return ticket.status === 'waiting' && lastMessage?.is_staff === true
    ? { ...ticket, status: 'in_progress' }
    : ticket;
}

/**
 * A level-1 ticket in the shape of the contract; what level 1 does not know is left empty, never
 * made up. Its version is the time of its last change, which only grows. An unknown requester gets
 * the ticket's id, so that no two tickets look like one customer's.
 */
export function toTicket(ticket: TicketLevel1, facts: ThreadFacts, me: Me): Ticket {
  return {
    ...ticket,
    last_message_at: facts.lastMessageAt ?? ticket.last_message_at,
    requester: {
      id: facts.customerId ?? ticket.id,
      name: facts.customerId === me.id ? me.name : customerLabel(facts.customerId),
      email: '',
    },
    assignee_id: null,
    tags: [],
    snoozed_until: null,
    version: parseWireMicros(ticket.updated_at),
    message_count: facts.messageCount,
    last_message: facts.lastMessage,
  };
}

/**
 * A level-1 message, on its side, in the shape of the contract. `clientId` is the operation of this
 * desk that wrote it, where that is known.
 */
export function toMessage(message: MessageLevel1, me: Me, clientId: string | null): Message {
  const author =
    message.staff_id === me.id
      ? me.name
      : message.is_staff
        ? 'Support Team'
        : customerLabel(message.user_id);
  return { ...message, author_name: author, client_id: clientId, mentions: [] };
}

/** The message that an operation of mine made. */
export function toOwnMessage(message: MessageLevel1, me: Me, clientId: string): Message {
  return toMessage({ ...message, user_id: null, staff_id: me.id, is_staff: true }, me, clientId);
}
