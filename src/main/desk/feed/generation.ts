import type { KnownVersion } from '../areas/tickets/known-versions.ts';
import { clearRemoved } from '../areas/tickets/removed.ts';
import { storedVersion } from '../areas/tickets/tickets-table.ts';
import type { ReadDb, WriteDb } from '../sqlite/connection.ts';
import { nameCopy, readMeta, removeMeta, writeMeta } from '../sqlite/meta.ts';

/** The number of the full sync that fills the cache. */
export function currentGeneration(db: ReadDb): number {
  return Number(readMeta(db, 'generation') ?? '1');
}

/**
 * The name of the full sync that fills the cache, null until its first page is here. Its pages and
 * the feed behind them tell of every removal since then, and of none before.
 */
export function begunCopy(db: ReadDb): string | null {
  const hasBegun = readMeta(db, 'snapshot') === 'done' || readMeta(db, 'cursor') !== null;
  return hasBegun ? readMeta(db, 'copy') : null;
}

/**
 * The full sync that vouches for a response that comes now. One that has not begun vouches for
 * none: until its first page the server may be set back to a backup without a cursor that would
 * tell.
 */
export function answerGeneration(db: WriteDb): number {
  return begunCopy(db) === null ? unconfirmedGeneration(db) : currentGeneration(db);
}

/**
 * For rows that the full sync under way has not brought: it brings those that are still true, and
 * removes the others at its end.
 */
export function unconfirmedGeneration(db: WriteDb): number {
  writeMeta(db, 'unconfirmed', '1');
  return currentGeneration(db) - 1;
}

/**
 * Begins a new full sync. The cache stays readable until the copy is complete and then replaces
 * it.
 */
export function beginSnapshot(db: WriteDb): void {
  db.transaction(() => {
    writeMeta(db, 'generation', String(currentGeneration(db) + 1));
    nameCopy(db);
    writeMeta(db, 'snapshot', 'running');
    removeMeta(db, 'cursor');
    clearRemoved(db);
  });
}

/** The version of a ticket in the full sync that holds now; null where that has none. */
export function knownVersion(db: ReadDb, ticketId: string): KnownVersion | null {
  const [version, copy] = [storedVersion(db, ticketId, currentGeneration(db)), begunCopy(db)];
  return version === null || copy === null ? null : { version, copy };
}
