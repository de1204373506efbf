import { fold, foldingVersion, wordsOf } from '../../../../core/folding.ts';
import { joinedNumbers } from '../../../../core/search-numbers.ts';
import { partsOf } from '../../../../core/search-text.ts';
import { readMeta, writeMeta } from '../../sqlite/meta.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';
import { collectWords, forgetWords, type WordCollector } from './search-words.ts';

/**
 * A message's text is new: the indexes follow behind (`indexWaiting`). In the transaction that
 * stores it.
 */
export function awaitMessageIndex(db: WriteDb, key: number): void {
  db.prepare('insert or ignore into messages_to_index (key) values (?)').run(key);
}

/** As `awaitMessageIndex`, for a ticket's subject, requester and tags. */
export function awaitTicketIndex(db: WriteDb, key: number): void {
  db.prepare('insert or ignore into tickets_to_index (key) values (?)').run(key);
}

/**
 * Takes messages out of the search, whether they are in it already or still wait. Goes before the
 * rows themselves.
 */
export function unindexMessages(
  db: WriteDb,
  where: string,
  ...bound: readonly (string | number)[]
): void {
  const keys = `(select key from messages where ${where})`;
  db.prepare(`delete from message_search where rowid in ${keys}`).run(...bound);
  db.prepare(`delete from message_parts where rowid in ${keys}`).run(...bound);
  db.prepare(`delete from messages_to_index where key in ${keys}`).run(...bound);
}

/** As `unindexMessages`, for a ticket's own fields. */
export function unindexTicket(db: WriteDb, key: number): void {
  db.prepare('delete from ticket_search where rowid = ?').run(key);
  db.prepare('delete from ticket_parts where rowid = ?').run(key);
  db.prepare('delete from tickets_to_index where key = ?').run(key);
}

/**
 * Indexes the newest of what waits, up to `most` tickets and messages, in one transaction with its
 * removal from the queue. Answers how many it were.
 */
export function indexWaiting(db: WriteDb, most: number): number {
  return db.transaction(() => {
    const words = collectWords(db);
    const tickets = indexTickets(db, most, words);
    const messages = tickets < most ? indexMessages(db, most - tickets, words) : 0;
    words.store();
    return tickets + messages;
  });
}

/** How many tickets and messages wait, counted up to `most`. */
export function countWaiting(db: ReadDb, most: number): number {
  const counted = db.prepare<[number], { n: number }>(
    'select count(*) as n from (select 1 from messages_to_index union all select 1 from tickets_to_index limit ?)',
  );
  return counted.get(most)?.n ?? 0;
}

/** Whether at most `most` tickets and messages wait, with no more text than a slice. */
export function isLittleWaiting(db: ReadDb, most: number): boolean {
  const waiting = db
    .prepare<[number], { n: number; bytes: number | null }>(`
    select count(*) as n, sum(bytes) as bytes from (
      select octet_length(m.text) as bytes
      from messages_to_index w left join messages m on m.key = w.key
      union all
      select 0
      from tickets_to_index limit ?)`)
    .get(most + 1);
  return waiting === undefined || (waiting.n <= most && (waiting.bytes ?? 0) <= sliceBytes);
}

const indexes = ['message_search', 'message_parts', 'ticket_search', 'ticket_parts'] as const;

/**
 * How the indexes are folded here: by our rules, over what this version of Unicode knows of its
 * characters.
 */
const folding = `${foldingVersion} ${process.versions['unicode'] ?? ''}`;

/**
 * Begins the indexes again where they are folded otherwise: everything waits, newest first, and a
 * search says so until it is done.
 */
export function refoldIndexes(db: WriteDb): void {
  if (readMeta(db, 'folding') === folding) return;
  db.transaction(() => {
    for (const index of indexes) db.exec(`insert into ${index} (${index}) values ('delete-all')`);
    forgetWords(db);
    db.exec(`insert or ignore into messages_to_index (key) select key from messages;
      insert or ignore into tickets_to_index (key) select key from tickets`);
    writeMeta(db, 'folding', folding);
  });
}

/**
 * Merges what slices have written, about `pages` pages of 4 KB of one index; false when nothing is
 * due.
 */
export function mergeIndex(db: WriteDb, pages: number): boolean {
  return indexes.some((index) => {
    const before = totalChanges(db);
    db.prepare(`insert into ${index} (${index}, rank) values ('merge', ?)`).run(pages);
    // FTS5's own sign: the command itself counts as one change.
    return totalChanges(db) - before >= 2;
  });
}

function totalChanges(db: ReadDb): number {
  return db.prepare<[], { n: number }>('select total_changes() as n').get()?.n ?? 0;
}

interface MessageText {
  key: number;
  text: string;
}
interface TicketText {
  key: number;
  subject: string;
  requester_name: string;
  requester_email: string;
  tags: string;
}

// Read newest first and written oldest first: for a row that is older than the one before FTS5
// would flush what it holds.
function indexMessages(db: WriteDb, most: number, words: WordCollector): number {
  const from = firstOfSlice(db, most);
  if (from === null) return 0;
  const rows = db
    .prepare<[number], MessageText>(
      `
        select m.key, m.text
        from messages_to_index w cross join messages m on m.key = w.key
        where w.key >= ?
        order by w.key`,
    )
    .all(from);
  const insert = db.prepare('insert into message_search (rowid, text, numbers) values (?, ?, ?)');
  for (const { key, text } of rows) {
    const folded = fold(text);
    insert.run(key, folded, joinedNumbers(folded));
    words.add(wordsOf(folded));
    indexParts(db, 'message_parts', key, folded);
  }
  db.prepare('delete from messages_to_index where key >= ?').run(from);
  return Math.max(1, rows.length);
}

/**
 * So much text is indexed in one slice, or one message: text of 100,000 characters takes up to 0.4
 * s, and nobody else writes meanwhile.
 */
const sliceBytes = 300_000;

interface WaitingText {
  key: number;
  bytes: number | null;
}

/** The key of the oldest message of a slice that begins with the newest; null when none waits. */
function firstOfSlice(db: ReadDb, most: number): number | null {
  let from: number | null = null;
  let bytes = 0;
  for (const waiting of db
    .prepare<[number], WaitingText>(
      `
        select w.key, octet_length(m.text) as bytes
        from messages_to_index w left join messages m on m.key = w.key
        order by w.key desc limit ?`,
    )
    .iterate(most)) {
    bytes += waiting.bytes ?? 0;
    if (from !== null && bytes > sliceBytes) return from;
    from = waiting.key;
  }
  return from;
}

function indexTickets(db: WriteDb, most: number, words: WordCollector): number {
  const rows = db
    .prepare<[number], TicketText>(
      `
        select t.key, t.subject, t.requester_name, t.requester_email, t.tags
        from tickets_to_index w cross join tickets t on t.key = w.key
        order by w.key desc limit ?`,
    )
    .all(most)
    .toReversed();
  const insert = db.prepare(
    `
      insert into ticket_search (rowid, subject, requester_name, requester_email, tags, numbers)
      values (?, ?, ?, ?, ?, ?)`,
  );
  for (const ticket of rows) {
    const { subject, name, email, tags } = foldedTicket(ticket);
    insert.run(ticket.key, subject, withParts(name), email, tags, joinedNumbers(subject));
    words.add(wordsOf(`${subject} ${name} ${email} ${tags}`));
    indexParts(db, 'ticket_parts', ticket.key, `${subject} ${name}`);
  }
  if (rows[0]) db.prepare('delete from tickets_to_index where key >= ?').run(rows[0].key);
  return rows.length;
}

function foldedTicket(ticket: TicketText): {
  subject: string;
  name: string;
  email: string;
  tags: string;
} {
  return {
    subject: fold(ticket.subject),
    name: fold(ticket.requester_name),
    email: fold(ticket.requester_email),
    tags: fold(ticket.tags),
  };
}

/** A name that is written without spaces is found by its parts, in the column of names alone. */
function withParts(name: string): string {
  const parts = partsOf(name);
  return parts === null ? name : `${name} . ${parts}`;
}

function indexParts(
  db: WriteDb,
  table: 'message_parts' | 'ticket_parts',
  key: number,
  folded: string,
): void {
  const parts = partsOf(folded);
  if (parts !== null)
    db.prepare(`insert into ${table} (rowid, parts) values (?, ?)`).run(key, parts);
}
