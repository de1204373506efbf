import Database from 'better-sqlite3';
import type { Chance } from './chance.ts';

/** What a disk, or another program that holds a file, makes SQLite say. */
export const storageCodes = [
  'SQLITE_FULL',
  'SQLITE_BUSY',
  'SQLITE_READONLY',
  'SQLITE_IOERR_WRITE',
] as const;
type StorageCode = (typeof storageCodes)[number];

/** One machine's disk refuses for a while. */
export interface StorageFault {
  /** The files that it befalls: all whose path begins so. */
  path: string;
  code: StorageCode;
  /** Of the statements that it can befall, so many do. */
  share: number;
  /** Reading fails too: the file is held, or the disk is broken. */
  reads: boolean;
  chance: Chance;
}

let faults: readonly StorageFault[] = [];
const byOwner = new Map<string, readonly StorageFault[]>();
/** Errors that a fault threw, with the path of the database. */
const injected = new WeakMap<Error, string>();

type Reads = Pick<Database.Statement, 'get' | 'all' | 'iterate'>;
let statements: (Reads & Pick<Database.Statement, 'run'>) | null = null;
let sound: Reads | null = null;

/** Names the class of statements, whose prototype alone is known. Call once. */
export function watchReads(prototype: Reads & Pick<Database.Statement, 'run'>): void {
  statements = prototype;
  sound = { get: prototype.get, all: prototype.all, iterate: prototype.iterate };
}

/** What befalls the files of this owner from now on. */
export function setStorageFaults(owner: string, now: readonly StorageFault[]): void {
  byOwner.set(owner, now);
  faults = [...byOwner.values()].flat();
  if (!statements || !sound) return;
  // Reads are many: they are watched only while one can fail.
  Object.assign(statements, faults.some((fault) => fault.reads) ? failing(sound) : sound);
}

function failing(reads: Reads): Reads {
  const watch = (name: keyof Reads) =>
    function watched(this: Database.Statement, ...args: unknown[]): unknown {
      failWhereFaulty(this.database, this.source, 'read');
      // One signature for three methods, each called as it was.
      return (reads[name] as (...args: unknown[]) => unknown).apply(this, args);
    };
  return { get: watch('get'), all: watch('all'), iterate: watch('iterate') } as Reads;
}

/**
 * The database of the path that an error comes from, where a fault has thrown it or is behind it;
 * null for any other error.
 */
export function faultyPath(error: unknown): string | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const path = injected.get(at);
    if (path !== undefined) return path;
  }
  return null;
}

/** Throws what SQLite would, where a fault befalls this statement. */
export function failWhereFaulty(
  { name, inTransaction }: Database.Database,
  sql: string,
  kind: 'read' | 'write',
): void {
  for (const { path, code, share, reads, chance } of faults) {
    if (
      !name.startsWith(path) ||
      (kind === 'read' && !reads) ||
      !canFail(sql, code, inTransaction) ||
      !chance.flip(share)
    )
      continue;
    const said = code === 'SQLITE_IOERR_WRITE' && kind === 'read' ? 'SQLITE_IOERR_READ' : code;
    const error = new Database.SqliteError(`simulated: ${said}`, said);
    injected.set(error, name);
    throw error;
  }
}

/**
 * Going back needs no room. A lock is asked for when a transaction begins, and never again in it;
 * room is needed from then on.
 */
function canFail(sql: string, code: StorageCode, inTransaction: boolean): boolean {
  if (/^(rollback|release|savepoint)/i.test(sql)) return false;
  const begins = /^begin/i.test(sql);
  return code === 'SQLITE_BUSY' ? begins || !inTransaction : !begins;
}
