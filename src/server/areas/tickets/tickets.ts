import type { Ticket } from '../../../contract/wire/entities.ts';
import { isStaff, type Actor } from '../../auth/actor.ts';
import { row, rows, textRows, type Queryable, type TextRow, type Tx } from '../../db/pool.ts';
import { problems, type Problem } from '../../http/problem.ts';
import { ticketColumns, ticketText } from './ticket-text.ts';

/**
 * The one rule of who sees a ticket, as SQL on `t`: staff all, a customer their own. Lists, single
 * reads, feed and events go through it. `$1` is the actor's id.
 */
export const visibleTickets = (actor: Actor): string =>
  isStaff(actor) ? '$1::uuid is not null' : 't.user_id = $1';

/** Tickets that the actor may see, each in JSON. */
async function ticketTexts(
  db: Queryable,
  actor: Actor,
  rest: string,
  values: unknown[] = [],
): Promise<string[]> {
  return (await ticketRows(db, actor, '', rest, values)).map(ticketText);
}

/** As `ticketTexts`, but as rows for `ticketText`, followed by the columns `more`. */
export function ticketRows(
  db: Queryable,
  actor: Actor,
  more: string,
  rest: string,
  values: unknown[],
): Promise<TextRow[]> {
  return textRows(
    db,
    `
      select ${ticketColumns(isStaff(actor))}${more}
      from support_tickets t join users u on u.id = t.user_id
      where ${visibleTickets(actor)} ${rest}`,
    [actor.id, ...values],
  );
}

/**
 * A ticket that the actor may see. Throws Problem 404 for any other; for a merged one it names the
 * ticket that took it over.
 */
export async function getTicket(db: Queryable, actor: Actor, id: string): Promise<Ticket> {
  // Written by `ticketText`, whose form every test that calls the API compares with the contract.
  return JSON.parse(await getTicketText(db, actor, id)) as Ticket;
}

/** As `getTicket`, but as JSON. */
export async function getTicketText(db: Queryable, actor: Actor, id: string): Promise<string> {
  const [ticket] = await ticketTexts(db, actor, 'and t.id = $2', [id]);
  if (ticket === undefined) throw await missingTicket(db, actor, id);
  return ticket;
}

/**
 * Checks that the actor may see the ticket, or the one that it was merged into. Throws Problem 404.
 */
export async function assertReachable(db: Queryable, actor: Actor, id: string): Promise<void> {
  const [ticket] = await rows(
    db,
    `select 1 from support_tickets t where ${visibleTickets(actor)} and t.id = $2`,
    [actor.id, id],
  );
  if (!ticket && (await mergedInto(db, actor, id)) === null) throw problems.ticketNotFound();
}

/**
 * The Problem for a missing ticket; it names the ticket that it was merged into to those who may
 * see that one.
 */
async function missingTicket(db: Queryable, actor: Actor, id: string): Promise<Problem> {
  const into = await mergedInto(db, actor, id);
  return into === null ? problems.ticketNotFound() : problems.ticketMerged(into);
}

async function mergedInto(db: Queryable, actor: Actor, id: string): Promise<string | null> {
  const target = await row<{ id: string }>(
    db,
    `
      select t.id
      from merged_tickets g join support_tickets t on t.id = g.into_id
      where ${visibleTickets(actor)} and g.id = $2`,
    [actor.id, id],
  );
  return target?.id ?? null;
}

/**
 * Locks a ticket that the actor may see until the transaction ends, so that writers of one ticket
 * wait for each other. Throws Problem 404.
 */
export async function lockTicket(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<{ status: string; user_id: string }> {
  const found = await row<{ status: string; user_id: string }>(
    tx,
    `select t.status, t.user_id from support_tickets t where ${visibleTickets(actor)} and t.id = $2 for update`,
    [actor.id, id],
  );
  if (!found) throw await missingTicket(tx, actor, id);
  return found;
}

/** If two close it at once, one succeeds and the other gets the documented 404. */
export async function closeTicket(tx: Tx, actor: Actor, id: string): Promise<Ticket> {
  const closed = await row<{ id: string }>(
    tx,
    `
    update support_tickets t
    set status = 'closed', resolved_at = coalesce(t.resolved_at, clock_timestamp()),
      updated_at = clock_timestamp(), snoozed_until = null
    where ${visibleTickets(actor)} and t.id = $2 and t.status <> 'closed' returning t.id`,
    [actor.id, id],
  );
  if (!closed) {
    const into = await mergedInto(tx, actor, id);
    throw into === null ? problems.notFoundOrClosed() : problems.ticketMerged(into);
  }
  return getTicket(tx, actor, id);
}

/** Reopens a closed ticket. Throws Problem 409 if it is not closed. */
export async function reopenTicket(tx: Tx, actor: Actor, id: string): Promise<Ticket> {
  const { status } = await lockTicket(tx, actor, id);
  if (status !== 'closed') throw problems.ticketNotClosed();
  await tx.query(
    `
      update support_tickets
      set status = 'open', resolved_at = null, snoozed_until = null, updated_at = clock_timestamp()
      where id = $1`,
    [id],
  );
  return getTicket(tx, actor, id);
}
