import type { SyncPage } from '../../contract/wire/api.ts';
import type { Horizon } from './changes.ts';
import type { Position } from './cursor.ts';
import type { Loaded } from './load.ts';

export interface SyncRequest {
  cursor: string | undefined;
  limit: number;
  /**
   * Wire time: the full sync leaves out resolved and closed tickets that have not changed since.
   */
  closedSince?: string | undefined;
  /** For the test that proves the need for the horizon; never taken from a request. */
  horizon?: Horizon;
}

export interface Page {
  content: Omit<SyncPage, 'tickets' | 'messages' | 'next_cursor' | 'has_more' | 'after'> & Loaded;
  next: Position;
  more: boolean;
}
