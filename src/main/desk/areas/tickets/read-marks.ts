import { day } from '../../../../core/time.ts';
import type { ServerTime } from '../../feed/server-time.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import {
  lowerReadThrough,
  readBaseline,
  readThrough,
  setReadBaseline,
} from '../session/accounts.ts';
import { unreadSince } from './unread.ts';

/** Until when (server ms) the agent has read what customers wrote. */
export interface ReadMarks {
  readThrough(ticketId: string): number;
  /** Of every ticket. */
  baseline(): number;
}

/**
 * On a new desk, what customers wrote in the last day counts as unread; older news would only drown
 * it.
 */
const newDeskUnreadMs = day;

export function createReadMarks(
  { db, key }: OwnRows,
  time: Pick<ServerTime, 'now' | 'trusted'>,
): ReadMarks {
  let known = readBaseline(db, key);

  // Set with the first page, once the server's time can be relied on: it holds for good.
  function baseline(): number {
    if (known !== null) return known;
    const now = time.trusted();
    if (now === null) return time.now() - newDeskUnreadMs;
    setReadBaseline(db, key, now - newDeskUnreadMs);
    known = readBaseline(db, key) ?? 0;
    return known;
  }

  return {
    baseline,
    readThrough: (ticketId) => Math.max(baseline(), readThrough(db, key, ticketId) ?? 0),
  };
}

/** Keeps unread messages unread, also where the cache is made again from times. */
export function keepUnread(cache: ReadDb, outboxDb: WriteDb, key: string, ticketId: string): void {
  const since = unreadSince(cache, ticketId);
  if (since !== null) lowerReadThrough(outboxDb, key, ticketId, since - 1);
}
