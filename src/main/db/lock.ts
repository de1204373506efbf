import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

export class DataFolderInUseError extends Error {
  constructor(dir: string) {
    super(`Staffdesk is already running with the data folder ${dir}. Use its window, or start another one with --data and a folder of its own.`);
    this.name = 'DataFolderInUseError';
  }
}

/**
 * Takes the data folder for this process, before any database opens (R14). An exclusive SQLite transaction is the lock:
 * the operating system drops it when the process ends, however it ends, so no stale lock can stay behind.
 */
export function lockDataFolder(dir: string): { release: () => void } {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const lock = new Database(join(dir, 'desk.lock'));
  try {
    lock.pragma('busy_timeout = 0');
    lock.pragma('journal_mode = DELETE');
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw new DataFolderInUseError(dir);
    throw error;
  }
  return { release: () => { lock.close(); } };
}
