import type Database from 'better-sqlite3';

/**
 * A connection that reads. Functions that take it cannot write: `prepare` on it is typed for
 * queries only by convention of the brand.
 */
export interface ReadDb {
  prepare: Database.Database['prepare'];
  readonly brand: 'read' | 'write';
}
/** A connection that may write, and that runs transactions. */
export interface WriteDb extends ReadDb {
  exec(sql: string): void;
  transaction<T>(run: () => T): T;
  pragma(source: string): unknown;
  close(): void;
  readonly brand: 'write';
}
