import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivate } from './private-files.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { migrate, type Migration } from './migrate.ts';

/**
 * So long a statement waits for another program that has the file to itself. The window waits with
 * it, so what cannot be written by then is written later.
 */
const busyTimeoutMs = 250;

/** SQLite before this can lose committed writes of a WAL database after a checkpoint. */
const oldestSafeSqlite = [3, 51, 3] as const;

class UnsafeSqliteError extends Error {}

/**
 * Opens a database file, creating its folder, sets what every connection needs and migrates it.
 * Throws UnsafeSqliteError on a SQLite that is too old, NewerFileError on a file of a newer
 * Staffdesk, SqliteError on damage.
 */
export function openDatabase(
  path: string,
  durability: 'precious' | 'disposable',
  migrations: readonly Migration[],
): WriteDb {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  makePrivate(path);
  const sqlite = new Database(path);
  try {
    assertSafeSqlite(sqlite);
    // Takes effect in a new file only, before anything is written.
    if (durability === 'disposable') sqlite.pragma('auto_vacuum = INCREMENTAL');
    sqlite.pragma('journal_mode = WAL');
    // WAL builds fall to NORMAL, which may lose the last commits on power loss: precious data asks
    // for FULL and checks it.
    sqlite.pragma(`synchronous = ${durability === 'precious' ? 'FULL' : 'NORMAL'}`);
    const synchronous = sqlite.pragma('synchronous', { simple: true });
    if (durability === 'precious' && synchronous !== 2)
      throw new Error(`outbox.db must run with synchronous=FULL, not ${String(synchronous)}`);
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma(`busy_timeout = ${busyTimeoutMs}`);
    sqlite.pragma('temp_store = MEMORY');
    if (durability === 'disposable') {
      sqlite.pragma('cache_size = -16000');
      // 16 MB of log between two copies into the file: a first sync writes the same pages again and
      // again.
      sqlite.pragma('wal_autocheckpoint = 4000');
    }
    const db = wrap(sqlite);
    migrate(db, migrations);
    return db;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/**
 * Opens a database file that another connection keeps in order, for reading. Throws SqliteError.
 */
export function openReadOnly(path: string): ReadDb & { close(): void } {
  const sqlite = new Database(path, { readonly: true });
  sqlite.pragma('busy_timeout = 5000');
  return {
    brand: 'read',
    prepare: cachedPrepare(sqlite),
    close: () => {
      sqlite.close();
    },
  };
}

/** A database without a file: empty, or of the bytes of one. */
export function openInMemory(bytes: Buffer | null): WriteDb {
  const sqlite = bytes === null ? new Database(':memory:') : new Database(bytes);
  sqlite.pragma('foreign_keys = ON');
  return wrap(sqlite);
}

function wrap(sqlite: Database.Database): WriteDb {
  return {
    brand: 'write',
    prepare: cachedPrepare(sqlite),
    exec: (sql) => {
      sqlite.exec(sql);
    },
    transaction: (run) => sqlite.transaction(run).immediate(),
    pragma: (source) => sqlite.pragma(source, { simple: true }),
    close: () => {
      sqlite.close();
    },
  };
}

/**
 * Compiling a statement costs more than running it, so each SQL text is compiled once per
 * connection.
 */
function cachedPrepare(sqlite: Database.Database): Database.Database['prepare'] {
  const statements = new Map<string, Database.Statement>();
  const prepare = (sql: string): Database.Statement => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = sqlite.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  // The declared type is generic in the row and parameter types, which exist at compile time only.
  return prepare as Database.Database['prepare'];
}

function assertSafeSqlite(sqlite: Database.Database): void {
  const row = sqlite.prepare<[], { v: string }>('select sqlite_version() as v').get();
  const found = (row?.v ?? '0').split('.').map(Number);
  for (const [i, want] of oldestSafeSqlite.entries()) {
    const have = found[i] ?? 0;
    if (have > want) return;
    if (have < want)
      throw new UnsafeSqliteError(
        `SQLite ${row?.v ?? '?'} can lose committed writes; Staffdesk needs ` +
          `${oldestSafeSqlite.join('.')} or newer. Reinstall Staffdesk.`,
      );
  }
}
