import type { Ticket } from '../../../contract/wire/entities.ts';
import type { Actor } from '../../auth/actor.ts';
import { row, type Tx } from '../../db/pool.ts';
import { addMessage } from '../messages/messages.ts';
import { getTicket } from './tickets.ts';
import { assertTicketsOpened } from '../messages/volume.ts';

export interface NewTicket {
  subject: string;
  category: string;
  priority: string;
  message: string;
  clientId: string | null;
  /** Characters that the message must have. */
  least: number;
}

/** Opens a customer's ticket with its first message. Throws Problem 422 (too short), 429 (too many, or too much). */
export async function openTicket(
  tx: Tx,
  actor: Actor,
  { subject, category, priority, message, clientId, least }: NewTicket,
): Promise<Ticket> {
  await assertTicketsOpened(tx, actor);
  const made = await row<{ id: string }>(
    tx,
    'insert into support_tickets (user_id, subject, category, priority) values ($1, $2, $3, $4) returning id',
    [actor.id, subject, category, priority],
  );
  if (!made) throw new Error('insert answered no row');
  await addMessage(tx, actor, { ticketId: made.id, text: message, clientId, least });
  // The opening message is no reply: a new ticket is open, not waiting.
  await tx.query("update support_tickets set status = 'open' where id = $1", [made.id]);
  return getTicket(tx, actor, made.id);
}
