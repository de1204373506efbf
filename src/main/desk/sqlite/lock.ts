import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivate } from './private-files.ts';
import { sameFile, seenFile } from './file-identity.ts';

export class DataFolderInUseError extends Error {
  constructor(dir: string) {
    super(
      `Staffdesk is already running with the data folder ${dir}. Use its window, or start ` +
        'another one with --data and a folder of its own.',
    );
    this.name = 'DataFolderInUseError';
  }
}

export interface FolderLock {
  /**
   * Whether the lock is still the one that others meet: its file was neither removed nor replaced.
   */
  holds(): boolean;
  release(): void;
}

/**
 * Takes the data folder for this process, before any database opens (R14). An exclusive SQLite
 * transaction is the lock: the operating system drops it when the process ends, however it ends, so
 * no stale lock can stay behind. Throws DataFolderInUseError; what SQLite or the system throws
 * where nothing can be written there.
 */
export function lockDataFolder(dir: string): FolderLock {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, 'desk.lock');
  makePrivate(path);
  const lock = new Database(path);
  try {
    lock.pragma('busy_timeout = 0');
    // A lock needs no room on the disk, and no file beside it.
    lock.pragma('journal_mode = MEMORY');
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw new DataFolderInUseError(dir);
    throw error;
  }
  const seen = seenFile(path);
  return {
    holds: () => sameFile(path, seen),
    release: () => {
      lock.close();
    },
  };
}
