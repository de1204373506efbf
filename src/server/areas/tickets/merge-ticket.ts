import type { Ticket } from '../../../contract/wire/entities.ts';
import { previewOf } from '../../../core/overlay.ts';
import { changeTags } from '../../../core/tags.ts';
import type { Actor } from '../../auth/actor.ts';
import { row, rows, type Tx } from '../../db/pool.ts';
import { problems } from '../../http/problem.ts';
import { assertTagCount } from './change-ticket.ts';
import { getTicket } from './tickets.ts';

/**
 * Moves the conversation, notes and keys of one ticket into another one of the same requester and
 * removes the first, whose id then refers to the other. Throws Problem 404 (either does not exist)
 * and 422 (the same ticket, or another requester's).
 */
export async function mergeTicket(
  tx: Tx,
  actor: Actor,
  id: string,
  intoId: string,
): Promise<Ticket> {
  if (id === intoId)
    throw problems.invalidField(['body', 'into'], 'a ticket cannot be merged into itself');
  // Locked in the order of ids, so that two merges of the same pair in opposite directions cannot
  // deadlock.
  await tx.query('select 1 from support_tickets where id = any($1) order by id for update', [
    [id, intoId],
  ]);
  const source = await getTicket(tx, actor, id);
  const target = await getTicket(tx, actor, intoId);
  if (source.requester.id !== target.requester.id)
    throw problems.invalidField(
      ['body', 'into'],
      'belongs to another requester, who would see these messages',
    );
  const tags = changeTags(target.tags, { add: source.tags, remove: [] });
  assertTagCount(tags, ['body', 'into']);
  await tx.query('update support_messages set ticket_id = $2 where ticket_id = $1', [id, intoId]);
  await tx.query('update idempotency_keys set ticket_id = $2 where ticket_id = $1', [id, intoId]);
  await tx.query('update merged_tickets set into_id = $2 where into_id = $1', [id, intoId]);
  await tx.query('insert into merged_tickets (id, into_id) values ($1, $2)', [id, intoId]);
  await tx.query('delete from support_tickets where id = $1', [id]);
  await deriveConversation(tx, intoId, tags);
  return getTicket(tx, actor, intoId);
}

/**
 * Updates the ticket's fields about its conversation from its present messages. Notes do not count.
 */
async function deriveConversation(tx: Tx, id: string, tags: string[]): Promise<void> {
  const said = await rows<{ n: number }>(
    tx,
    'select count(*)::int as n from support_messages where ticket_id = $1 and not is_internal',
    [id],
  );
  const last = await row<{ message: string; is_staff: boolean }>(
    tx,
    `
    select message, staff_id is not null as is_staff
    from support_messages
    where ticket_id = $1 and not is_internal
    order by created_at desc, id desc limit 1`,
    [id],
  );
  await tx.query(
    `
    update support_tickets t
    set tags = $2, public_messages = $3, last_preview = $4, last_is_staff = $5,
      updated_at = clock_timestamp(),
      last_message_at = (select max(m.created_at) from support_messages m
        where m.ticket_id = t.id and not m.is_internal)
      where t.id = $1`,
    [id, tags, said[0]?.n ?? 0, last ? previewOf(last.message) : null, last?.is_staff ?? null],
  );
}
