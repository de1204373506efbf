import Database from 'better-sqlite3';
import { failWhereFaulty, watchReads } from './storage-faults.ts';

const open = new Set<Database.Database>();
let onWrite: ((file: string) => void) | null = null;

/**
 * Watches every SQLite connection of this process, so that a simulated kill can fall after any
 * single write and can close what a killed process would have closed, and lets each have its file
 * alone. Call once.
 */
export function watchSqlite(): void {
  const probe = new Database(':memory:');
  const statement = probe.prepare('select 1');
  // The statement class is not exported; its prototype is reached through an instance.
  const statements = Object.getPrototypeOf(statement) as Pick<
    Database.Statement,
    'run' | 'get' | 'all' | 'iterate'
  >;
  probe.close();
  watchReads(statements);
  const { prepare, exec, close, pragma } = Database.prototype;
  const { run } = statements;
  /**
   * Nobody else lets go of a file here while somebody waits for it, and waiting takes real time.
   */
  const meet = (database: Database.Database): void => {
    if (open.has(database)) return;
    open.add(database);
    pragma.call(database, 'busy_timeout = 0');
  };
  Database.prototype.prepare = function watched(
    this: Database.Database,
    ...args: Parameters<typeof prepare>
  ) {
    meet(this);
    return prepare.apply(this, args);
  } as typeof prepare;
  Database.prototype.exec = function watched(this: Database.Database, sql) {
    meet(this);
    failWhereFaulty(this, sql, 'write');
    return exec.call(this, sql);
  };
  // One connection to a file is all that a history has, so the log needs no memory that is shared
  // and no locks, a third of the time.
  Database.prototype.pragma = function alone(this: Database.Database, source, options) {
    if (source.startsWith('journal_mode')) pragma.call(this, 'locking_mode = EXCLUSIVE');
    if (source.startsWith('busy_timeout')) return pragma.call(this, 'busy_timeout = 0', options);
    return pragma.call(this, source, options);
  };
  // What a desk has closed by itself must not be kept: thousands of histories live in one process.
  Database.prototype.close = function watched(this: Database.Database) {
    open.delete(this);
    return close.call(this);
  };
  statements.run = function watched(this: Database.Statement, ...args: unknown[]) {
    failWhereFaulty(this.database, this.source, 'write');
    const result = run.apply(this, args);
    onWrite?.(this.database.name);
    return result;
  };
}

/** Called with the file's path after each write, committed or not; null ends it. */
export function setWriteListener(listener: ((file: string) => void) | null): void {
  onWrite = listener;
}

/** Closes the connections to files in a folder. */
export function closeUnder(dir: string): void {
  for (const database of open) {
    if (!database.name.startsWith(dir)) continue;
    database.close();
  }
}
