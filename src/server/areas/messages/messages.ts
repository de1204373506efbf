import type { Message } from '../../../contract/wire/entities.ts';
import { hasSeen } from '../../../contract/text.ts';
import { previewOf } from '../../../core/overlay.ts';
import { isStaff, type Actor } from '../../auth/actor.ts';
import { row, textRows, type Queryable, type TextRow, type Tx } from '../../db/pool.ts';
import { problems } from '../../http/problem.ts';
import { messageColumns, messageTexts } from './message-text.ts';
import { assertActiveStaff } from '../people/staff.ts';
import { lockTicket } from '../tickets/tickets.ts';
import { assertVolume } from './volume.ts';

/**
 * The one rule for which messages an actor may see, as SQL on `m` and its ticket `t`: a customer
 * never sees an internal note. `$1` is the actor's id.
 */
export const visibleMessages = (actor: Actor): string =>
  isStaff(actor) ? '$1::uuid is not null' : 't.user_id = $1 and not m.is_internal';

/** The tables that `visibleMessages` needs: staff see every message, whatever its ticket. */
export const messagesSource = (actor: Actor): string =>
  isStaff(actor)
    ? 'support_messages m'
    : 'support_messages m join support_tickets t on t.id = m.ticket_id';

/** Messages that the actor may see, each as JSON. */
export async function selectMessageTexts(
  db: Queryable,
  actor: Actor,
  rest: string,
  values: unknown[] = [],
): Promise<string[]> {
  return messageTexts(db, await messageRows(db, actor, rest, values));
}

/** As `selectMessageTexts`, but as rows for `messageTexts`. */
export function messageRows(
  db: Queryable,
  actor: Actor,
  rest: string,
  values: unknown[],
): Promise<TextRow[]> {
  return textRows(
    db,
    `select ${messageColumns} from ${messagesSource(actor)} where ${visibleMessages(actor)} ${rest}`,
    [actor.id, ...values],
  );
}

export interface NewMessage {
  ticketId: string;
  text: string;
  clientId: string | null;
}

/** `least`: characters that a customer's message must have. */
interface PublicMessage extends NewMessage {
  least: number;
}

/**
 * Adds a customer's message or a staff member's public reply. Throws Problem 404 (not theirs), 409
 * (closed), 422 (too short), 429 (too much).
 */
export async function addMessage(
  tx: Tx,
  actor: Actor,
  { ticketId, text, clientId, least }: PublicMessage,
): Promise<Message> {
  const staff = isStaff(actor);
  if (!staff) await assertVolume(tx, actor, { ticketId, text });
  const ticket = await lockTicket(tx, actor, ticketId);
  if (ticket.status === 'closed') throw problems.ticketClosed();
  if (!staff && !hasSeen(text, least))
    throw problems.invalidField(
      ['body', 'message'],
      `at least ${least} characters that can be seen`,
    );
  const id = await insert(tx, {
    ticketId,
    text,
    clientId,
    userId: staff ? null : actor.id,
    staffId: staff ? actor.id : null,
    internal: false,
    mentions: [],
  });
  // A customer's message returns the ticket to staff, even if it was resolved or snoozed; a staff
  // reply takes it up.
  await tx.query(
    `
    update support_tickets t
    set last_message_at = m.created_at, updated_at = m.created_at,
      public_messages = public_messages + 1, last_preview = $3, last_is_staff = $4,
      status = case when not $4 then 'waiting' when t.status in ('open',
        'waiting') then 'in_progress' else t.status end,
      resolved_at = case when not $4 then null else t.resolved_at end, snoozed_until = case
        when not $4 then null else t.snoozed_until end
    from support_messages m where t.id = $1 and m.id = $2`,
    [ticketId, id, previewOf(text), staff],
  );
  return one(tx, actor, id);
}

/**
 * Adds an internal note. It changes nothing that the customer can see, and a closed ticket accepts
 * it. Throws Problem 404, and 422 if a mentioned person is not a colleague.
 */
export async function addNote(
  tx: Tx,
  actor: Actor,
  { ticketId, text, clientId, mentions }: NewMessage & { mentions: string[] },
): Promise<Message> {
  await lockTicket(tx, actor, ticketId);
  await assertActiveStaff(tx, mentions, ['body', 'mentions']);
  return one(
    tx,
    actor,
    await insert(tx, {
      ticketId,
      text,
      clientId,
      userId: null,
      staffId: actor.id,
      internal: true,
      mentions: [...new Set(mentions)],
    }),
  );
}

interface Row {
  ticketId: string;
  text: string;
  clientId: string | null;
  userId: string | null;
  staffId: string | null;
  internal: boolean;
  mentions: string[];
}

async function insert(tx: Tx, m: Row): Promise<string> {
  const made = await row<{ id: string }>(
    tx,
    `
    insert into support_messages (ticket_id, user_id, staff_id, message, is_internal, client_id,
      mentions)
    values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [m.ticketId, m.userId, m.staffId, m.text, m.internal, m.clientId, m.mentions],
  );
  if (!made) throw new Error('insert answered no row');
  return made.id;
}

async function one(db: Queryable, actor: Actor, id: string): Promise<Message> {
  const [message] = await selectMessageTexts(db, actor, 'and m.id = $2', [id]);
  if (message === undefined) throw problems.ticketNotFound();
  // Written by `messageTexts`, whose form is compared with the contract by every test that calls
  // the API.
  return JSON.parse(message) as Message;
}
