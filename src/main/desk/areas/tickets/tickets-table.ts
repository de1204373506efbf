import type { Ticket } from '../../../../contract/wire/entities.ts';
import { distinctTags, tagKey } from '../../../../core/tags.ts';
import { parseWireMicros, parseWireTime } from '../../../../core/time.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';
import { awaitTicketIndex, unindexMessages, unindexTicket } from '../search/search-index.ts';

/** A cached ticket, as the server said it last. Times in milliseconds since the epoch. */
export interface TicketRecord {
  id: string;
  subject: string;
  requester_id: string;
  requester_name: string;
  requester_email: string;
  status: string;
  priority: string;
  category: string;
  assignee_id: string | null;
  tags: string[];
  snoozed_until: number | null;
  created_at: number;
  updated_at: number;
  resolved_at: number | null;
  message_count: number;
  activity_at: number;
  preview: string;
  preview_is_staff: boolean | null;
  preview_staff_id: string | null;
  last_customer_at: number | null;
  unread: boolean;
  /** The customer's message that ended a snooze. */
  reply_woke_at: number | null;
}

export interface TicketRowOfDb extends Omit<TicketRecord, 'tags' | 'unread' | 'preview_is_staff'> {
  tags: string;
  unread: number;
  preview_is_staff: number | null;
}
/** The fields of a ticket that the search indexes. */
interface Indexed {
  subject: string;
  requester_name: string;
  requester_email: string;
  tags: string;
}
interface Stored extends Indexed {
  key: number;
  version: number;
  generation: number;
  snoozed_until: number | null;
  activity_at: number;
}

/** The columns that `toRecord` reads, of tickets `t`. */
export const ticketColumns = `
  t.id, t.subject, t.requester_id, t.requester_name, t.requester_email, t.status, t.priority,
  t.category, t.assignee_id, t.tags, t.snoozed_until, t.created_at, t.updated_at, t.resolved_at,
  t.message_count, t.activity_at, t.preview, t.preview_is_staff, t.preview_staff_id,
  t.last_customer_at, exists (select 1 from unread u where u.ticket_id = t.id) as unread,
  (select w.at from woken w where w.ticket_id = t.id) as reply_woke_at`;

/** The tickets that exist among `ids`, in no particular order. */
export function getTickets(db: ReadDb, ids: readonly string[]): TicketRecord[] {
  return db
    .prepare<[string], TicketRowOfDb>(
      `select ${ticketColumns} from tickets t where t.id in (select value from json_each(?))`,
    )
    .all(JSON.stringify(ids))
    .map(toRecord);
}

export function getTicket(db: ReadDb, id: string): TicketRecord | null {
  return getTickets(db, [id])[0] ?? null;
}

export function ticketSubjects(db: ReadDb, ids: readonly string[]): Map<string, string> {
  const rows = db
    .prepare<[string], { id: string; subject: string }>(
      'select id, subject from tickets where id in (select value from json_each(?))',
    )
    .all(JSON.stringify(ids));
  return new Map(rows.map((row) => [row.id, row.subject]));
}

export function otherTicketsOf(
  db: ReadDb,
  requesterId: string,
  except: string,
  limit: number,
): { id: string; subject: string; status: string }[] {
  return db
    .prepare<[string, string, number], { id: string; subject: string; status: string }>(
      'select id, subject, status from tickets where requester_id = ? and id <> ? order by activity_at desc limit ?',
    )
    .all(requesterId, except, limit);
}

/**
 * How many tickets a requester of one of them has besides it: from the index alone, and a good
 * customer has hundreds.
 */
export function countOtherTickets(db: ReadDb, requesterId: string): number {
  const all =
    db
      .prepare<[string], { n: number }>('select count(*) as n from tickets where requester_id = ?')
      .get(requesterId)?.n ?? 0;
  return Math.max(0, all - 1);
}

export function countAllTickets(db: ReadDb): number {
  return db.prepare<[], { n: number }>('select count(*) as n from tickets').get()?.n ?? 0;
}

export function toRecord(row: TicketRowOfDb): TicketRecord {
  const tags: unknown = JSON.parse(row.tags);
  return {
    ...row,
    tags: Array.isArray(tags) ? distinctTags(tags.filter((t) => typeof t === 'string')) : [],
    unread: row.unread === 1,
    preview_is_staff: row.preview_is_staff === null ? null : row.preview_is_staff === 1,
  };
}

/**
 * Stores a ticket as the server has it. An older version than the one here is left out, so answers
 * that arrive twice or out of order never step back. A new full sync is not compared with an
 * earlier one: the server may have gone back to a backup.
 */
export function storeTicket(db: WriteDb, ticket: Ticket, generation: number): void {
  const stored = db
    .prepare<[string], Stored>(
      `
        select key, version, generation, snoozed_until, activity_at, subject, requester_name,
          requester_email, tags
        from tickets
        where id = ?`,
    )
    .get(ticket.id);
  if (stored && stored.generation >= generation && stored.version > ticket.version) return;
  const key = stored?.key ?? freeKey(db, 'tickets', parseWireMicros(ticket.created_at));
  const row = rowOf(ticket, key, generation);
  db.prepare(upsert).run(row);
  if (!stored || !sameWords(stored, row)) {
    if (stored) unindexTicket(db, key);
    awaitTicketIndex(db, key);
  }
  const tagsDiffer = stored ? stored.tags !== row.tags : ticket.tags.length > 0;
  if (tagsDiffer) storeTags(db, ticket.id, ticket.tags);
  if (stored) noteWaking(db, stored, row);
}

/** As the cache stores it. */
const rowOf = (ticket: Ticket, key: number, generation: number) => ({
  key,
  id: ticket.id,
  subject: ticket.subject,
  requester_id: ticket.requester.id,
  requester_name: ticket.requester.name,
  requester_email: ticket.requester.email,
  status: ticket.status,
  priority: ticket.priority,
  category: ticket.category,
  assignee_id: ticket.assignee_id,
  tags: JSON.stringify(ticket.tags),
  snoozed_until: msOrNull(ticket.snoozed_until),
  created_at: parseWireTime(ticket.created_at),
  updated_at: parseWireTime(ticket.updated_at),
  resolved_at: msOrNull(ticket.resolved_at),
  version: ticket.version,
  message_count: ticket.message_count,
  activity_at: parseWireTime(ticket.last_message_at ?? ticket.created_at),
  preview: ticket.last_message?.preview ?? '',
  preview_is_staff: ticket.last_message ? Number(ticket.last_message.is_staff) : null,
  generation,
});

/** One row a tag, for filters and for the list of tags. */
function storeTags(db: WriteDb, ticketId: string, tags: readonly string[]): void {
  db.prepare('delete from ticket_tags where ticket_id = ?').run(ticketId);
  const store = db.prepare('insert or ignore into ticket_tags (tag, ticket_id) values (?, ?)');
  for (const tag of tags) store.run(tag, ticketId);
}

/**
 * Every tag in use, the most used first; those that are the same when folded are one, as it is
 * spelled most.
 */
export function listTags(db: ReadDb): { tag: string; count: number }[] {
  const all = db
    .prepare<[], { tag: string; count: number }>(
      'select tag, count(*) as count from ticket_tags group by tag order by count desc, tag',
    )
    .all();
  const byKey = new Map<string, { tag: string; count: number }>();
  for (const { tag, count } of all) {
    const key = tagKey(tag);
    byKey.set(key, {
      tag: byKey.get(key)?.tag ?? tag,
      count: (byKey.get(key)?.count ?? 0) + count,
    });
  }
  return [...byKey.values()].toSorted((a, b) => b.count - a.count);
}

/** All spellings in use of a tag, by its folded name. */
export function spelledTags(db: ReadDb, key: string): string[] {
  // Walks from tag to tag by the index: tickets have a thousand times as many rows there.
  const all = db
    .prepare<[], { tag: string }>(`with recursive each (tag) as (select min(tag) from ticket_tags
    union all select (select min(tag) from ticket_tags where tag > each.tag) from each where each.tag is not null)
    select tag from each where tag is not null`)
    .all();
  return all.map(({ tag }) => tag).filter((tag) => tagKey(tag) === key);
}

/**
 * The version of the cached ticket, as this full sync or a later one has it; null where none has
 * it.
 */
export function storedVersion(db: ReadDb, id: string, generation: number): number | null {
  return (
    db
      .prepare<[string, number], { version: number }>(
        'select version from tickets where id = ? and generation >= ?',
      )
      .get(id, generation)?.version ?? null
  );
}

// A message that came with its own answer may be newer than this row, so within one full sync
// activity and preview only move forward.
const newer = '(excluded.generation > generation or excluded.activity_at > activity_at)';
const upsert = `
  insert into tickets (key, id, subject, requester_id, requester_name, requester_email, status,
    priority, category, assignee_id, tags, snoozed_until,
    created_at, updated_at, resolved_at, version, message_count, activity_at, preview, preview_is_staff, generation)
  values (@key, @id, @subject, @requester_id, @requester_name, @requester_email, @status, @priority,
    @category, @assignee_id, @tags, @snoozed_until,
    @created_at, @updated_at, @resolved_at, @version, @message_count, @activity_at, @preview,
      @preview_is_staff, @generation)
  on conflict (id) do update set
    subject = excluded.subject, requester_id = excluded.requester_id,
      requester_name = excluded.requester_name, requester_email = excluded.requester_email,
    status = excluded.status, priority = excluded.priority, category = excluded.category,
      assignee_id = excluded.assignee_id, tags = excluded.tags,
    snoozed_until = excluded.snoozed_until, updated_at = excluded.updated_at,
      resolved_at = excluded.resolved_at, version = excluded.version,
    message_count = excluded.message_count, generation = max(generation, excluded.generation),
    preview = case when ${newer} then excluded.preview else preview end,
    preview_is_staff = case when ${newer} then excluded.preview_is_staff else preview_is_staff end,
    preview_staff_id = case when ${newer} then null else preview_staff_id end,
    activity_at = case when ${newer} then excluded.activity_at else activity_at end`;

function sameWords(one: Indexed, other: Indexed): boolean {
  return (
    one.subject === other.subject &&
    one.requester_name === other.requester_name &&
    one.requester_email === other.requester_email &&
    one.tags === other.tags
  );
}

/** Removes a ticket with its messages and what is derived from them. */
export function removeTicket(db: WriteDb, id: string): void {
  unindexMessages(db, 'ticket_id = ?', id);
  db.prepare('delete from messages where ticket_id = ?').run(id);
  db.prepare('delete from unread where ticket_id = ?').run(id);
  db.prepare('delete from ticket_tags where ticket_id = ?').run(id);
  db.prepare('delete from woken where ticket_id = ?').run(id);
  const stored = db
    .prepare<[string], { key: number }>('select key from tickets where id = ?')
    .get(id);
  if (!stored) return;
  unindexTicket(db, stored.key);
  db.prepare('delete from tickets where key = ?').run(stored.key);
}

/**
 * The wanted key, or the next free one above it: two rows of one microsecond keep their order of
 * arrival.
 */
export function freeKey(db: ReadDb, table: 'tickets' | 'messages', wanted: number): number {
  const taken = db.prepare<[number], { key: number }>(`select key from ${table} where key = ?`);
  let key = wanted;
  while (taken.get(key)) key += 1;
  return key;
}

interface Waking {
  id: string;
  snoozed_until: number | null;
  activity_at: number;
  preview_is_staff: number | null;
}

/**
 * A snooze that was still running and is gone with a new message of the customer was ended by it;
 * the next one makes that old.
 */
function noteWaking(db: WriteDb, before: Stored, after: Waking): void {
  if (after.snoozed_until !== null)
    db.prepare('delete from woken where ticket_id = ?').run(after.id);
  else if (
    before.snoozed_until !== null &&
    before.snoozed_until > after.activity_at &&
    after.activity_at > before.activity_at &&
    after.preview_is_staff === 0
  ) {
    db.prepare(
      'insert into woken (ticket_id, at) values (?, ?) on conflict do update set at = excluded.at',
    ).run(after.id, after.activity_at);
  }
}

/**
 * Tickets whose snooze ended in (`from`, `now`] and that nobody has written on since: they stand
 * where their waking puts them.
 */
export function wokenTickets(db: ReadDb, from: number, now: number): string[] {
  return db
    .prepare<[number, number], { id: string }>(
      'select id from tickets where snoozed_until > ? and snoozed_until <= ? and snoozed_until > activity_at',
    )
    .all(from, now)
    .map(({ id }) => id);
}

/** When the next snooze ends after `now` (ms); null for none. */
export function nextWaking(db: ReadDb, now: number): number | null {
  return (
    db
      .prepare<[number], { at: number | null }>(
        'select min(snoozed_until) as at from tickets where snoozed_until > ?',
      )
      .get(now)?.at ?? null
  );
}

function msOrNull(wire: string | null): number | null {
  return wire === null ? null : parseWireTime(wire);
}

/** When (ms, server time) the last thing happened that is here; null where there is nothing. */
export function newestActivity(db: ReadDb): number | null {
  return (
    db.prepare<[], { at: number | null }>('select max(activity_at) as at from tickets').get()?.at ??
    null
  );
}
