import type { Condition, SearchQuery } from '../../../../core/search-query.ts';
import type { TextMatch } from '../../../../core/search-text.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import {
  createBound,
  requesterMatch,
  whereOf,
  type Bound,
  type SearchScope,
} from './search-where.ts';

/**
 * A row that matches: a message by its key, or with null the ticket's subject, requester or tags.
 */
export interface TextHit {
  ticket_id: string;
  key: number | null;
  /** Milliseconds, for newest first. */ at: number;
}

/** Rows that match, read one by one, newest first, so that the reader ends the walk. */
export type Walk = IterableIterator<TextHit>;

// A ticket's index is keyed by creation, its place in the result by activity: this many are read
// before they are sorted.
export const ticketScan = 400;
/** At most this many tickets are looked up one by one; more are all walked. */
const few = 1_000;
/**
 * For at most this many tickets, all their messages are read rather than those of all tickets that
 * have the words.
 */
const fewToRead = 150;
/**
 * For at most this many tickets, their messages' keys are kept at hand while those of all tickets
 * that have the words are passed.
 */
const fewToPass = 2_000;
/** As `fewToPass`, for the tickets' own keys, which are a tenth as many. */
const fewToFind = 5_000;

/**
 * Messages that have all the words, newest first: the index is walked backwards by its time-derived
 * key, so nothing is sorted. Where the conditions leave few tickets, or the words are of two kinds
 * of script, `has` reads the texts themselves.
 */
export function* messagesWith(
  db: ReadDb,
  match: TextMatch,
  has: (text: string) => boolean,
  conditions: readonly Condition[],
  scope: SearchScope,
  only: FewTickets,
): Walk {
  if (only?.length === 0) return;
  const read = only !== null && only.length <= fewToRead;
  const { sql, bound } = read
    ? messagesOfSql(only, conditions, scope)
    : messagesWithSql(
        match,
        conditions,
        scope,
        only !== null && only.length <= fewToPass ? only : null,
      );
  for (const { text, ...hit } of db
    .prepare<[Bound['values']], TextHit & { text: string | null }>(sql)
    .iterate(bound.values))
    if (text === null || has(text)) yield hit;
}

/**
 * A key is the time in microseconds. A message's other columns are read only for those that are
 * shown (`messagesAt`).
 */
const hitColumns = 'm.ticket_id, m.key, m.key / 1000 as at';

/** `only`: ids of the only tickets whose messages are wanted; null: those of any. */
export function messagesWithSql(
  match: TextMatch,
  conditions: readonly Condition[],
  scope: SearchScope,
  only: readonly string[] | null,
): { sql: string; bound: Bound } {
  const bound = createBound();
  const { index, expression } =
    match.parts === null
      ? { index: 'message_search', expression: wordsOf(match) }
      : { index: 'message_parts', expression: match.parts };
  // The keys of all their messages, read once: to ask each row for its ticket took five times as
  // long. With the plus it is asked of each row; without, the index would be looked up under every
  // one of the keys.
  const near =
    only === null
      ? ''
      : ` and +${index}.rowid in (select key from messages where ticket_id in (select value ` +
        `from json_each(${bound.add(JSON.stringify(only))})))`;
  const rest = conditions.filter((condition) => !isRange(condition));
  // Words of two kinds of script are in two indexes: one is walked, for the others the text is
  // read.
  const both = match.words !== null && match.parts !== null;
  // Cross join: in this order, whatever the planner thinks of it. Messages are left out by the
  // index `m`, before their rows are read.
  return {
    bound,
    sql: `select ${hitColumns}, ${both ? 'whole.text' : 'null as text'}
    from ${index} cross join messages m indexed by messages_place on m.key = ${index}.rowid
    ${rest.every(isOfMessage) ? '' : 'cross join tickets t on t.id = m.ticket_id'}
      ${both ? 'cross join messages whole on whole.key = m.key' : ''}
    where ${index} match
      ${bound.add(expression)}${rowidRange(index, conditions)}${near}${whereOf(rest, 'message', scope, bound)}
    order by ${index}.rowid desc`,
  };
}

function messagesOfSql(
  tickets: readonly string[],
  conditions: readonly Condition[],
  scope: SearchScope,
): { sql: string; bound: Bound } {
  const bound = createBound();
  return {
    bound,
    sql: `select ${hitColumns}, m.text from tickets t cross join messages m on m.ticket_id = t.id
    where t.id in (select value
      from
      json_each(${bound.add(JSON.stringify(tickets))}))${whereOf(conditions, 'message', scope, bound)}
    order by m.key desc`,
  };
}

const wordsOf = (match: TextMatch): string =>
  (match.words ?? '') + (match.notWords === null ? '' : ` NOT (${match.notWords})`);

/** A condition that the message alone decides, so that its ticket need not be read. */
function isOfMessage(condition: Condition): boolean {
  return isRange(condition) || (condition.kind === 'from' && condition.requester === null);
}

type Range = Extract<Condition, { at: number }>;
export function isRange(condition: Condition): condition is Range {
  return condition.kind === 'before' || condition.kind === 'after';
}

/**
 * The key of a message is its time, so a time bounds the walk itself. Whole numbers only: safe as
 * part of the statement.
 */
function rowidRange(index: string, conditions: readonly Condition[]): string {
  return conditions
    .filter(isRange)
    .map(
      ({ kind, not, at }) =>
        ` and ${index}.rowid ${(kind === 'before') !== not ? '<' : '>='} ${Math.trunc(at) * 1_000}`,
    )
    .join('');
}

/** Tickets that have all the words themselves, at most `most`. */
export function ticketsWith(
  db: ReadDb,
  match: TextMatch,
  conditions: readonly Condition[],
  scope: SearchScope,
  only: FewTickets,
  most: number,
): TextHit[] {
  if (only?.length === 0) return [];
  const bound = createBound();
  const { index, expression } =
    match.words === null
      ? { index: 'ticket_parts', expression: match.parts ?? '' }
      : { index: 'ticket_search', expression: wordsOf(match) };
  const also =
    match.words !== null && match.parts !== null
      ? ` and t.key in (select rowid from ticket_parts where ticket_parts match ${bound.add(match.parts)})`
      : '';
  // To read each ticket that has the words, for its conditions, takes ten times as long as to pass
  // it by.
  const near =
    only === null
      ? ''
      : ` and +${index}.rowid in (select key from tickets where id in (select value from ` +
        `json_each(${bound.add(JSON.stringify(only))})))`;
  return db
    .prepare<[Bound['values']], TextHit>(`select t.id as ticket_id, null as key, t.activity_at as at
    from ${index} cross join tickets t on t.key = ${index}.rowid
    where ${index} match
      ${bound.add(expression)}${near}${also}${whereOf(conditions, 'ticket', scope, bound)}
    order by ${index}.rowid desc limit ${most}`)
    .all(bound.values);
}

/** Tickets by their fields alone, newest activity first; `among`: of these tickets only. */
export function ticketsWhere(
  db: ReadDb,
  conditions: readonly Condition[],
  scope: SearchScope,
  among: FewTickets = null,
): Walk {
  const { sql, bound } = ticketsWhereSql(db, conditions, scope, among);
  return db.prepare<[Bound['values']], TextHit>(sql).iterate(bound.values);
}

export function ticketsWhereSql(
  db: ReadDb,
  conditions: readonly Condition[],
  scope: SearchScope,
  among: FewTickets = null,
): { sql: string; bound: Bound } {
  const bound = createBound();
  const only = among ?? fewMatching(db, conditions, scope, few);
  const source = only === null ? 'tickets t indexed by tickets_searched' : 'tickets t';
  const column = among === null ? 'key' : 'id';
  const near =
    only === null
      ? ''
      : ` and t.${column} in (select value from json_each(${bound.add(JSON.stringify(only))}))`;
  return {
    bound,
    sql: `select t.id as ticket_id, null as key, t.activity_at as at from ${source}
    where 1 = 1${near}${whereOf(conditions, 'ticket', scope, bound)} order by t.activity_at desc, t.id desc`,
  };
}

/** Messages of one colleague, newest first; `among`: in these tickets only. */
export function messagesBy(
  db: ReadDb,
  author: string,
  conditions: readonly Condition[],
  scope: SearchScope,
  among: FewTickets,
): Walk {
  const bound = createBound();
  const from =
    among === null
      ? 'messages m indexed by messages_staff cross join tickets t on t.id = m.ticket_id where 1 = 1'
      : `tickets t cross join messages m indexed by messages_ticket on m.ticket_id = t.id
        where t.id in (select value from json_each(${bound.add(JSON.stringify(among))}))`;
  return db
    .prepare<[Bound['values']], TextHit>(`select ${hitColumns} from ${from}
    and m.staff_id = ${bound.add(author)}${whereOf(conditions, 'message', scope, bound)}
    order by m.key desc`)
    .iterate(bound.values);
}

/** Ids; null where they are many, or unknown. */
export type FewTickets = readonly string[] | null;

/**
 * The only tickets that can meet the conditions, where they are few; those with open operations
 * may, too.
 */
export function fewTickets(
  db: ReadDb,
  conditions: readonly Condition[],
  scope: SearchScope,
): FewTickets {
  // A time is of the message here, not of the ticket; who wrote is asked of each message.
  const ofTicket = conditions.filter(
    (condition) => !isRange(condition) && condition.kind !== 'from',
  );
  const matching = fewMatching(db, conditions, scope, fewToRead);
  if (matching !== null)
    return db
      .prepare<[string], { id: string }>(
        'select id from tickets where key in (select value from json_each(?))',
      )
      .all(JSON.stringify(matching))
      .map(({ id }) => id);
  if (ofTicket.length === 0) return null;
  const bound = createBound();
  // Those not finished are a twentieth of all and have an index of their own.
  const source = ofTicket.some(isOfUnfinished)
    ? 'tickets t indexed by tickets_newest where t.active = 1'
    : 'tickets t indexed by tickets_searched where 1 = 1';
  const found = db
    .prepare<[Bound['values']], { id: string }>(
      `
        select t.id
        from ${source}${whereOf(ofTicket, 'ticket', scope, bound)}
        order by t.activity_at desc limit ${fewToFind + 1}`,
    )
    .all(bound.values);
  return found.length > fewToFind
    ? null
    : [...new Set([...found.map(({ id }) => id), ...scope.overlaid])];
}

/** Whether a condition with its own index leaves few tickets. */
export function leavesFew(
  db: ReadDb,
  conditions: readonly Condition[],
  scope: SearchScope,
): boolean {
  return fewMatching(db, conditions, scope, few) !== null;
}

/** Only tickets that are neither resolved nor closed meet it. */
function isOfUnfinished(condition: Condition): boolean {
  if (condition.kind === 'open') return !condition.not;
  return (
    condition.kind === 'status' &&
    !condition.not &&
    !condition.values.some((status) => status === 'resolved' || status === 'closed')
  );
}

/**
 * Keys of the tickets that meet one condition with its own index: a tag, a requester, unread, with
 * a draft; for a tag also those with open operations. Null where no such condition leaves at most
 * `most`.
 */
function fewMatching(
  db: ReadDb,
  conditions: readonly Condition[],
  scope: SearchScope,
  most: number,
): number[] | null {
  for (const condition of conditions) {
    const keys = keysOf(db, condition, scope, most + 1);
    if (keys === null || keys.length > most) continue;
    // Only a tag can be pending.
    const pending =
      condition.kind === 'tag'
        ? db
            .prepare<[string], { key: number }>(
              'select key from tickets where id in (select value from json_each(?))',
            )
            .all(JSON.stringify(scope.overlaid))
        : [];
    return [...new Set([...keys, ...pending].map(({ key }) => key))];
  }
  return null;
}

function keysOf(
  db: ReadDb,
  condition: Condition,
  { drafts, spelled }: SearchScope,
  limit: number,
): { key: number }[] | null {
  if (condition.not) return null;
  switch (condition.kind) {
    case 'tag':
      return db
        .prepare<
          [string, number],
          { key: number }
        >(`select distinct t.key from ticket_tags g cross join tickets t on t.id = g.ticket_id
      where g.tag in (select value from json_each(?)) limit ?`)
        .all(JSON.stringify(condition.tags.flatMap(spelled)), limit);
    case 'from':
      return condition.requester !== null && condition.authors.length === 0
        ? ticketsMatching(db, requesterMatch(condition.requester), limit)
        : null;
    case 'unread':
      return db
        .prepare<[number], { key: number }>(
          'select t.key from unread u cross join tickets t on t.id = u.ticket_id limit ?',
        )
        .all(limit);
    case 'draft':
      return db
        .prepare<[string, number], { key: number }>(
          'select key from tickets where id in (select value from json_each(?)) limit ?',
        )
        .all(JSON.stringify(drafts), limit);
    default:
      return null;
  }
}

function ticketsMatching(db: ReadDb, expression: string, limit: number): { key: number }[] {
  return db
    .prepare<[string, number], { key: number }>(
      'select rowid as key from ticket_search where ticket_search match ? limit ?',
    )
    .all(expression, limit);
}

/** The parts of a message that a search shows. */
export interface FoundMessage {
  key: number;
  id: string;
  text: string;
  created_at: number;
}

/** The messages with these keys, by key. */
export function messagesAt(db: ReadDb, keys: readonly number[]): Map<number, FoundMessage> {
  const rows = db
    .prepare<[string], FoundMessage>(
      'select key, id, text, created_at from messages where key in (select value from json_each(?))',
    )
    .all(JSON.stringify(keys));
  return new Map(rows.map((row) => [row.key, row]));
}

/** Whether any message of a ticket passes a test. */
export function someMessage(
  db: ReadDb,
  ticketId: string,
  test: (text: string) => boolean,
): boolean {
  return db
    .prepare<[string], { text: string }>('select text from messages where ticket_id = ?')
    .all(ticketId)
    .some(({ text }) => test(text));
}

/** The conditions without those that the walk by an author has met already. */
export function withoutFrom(query: SearchQuery): Condition[] {
  return query.conditions.filter((condition) => condition.kind !== 'from' || condition.not);
}
