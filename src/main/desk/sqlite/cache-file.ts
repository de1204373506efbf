import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { SqliteError } from 'better-sqlite3';
import { NewerFileError } from './migrate.ts';
import { cacheMigrations } from './migrations/cache/index.ts';
import { nameCopy, readMeta, removeMeta, writeMeta } from './meta.ts';
import type { WriteDb } from './connection.ts';
import { openDatabase } from './open.ts';
import { openReadingCopy } from './reading-copy.ts';
import { refoldIndexes } from '../areas/search/search-index.ts';
import { storageFaultOf } from './storage-fault.ts';

/**
 * Opens cache.db, or begins a new one: the cache is a copy of the server, so a file that cannot be
 * opened or is of another version is set aside (the last one is kept for diagnosis) and everything
 * is synced again. Damage further inside is found by `checkFile`, or when it is read.
 */
export function openCache(path: string): { db: WriteDb; fresh: boolean } {
  const fresh = !existsSync(path);
  try {
    return { db: openFolded(path), fresh };
  } catch (error) {
    const fault = storageFaultOf(error, dirname(path));
    const broken =
      error instanceof NewerFileError ||
      (error instanceof SqliteError && /CORRUPT|NOTADB|IOERR|ERROR/.test(error.code));
    // No room, or held by another program: that says nothing against the file.
    if (!broken || (fault !== null && fault !== 'failed')) throw error;
  }
  setAsideCache(path);
  return { db: openFolded(path), fresh: true };
}

function openFolded(path: string): WriteDb {
  const db = openDatabase(path, 'disposable', cacheMigrations);
  try {
    refoldIndexes(db);
    if (readMeta(db, 'copy') === null) nameCopy(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Notes that the cache is in use; `unclean` where its last user ended without closing it. */
export function enterCache(db: WriteDb): { unclean: boolean } {
  const unclean = readMeta(db, 'in_use') !== null;
  if (!unclean) writeMeta(db, 'in_use', '1');
  return { unclean };
}

/** Closes the cache in good order. */
export function leaveCache(db: WriteDb): void {
  try {
    removeMeta(db, 'in_use');
  } catch (error) {
    // A full disk: the next start then looks through the file, which does no harm.
    console.warn('The cache could not be closed in good order', error);
  }
  db.close();
}

/** The cache as it is, while nothing can be written. Anything written to it is thrown away. */
export function readCache(path: string): WriteDb {
  try {
    return openReadingCopy(path, cacheMigrations);
  } catch (error) {
    if (error instanceof NewerFileError) return openReadingCopy('', cacheMigrations);
    throw error;
  }
}

/** Deletes cache.db, its side files and a damaged one that was kept. */
export function removeCache(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '.damaged']) rmSync(path + suffix, { force: true });
}

/** Takes a damaged cache out of the way and keeps it for diagnosis. It must be closed. */
export function setAsideCache(path: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  renameSync(path, `${path}.damaged`);
}
