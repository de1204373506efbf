import { join } from 'node:path';
import { dropUnbegunBulks } from './areas/triage/bulks.ts';
import { lockDataFolder, type FolderLock } from './sqlite/lock.ts';
import { createOutboxFile, type OutboxFile } from './sqlite/outbox-file.ts';
import { closeToOthers } from './sqlite/private-files.ts';

/** The data folder with its lock and outbox.db. */
export interface DataFolder {
  outboxPath: string;
  outbox: OutboxFile;
  /** Throws DataFolderInUseError, NewerFileError and what storage throws. */
  openForWriting(): void;
  /** Writes as much as an action may need, or throws. */
  tryWriting(): void;
  close(): void;
}

/** As much as an action may need, so that a disk with room for a byte is still full. */
const probeBytes = 16_384;

export function createDataFolder(dataDir: string): DataFolder {
  const lock = createLock(dataDir);
  const outboxPath = join(dataDir, 'outbox.db');
  const outbox = createOutboxFile(outboxPath, lock.isHeld);
  return {
    outboxPath,
    outbox,
    openForWriting() {
      lock.take();
      closeToOthers(dataDir);
      outbox.openForWriting();
      dropUnbegunBulks(outbox.db);
      reportSalvage(outbox);
    },
    tryWriting() {
      outbox.db
        .prepare(
          `
          insert into settings (name, value) values ('last-written', ?)
          on conflict do update set value = excluded.value`,
        )
        .run('x'.repeat(probeBytes));
    },
    close() {
      outbox.db.close();
      lock.release();
    },
  };
}

/** The folder's lock, held until it is released. */
interface Lock {
  /** Throws DataFolderInUseError. */
  take(): void;
  /**
   * Takes it where it is not held, or is no longer the one that another desk would meet. False: it
   * cannot be taken.
   */
  isHeld(): boolean;
  release(): void;
}

function createLock(dataDir: string): Lock {
  let lock: FolderLock | null = null;
  return {
    take() {
      lock ??= lockDataFolder(dataDir);
    },
    isHeld() {
      if (lock?.holds()) return true;
      lock?.release();
      lock = null;
      try {
        lock = lockDataFolder(dataDir);
        return true;
      } catch (error) {
        console.warn('The data folder cannot be locked', error);
        return false;
      }
    },
    release() {
      lock?.release();
    },
  };
}

function reportSalvage({ salvage }: OutboxFile): void {
  if (salvage)
    console.error(
      `outbox.db was damaged: ${salvage.operations} operations and ${salvage.drafts} ` +
        `drafts recovered, ${salvage.damaged} not readable; the file is kept as ` +
        `${salvage.file}.`,
    );
}
