import type { Message, StaffMember, Ticket } from '../../../src/contract/wire/entities.ts';
import type { MessageRow, State, TicketRow, UserRow } from './state.ts';

/** Who asks, with the role that they have now. */
export interface Actor {
  id: string;
  role: UserRow['role'];
  sessionId: string;
}
export const isStaff = (actor: Actor): boolean => actor.role !== 'customer';

export const seesTicket = (actor: Actor, ticket: TicketRow): boolean =>
  isStaff(actor) || ticket.userId === actor.id;
export function seesMessage(state: State, actor: Actor, message: MessageRow): boolean {
  return (
    isStaff(actor) ||
    (state.tickets.get(message.ticketId)?.userId === actor.id && !message.internal)
  );
}

/** Microseconds since the epoch as the wire writes them. */
export function wireTime(at: number): string {
  const micros = at % 1000;
  return `${new Date((at - micros) / 1000).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}
const wireTimeOrNull = (at: number | null): string | null => (at === null ? null : wireTime(at));

export function threadOf(state: State, ticketId: string): MessageRow[] {
  return (state.threads.get(ticketId) ?? [])
    .map((id) => state.messages.get(id))
    .filter((row) => row !== undefined);
}

export function toTicket(state: State, actor: Actor, row: TicketRow): Ticket {
  const requester = state.users.get(row.userId);
  const staff = isStaff(actor);
  const notes = staff ? threadOf(state, row.id).filter((m) => m.internal).length : 0;
  // How staff handle a ticket is theirs alone.
  const handling = staff
    ? {
        assignee_id: row.assigneeId,
        tags: row.tags,
        snoozed_until: wireTimeOrNull(row.snoozedUntil),
        version: row.version,
      }
    : {
        assignee_id: null,
        tags: [],
        snoozed_until: null,
        version: Math.floor(row.updatedAt / 1000),
      };
  return {
    id: row.id,
    subject: row.subject,
    category: row.category,
    priority: row.priority,
    status: row.status,
    created_at: wireTime(row.createdAt),
    updated_at: wireTime(row.updatedAt),
    resolved_at: wireTimeOrNull(row.resolvedAt),
    last_message_at: wireTimeOrNull(row.lastMessageAt),
    requester: { id: row.userId, name: requester?.name ?? '', email: requester?.email ?? '' },
    ...handling,
    message_count: row.publicMessages + notes,
    last_message:
      row.lastPreview === null ? null : { preview: row.lastPreview, is_staff: row.lastIsStaff },
  };
}

export function toMessage(state: State, actor: Actor, row: MessageRow): Message {
  const author = row.staffId ?? row.userId ?? '';
  return {
    id: row.id,
    ticket_id: row.ticketId,
    user_id: row.userId,
    staff_id: row.staffId,
    message: row.text,
    is_internal: row.internal,
    is_staff: row.staffId !== null,
    created_at: wireTime(row.createdAt),
    author_name: state.users.get(author)?.name ?? '',
    client_id: author === actor.id ? row.clientId : null,
    mentions: row.mentions,
  };
}

/** The messages of a ticket that the actor sees, oldest first. */
export function messagesFor(state: State, actor: Actor, ticketId: string): Message[] {
  return threadOf(state, ticketId)
    .filter((row) => seesMessage(state, actor, row))
    .toSorted(byTime)
    .map((row) => toMessage(state, actor, row));
}

export function byTime(a: MessageRow, b: MessageRow): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}

/** Colleagues, for staff only; null means all of them. */
export function staffFor(
  state: State,
  actor: Actor,
  ids: ReadonlySet<string> | null,
): StaffMember[] {
  if (!isStaff(actor)) return [];
  return [...state.users.values()]
    .filter((user) => user.role !== 'customer' && (ids === null || ids.has(user.id)))
    .toSorted((a, b) => (a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1))
    .map(({ id, name, email, role, active }) => ({ id, name, email, role, is_active: active }));
}
