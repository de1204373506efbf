import { presenceSeconds, type PresenceEvent } from '../../../contract/api.ts';
import type { Clock, Timer } from '../../../core/clock.ts';
import type { Queryable } from '../../db/pool.ts';
import { problems } from '../../http/problem.ts';

/**
 * The tickets that people have in front of them, as reported to this process by all API processes.
 * Kept only in memory, until they expire.
 */
export interface Presence {
  /**
   * Counts a report of a person. Throws Problem 429 if they report more often than anyone can see.
   */
  admit(staffId: string): void;
  heard(said: PresenceEvent): void;
  /** The present state; without anybody who is 'away'. */
  known(): PresenceEvent[];
  close(): void;
}

const lifeMs = presenceSeconds * 1_000;
/**
 * An app repeats its report before it expires. Others get the repetition only at this interval,
 * well within the life of the last one.
 */
const repeatMs = 10_000;
const wordsPerSecond = 4;

interface Entry {
  said: PresenceEvent;
  saidAt: number;
  toldAt: number;
}

/**
 * `tell` is called for each event that others should get: somebody came, does something else, is
 * still there, or left.
 */
export function createPresence(clock: Clock, tell: (event: PresenceEvent) => void): Presence {
  // A new report moves its entry to the end, so that the first entry always expires first.
  const entries = new Map<string, Entry>();
  const recent = new Map<string, number[]>();
  let timer: Timer | null = null;

  function watchOldest(): void {
    const [oldest] = entries.values();
    if (timer || !oldest) return;
    timer = clock.setTimer(
      () => {
        timer = null;
        forgetOld();
        watchOldest();
      },
      Math.max(0, oldest.saidAt + lifeMs - clock.monotonic()),
    );
  }

  function forgetOld(): void {
    for (const [key, { said, saidAt }] of entries) {
      if (saidAt + lifeMs > clock.monotonic()) return;
      entries.delete(key);
      tell({ ...said, state: 'away' });
    }
  }

  return {
    admit(staffId) {
      const now = clock.monotonic();
      const words = (recent.get(staffId) ?? []).filter((at) => at > now - 1_000);
      if (words.length >= wordsPerSecond) throw problems.tooMany(1);
      recent.set(staffId, [...words, now]);
    },
    heard(said) {
      const key = `${said.ticket_id} ${said.staff_id}`;
      const before = entries.get(key);
      entries.delete(key);
      if (said.state === 'away') {
        if (before) tell(said);
        return;
      }
      const now = clock.monotonic();
      const isNews = before?.said.state !== said.state || now - before.toldAt >= repeatMs;
      entries.set(key, { said, saidAt: now, toldAt: isNews ? now : before.toldAt });
      if (isNews) tell(said);
      watchOldest();
    },
    known: () => [...entries.values()].map(({ said }) => said),
    close() {
      timer?.cancel();
      entries.clear();
    },
  };
}

/**
 * Notifies every API process on this database, this one included: all get it from PostgreSQL in the
 * same order.
 */
export async function sayPresence(db: Queryable, said: PresenceEvent): Promise<void> {
  await db.query("select pg_notify('staffdesk_presence', $1)", [JSON.stringify(said)]);
}
