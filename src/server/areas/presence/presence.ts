import { presenceSeconds, type PresenceEvent } from '../../../contract/api.ts';
import type { Clock, Timer } from '../../../core/clock.ts';
import type { Queryable } from '../../db/pool.ts';
import { problems } from '../../http/problem.ts';

/**
 * Who has which ticket in front of them, as this process has heard it from all of them. In memory
 * alone: time forgets it.
 */
export interface Presence {
  /**
   * Counts one more word of a person. Throws Problem 429 when they say more than anyone can see.
   */
  admit(staffId: string): void;
  heard(said: PresenceEvent): void;
  /** What is known now; nobody in it is 'away'. */
  known(): PresenceEvent[];
  close(): void;
}

const lifeMs = presenceSeconds * 1_000;
/**
 * An app repeats itself so as not to be forgotten. Others hear it anew only so often, well within
 * the life of what they heard.
 */
const repeatMs = 10_000;
const wordsPerSecond = 4;

interface Entry {
  said: PresenceEvent;
  saidAt: number;
  toldAt: number;
}

/**
 * `tell` is called for what others should hear: someone came, does something else, is still there,
 * or went.
 */
export function createPresence(clock: Clock, tell: (event: PresenceEvent) => void): Presence {
  // Whoever speaks goes to the end, so that the first entry is always the one to be forgotten
  // first.
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
 * Tells every API process on this database, this one too: each hears it from PostgreSQL in the same
 * order.
 */
export async function sayPresence(db: Queryable, said: PresenceEvent): Promise<void> {
  await db.query("select pg_notify('staffdesk_presence', $1)", [JSON.stringify(said)]);
}
