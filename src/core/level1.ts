import type { Message, MessageLevel1, Ticket, TicketLevel1 } from '../contract/wire/entities.ts';
import { previewOf } from './overlay.ts';
import { parseWireMicros } from './time.ts';

/**
 * The state of a ticket at which its thread was read; it differs once there is news. It keeps the
 * wire's own text, because a Date would drop the microseconds that two changes may differ by.
 */
export function threadMark(ticket: TicketLevel1): string {
  return [ticket.updated_at, ticket.last_message_at ?? '', ticket.status].join(' ');
}

export interface ListNews {
  /** Newest activity first. */
  changed: TicketLevel1[];
  vanished: string[];
}

/**
 * Compares a list of tickets with the cache. `known`: maps each cached ticket to the mark at which
 * its thread was read, null if it was not read. Only a complete list can show that a ticket is
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

/** The signed-in account. */
export interface Me {
  id: string;
  name: string;
}

/**
 * Level 1 reports no names. A customer is identified by the beginning of their id, which is unknown
 * until one of their messages was read.
 */
function customerLabel(userId: string | null): string {
  return userId === null ? 'Customer' : `Customer ${userId.slice(0, 4)}`;
}

/** The customer of a thread: the first other user who wrote in it, or me if nobody else did. */
function customerOf(messages: readonly MessageLevel1[], me: Me): string | null {
  const users = messages.flatMap(({ user_id: id }) => (id === null ? [] : [id]));
  return users.find((id) => id !== me.id) ?? users[0] ?? null;
}

/**
 * The messages of a thread with each author on their side. Level 1 stores everything from its API
 * under `user_id`, and one of its routes reports `is_staff: false` for every message. My messages
 * are therefore staff messages under either field. Only a ticket's customer and staff can write to
 * it, so everybody else but the customer is staff.
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

/** Facts that a level-1 ticket does not report itself. */
export interface ThreadFacts {
  customerId: string | null;
  messageCount: number;
  lastMessage: Ticket['last_message'];
  /** Wire time of the last cached message; the ticket's own time may be ahead of the preview. */
  lastMessageAt: string | null;
}

/** The facts of a ticket that follow from its messages, oldest first. */
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

/**
 * Corrects `waiting`, which means that the customer wrote last: level 1 sets it after a staff reply
 * too.
 */
export function answeredStatus(ticket: TicketLevel1, { lastMessage }: ThreadFacts): TicketLevel1 {
  return ticket.status === 'waiting' && lastMessage?.is_staff === true
    ? { ...ticket, status: 'in_progress' }
    : ticket;
}

/**
 * A level-1 ticket in the shape of the contract; values unknown to level 1 are left empty, never
 * made up. Its version is the time of its last change, which only grows. An unknown requester gets
 * the ticket's id, so that no two tickets seem to have the same customer.
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
 * A level-1 message, already on its side, in the shape of the contract. `clientId`: the operation
 * of this desk that created it, if known.
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

/** The message created by one of my own operations. */
export function toOwnMessage(message: MessageLevel1, me: Me, clientId: string): Message {
  return toMessage({ ...message, user_id: null, staff_id: me.id, is_staff: true }, me, clientId);
}
