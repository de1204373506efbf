import type { Clock } from '../../../../core/clock.ts';
import { day, hour, minute } from '../../../../core/time.ts';
import type { WriteDb } from '../../sqlite/connection.ts';
import { lastServerTime, noteServerTime, removeAged } from './retention-table.ts';
import type { ServerTime } from '../../feed/server-time.ts';

export interface RetentionParts {
  outboxDb: WriteDb;
  serverKey: string;
  time: ServerTime;
  clock: Clock;
  onFault: (error: unknown) => void;
}

/**
 * Removes what is too old, by the server's time alone and whatever the server's level, and notes
 * that time for the next start.
 */
export interface Retention {
  /** Time has passed: called at least after each pull. */
  look(): void;
  /** Notes the time once more. */
  stop(): void;
}

const noteEveryMs = 10 * minute;
const removeEveryMs = hour;
/**
 * After a leap over more than this nothing is removed before another process has met the new time
 * too.
 */
const plausibleMs = 7 * day;

export function createRetention({
  outboxDb,
  serverKey,
  time,
  clock,
  onFault,
}: RetentionParts): Retention {
  const lastKnown = lastServerTime(outboxDb, serverKey);
  let seen = lastKnown === null ? null : { at: lastKnown, monotonic: clock.monotonic() };
  let leapt = false;
  let notedAt = -Infinity;
  let removedAt = -Infinity;

  /**
   * Follows the server's time from look to look, so that a machine that sleeps now and then leaps
   * over no more than each sleep.
   */
  function follow(now: number): void {
    const monotonic = clock.monotonic();
    if (seen !== null && Math.abs(now - seen.at - (monotonic - seen.monotonic)) > plausibleMs)
      leapt = true;
    seen = { at: now, monotonic };
  }

  function note(now: number | null): void {
    if (now === null) return;
    noteServerTime(outboxDb, serverKey, now);
    notedAt = clock.monotonic();
  }

  function removeOld(now: number | null): void {
    if (now === null || leapt || clock.monotonic() - removedAt < removeEveryMs) return;
    removeAged(outboxDb, now);
    removedAt = clock.monotonic();
  }

  function look(): void {
    const now = time.trusted();
    if (now === null) return;
    follow(now);
    try {
      if (clock.monotonic() - notedAt >= noteEveryMs) note(now);
      removeOld(time.settled());
    } catch (error) {
      onFault(error);
    }
  }

  return {
    look,
    stop() {
      try {
        note(time.trusted());
      } catch (error) {
        onFault(error);
      }
    },
  };
}
