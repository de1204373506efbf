import { presenceSeconds, type PresenceEvent } from '../../../contract/wire/api.ts';
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
  const entries = createEntries(clock, (said) => {
    tell({ ...said, state: 'away' });
  });
  const pace = createPace(clock);
  return {
    admit: pace.admit,
    heard(said) {
      const before = entries.take(said);
      if (said.state === 'away') {
        if (before) tell(said);
        return;
      }
      const now = clock.monotonic();
      const isNews = before?.said.state !== said.state || now - before.toldAt >= repeatMs;
      entries.put({ said, saidAt: now, toldAt: isNews ? now : before.toldAt });
      if (isNews) tell(said);
    },
    known: entries.known,
    close: entries.clear,
  };
}

/** Counts the reports of each person. */
function createPace(clock: Clock): Pick<Presence, 'admit'> {
  const recent = new Map<string, number[]>();
  return {
    admit(staffId) {
      const now = clock.monotonic();
      const words = (recent.get(staffId) ?? []).filter((at) => at > now - 1_000);
      if (words.length >= wordsPerSecond) throw problems.tooMany(1);
      recent.set(staffId, [...words, now]);
    },
  };
}

interface Entries {
  /** Removes and returns the entry of the same person and ticket. */
  take(said: PresenceEvent): Entry | undefined;
  put(entry: Entry): void;
  known(): PresenceEvent[];
  clear(): void;
}

/** The present entries. `onExpired` is called for each that was not repeated in time. */
function createEntries(clock: Clock, onExpired: (said: PresenceEvent) => void): Entries {
  // A new report moves its entry to the end, so that the first entry always expires first.
  const entries = new Map<string, Entry>();
  let timer: Timer | null = null;

  function watchOldest(): void {
    const [oldest] = entries.values();
    if (timer || !oldest) return;
    const restMs = oldest.saidAt + lifeMs - clock.monotonic();
    timer = clock.setTimer(
      () => {
        timer = null;
        forgetOld();
        watchOldest();
      },
      Math.max(0, restMs),
    );
  }

  function forgetOld(): void {
    for (const [key, { said, saidAt }] of entries) {
      if (saidAt + lifeMs > clock.monotonic()) return;
      entries.delete(key);
      onExpired(said);
    }
  }

  return {
    take(said) {
      const before = entries.get(keyOf(said));
      entries.delete(keyOf(said));
      return before;
    },
    put(entry) {
      entries.set(keyOf(entry.said), entry);
      watchOldest();
    },
    known: () => [...entries.values()].map(({ said }) => said),
    clear() {
      timer?.cancel();
      entries.clear();
    },
  };
}

const keyOf = ({ ticket_id: ticketId, staff_id: staffId }: PresenceEvent): string =>
  `${ticketId} ${staffId}`;

/**
 * Notifies every API process on this database, this one included: all get it from PostgreSQL in the
 * same order.
 */
export async function sayPresence(db: Queryable, said: PresenceEvent): Promise<void> {
  await db.query("select pg_notify('staffdesk_presence', $1)", [JSON.stringify(said)]);
}
