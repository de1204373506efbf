import { fold, unspacedLetters } from '../../src/core/folding.ts';
import { joinedNumbers } from '../../src/core/search-numbers.ts';
import { partsOf } from '../../src/core/search-text.ts';
import type { WriteDb } from '../../src/main/desk/sqlite/connection.ts';

type Row = Record<string, string>;
const of = (row: Row, column: string): string => fold(row[column] ?? '');
const withParts = (name: string): string =>
  [name, partsOf(name)].filter((part) => part !== null).join(' . ');
const messages = 'select key, text from messages order by key';
const tickets =
  'select key, subject, requester_name, requester_email, tags from tickets order by key';

/**
 * The rows that each index of the search is made from, and the values of its columns; null where a
 * row has no place in it.
 */
const indexes: Record<
  string,
  { columns: string[]; rows: string; values: (row: Row) => string[] | null }
> = {
  message_search: {
    columns: ['text', 'numbers'],
    rows: messages,
    values: (row) => [of(row, 'text'), joinedNumbers(of(row, 'text'))],
  },
  message_parts: { columns: ['parts'], rows: messages, values: (row) => parts(of(row, 'text')) },
  ticket_search: {
    columns: ['subject', 'requester_name', 'requester_email', 'tags', 'numbers'],
    rows: tickets,
    values: (row) => [
      of(row, 'subject'),
      withParts(of(row, 'requester_name')),
      of(row, 'requester_email'),
      of(row, 'tags'),
      joinedNumbers(of(row, 'subject')),
    ],
  },
  ticket_parts: {
    columns: ['parts'],
    rows: tickets,
    values: (row) => parts(`${of(row, 'subject')} ${of(row, 'requester_name')}`),
  },
};

function parts(folded: string): string[] | null {
  const found = partsOf(folded);
  return found === null ? null : [found];
}

const notNamed = new RegExp(`[0-9]|^[${unspacedLetters}]`, 'u');

/**
 * Faults in the indexes of a cache in which nothing waits: broken inside, different from one
 * rebuilt from the rows, or with words that the table of words lacks.
 */
export function indexDamage(cache: WriteDb): string[] {
  return [...rowDamage(cache), ...missingWords(cache)];
}

function missingWords(cache: WriteDb): string[] {
  return ['message_search', 'ticket_search'].flatMap((name) => {
    cache.exec(`create virtual table temp.held using fts5vocab(main, ${name}, row)`);
    const missing = cache
      .prepare<[], { term: string }>(
        'select term from temp.held where length(term) >= 4 and term not in (select word from search_words)',
      )
      .all()
      .filter(({ term }) => !notNamed.test(term))
      .slice(0, 5);
    cache.exec('drop table temp.held');
    return missing.map(({ term }) => `${name}: "${term}" is not among the words`);
  });
}

function rowDamage(cache: WriteDb): string[] {
  return Object.entries(indexes).flatMap(([name, { columns, rows, values }]) => {
    cache.exec(`insert into ${name} (${name}) values ('integrity-check')`);
    const { sql } = cache
      .prepare<[string], { sql: string }>('select sql from sqlite_master where name = ?')
      .get(name) ?? { sql: '' };
    cache.exec(
      `${sql.replace(name, 'temp.fresh')}; create virtual table temp.held using fts5vocab(main, ${name}, instance); create virtual table temp.wanted using fts5vocab(temp, fresh, instance)`,
    );
    const insert = cache.prepare(
      `insert into temp.fresh (rowid, ${columns.join(', ')}) values (?${', ?'.repeat(columns.length)})`,
    );
    for (const row of cache.prepare<[], Row>(rows).all()) {
      const held = values(row);
      if (held !== null) insert.run(row['key'], ...held);
    }
    const differing = cache
      .prepare<[], { term: string; doc: number }>(
        'select term, doc from (select * from temp.held except select * from temp.wanted) union all select term, doc from (select * from temp.wanted except select * from temp.held) limit 5',
      )
      .all();
    cache.exec('drop table temp.held; drop table temp.wanted; drop table temp.fresh');
    return differing.map(({ term, doc }) => `${name}: "${term}" of ${doc}`);
  });
}
