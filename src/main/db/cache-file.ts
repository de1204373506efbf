import { existsSync, renameSync, rmSync } from 'node:fs';
import { SqliteError } from 'better-sqlite3';
import { NewerFileError } from './migrate.ts';
import { cacheMigrations } from './migrations/cache/index.ts';
import type { WriteDb } from './open.ts';
import { openDatabase } from './open.ts';

/**
 * Opens cache.db, or begins a new one: the cache is a copy of the server, so a damaged file or one of another version is
 * set aside (the last one is kept for diagnosis) and everything is synced again.
 */
export function openCache(path: string): { db: WriteDb; fresh: boolean } {
  const fresh = !existsSync(path);
  try {
    const db = openDatabase(path, 'disposable', cacheMigrations);
    const verdict = db.pragma('quick_check(1)');
    if (verdict === 'ok') return { db, fresh };
    db.close();
  } catch (error) {
    const broken = error instanceof NewerFileError || (error instanceof SqliteError && /CORRUPT|NOTADB|IOERR|ERROR/.test(error.code));
    if (!broken) throw error;
  }
  setAside(path);
  return { db: openDatabase(path, 'disposable', cacheMigrations), fresh: true };
}

/** Deletes cache.db and its side files. */
export function removeCache(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

function setAside(path: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  renameSync(path, `${path}.damaged`);
}
