import type { SyncPage } from '../../contract/api.ts';
import type { StaffMember, Ticket } from '../../contract/entities.ts';
import type { Actor } from '../auth/actor.ts';
import { isStaff } from '../auth/actor.ts';
import type { Queryable } from '../db/pool.ts';
import { rows } from '../db/pool.ts';
import { selectMessages } from '../domain/messages.ts';
import { selectTickets } from '../domain/tickets.ts';

type Loaded = Pick<SyncPage, 'tickets' | 'messages'>;

/** Tickets with all their messages, in the order of the ids. */
export async function loadWhole(db: Queryable, actor: Actor, ticketIds: string[]): Promise<Loaded> {
  return {
    tickets: await ticketsInOrder(db, actor, ticketIds),
    messages: await selectMessages(db, actor, 'and m.ticket_id = any($2) order by m.created_at, m.id', [ticketIds]),
  };
}

/**
 * What a feed page names. A message brings its ticket: that row may have moved on to a later page, and a note counts in its
 * ticket without changing it.
 */
export async function loadChanged(db: Queryable, actor: Actor, ticketIds: string[], messageIds: string[]): Promise<Loaded> {
  const messages = messageIds.length === 0 ? [] : await selectMessages(db, actor, 'and m.id = any($2) order by m.created_at, m.id', [messageIds]);
  return { tickets: await ticketsInOrder(db, actor, [...new Set([...ticketIds, ...messages.map((m) => m.ticket_id)])]), messages };
}

/** Colleagues, for staff only; null means all of them. */
export async function staffFor(db: Queryable, actor: Actor, ids: string[] | null): Promise<StaffMember[]> {
  if (!isStaff(actor) || ids?.length === 0) return [];
  return rows<StaffMember>(db, `select id, full_name as name, email, role, is_active from users where role <> 'customer' and ($1::uuid[] is null or id = any($1)) order by full_name, id`, [ids]);
}

/** Removals by their ids. */
export async function removedBy(db: Queryable, ids: string[]): Promise<SyncPage['removed']> {
  if (ids.length === 0) return [];
  return rows<SyncPage['removed'][number]>(db, 'select kind, id from tombstones where id = any($1)', [ids]);
}

async function ticketsInOrder(db: Queryable, actor: Actor, ids: string[]): Promise<Ticket[]> {
  if (ids.length === 0) return [];
  const byId = new Map((await selectTickets(db, actor, 'and t.id = any($2)', [ids])).map((ticket) => [ticket.id, ticket]));
  return ids.map((id) => byId.get(id)).filter((ticket): ticket is Ticket => ticket !== undefined);
}
