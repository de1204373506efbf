import type { TicketBase, TicketChange } from '../../../contract/wire/api.ts';
import type { Ticket } from '../../../contract/wire/entities.ts';
import { changeTags } from '../../../core/tags.ts';
import { parseWireMicros, parseWireTime } from '../../../core/time.ts';
import type { Actor } from '../../auth/actor.ts';
import { row, type Tx } from '../../db/pool.ts';
import { problems } from '../../http/problem.ts';
import { assertActiveStaff } from '../people/staff.ts';
import { getTicket, lockTicket } from './tickets.ts';

const mostTags = 100;

/** The fields that `base` can contain. */
const comparedFields = [
  'status',
  'priority',
  'category',
  'assignee_id',
  'snoozed_until',
  'subject',
] as const satisfies readonly (keyof TicketBase)[];
type Field = (typeof comparedFields)[number];

/**
 * Changes fields of a ticket. A field conflicts if its value is no longer the one in `base` and not
 * yet the wanted one (412 with the present ticket); other fields merge. Tags are a set and never
 * conflict.
 */
export async function changeTicket(
  tx: Tx,
  actor: Actor,
  id: string,
  change: TicketChange,
  base: TicketBase,
): Promise<Ticket> {
  await lockTicket(tx, actor, id);
  const now = await getTicket(tx, actor, id);
  const clashes = comparedFields.filter(
    (field) =>
      change[field] !== undefined &&
      base[field] !== undefined &&
      !sameValue(field, base[field], now[field]) &&
      !sameValue(field, change[field], now[field]),
  );
  if (clashes.length > 0) throw problems.conflict(now, clashes);
  await store(tx, id, await changed(tx, now, change));
  return getTicket(tx, actor, id);
}

type Changeable = Pick<Ticket, Field | 'tags'>;

/** The ticket's fields after a change. Throws Problem 422 for values that it cannot have. */
async function changed(tx: Tx, now: Ticket, change: TicketChange): Promise<Changeable> {
  if (change.assignee_id !== undefined && change.assignee_id !== null)
    await assertActiveStaff(tx, [change.assignee_id], ['body', 'assignee_id']);
  const next = {
    ...pick(now),
    ...defined(change),
    tags: changeTags(now.tags, change.tags ?? { add: [], remove: [] }),
  };
  assertTagCount(next.tags, ['body', 'tags']);
  if (change.snoozed_until) {
    if (next.status === 'closed')
      throw problems.invalidField(['body', 'snoozed_until'], 'a closed ticket cannot be snoozed');
    await assertFuture(tx, change.snoozed_until);
    next.snoozed_until = utcOf(change.snoozed_until);
  }
  if (next.status === 'closed') next.snoozed_until = null;
  return next;
}

async function store(tx: Tx, id: string, next: Changeable): Promise<void> {
  await tx.query(
    `
    update support_tickets
    set status = $2, priority = $3, category = $4, assignee_id = $5, tags = $6, snoozed_until = $7,
      subject = $8, updated_at = clock_timestamp(),
      resolved_at = case when $2 in ('resolved', 'closed') then coalesce(resolved_at,
        clock_timestamp()) else null end
      where id = $1`,
    [
      id,
      next.status,
      next.priority,
      next.category,
      next.assignee_id,
      next.tags,
      next.snoozed_until,
      next.subject,
    ],
  );
}

function pick(ticket: Ticket): Pick<Ticket, Field> {
  const { status, priority, category, assignee_id, snoozed_until, subject } = ticket;
  return { status, priority, category, assignee_id, snoozed_until, subject };
}

function defined(change: TicketChange): Partial<Pick<Ticket, Field>> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

/** A desk stores milliseconds, so snoozes are compared by them. */
function sameValue(
  field: Field,
  a: string | null | undefined,
  b: string | null | undefined,
): boolean {
  if (field === 'snoozed_until' && a && b) return parseWireTime(a) === parseWireTime(b);
  return a === b;
}

/** Throws Problem 422 for the field of the request that has the tags. */
export function assertTagCount(tags: readonly string[], loc: string[]): void {
  if (tags.length > mostTags)
    throw problems.invalidField(loc, `a ticket has at most ${mostTags} tags`);
}

/**
 * The time in a form that PostgreSQL reads without doubt: JavaScript accepts wider time zones, and
 * a time without a zone would get the session's.
 */
function utcOf(wire: string): string {
  const micros = parseWireMicros(wire);
  return `${new Date(Math.floor(micros / 1000)).toISOString().slice(0, -1)}${String(micros % 1000).padStart(3, '0')}Z`;
}

/**
 * Checked by the database's clock, which also wrote the times that the caller saw. Throws Problem
 * 422.
 */
async function assertFuture(tx: Tx, wire: string): Promise<void> {
  const time = await row<{ future: boolean }>(
    tx,
    'select to_timestamp($1::float8 / 1000) > clock_timestamp() as future',
    [parseWireTime(wire)],
  );
  if (!time?.future)
    throw problems.invalidField(['body', 'snoozed_until'], 'must be in the future');
}
