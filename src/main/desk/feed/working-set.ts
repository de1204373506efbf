import type { KeepChoice } from '../../../contract/bridge.ts';
import type { Clock } from '../../../core/clock.ts';
import { day, hour, minute } from '../../../core/time.ts';
import { keptDays, needsNewCopy, openedKeptMs } from '../../../core/working-set.ts';
import { readMeta, removeMeta, writeMeta } from '../sqlite/meta.ts';
import type { ReadDb, WriteDb } from '../sqlite/connection.ts';
import { absentTickets, partialThreads } from '../areas/tickets/threads-partial.ts';
import { countAllTickets } from '../areas/tickets/tickets-table.ts';
import { wasRemoved } from '../areas/tickets/removed.ts';
import { forgetOpened, noteOpened } from './working-set-table.ts';
import { beginSnapshot } from './generation.ts';
import type { ReadThrough } from '../areas/tickets/unread.ts';
import type { Auth } from '../areas/session/auth.ts';
import { createEvictor } from './evict.ts';
import type { ServerTime } from './server-time.ts';
import { knownAbilities, knownTraits } from './servers/known.ts';
import { createWholeThreads, type WholeThreads } from './whole-threads.ts';

export interface WorkingSetParts {
  cache: WriteDb;
  auth: Auth;
  clock: Clock;
  /**
   * `trusted` is null where the time cannot be relied on: then nothing is too old. `now` is the best
   * guess.
   */
  time: Pick<ServerTime, 'trusted' | 'now'>;
  readThrough: ReadThrough;
  wishes: KeepWishes;
  on: WorkingSetListener;
}

/** The agent's wishes for this computer. */
interface KeepWishes {
  choice(): KeepChoice;
  /** Tickets that the agent has something on: waiting operations, drafts, snoozes of this desk. */
  inUse(): ReadonlySet<string>;
}

interface WorkingSetListener {
  changed(ticketIds: string[]): void;
  /** The tickets asked for by `want` are here, as far as the server has them. */
  wanted(): void;
  /**
   * Threads could not be completed, for a reason other than the network or the server; the next
   * pull tries again.
   */
  fault(error: unknown): void;
}

/**
 * The part of the server's data that is kept on this computer: all open tickets, and closed ones
 * as far back as the agent wants. Older ones are fetched when they are opened, and one that moves
 * again comes back complete.
 */
export interface WorkingSet {
  /**
   * How many days back closed tickets are kept; null: all are. `tickets`: how many are here, where
   * that is known.
   */
  days(tickets?: number): number | null;
  /** Before a pull: begins a new full sync where more is wanted than the last one brought. */
  prepare(): void;
  /**
   * From when on (ms) the next page of a full sync is to hold closed tickets, null for all; noted,
   * since from then on older ones may be missing.
   */
  copyFrom(): number | null;
  /** After a pull that worked: completes threads, and takes off what is too old. */
  caughtUp(): void;
  /** These are fetched as well, with the next pull that works, where they are not kept. */
  want(ticketIds: readonly string[]): void;
  /** The choice is another one. */
  chosen(): void;
  /** The ticket that the agent has in front of them; null for none. */
  front(ticketId: string | null): void;
  /**
   * Fetches the complete ticket that is not here; returns its id, or that of the ticket that it
   * was merged into. Throws ApiError.
   */
  fetch(ticketId: string): Promise<string>;
  stop(): Promise<void>;
}

const evictEveryMs = 10 * minute;

/** Since when (ms) closed tickets are kept here; null: all are. */
export function keptSince(cache: ReadDb): number | null {
  const since = readMeta(cache, 'kept_since');
  return since === null ? null : Number(since);
}

export function createWorkingSet(parts: WorkingSetParts): WorkingSet {
  const { cache, time, on } = parts;
  let inFront: string | null = null;
  const bound = createBound(parts);
  const threads = createWholeThreads({ ...parts, onChanged: on.changed });
  const completion = createCompletion(parts, threads);
  const aging = createAging(parts, bound, () => inFront);

  return {
    days: bound.days,
    prepare: bound.prepare,
    copyFrom: bound.ofCopy,
    caughtUp() {
      if (knownTraits(cache).tells === 'list') return;
      completion.run().catch(on.fault);
      aging.look();
    },
    want: completion.want,
    chosen: aging.restart,
    front(ticketId) {
      if (ticketId !== null && ticketId !== inFront) noteOpened(cache, ticketId, time.now());
      inFront = ticketId;
    },
    async fetch(ticketId) {
      const id = await threads.fetch(ticketId);
      noteOpened(cache, id, time.now());
      return id;
    },
    async stop() {
      completion.stop();
      aging.stop();
      await threads.stop();
    },
  };
}

/** Fetches threads that are here in part, and tickets that are in use or wanted and not here. */
function createCompletion(
  { cache, wishes, on }: Pick<WorkingSetParts, 'cache' | 'wishes' | 'on'>,
  threads: Pick<WholeThreads, 'complete'>,
) {
  let wanted: readonly string[] = [];
  let stopped = false;

  function missing(): string[] {
    if (keptSince(cache) === null) return [];
    const absent = absentTickets(cache, [...wishes.inUse(), ...wanted]);
    return absent.filter((id) => !wasRemoved(cache, id));
  }

  return {
    want(ticketIds: readonly string[]) {
      wanted = ticketIds;
    },
    async run() {
      const asked = wanted;
      const all = await threads.complete([...new Set([...partialThreads(cache), ...missing()])]);
      if (!all || stopped || asked.length === 0 || asked !== wanted) return;
      wanted = [];
      on.wanted();
    },
    stop() {
      stopped = true;
    },
  };
}

/** Takes what is too old off this computer, now and then. */
function createAging(
  { cache, clock, time, wishes, on }: WorkingSetParts,
  bound: Bound,
  inFront: () => string | null,
) {
  let nextAt = 0;
  const evictor = createEvictor({
    cache,
    clock,
    onEvicted: on.changed,
    keeps() {
      const front = inFront();
      return new Set([...wishes.inUse(), ...(front === null ? [] : [front])]);
    },
  });

  return {
    look() {
      const [since, now] = [bound.wanted(), time.trusted()];
      if (since === null || now === null || clock.monotonic() < nextAt) return;
      nextAt = clock.monotonic() + evictEveryMs;
      bound.note(since);
      const openedSince = now - openedKeptMs;
      forgetOpened(cache, openedSince);
      evictor.run({ since, now, openedSince });
    },
    /** The choice is another one: the next look begins again. */
    restart() {
      nextAt = 0;
      evictor.end();
    },
    stop: evictor.stop,
  };
}

/** From when on closed tickets are kept: as the agent wants it, and as it was copied. */
interface Bound {
  days(tickets?: number): number | null;
  /** From when on (ms) they are wanted now; null: all are, or the time cannot be relied on. */
  wanted(): number | null;
  /** From now on older ones may be missing. */
  note(since: number): void;
  prepare(): void;
  ofCopy(): number | null;
}

function createBound({
  cache,
  time,
  wishes,
}: Pick<WorkingSetParts, 'cache' | 'time' | 'wishes'>): Bound {
  /** A server that lists all of its tickets each time leaves none out. */
  const days = (tickets?: number): number | null =>
    knownTraits(cache).tells === 'list'
      ? null
      : keptDays(wishes.choice(), tickets ?? countAllTickets(cache), keptSince(cache) !== null);

  /** To the hour, so that it is not written again with each page. */
  function wanted(): number | null {
    const [kept, now] = [days(), time.trusted()];
    return kept === null || now === null ? null : Math.floor((now - kept * day) / hour) * hour;
  }

  function note(since: number): void {
    if (since > (keptSince(cache) ?? 0)) writeMeta(cache, 'kept_since', String(since));
  }

  return {
    days,
    wanted,
    note,
    prepare() {
      if (time.trusted() === null) return;
      const since = wanted();
      if (!needsNewCopy(since, keptSince(cache))) return;
      beginCopyFrom(cache, since);
    },
    ofCopy() {
      const isDone = readMeta(cache, 'snapshot') === 'done';
      if (isDone || !knownAbilities(cache).bounded_copy) return null;
      const since = wanted();
      if (since !== null) note(since);
      return since;
    },
  };
}

/** A new full sync, with closed tickets from then on (ms); null: all of them. */
function beginCopyFrom(cache: WriteDb, since: number | null): void {
  cache.transaction(() => {
    beginSnapshot(cache);
    if (since === null) removeMeta(cache, 'kept_since');
    else writeMeta(cache, 'kept_since', String(since));
  });
}
