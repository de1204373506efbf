import { SqliteError } from 'better-sqlite3';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { outboxMigrations } from './migrations/outbox/index.ts';
import type { WriteDb } from './open.ts';
import { openDatabase } from './open.ts';
import type { Salvage } from './salvage.ts';
import { salvageInto, setOutboxAside } from './salvage.ts';

/**
 * Opens outbox.db with full durability and checks it. A damaged one is set aside and kept, and what can be trusted of it is
 * copied into a new one (R12). Throws NewerFileError, SqliteError.
 */
export function openOutbox(path: string): { db: WriteDb; salvage: Salvage | null } {
  const log = keepLog(path);
  const sound = openSound(path);
  if (sound) {
    rmSync(log, { force: true });
    return { db: sound, salvage: null };
  }
  const aside = setOutboxAside(path, log);
  const db = openDatabase(path, 'precious', outboxMigrations);
  return { db, salvage: salvageInto(db, aside) };
}

/** A copy of the write-ahead log: SQLite empties one that it does not understand, and it may hold the newest replies. */
function keepLog(path: string): string {
  const copy = `${path}-wal.kept`;
  rmSync(copy, { force: true });
  if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, copy);
  return copy;
}

/** The database, or null when it is damaged. */
function openSound(path: string): WriteDb | null {
  let db: WriteDb | null = null;
  try {
    db = openDatabase(path, 'precious', outboxMigrations);
    if (db.pragma('integrity_check(1)') === 'ok') return db;
  } catch (error) {
    if (!(error instanceof SqliteError) || !/CORRUPT|NOTADB|IOERR|SQLITE_ERROR|CONSTRAINT/.test(error.code)) throw error;
  }
  db?.close();
  return null;
}
