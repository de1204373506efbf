import { BridgeError } from '../../contract/errors.ts';

/**
 * Turns an error that a call has thrown into one for the window; one that is not in the table is
 * logged.
 */
export function toBridgeError(name: unknown, error: unknown): BridgeError {
  if (error instanceof BridgeError) return error;
  console.error('Bridge call failed', name, error);
  const code = sqliteCode(error);
  if (code === 'SQLITE_FULL') return new BridgeError('disk-full', { cause: error });
  if (code !== null) return new BridgeError('storage-failed', { cause: error });
  return new BridgeError('internal', { cause: error });
}

/**
 * SQLite's code of an error that better-sqlite3 threw; read by shape, since only db/ may import it.
 */
function sqliteCode(error: unknown): string | null {
  return error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('SQLITE_')
    ? error.code
    : null;
}
