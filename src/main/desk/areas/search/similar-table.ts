import type { ReadDb } from '../../sqlite/connection.ts';

export interface Alike {
  id: string;
  subject: string;
  status: string;
  resolved_at: number | null;
  requester_id: string;
  text: string;
}

// Each question to the index is read newest first and cut: enough to choose from, and never long.
const scan = 60;

/**
 * Newest solved tickets that have any of these words in their subject, with their first message.
 */
export function solvedWithSubject(db: ReadDb, words: readonly string[], except: string): Alike[] {
  if (words.length === 0) return [];
  return db
    .prepare<[string, string, number], Alike>(`
    select t.id, t.subject, t.status, t.resolved_at, t.requester_id, coalesce(
      (select text from messages where ticket_id = t.id order by key limit 1), '') as text
    from ticket_search cross join tickets t on t.key = ticket_search.rowid
    where ticket_search match ? and t.active = 0 and t.id <> ? order by ticket_search.rowid desc limit ?`)
    .all(`subject : (${anyOf(words)})`, except, scan);
}

/** Newest solved tickets with both words in one message. */
export function solvedWithBoth(db: ReadDb, one: string, other: string, except: string): Alike[] {
  return db
    .prepare<
      [string, string, number],
      Alike
    >(`select distinct t.id, t.subject, t.status, t.resolved_at, t.requester_id, m.text
    from message_search cross join messages m on m.key = message_search.rowid cross join tickets t on t.id = m.ticket_id
    where message_search match ? and t.active = 0 and t.id <> ? order by message_search.rowid desc limit ?`)
    .all(`${quote(one)} AND ${quote(other)}`, except, scan);
}

export function firstMessage(db: ReadDb, ticketId: string): string {
  return (
    db
      .prepare<[string], { text: string }>(
        'select text from messages where ticket_id = ? order by key limit 1',
      )
      .get(ticketId)?.text ?? ''
  );
}

const anyOf = (words: readonly string[]): string => words.map(quote).join(' OR ');
const quote = (word: string): string => `"${word.replaceAll('"', '""')}"`;
