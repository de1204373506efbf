import { accessSync, constants, existsSync, statfsSync } from 'node:fs';

/**
 * Why a data folder cannot be written to. `held`: another program has a database to itself. `gone`:
 * the folder or a file of it is not there any more. `swapped`: another file stands in its place.
 * `failed`: the disk does not do what it should.
 */
export type StorageFault = 'full' | 'read-only' | 'held' | 'gone' | 'swapped' | 'failed';

/** Thrown before anything was written. */
export class StorageFaultError extends Error {
  readonly fault: StorageFault;
  constructor(fault: StorageFault) {
    super(`the data folder cannot be written to: ${fault}`);
    this.name = 'StorageFaultError';
    this.fault = fault;
  }
}

/**
 * The fault of the data folder that an error reports; null for any other error, damage included.
 * Read by shape: errors of a worker lose their class.
 */
export function storageFaultOf(error: unknown, dir: string): StorageFault | null {
  if (error instanceof StorageFaultError) return error.fault;
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return 'full';
  if (/^SQLITE_(BUSY|LOCKED|PROTOCOL)/.test(code)) return 'held';
  // SQLite says only that something failed; what stands in the way is asked of the system.
  if (
    /^SQLITE_(IOERR|CANTOPEN|READONLY|PERM)/.test(code) ||
    /^(EROFS|EACCES|EPERM|EIO|ENOENT|EMFILE|ENFILE|ENOTDIR)$/.test(code)
  )
    return lookAt(dir);
  return null;
}

function lookAt(dir: string): StorageFault {
  if (!existsSync(dir)) return 'gone';
  if (hasNoRoom(dir)) return 'full';
  return isReadOnly(dir) ? 'read-only' : 'failed';
}

function hasNoRoom(dir: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dir);
    // Less than this and SQLite cannot make the side files that it needs even to read.
    return bavail * bsize < 64 * 1024;
  } catch {
    // Some file systems do not tell.
    return false;
  }
}

function isReadOnly(dir: string): boolean {
  try {
    accessSync(dir, constants.W_OK);
    return false;
  } catch {
    return true;
  }
}
