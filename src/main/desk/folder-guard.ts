import { existsSync } from 'node:fs';
import type { Clock } from '../../core/clock.ts';
import {
  createStorageGuard,
  type StorageGuard,
  type StorageGuardParts,
} from './areas/settings/storage-guard.ts';
import { startFailure } from './areas/settings/storage.ts';
import type { AtWork } from './at-work.ts';
import type { DataFolder } from './data-folder.ts';
import type { SigningIn } from './signing-in.ts';
import { storageFaultOf } from './sqlite/storage-fault.ts';

interface FolderGuardParts {
  dataDir: string;
  folder: DataFolder;
  clock: Clock;
  /** Called late, since both are made after the guard. */
  account: () => { atWork: AtWork; signingIn: Pick<SigningIn, 'begin'> };
  /** Called when writing begins to fail, and when it works again. */
  onState: () => void;
  onFault: (error: unknown) => void;
}

/** The data folder under its guard: opened for writing, or else for reading until it can be. */
export interface FolderGuard extends StorageGuard {
  /** Throws DataFolderInUseError, NewerFileError: each with a sentence for the user. */
  open(): void;
  /** Shows what there is while nothing can be written. */
  openForReading(error: unknown): void;
}

export function createFolderGuard(parts: FolderGuardParts): FolderGuard {
  const { dataDir, folder, clock, account, onState, onFault } = parts;
  const { tryWriting, keepInPlace } = repairs(parts, () => guard.state().reading);
  const guard = createStorageGuard({
    dir: dataDir,
    clock,
    tryWriting,
    keepInPlace,
    onState,
    onRecovered(wasReading) {
      void account()
        .atWork.inTurn(() => recovered(wasReading))
        .catch(onFault);
    },
  });
  const begin = (): void => {
    account().signingIn.begin(guard.state().reading);
  };

  /** Copies that were read give way to the files themselves; otherwise what waited is tried now. */
  async function recovered(wasReading: boolean): Promise<void> {
    const { atWork } = account();
    const work = atWork.now();
    if (!wasReading && work) {
      work.sync.retry();
      return;
    }
    await atWork.leave();
    if (atWork.closed()) return;
    begin();
    onState();
  }

  function openForReading(error: unknown): void {
    folder.outbox.openForReading();
    guard.onlyReading(error);
    begin();
  }

  return {
    ...guard,
    openForReading,
    open() {
      try {
        folder.openForWriting();
        begin();
      } catch (error) {
        if (storageFaultOf(error, dataDir) === null || !existsSync(folder.outboxPath)) {
          folder.close();
          throw startFailure(error, dataDir);
        }
        openForReading(error);
      }
    },
  };
}

type Repairs = Pick<StorageGuardParts, 'tryWriting' | 'keepInPlace'>;

function repairs(
  { folder, account }: Pick<FolderGuardParts, 'folder' | 'account'>,
  isReading: () => boolean,
): Repairs {
  return {
    tryWriting() {
      if (isReading()) folder.openForWriting();
      folder.tryWriting();
    },
    keepInPlace() {
      if (isReading()) return;
      folder.outbox.keepInPlace();
      account().atWork.renewIfSwapped();
    },
  };
}
