import type { SyncPage } from '../../contract/wire/api.ts';
import type { Macro, StaffMember } from '../../contract/wire/entities.ts';
import { isStaff, type Actor } from '../auth/actor.ts';
import { rows, type Queryable } from '../db/pool.ts';
import { selectMacros } from '../areas/macros/macros.ts';
import { messageTexts } from '../areas/messages/message-text.ts';
import { messageRows, selectMessageTexts } from '../areas/messages/messages.ts';
import { ticketText } from '../areas/tickets/ticket-text.ts';
import { ticketRows, visibleTickets } from '../areas/tickets/tickets.ts';
import { audibleRemovals } from './changes.ts';

type Removed = SyncPage['removed'][number];
/** Each row as JSON. */
export interface Loaded {
  tickets: string[];
  messages: string[];
}

/** Messages by their ids, oldest first, each as JSON. */
export function messagesById(
  db: Queryable,
  actor: Actor,
  ids: readonly string[],
): Promise<string[]> {
  return ids.length === 0
    ? Promise.resolve([])
    : selectMessageTexts(db, actor, 'and m.id = any($2) order by m.created_at, m.id', [ids]);
}

/**
 * Loads the rows of a feed page. A message brings its ticket: that row may have moved to a later
 * page, and a note counts in its ticket without changing it.
 */
export async function loadChanged(
  db: Queryable,
  actor: Actor,
  ticketIds: string[],
  messageIds: string[],
): Promise<Loaded> {
  const messages =
    messageIds.length === 0
      ? []
      : await messageRows(db, actor, 'and m.id = any($2) order by m.created_at, m.id', [
          messageIds,
        ]);
  const of = new Set([...ticketIds, ...messages.map(([, ticketId]) => ticketId ?? '')]);
  return {
    tickets: await ticketsInOrder(db, actor, [...of]),
    messages: await messageTexts(db, messages),
  };
}

/** Colleagues, for staff only; null means all of them. */
export async function staffFor(
  db: Queryable,
  actor: Actor,
  ids: string[] | null,
): Promise<StaffMember[]> {
  if (!isStaff(actor) || ids?.length === 0) return [];
  return rows<StaffMember>(
    db,
    `
      select id, full_name as name, email, role, is_active
      from users
      where role <> 'customer' and ($1::uuid[] is null or id = any($1))
      order by full_name, id`,
    [ids],
  );
}

/** Canned replies, for staff only; null means all of them. */
export async function macrosFor(
  db: Queryable,
  actor: Actor,
  ids: string[] | null,
): Promise<Macro[]> {
  return isStaff(actor) && ids?.length !== 0 ? selectMacros(db, ids) : [];
}

/** Removals by their ids. A merged ticket names its successor to those who may see that one. */
export async function removedBy(
  db: Queryable,
  actor: Actor,
  ids: string[],
): Promise<SyncPage['removed']> {
  if (ids.length === 0) return [];
  const removed = await rows<{ kind: Removed['kind']; id: string; merged_into: string | null }>(
    db,
    `
    select d.kind, d.id, t.id as merged_into
    from tombstones d left join merged_tickets g on d.kind = 'ticket' and g.id = d.id
      left join support_tickets t on t.id = g.into_id and ${visibleTickets(actor)}
    where ${audibleRemovals(actor)} and d.id = any($2)`,
    [actor.id, ids],
  );
  return removed.map(({ merged_into, ...rest }) =>
    merged_into === null ? rest : { ...rest, merged_into },
  );
}

async function ticketsInOrder(db: Queryable, actor: Actor, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const byId = new Map(
    (await ticketRows(db, actor, '', 'and t.id = any($2)', [ids])).map((ticket) => [
      ticket[0] ?? '',
      ticketText(ticket),
    ]),
  );
  return ids.map((id) => byId.get(id)).filter((ticket) => ticket !== undefined);
}
