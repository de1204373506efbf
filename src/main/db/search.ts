import type { Condition, SearchQuery } from '../../core/search-query.ts';
import type { TextMatch } from '../../core/search-text.ts';
import type { ReadDb } from './open.ts';
import type { Bound, SearchScope } from './search-where.ts';
import { createBound, requesterMatch, whereOf } from './search-where.ts';

/** A row that matches; `message_id` null: the match is in the ticket's subject, requester or tags. */
export interface TextHit { ticket_id: string; message_id: string | null; /** Milliseconds, for newest first. */ at: number }

/** Rows that match, read one by one, newest first, so that the reader ends the walk. */
export type Walk = IterableIterator<TextHit>;

// A ticket's index is keyed by creation, its place in the result by activity: so many are read before they are put in order.
const ticketScan = 400;
/** Up to so many tickets are looked up one by one rather than all walked. */
const few = 1_000;

/** Messages that have all the words, newest first: the index is walked backwards by its time-derived key, so nothing is sorted. */
export function messagesWith(db: ReadDb, match: TextMatch, conditions: readonly Condition[], scope: SearchScope): Walk {
  const { sql, bound } = messagesWithSql(db, match, conditions, scope);
  return db.prepare<[Bound['values']], TextHit>(sql).iterate(bound.values);
}

export function messagesWithSql(db: ReadDb, match: TextMatch, conditions: readonly Condition[], scope: SearchScope): { sql: string; bound: Bound } {
  const bound = createBound();
  const index = match.words === null ? 'message_parts' : 'message_search';
  const also = match.words !== null && match.parts !== null ? ` and ${index}.rowid in (select rowid from message_parts where message_parts match ${bound.add(match.parts)})` : '';
  const expression = match.words === null ? match.parts : match.words + (match.notWords === null ? '' : ` NOT (${match.notWords})`);
  const only = fewTickets(db, conditions, scope);
  const near = only === null ? '' : ` and ${index}.rowid in (select key from messages where ticket_id in (select id from tickets where key in (select value from json_each(${bound.add(JSON.stringify(only))}))))`;
  // Cross join: in this order, whatever the planner thinks of it.
  return { bound, sql: `select m.ticket_id, m.id as message_id, m.created_at as at
    from ${index} cross join messages m on m.key = ${index}.rowid ${conditions.length > 0 ? 'cross join tickets t on t.id = m.ticket_id' : ''}
    where ${index} match ${bound.add(expression ?? '')}${rowidRange(index, conditions)}${also}${near}${whereOf(conditions, 'message', scope, bound)} order by ${index}.rowid desc` };
}

/** The key of a message is its time, so a time bounds the walk itself. Whole numbers only: safe as part of the statement. */
function rowidRange(index: string, conditions: readonly Condition[]): string {
  return conditions.map((c) => {
    if (c.not || (c.kind !== 'before' && c.kind !== 'after')) return '';
    return ` and ${index}.rowid ${c.kind === 'before' ? '<' : '>='} ${Math.trunc(c.at) * 1_000}`;
  }).join('');
}

/** Tickets that have all the words themselves. */
export function ticketsWith(db: ReadDb, match: TextMatch, conditions: readonly Condition[], scope: SearchScope): TextHit[] {
  const bound = createBound();
  const index = match.words === null ? 'ticket_parts' : 'ticket_search';
  const also = match.words !== null && match.parts !== null ? ` and ${index}.rowid in (select rowid from ticket_parts where ticket_parts match ${bound.add(match.parts)})` : '';
  const expression = match.words === null ? match.parts : match.words + (match.notWords === null ? '' : ` NOT (${match.notWords})`);
  return db.prepare<[Bound['values']], TextHit>(`select t.id as ticket_id, null as message_id, t.activity_at as at
    from ${index} cross join tickets t on t.key = ${index}.rowid
    where ${index} match ${bound.add(expression ?? '')}${also}${whereOf(conditions, 'ticket', scope, bound)} order by ${index}.rowid desc limit ${ticketScan}`).all(bound.values);
}

/** Tickets by their fields alone, newest activity first. */
export function ticketsWhere(db: ReadDb, conditions: readonly Condition[], scope: SearchScope): Walk {
  const { sql, bound } = ticketsWhereSql(db, conditions, scope);
  return db.prepare<[Bound['values']], TextHit>(sql).iterate(bound.values);
}

export function ticketsWhereSql(db: ReadDb, conditions: readonly Condition[], scope: SearchScope): { sql: string; bound: Bound } {
  const bound = createBound();
  const only = fewTickets(db, conditions, scope);
  const source = only === null ? 'tickets t indexed by tickets_searched' : 'tickets t';
  const near = only === null ? '' : ` and t.key in (select value from json_each(${bound.add(JSON.stringify(only))}))`;
  return { bound, sql: `select t.id as ticket_id, null as message_id, t.activity_at as at from ${source}
    where 1 = 1${near}${whereOf(conditions, 'ticket', scope, bound)} order by t.activity_at desc, t.id desc` };
}

/** What a colleague wrote, newest first. */
export function messagesBy(db: ReadDb, author: string, conditions: readonly Condition[], scope: SearchScope): Walk {
  const bound = createBound();
  return db.prepare<[Bound['values']], TextHit>(`select m.ticket_id, m.id as message_id, m.created_at as at
    from messages m indexed by messages_staff cross join tickets t on t.id = m.ticket_id
    where m.staff_id = ${bound.add(author)}${whereOf(conditions, 'message', scope, bound)} order by m.key desc`).iterate(bound.values);
}

/** Keys of the only tickets that can meet the conditions, where a tag or a requester leaves few of them; those with open operations may, too. */
function fewTickets(db: ReadDb, conditions: readonly Condition[], { overlaid }: SearchScope): number[] | null {
  for (const condition of conditions) {
    const expression = expressionOf(condition);
    if (expression === null) continue;
    const keys = db.prepare<[string, number], { key: number }>('select rowid as key from ticket_search where ticket_search match ? limit ?').all(expression, few + 1);
    if (keys.length > few) continue;
    const pending = db.prepare<[string], { key: number }>('select key from tickets where id in (select value from json_each(?))').all(JSON.stringify(overlaid));
    return [...new Set([...keys, ...pending].map(({ key }) => key))];
  }
  return null;
}

function expressionOf(condition: Condition): string | null {
  if (condition.not) return null;
  if (condition.kind === 'from') return condition.requester !== null && condition.authors.length === 0 ? requesterMatch(condition.requester) : null;
  return condition.kind === 'tag' ? `tags : "${condition.tag.replaceAll('"', '""')}"` : null;
}

/** How many messages of these tickets match, by ticket. */
export function countMatches(db: ReadDb, match: TextMatch, ticketId: string): number {
  const index = match.words === null ? 'message_parts' : 'message_search';
  const expression = match.words === null ? match.parts : match.words + (match.notWords === null ? '' : ` NOT (${match.notWords})`);
  return db.prepare<[string, string], { n: number }>(`select count(*) as n from ${index} where ${index} match ? and rowid in (select key from messages where ticket_id = ?)`).get(expression ?? '', ticketId)?.n ?? 0;
}

/** The texts of these messages, by id. */
export function messageTexts(db: ReadDb, ids: readonly string[]): Map<string, string> {
  const rows = db.prepare<[string], { id: string; text: string }>('select id, text from messages where id in (select value from json_each(?))').all(JSON.stringify(ids));
  return new Map(rows.map(({ id, text }) => [id, text]));
}

/** Whether any message of a ticket passes a test. */
export function someMessage(db: ReadDb, ticketId: string, test: (text: string) => boolean): boolean {
  return db.prepare<[string], { text: string }>('select text from messages where ticket_id = ?').all(ticketId).some(({ text }) => test(text));
}

/** The conditions without those that the walk by an author has met already. */
export function withoutFrom(query: SearchQuery): Condition[] {
  return query.conditions.filter((condition) => condition.kind !== 'from' || condition.not);
}
