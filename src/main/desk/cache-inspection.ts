import type { FileCheck } from './sqlite/file-check.ts';

interface InspectionParts {
  /** Looks through a database file on another thread; absent where there are no threads. */
  checkFile: ((path: string) => FileCheck) | undefined;
  path: string;
  /** Keeps the damaged file, and copies everything from the server again. */
  onDamaged: () => Promise<void>;
  onFault: (error: unknown) => void;
}

/** Looks through the whole cache in the background (R12), one look at a time. */
export interface CacheInspection {
  begin(): void;
  stop(): void;
}

export function createCacheInspection({
  checkFile,
  path,
  onDamaged,
  onFault,
}: InspectionParts): CacheInspection {
  let running: FileCheck | null = null;

  async function judge(check: FileCheck): Promise<void> {
    const isSound = await check.sound;
    if (running !== check) return;
    running = null;
    if (isSound) return;
    console.error(
      'cache.db was damaged; it is kept as cache.db.damaged, and everything is copied from the server again.',
    );
    await onDamaged();
  }

  return {
    begin() {
      if (running || !checkFile) return;
      running = checkFile(path);
      void judge(running).catch(onFault);
    },
    stop() {
      running?.stop();
      running = null;
    },
  };
}
