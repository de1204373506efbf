import type { KeepChoice } from '../../contract/bridge.ts';
import type { Clock } from '../../core/clock.ts';
import { day, hour, minute } from '../../core/time.ts';
import { keptDays, needsNewCopy, openedKeptMs } from '../../core/working-set.ts';
import { readMeta, removeMeta, writeMeta } from '../db/meta.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { absentTickets, partialThreads } from '../db/threads-partial.ts';
import { countAllTickets } from '../db/tickets.ts';
import { wasRemoved } from '../db/removed.ts';
import { forgetOpened, noteOpened } from '../db/working-set.ts';
import type { ReadThrough } from './apply-page.ts';
import { beginSnapshot } from './apply-page.ts';
import type { Auth } from './auth.ts';
import { createEvictor } from './evict.ts';
import { knownAbilities, knownLevel } from './level.ts';
import { createWholeThreads } from './whole-threads.ts';

export interface WorkingSetOptions {
  cache: WriteDb;
  auth: Auth;
  clock: Clock;
  /** Ms; known once a server has answered. */
  serverNow: () => number;
  readThrough: ReadThrough;
  choice: () => KeepChoice;
  /** Tickets that the agent has something on: waiting operations, drafts, snoozes of this desk. */
  inUse: () => ReadonlySet<string>;
  onChanged: (ticketIds: string[]) => void;
}

/**
 * What of the server is kept on this computer: all that is open, and closed tickets as far back as the agent wants. Older
 * ones are fetched when they are opened, and one that moves again comes back whole.
 */
export interface WorkingSet {
  /** Before a pull: begins a new full copy where more is wanted than the last one brought. */
  prepare(): void;
  /** From when on (ms) the next page of a full copy is to hold closed tickets, null for all; noted, since from then on older ones may be missing. */
  copyFrom(): number | null;
  /** After a pull that worked: completes threads, and takes off what is too old. */
  caughtUp(): void;
  /** The choice is another one. */
  chosen(): void;
  /** The ticket that the agent has in front of them; null for none. */
  front(ticketId: string | null): void;
  /** Brings a ticket that is not here, whole; answers its id or that of the one that took it over. Throws ApiError. */
  fetch(ticketId: string): Promise<string>;
  stop(): Promise<void>;
}

const evictEveryMs = 10 * minute;

/** Since when (ms) closed tickets are kept here; null: all are. */
export function keptSince(cache: ReadDb): number | null {
  const since = readMeta(cache, 'kept_since');
  return since === null ? null : Number(since);
}

export function createWorkingSet(options: WorkingSetOptions): WorkingSet {
  const { cache, clock, serverNow, choice, inUse, onChanged } = options;
  let inFront: string | null = null;
  let evictAt = 0;
  const threads = createWholeThreads(options);
  const evictor = createEvictor({ cache, clock, onEvicted: onChanged, keeps: () => new Set([...inUse(), ...(inFront === null ? [] : [inFront])]) });

  /** To the hour, so that it is not written anew with each page. */
  function wanted(): number | null {
    const days = keptDays(choice(), countAllTickets(cache), keptSince(cache) !== null);
    return days === null ? null : Math.floor((serverNow() - days * day) / hour) * hour;
  }

  function note(since: number): void {
    if (since > (keptSince(cache) ?? 0)) writeMeta(cache, 'kept_since', String(since));
  }

  /** What the agent has something on and is beyond what was copied. */
  function missing(): string[] {
    return keptSince(cache) === null ? [] : absentTickets(cache, [...inUse()]).filter((id) => !wasRemoved(cache, id));
  }

  return {
    prepare() {
      const since = wanted();
      if (!needsNewCopy(since, keptSince(cache))) return;
      cache.transaction(() => {
        beginSnapshot(cache);
        if (since === null) removeMeta(cache, 'kept_since');
        else writeMeta(cache, 'kept_since', String(since));
      });
    },
    copyFrom() {
      const since = readMeta(cache, 'snapshot') === 'done' || !knownAbilities(cache).bounded_copy ? null : wanted();
      if (since !== null) note(since);
      return since;
    },
    caughtUp() {
      // A server without a feed lists all of its tickets each time.
      if (knownLevel(cache) === 1) return;
      threads.complete([...new Set([...partialThreads(cache), ...missing()])]);
      const since = wanted();
      if (since === null || clock.monotonic() < evictAt) return;
      evictAt = clock.monotonic() + evictEveryMs;
      note(since);
      const openedSince = serverNow() - openedKeptMs;
      forgetOpened(cache, openedSince);
      evictor.run({ since, now: serverNow(), openedSince });
    },
    chosen() { evictAt = 0; },
    front(ticketId) {
      if (ticketId !== null && ticketId !== inFront) noteOpened(cache, ticketId, serverNow());
      inFront = ticketId;
    },
    async fetch(ticketId) {
      const id = await threads.fetch(ticketId);
      noteOpened(cache, id, serverNow());
      return id;
    },
    async stop() {
      evictor.stop();
      await threads.stop();
    },
  };
}
