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

export function createRetention(parts: RetentionParts): Retention {
  const { outboxDb, serverKey, time, clock, onFault } = parts;
  const leaps = createLeaps(clock, lastServerTime(outboxDb, serverKey));
  let notedAt = -Infinity;
  let removedAt = -Infinity;

  function note(now: number): void {
    noteServerTime(outboxDb, serverKey, now);
    notedAt = clock.monotonic();
  }

  function removeOld(): void {
    const now = time.settled();
    if (now === null || leaps.any() || clock.monotonic() - removedAt < removeEveryMs) return;
    removeAged(outboxDb, now);
    removedAt = clock.monotonic();
  }

  return {
    look() {
      const now = time.trusted();
      if (now === null) return;
      leaps.follow(now);
      try {
        if (clock.monotonic() - notedAt >= noteEveryMs) note(now);
        removeOld();
      } catch (error) {
        onFault(error);
      }
    },
    stop() {
      const now = time.trusted();
      try {
        if (now !== null) note(now);
      } catch (error) {
        onFault(error);
      }
    },
  };
}

/**
 * Follows the server's time from look to look, so that a machine that sleeps now and then leaps
 * over no more than each sleep.
 */
function createLeaps(clock: Clock, lastKnown: number | null) {
  let seen = lastKnown === null ? null : { at: lastKnown, monotonic: clock.monotonic() };
  let leapt = false;
  return {
    follow(now: number) {
      const monotonic = clock.monotonic();
      const passed = monotonic - (seen?.monotonic ?? 0);
      if (seen !== null && Math.abs(now - seen.at - passed) > plausibleMs) leapt = true;
      seen = { at: now, monotonic };
    },
    /** Whether the time has leapt further than is plausible, once or more often. */
    any: () => leapt,
  };
}
