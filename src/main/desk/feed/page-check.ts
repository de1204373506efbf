import type { SyncPage } from '../../../contract/wire/api.ts';
import type { Message } from '../../../contract/wire/entities.ts';
import { parseWireTime } from '../../../core/time.ts';
import { mergedInto } from '../areas/tickets/merged.ts';
import type { ReadDb } from '../sqlite/connection.ts';
import { absentTickets } from '../areas/tickets/threads-partial.ts';
import { countAllTickets } from '../areas/tickets/tickets-table.ts';

/** Why a page cannot be true. */
export interface Doubt {
  why: string;
  /** Only an earlier full sync says so, which may be the one that was wrong. */
  byEarlierCopy: boolean;
}

/** A message as a full sync has brought it. */
interface Known {
  id: string;
  ticket_id: string;
  user_id: string | null;
  staff_id: string | null;
  is_internal: number;
  /** Ms. */
  created_at: number;
  generation: number;
}

/** Null where nothing that is here speaks against a page. */
export function doubtOf(db: ReadDb, page: SyncPage, generation: number): Doubt | null {
  const known = knownMessages(db, page.messages);
  const ofThisCopy = new Map([...known].filter(([, one]) => one.generation >= generation));
  const why = whyNotPage(db, page, ofThisCopy, generation);
  if (why !== null) return { why, byEarlierCopy: false };
  const whyNotAgain = whyNotAsBefore(page, known);
  return whyNotAgain === null ? null : { why: whyNotAgain, byEarlierCopy: true };
}

/**
 * Why a page cannot be true by what any full sync says: an id names the same message for ever, also
 * at a server that was set back to a backup. That one may know an older kind, ticket or customer of
 * it, so these are not compared.
 */
function whyNotAsBefore({ messages }: SyncPage, known: ReadonlyMap<string, Known>): string | null {
  for (const message of messages) {
    const before = known.get(message.id);
    const why = before ? whyNotSame(before, message) : null;
    if (why !== null) return why;
  }
  return null;
}

/** An id never comes to name a message by another author or of another time. */
function whyNotSame(before: Known, now: Message): string | null {
  if (isOtherAuthor(before, now)) return 'a message by another author';
  if (before.created_at !== parseWireTime(now.created_at)) return 'a message of another time';
  return null;
}

/**
 * Why a page cannot be true, by what the same full sync says: a message never changes its author or
 * its time, is never turned from a note into a reply, and goes to another ticket only by a merge,
 * so never to another customer's; a ticket never changes its customer, and comes with its messages
 * where it is not here. Null where nothing speaks against it.
 */
function whyNotPage(
  db: ReadDb,
  page: SyncPage,
  before: ReadonlyMap<string, Known>,
  generation: number,
): string | null {
  const owners = requestersOf(db, page, before, generation);
  if (
    page.tickets.some(
      (ticket) => (owners.get(ticket.id) ?? ticket.requester.id) !== ticket.requester.id,
    )
  )
    return 'a ticket of another customer';
  const known = new Map(before);
  for (const message of page.messages) {
    const was = known.get(message.id);
    const whyOther = was ? whyNotSame(was, message) : null;
    if (whyOther !== null) return whyOther;
    if (was?.is_internal === 1 && !message.is_internal) return 'a note as a reply';
    const isMoved = was !== undefined && was.ticket_id !== message.ticket_id;
    if (isMoved && !mayMove(db, page, owners, was.ticket_id, message.ticket_id))
      return 'a message of another ticket';
    known.set(message.id, {
      ...message,
      is_internal: Number(message.is_internal),
      created_at: parseWireTime(message.created_at),
      generation,
    });
  }
  return namesNoTicket(db, page) ? 'a message of no ticket' : null;
}

/**
 * Whether a message is of a ticket that is neither in the page nor here, in any copy: nothing
 * would ever show or remove it.
 */
function namesNoTicket(db: ReadDb, page: SyncPage): boolean {
  const brought = new Set(page.tickets.map(({ id }) => id));
  const others = [...new Set(page.messages.map((message) => message.ticket_id))].filter(
    (id) => !brought.has(id),
  );
  return absentTickets(db, others).length > 0;
}

/** Compares only ids that are there: a deleted author leaves none behind. */
function isOtherAuthor(before: Known, now: Message): boolean {
  const [was, is] = [before.staff_id ?? before.user_id, now.staff_id ?? now.user_id];
  return was !== null && is !== null && was !== is;
}

/**
 * The messages of a merge may come in a page before its removal; then both tickets are at least one
 * customer's.
 */
function mayMove(
  db: ReadDb,
  page: SyncPage,
  owners: ReadonlyMap<string, string>,
  from: string,
  to: string,
): boolean {
  if (
    mergedInto(db, from) === to ||
    page.removed.some(({ id, merged_into: into }) => id === from && into === to)
  )
    return true;
  const [was, is] = [owners.get(from), owners.get(to)];
  return was === undefined || is === undefined || was === is;
}

function knownMessages(db: ReadDb, messages: readonly Message[]): Map<string, Known> {
  const rows = db
    .prepare<[string], Known>(`
    select id, ticket_id, user_id, staff_id, is_internal, created_at, generation
    from messages
    where id in (select value from json_each(?))
  `)
    .all(JSON.stringify(messages.map(({ id }) => id)));
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * The requesters of the tickets that the page speaks of: as they are known, else as the page says.
 */
function requestersOf(
  db: ReadDb,
  page: SyncPage,
  before: ReadonlyMap<string, Known>,
  generation: number,
): Map<string, string> {
  const ids = [
    ...page.tickets.map(({ id }) => id),
    ...page.messages.map((message) => message.ticket_id),
    ...[...before.values()].map((known) => known.ticket_id),
  ];
  const rows = db
    .prepare<[string, number], { id: string; requester_id: string }>(`
    select id, requester_id from tickets where id in (select value from json_each(?)) and generation >= ?
  `)
    .all(JSON.stringify(ids), generation);
  const owners = new Map(page.tickets.map((ticket) => [ticket.id, ticket.requester.id]));
  for (const row of rows) owners.set(row.id, row.requester_id);
  return owners;
}

/** Fewer removals than this need no second witness. */
const fewRemovals = 50;

/**
 * Whether a page of the feed removes most of the tickets that are here. That is believed from a
 * full sync only.
 */
export function removesMost(db: ReadDb, { removed }: SyncPage): boolean {
  const ids = removed.filter(({ kind }) => kind === 'ticket').map(({ id }) => id);
  if (ids.length < fewRemovals) return false;
  const count = db.prepare<[string], { n: number }>(
    'select count(*) as n from tickets where id in (select value from json_each(?))',
  );
  const here = count.get(JSON.stringify(ids))?.n ?? 0;
  return here >= fewRemovals && 2 * here > countAllTickets(db);
}
