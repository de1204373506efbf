import type { SyncState } from '../../../contract/bridge.ts';
import { troubleOf } from '../../../core/trouble.ts';
import { ApiError } from './api-error.ts';

/** Whether the last pull found that the server can be used. */
export type Connection =
  | { kind: 'starting' }
  | { kind: 'up' }
  /** `retryAt`: monotonic ms. */
  | { kind: 'offline'; reason: NonNullable<SyncState['reason']>; retryAt: number }
  | { kind: 'signed-out'; deactivated: boolean };

/** The reason why there is no connection, as the window shows it. */
export function reasonOf(error: unknown): NonNullable<SyncState['reason']> {
  if (!(error instanceof ApiError)) return isFromSqlite(error) ? 'storage-failed' : 'odd-answer';
  return troubleOf(error.failure) ?? 'server-error';
}

const isFromSqlite = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_');
