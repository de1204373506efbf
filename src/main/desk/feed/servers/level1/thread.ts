import type { MessageLevel1, TicketLevel1 } from '../../../../../contract/wire/entities.ts';
import type { Auth } from '../../../areas/session/auth.ts';
import { ApiError } from '../../api-error.ts';
import { fromCursor, partsOf } from '../../long-answers.ts';

/** A ticket as it is now with all its messages, oldest first. */
export interface ThreadLevel1 {
  ticket: TicketLevel1;
  messages: MessageLevel1[];
}

/**
 * The messages that come with the ticket are not used: the existing service takes nobody for staff
 * there and leaves notes out. Throws ApiError.
 */
export async function readLevel1Thread(auth: Auth, id: string): Promise<ThreadLevel1> {
  const { ticket } = await auth.request('level1Ticket', { params: { id } });
  return { ticket, messages: await readLevel1Messages(auth, id) };
}

/** All messages of a ticket, oldest first. Throws ApiError. */
export async function readLevel1Messages(auth: Auth, id: string): Promise<MessageLevel1[]> {
  const messages: MessageLevel1[] = [];
  const parts = partsOf(
    (cursor) => auth.request('level1Messages', { params: { id }, query: fromCursor(cursor) }),
    (part) => part.messages.length,
  );
  for await (const part of parts) for (const message of part.messages) messages.push(message);
  return messages;
}

/**
 * A thread is one ticket's: what speaks of another one is no answer to what was asked. Throws
 * ApiError.
 */
export function assertThreadOf(
  ticketId: string,
  messages: readonly MessageLevel1[],
  shownId = ticketId,
): void {
  const ids = new Set(messages.map(({ id }) => id));
  if (
    shownId !== ticketId ||
    messages.some((message) => message.ticket_id !== ticketId) ||
    ids.size < messages.length
  ) {
    throw new ApiError({ kind: 'bad-answer', why: 'a thread of another ticket' });
  }
}
