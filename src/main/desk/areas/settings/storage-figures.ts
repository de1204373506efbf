import { statSync } from 'node:fs';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

/** Bytes of a database with its side files, as they lie on the disk now. */
export function databaseBytes(path: string): number {
  return ['', '-wal', '-shm'].reduce(
    (sum, suffix) => sum + (statSync(path + suffix, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

export function countMessages(cache: ReadDb): number {
  return cache.prepare<[], { n: number }>('select count(*) as n from messages').get()?.n ?? 0;
}

export function countDrafts(outboxDb: ReadDb, accountId: string): number {
  return (
    outboxDb
      .prepare<[string], { n: number }>('select count(*) as n from drafts where account_id = ?')
      .get(accountId)?.n ?? 0
  );
}

export function sqliteVersion(db: ReadDb): string {
  return db.prepare<[], { v: string }>('select sqlite_version() as v').get()?.v ?? '?';
}

/**
 * Unused pages that can be given back to the disk; none in a file from before this was provided
 * for, where they are used again.
 */
export function freePages(cache: WriteDb): number {
  return cache.pragma('auto_vacuum') === incremental ? Number(cache.pragma('freelist_count')) : 0;
}

const incremental = 2;

export function giveBackPages(cache: WriteDb, pages: number): void {
  cache.exec(`pragma incremental_vacuum(${pages})`);
}
