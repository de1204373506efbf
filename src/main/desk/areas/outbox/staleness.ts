import { isMine } from '../../../../core/confirmation.ts';
import type { Operation } from '../../../../core/operation.ts';
import { messagesAfter, type MessageRecord } from '../tickets/messages.ts';
import type { ReadDb } from '../../sqlite/connection.ts';

/** More than this is not shown on a card. */
const mostShown = 20;

/**
 * Messages that others wrote since the author looked: with them a reply would answer a question
 * that is not asked any more, and closing would bury a customer's word. A note and a change of
 * fields do no such harm and are not judged.
 */
export function newerThanSeen(cache: ReadDb, operation: Operation, me: string): MessageRecord[] {
  const { intent, seenThrough, ticketId } = operation;
  if (seenThrough === null || (intent.kind !== 'reply' && intent.kind !== 'close')) return [];
  const newer = messagesAfter(cache, ticketId, seenThrough, mostShown).filter(
    (message) => !isMine(message, me),
  );
  return intent.kind === 'reply' ? newer : newer.filter((message) => message.staff_id === null);
}
