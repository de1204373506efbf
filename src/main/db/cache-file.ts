import { existsSync, renameSync, rmSync } from 'node:fs';
import { SqliteError } from 'better-sqlite3';
import { NewerFileError } from './migrate.ts';
import { cacheMigrations } from './migrations/cache/index.ts';
import { readMeta, removeMeta, writeMeta } from './meta.ts';
import type { WriteDb } from './open.ts';
import { openDatabase } from './open.ts';
import { refoldIndexes } from './search-index.ts';

/**
 * Opens cache.db, or begins a new one: the cache is a copy of the server, so a file that cannot be opened or is of another
 * version is set aside (the last one is kept for diagnosis) and everything is synced again. Damage further inside is found
 * by `checkFile`, or by whoever reads it.
 */
export function openCache(path: string): { db: WriteDb; fresh: boolean } {
  const fresh = !existsSync(path);
  try {
    return { db: openFolded(path), fresh };
  } catch (error) {
    const broken = error instanceof NewerFileError || (error instanceof SqliteError && /CORRUPT|NOTADB|IOERR|ERROR/.test(error.code));
    if (!broken) throw error;
  }
  setAsideCache(path);
  return { db: openFolded(path), fresh: true };
}

function openFolded(path: string): WriteDb {
  const db = openDatabase(path, 'disposable', cacheMigrations);
  try {
    refoldIndexes(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Notes that the cache is in use; answers whether its last user ended without closing it. */
export function enterCache(db: WriteDb): { unclean: boolean } {
  const unclean = readMeta(db, 'in_use') !== null;
  if (!unclean) writeMeta(db, 'in_use', '1');
  return { unclean };
}

/** Closes the cache in good order. */
export function leaveCache(db: WriteDb): void {
  removeMeta(db, 'in_use');
  db.close();
}

/** Deletes cache.db and its side files. */
export function removeCache(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

/** Takes a damaged cache out of the way and keeps it for diagnosis. It must be closed. */
export function setAsideCache(path: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  renameSync(path, `${path}.damaged`);
}
