import Database from 'better-sqlite3';
import { rmSync, statSync } from 'node:fs';
import { fold } from '../../src/core/folding.ts';
import { partsOf } from '../../src/core/search-text.ts';

export interface Raw {
  rowsMs: number;
  indexMs: number;
  searchMs: number;
  totalMs: number;
  diskMb: number;
}

interface Shape {
  name: string;
  type: string;
  sql: string | null;
}

/** The source of an index that has no content of its own. */
const texts: Record<string, string> = {
  message_parts: 'select key, text from messages order by key',
  ticket_parts: "select key, subject || ' ' || requester_name as text from tickets order by key",
};
const fills: Record<string, string> = {
  message_search:
    'insert into message_search (rowid, text) select key, text from messages order by key',
  ticket_search:
    'insert into ticket_search (rowid, subject, requester_name, requester_email, tags) ' +
    'select key, subject, requester_name, requester_email, tags from tickets order by key',
};

function fillParts(target: Database.Database, name: string): void {
  const insert = target.prepare(`insert into ${name} (rowid, parts) values (?, ?)`);
  target.transaction(() => {
    for (const { key, text } of target
      .prepare<[], { key: number; text: string }>(texts[name] ?? '')
      .all()) {
      const parts = partsOf(fold(text));
      if (parts !== null) insert.run(key, parts);
    }
  })();
}

/**
 * Writes these rows into the desk's own tables and indexes in the fastest way that we know: rows
 * first, in one transaction, then the indexes, then each search index in one go, then a checkpoint,
 * so that everything is durable in one file.
 */
function main(from: string, to: string): Raw {
  for (const suffix of ['', '-wal', '-shm']) rmSync(to + suffix, { force: true });
  const source = new Database(from, { readonly: true });
  const shapes = source
    .prepare<[], Shape>(
      "select name, type, sql from sqlite_master where sql is not null and name not like 'sqlite_%'",
    )
    .all();
  const searches = shapes
    .filter(({ sql }) => /using fts5/i.test(sql ?? ''))
    .map(({ name }) => name);
  const isShadow = (name: string): boolean =>
    searches.some((search) => name.startsWith(`${search}_`));
  const tables = shapes.filter(
    ({ type, name }) => type === 'table' && !searches.includes(name) && !isShadow(name),
  );
  const target = new Database(to);
  target.pragma('journal_mode = WAL');
  target.pragma('synchronous = NORMAL');
  target.pragma('temp_store = MEMORY');
  target.pragma('cache_size = -65536');
  for (const { sql } of tables) target.exec(sql ?? '');
  let rowsMs = 0;
  for (const { name } of tables) {
    const columns = source.pragma(`table_xinfo(${name})`) as { name: string; hidden: number }[];
    const stored = columns.filter(({ hidden }) => hidden === 0).map((column) => column.name);
    const insert = target.prepare(
      `insert into ${name} (${stored.join(', ')}) values (${stored.map(() => '?').join(', ')})`,
    );
    const read = source.prepare(`select ${stored.join(', ')} from ${name}`).raw();
    // Reading is not part of it: a chunk is read, the clock runs while it is written.
    const write = target.transaction((rows: unknown[][]) => {
      for (const row of rows) insert.run(...row);
    });
    let chunk: unknown[][] = [];
    const flush = (): void => {
      const began = performance.now();
      write(chunk);
      rowsMs += performance.now() - began;
      chunk = [];
    };
    for (const row of read.iterate()) {
      chunk.push(row as unknown[]);
      if (chunk.length === 50_000) flush();
    }
    flush();
  }
  const timed = (run: () => void): number => {
    const began = performance.now();
    run();
    return performance.now() - began;
  };
  const indexMs = timed(() => {
    for (const { type, sql } of shapes) if (type === 'index') target.exec(sql ?? '');
  });
  const searchMs = timed(() => {
    for (const name of searches) {
      target.exec(shapes.find((shape) => shape.name === name)?.sql ?? '');
      target.exec(`insert into ${name} (${name}, rank) values ('hashsize', 67108864)`);
      if (name in texts) fillParts(target, name);
      else target.exec(fills[name] ?? '');
    }
  });
  const checkpointMs = timed(() => {
    target.pragma('wal_checkpoint(truncate)');
  });
  target.close();
  source.close();
  return {
    rowsMs,
    indexMs,
    searchMs,
    totalMs: rowsMs + indexMs + searchMs + checkpointMs,
    diskMb: statSync(to).size / 1e6,
  };
}

if (import.meta.main) {
  const [from = '', to = ''] = process.argv.slice(2);
  process.send?.(main(from, to));
  process.exit(0);
}
