import { partsOf } from '../../src/core/search-text.ts';
import type { WriteDb } from '../../src/main/db/open.ts';

/** The columns of each index of the search, and the rows that it is made from. */
const indexes = {
  message_search: { columns: ['text'], rows: 'select key, text from messages order by key' },
  message_parts: { columns: ['parts'], rows: 'select key, text as parts from messages order by key' },
  ticket_search: { columns: ['subject', 'requester_name', 'requester_email', 'tags'], rows: 'select key, subject, requester_name, requester_email, tags from tickets order by key' },
  ticket_parts: { columns: ['parts'], rows: "select key, subject || ' ' || requester_name as parts from tickets order by key" },
} as const;

/** What is wrong with the indexes of a cache in which nothing waits: broken inside, other than one made anew from the rows, or with words that are not beside them. */
export function indexDamage(cache: WriteDb): string[] {
  return [...rowDamage(cache), ...missingWords(cache)];
}

function missingWords(cache: WriteDb): string[] {
  return ['message_search', 'ticket_search'].flatMap((name) => {
    cache.exec(`create virtual table temp.held using fts5vocab(main, ${name}, row)`);
    const missing = cache.prepare<[], { term: string }>("select term from temp.held where length(term) >= 4 and substr(term, 1, 1) not between '0' and '9' and term not in (select word from search_words) limit 5").all();
    cache.exec('drop table temp.held');
    return missing.map(({ term }) => `${name}: "${term}" is not among the words`);
  });
}

function rowDamage(cache: WriteDb): string[] {
  return Object.entries(indexes).flatMap(([name, { columns, rows }]) => {
    cache.exec(`insert into ${name} (${name}) values ('integrity-check')`);
    const { sql } = cache.prepare<[string], { sql: string }>('select sql from sqlite_master where name = ?').get(name) ?? { sql: '' };
    cache.exec(`${sql.replace(name, 'temp.fresh')}; create virtual table temp.held using fts5vocab(main, ${name}, instance); create virtual table temp.wanted using fts5vocab(temp, fresh, instance)`);
    const insert = cache.prepare(`insert into temp.fresh (rowid, ${columns.join(', ')}) values (?${', ?'.repeat(columns.length)})`);
    for (const row of cache.prepare<[], Record<string, string | number>>(rows).all()) {
      const values = columns.map((column) => (column === 'parts' ? partsOf(String(row[column])) : row[column]));
      if (values[0] !== null) insert.run(row['key'], ...values);
    }
    const differing = cache.prepare<[], { term: string; doc: number }>(
      'select term, doc from (select * from temp.held except select * from temp.wanted) union all select term, doc from (select * from temp.wanted except select * from temp.held) limit 5',
    ).all();
    cache.exec('drop table temp.held; drop table temp.wanted; drop table temp.fresh');
    return differing.map(({ term, doc }) => `${name}: "${term}" of ${doc}`);
  });
}
