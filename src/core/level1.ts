import type { Message, MessageLevel1, Ticket, TicketLevel1 } from '../contract/entities.ts';
import { previewOf } from './overlay.ts';
import { parseWireMicros } from './time.ts';

/**
 * What tells a ticket whose thread was read from one that has news. The wire's own text, since a Date would drop the
 * microseconds that two changes may differ by.
 */
export function threadMark(ticket: TicketLevel1): string {
  return [ticket.updated_at, ticket.last_message_at ?? '', ticket.status].join(' ');
}

export interface ListNews { /** Newest activity first. */ changed: TicketLevel1[]; vanished: string[] }

/**
 * What a list of tickets says that is not known: `known` maps each cached ticket to the mark its thread was read at, null
 * when it was not read. Only a complete list can say that a ticket is gone.
 */
export function compareList(listed: readonly TicketLevel1[], known: ReadonlyMap<string, string | null>, complete: boolean): ListNews {
  const changed = listed.filter((ticket) => known.get(ticket.id) !== threadMark(ticket));
  const here = new Set(listed.map((ticket) => ticket.id));
  return { changed: changed.toSorted((a, b) => activityOf(b) - activityOf(a)), vanished: complete ? [...known.keys()].filter((id) => !here.has(id)) : [] };
}

function activityOf(ticket: TicketLevel1): number {
  return parseWireMicros(ticket.last_message_at ?? ticket.created_at);
}

/** Level 1 names nobody. A customer is told apart by the beginning of their id; before a message of theirs is read not even that is known. */
export function customerLabel(userId: string | null): string {
  return userId === null ? 'Customer' : `Customer ${userId.slice(0, 4)}`;
}

/** What a level-1 ticket does not say itself. */
export interface ThreadFacts {
  customerId: string | null;
  messageCount: number;
  lastMessage: Ticket['last_message'];
  /** Wire time of the last message that is cached, where the ticket's own would run ahead of the preview. */
  lastMessageAt: string | null;
}

/** What the messages of a thread, oldest first, say of its ticket. */
export function factsOf(messages: readonly MessageLevel1[]): ThreadFacts {
  const last = messages.findLast((message) => !message.is_internal);
  return {
    customerId: messages.find((message) => message.user_id !== null)?.user_id ?? null,
    messageCount: messages.length,
    lastMessage: last ? { preview: previewOf(last.message), is_staff: last.is_staff } : null,
    lastMessageAt: last?.created_at ?? null,
  };
}

/**
 * A level-1 ticket in the shape of the contract; what level 1 does not know is left empty, never made up. Its version is
 * the time of its last change, which only grows. An unknown requester gets the ticket's id, so that no two tickets look
 * like one customer's.
 */
export function toTicket(ticket: TicketLevel1, facts: ThreadFacts): Ticket {
  return {
    ...ticket,
    last_message_at: facts.lastMessageAt ?? ticket.last_message_at,
    requester: { id: facts.customerId ?? ticket.id, name: customerLabel(facts.customerId), email: '' },
    assignee_id: null,
    tags: [],
    snoozed_until: null,
    version: parseWireMicros(ticket.updated_at),
    message_count: facts.messageCount,
    last_message: facts.lastMessage,
  };
}

/** A level-1 message in the shape of the contract. `clientId` is the operation of this desk that wrote it, where that is known. */
export function toMessage(message: MessageLevel1, me: { id: string; name: string }, clientId: string | null): Message {
  const author = message.staff_id === me.id ? me.name : message.is_staff ? 'Support Team' : customerLabel(message.user_id);
  return { ...message, author_name: author, client_id: clientId, mentions: [] };
}
