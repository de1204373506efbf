import Database from 'better-sqlite3';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, NewerFileError, type Migration } from './migrate.ts';
import type { WriteDb } from './connection.ts';
import { openInMemory } from './open.ts';

/**
 * A database as it stands in its file, in memory: for reading while nothing can be written beside
 * the file. Anything written to it is thrown away. Empty where the file cannot be read. Throws
 * NewerFileError.
 */
export function openReadingCopy(path: string, migrations: readonly Migration[]): WriteDb {
  for (const read of [readAlone, readBytes, readElsewhere]) {
    const db = openCopy(read, path, migrations);
    if (db) return db;
  }
  const empty = openInMemory(null);
  migrate(empty, migrations);
  return empty;
}

function openCopy(
  read: (path: string) => Buffer | null,
  path: string,
  migrations: readonly Migration[],
): WriteDb | null {
  let db: WriteDb | null = null;
  try {
    const bytes = read(path);
    if (bytes === null) return null;
    db = openInMemory(withoutLog(bytes));
    migrate(db, migrations);
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof NewerFileError) throw error;
    // The next way may work.
    return null;
  }
}

/** By SQLite itself, without the shared memory that a full disk has no room for. */
function readAlone(path: string): Buffer {
  const source = new Database(path, { fileMustExist: true });
  try {
    source.pragma('busy_timeout = 0');
    source.pragma('locking_mode = EXCLUSIVE');
    return source.serialize();
  } finally {
    source.close();
  }
}

/** Where no log waits to be taken in, the file itself is all there is. */
function readBytes(path: string): Buffer | null {
  return hasLog(path) ? null : readFileSync(path);
}

/** With its log, where there is a place for both to be brought together. */
function readElsewhere(path: string): Buffer | null {
  if (!hasLog(path)) return null;
  const dir = mkdtempSync(join(tmpdir(), 'staffdesk-reading-'));
  try {
    for (const suffix of ['', '-wal']) copyFileSync(path + suffix, join(dir, `copy.db${suffix}`));
    return readAlone(join(dir, 'copy.db'));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/**
 * Bytes 18 and 19 say that there is a log, which a database in memory cannot have:
 * sqlite.org/fileformat2.html, 1.3.3.
 */
function withoutLog(bytes: Buffer): Buffer {
  if (bytes.length < 100) return bytes;
  bytes[18] = 1;
  bytes[19] = 1;
  return bytes;
}
