import { z } from 'zod';
import type { ReadDb } from '../../sqlite/connection.ts';

export interface MessageRecord {
  /** Creation time in microseconds, made unique; grows with time. */
  key: number;
  id: string;
  ticket_id: string;
  user_id: string | null;
  staff_id: string | null;
  author_name: string;
  text: string;
  is_internal: boolean;
  created_at: number;
  client_id: string | null;
  mentions: string[];
}
interface Row extends Omit<MessageRecord, 'is_internal' | 'mentions'> {
  is_internal: number;
  mentions: string;
}

const columns =
  'key, id, ticket_id, user_id, staff_id, author_name, text, is_internal, created_at, client_id, mentions';

/** The newest `limit` messages of a ticket before `beforeKey`, oldest first. */
export function threadWindow(
  db: ReadDb,
  ticketId: string,
  beforeKey: number | null,
  limit: number,
): MessageRecord[] {
  const rows = db
    .prepare<[string, number, number], Row>(
      `select ${columns} from messages where ticket_id = ? and key < ? order by key desc limit ?`,
    )
    .all(ticketId, beforeKey ?? Number.MAX_SAFE_INTEGER, limit);
  return rows.toReversed().map(toRecord);
}

/** How many messages of a ticket have this key or a later one. */
export function countFrom(db: ReadDb, ticketId: string, key: number): number {
  return (
    db
      .prepare<[string, number], { n: number }>(
        'select count(*) as n from messages where ticket_id = ? and key >= ?',
      )
      .get(ticketId, key)?.n ?? 0
  );
}

/** Messages of a ticket behind a key, oldest first. */
export function messagesAfter(
  db: ReadDb,
  ticketId: string,
  key: number,
  limit: number,
): MessageRecord[] {
  return db
    .prepare<[string, number, number], Row>(
      `select ${columns} from messages where ticket_id = ? and key > ? order by key limit ?`,
    )
    .all(ticketId, key, limit)
    .map(toRecord);
}

const Ids = z.array(z.string());

function toRecord(row: Row): MessageRecord {
  return {
    ...row,
    is_internal: row.is_internal === 1,
    mentions: row.mentions === '[]' ? [] : Ids.parse(JSON.parse(row.mentions)),
  };
}

/** Key of a ticket's newest message, 0 where it has none. */
export function newestKey(db: ReadDb, ticketId: string): number {
  return (
    db
      .prepare<[string], { key: number | null }>(
        'select max(key) as key from messages where ticket_id = ?',
      )
      .get(ticketId)?.key ?? 0
  );
}

export type ReplyRecord = Pick<MessageRecord, 'id' | 'client_id'>;

/** Replies of this agent to the customer after a time (ms). */
export function repliesAfter(
  db: ReadDb,
  ticketId: string,
  staffId: string,
  after: number,
): ReplyRecord[] {
  return db
    .prepare<[string, number, string, number], ReplyRecord>(
      `select id, client_id from messages
      where ticket_id = ? and key > ? and staff_id = ? and is_internal = 0 and created_at > ?`,
    )
    .all(ticketId, after * 1_000, staffId, after);
}

/** Key of a message that is still in this ticket. */
export function keyOfMessage(db: ReadDb, ticketId: string, id: string): number | null {
  return (
    db
      .prepare<[string, string], { key: number }>(
        'select key from messages where id = ? and ticket_id = ?',
      )
      .get(id, ticketId)?.key ?? null
  );
}

export function messageExists(db: ReadDb, id: string): boolean {
  return (
    db.prepare<[string], { one: number }>('select 1 as one from messages where id = ?').get(id) !==
    undefined
  );
}

/**
 * The messages that carry the id of an operation: its own, and any that somebody else wrote under
 * it.
 */
export function messagesUnder(db: ReadDb, operationId: string): MessageRecord[] {
  return db
    .prepare<[string], Row>(`select ${columns} from messages where client_id = ? order by key`)
    .all(operationId)
    .map(toRecord);
}

/**
 * Which of these operations the cache already shows as messages of `me`: their feed row came before
 * their ack.
 */
export function arrivedOperations(
  db: ReadDb,
  operationIds: readonly string[],
  me: string,
): Set<string> {
  const rows = db
    .prepare<[string, string, string], { client_id: string }>(
      `
        select client_id
        from messages
        where client_id in (select value
          from json_each(?)) and (staff_id = ? or (staff_id is null and user_id = ?))`,
    )
    .all(JSON.stringify(operationIds), me, me);
  return new Set(rows.map((row) => row.client_id));
}

/** Whether the cache has messages of a ticket from an earlier full sync. */
export function hasMessages(db: ReadDb, ticketId: string, generation: number): boolean {
  return (
    db
      .prepare<[string, number], { one: number }>(
        'select 1 as one from messages where ticket_id = ? and generation < ? order by key desc limit 1',
      )
      .get(ticketId, generation) !== undefined
  );
}
