import {
  customerMinMessageLength,
  type TicketBase,
  type TicketChange,
} from '../../../src/contract/wire/api.ts';
import { hasSeen } from '../../../src/contract/text.ts';
import { previewOf } from '../../../src/core/overlay.ts';
import { changeTags } from '../../../src/core/tags.ts';
import { parseWireMicros } from '../../../src/core/time.ts';
import { refusals } from './refusal.ts';
import { isStaff, seesTicket, type Actor } from './rows.ts';
import type { MessageRow, State, TicketRow } from './state.ts';
import type { Tx } from './transaction.ts';
import { assertTicketsOpened, assertVolume } from './volume.ts';

/** What a write works with. */
export interface Writing {
  state: State;
  tx: Tx;
  actor: Actor;
  key: string | null;
  newId: () => string;
}

export function visibleTicket(state: State, actor: Actor, id: string): TicketRow {
  const row = state.tickets.get(id);
  if (!row || !seesTicket(actor, row)) throw refusals.ticketNotFound();
  return row;
}

function insert(
  { tx, actor, key, newId }: Writing,
  ticketId: string,
  text: string,
  rest: Pick<MessageRow, 'internal' | 'mentions'>,
): MessageRow {
  const staff = isStaff(actor);
  return tx.insertMessage({
    id: newId(),
    ticketId,
    userId: staff ? null : actor.id,
    staffId: staff ? actor.id : null,
    text,
    createdAt: tx.clock(),
    clientId: key,
    ...rest,
  });
}

export function addMessage(writing: Writing, ticketId: string, text: string): MessageRow {
  const { state, tx, actor } = writing;
  if (!isStaff(actor)) assertVolume(state, actor, { ticketId, text, now: tx.clock() });
  const ticket = visibleTicket(state, actor, ticketId);
  if (ticket.status === 'closed') throw refusals.ticketClosed();
  const staff = isStaff(actor);
  if (!staff && !hasSeen(text, customerMinMessageLength))
    throw refusals.invalidField(
      ['body', 'message'],
      `at least ${customerMinMessageLength} characters that can be seen`,
    );
  const message = insert(writing, ticketId, text, { internal: false, mentions: [] });
  const taken =
    ticket.status === 'open' || ticket.status === 'waiting' ? 'in_progress' : ticket.status;
  tx.updateTicket(ticket, {
    lastMessageAt: message.createdAt,
    updatedAt: message.createdAt,
    publicMessages: ticket.publicMessages + 1,
    lastPreview: previewOf(text),
    lastIsStaff: staff,
    status: staff ? taken : 'waiting',
    resolvedAt: staff ? ticket.resolvedAt : null,
    snoozedUntil: staff ? ticket.snoozedUntil : null,
  });
  return message;
}

export function addNote(
  writing: Writing,
  ticketId: string,
  text: string,
  mentions: string[],
): MessageRow {
  visibleTicket(writing.state, writing.actor, ticketId);
  return insert(writing, ticketId, text, { internal: true, mentions });
}

export function openTicket(
  writing: Writing,
  made: { subject: string; category: string; priority: string; message: string },
): TicketRow {
  const { state, tx, actor, newId } = writing;
  assertTicketsOpened(state, actor, tx.clock());
  const at = tx.clock();
  const ticket = tx.insertTicket({
    id: newId(),
    userId: actor.id,
    subject: made.subject,
    category: made.category,
    priority: made.priority,
    status: 'open',
    createdAt: at,
    updatedAt: at,
    resolvedAt: null,
    lastMessageAt: null,
    assigneeId: null,
    tags: [],
    snoozedUntil: null,
    publicMessages: 0,
    lastPreview: null,
    lastIsStaff: false,
  });
  addMessage(writing, ticket.id, made.message);
  tx.updateTicket(ticket, { status: 'open' });
  return ticket;
}

export function closeTicket({ state, tx, actor }: Writing, id: string): TicketRow {
  const ticket = state.tickets.get(id);
  if (!ticket || !seesTicket(actor, ticket) || ticket.status === 'closed')
    throw refusals.notFoundOrClosed();
  const at = tx.clock();
  tx.updateTicket(ticket, {
    status: 'closed',
    resolvedAt: ticket.resolvedAt ?? at,
    updatedAt: at,
    snoozedUntil: null,
  });
  return ticket;
}

export function reopenTicket({ state, tx, actor }: Writing, id: string): TicketRow {
  const ticket = visibleTicket(state, actor, id);
  if (ticket.status !== 'closed') throw refusals.ticketNotClosed();
  tx.updateTicket(ticket, {
    status: 'open',
    resolvedAt: null,
    snoozedUntil: null,
    updatedAt: tx.clock(),
  });
  return ticket;
}

type Field = keyof TicketBase;
const comparedFields: readonly Field[] = [
  'status',
  'priority',
  'category',
  'assignee_id',
  'snoozed_until',
  'subject',
];

/**
 * Changes fields; `asTicket` is the ticket as the wire has it, which a clash answers. Throws 412
 * and 422.
 */
export function changeTicket(
  { state, tx, actor }: Writing,
  id: string,
  change: TicketChange,
  base: TicketBase,
  asTicket: (row: TicketRow) => object,
): TicketRow {
  const ticket = visibleTicket(state, actor, id);
  const now = valuesOf(ticket);
  const same = (field: Field, value: string | null | undefined): boolean =>
    micros(field, value) === now[field];
  const clashes = comparedFields.filter(
    (field) =>
      change[field] !== undefined &&
      base[field] !== undefined &&
      !same(field, base[field]) &&
      !same(field, change[field]),
  );
  if (clashes.length > 0) throw refusals.conflict(asTicket(ticket), clashes);
  const assignee =
    change.assignee_id === undefined || change.assignee_id === null
      ? null
      : state.users.get(change.assignee_id);
  if (
    assignee === undefined ||
    (assignee !== null && (assignee.role === 'customer' || !assignee.active))
  )
    throw refusals.invalidField(['body', 'assignee_id'], 'not an active member of staff');
  const tags = changeTags(ticket.tags, change.tags ?? { add: [], remove: [] });
  if (tags.length > 100)
    throw refusals.invalidField(['body', 'tags'], 'a ticket has at most 100 tags');
  const status = change.status ?? ticket.status;
  const snoozedUntil = snoozeAfter(ticket, change, status, tx);
  const at = tx.clock();
  tx.updateTicket(ticket, {
    status,
    tags,
    updatedAt: at,
    priority: change.priority ?? ticket.priority,
    category: change.category ?? ticket.category,
    subject: change.subject ?? ticket.subject,
    assigneeId: change.assignee_id === undefined ? ticket.assigneeId : change.assignee_id,
    snoozedUntil,
    resolvedAt: status === 'resolved' || status === 'closed' ? (ticket.resolvedAt ?? at) : null,
  });
  return ticket;
}

/** What is closed does not sleep, and nothing sleeps until a time that has passed. */
function snoozeAfter(
  ticket: TicketRow,
  { snoozed_until: wanted }: TicketChange,
  status: string,
  tx: Tx,
): number | null {
  if (wanted) {
    if (status === 'closed')
      throw refusals.invalidField(['body', 'snoozed_until'], 'a closed ticket cannot be snoozed');
    if (parseWireMicros(wanted) <= tx.clock())
      throw refusals.invalidField(['body', 'snoozed_until'], 'must be in the future');
    return parseWireMicros(wanted);
  }
  return status === 'closed' || wanted === null ? null : ticket.snoozedUntil;
}

function valuesOf(ticket: TicketRow): Record<Field, string | number | null> {
  return {
    status: ticket.status,
    priority: ticket.priority,
    category: ticket.category,
    assignee_id: ticket.assigneeId,
    snoozed_until: ticket.snoozedUntil,
    subject: ticket.subject,
  };
}

function micros(field: Field, value: string | null | undefined): string | number | null {
  if (value === null || value === undefined) return null;
  return field === 'snoozed_until' ? parseWireMicros(value) : value;
}
