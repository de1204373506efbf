import type { TicketBase, TicketChange } from '../../contract/api.ts';
import type { Ticket } from '../../contract/entities.ts';
import { changeTags } from '../../core/overlay.ts';
import { parseWireMicros, withZone } from '../../core/time.ts';
import type { Actor } from '../auth/actor.ts';
import type { Tx } from '../db/pool.ts';
import { row } from '../db/pool.ts';
import { problems } from '../problem.ts';
import { getTicket, lockTicket } from './tickets.ts';

/** The fields that `base` can speak of. */
const comparedFields = ['status', 'priority', 'category', 'assignee_id', 'snoozed_until', 'subject'] as const satisfies readonly (keyof TicketBase)[];
type Field = (typeof comparedFields)[number];

/**
 * Changes fields of a ticket. A field whose value is not the one in `base` any more clashes (412 with the ticket as it is),
 * unless it already has the wanted value; other fields merge. Tags are a set and never clash.
 */
export async function changeTicket(tx: Tx, actor: Actor, id: string, change: TicketChange, base: TicketBase): Promise<Ticket> {
  await lockTicket(tx, actor, id);
  const now = await getTicket(tx, actor, id);
  const clashes = comparedFields.filter((field) => change[field] !== undefined && base[field] !== undefined
    && !sameValue(field, base[field], now[field]) && !sameValue(field, change[field], now[field]));
  if (clashes.length > 0) throw problems.conflict(now, clashes);
  if (change.assignee_id !== undefined && change.assignee_id !== null) await assertAssignable(tx, change.assignee_id);
  const next = { ...pick(now), ...defined(change), tags: changeTags(now.tags, change.tags ?? { add: [], remove: [] }) };
  if (next.tags.length > 100) throw problems.invalidField(['body', 'tags'], 'a ticket has at most 100 tags');
  await tx.query(`
    update support_tickets set status = $2, priority = $3, category = $4, assignee_id = $5, tags = $6, snoozed_until = $7, subject = $8, updated_at = clock_timestamp(),
      resolved_at = case when $2 in ('resolved', 'closed') then coalesce(resolved_at, clock_timestamp()) else null end where id = $1`,
  [id, next.status, next.priority, next.category, next.assignee_id, next.tags, next.snoozed_until && withZone(next.snoozed_until), next.subject]);
  return getTicket(tx, actor, id);
}

function pick(ticket: Ticket): Pick<Ticket, (typeof comparedFields)[number]> {
  const { status, priority, category, assignee_id, snoozed_until, subject } = ticket;
  return { status, priority, category, assignee_id, snoozed_until, subject };
}

function defined(change: TicketChange): Partial<TicketChange> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

function sameValue(field: Field, a: string | null | undefined, b: string | null | undefined): boolean {
  if (field === 'snoozed_until' && a && b) return parseWireMicros(a) === parseWireMicros(b);
  return a === b;
}

async function assertAssignable(tx: Tx, id: string): Promise<void> {
  const staff = await row(tx, "select 1 from users where id = $1 and role <> 'customer' and is_active", [id]);
  if (!staff) throw problems.invalidField(['body', 'assignee_id'], 'not an active member of staff');
}
