import type { Clock } from '../../../core/clock.ts';
import type { WriteDb } from '../sqlite/connection.ts';
import { freePages, giveBackPages } from '../areas/settings/storage-figures.ts';
import { createOneTimer } from './one-timer.ts';
import { evictTicket, oldTickets, type KeptRule } from './working-set-table.ts';

export interface EvictOptions {
  cache: WriteDb;
  clock: Clock;
  /** Tickets that stay whatever their age; asked before each slice. */
  keeps: () => ReadonlySet<string>;
  onEvicted: (ticketIds: string[]) => void;
}

/**
 * Removes old tickets from this computer, a little at a time, so that the desk stays responsive.
 */
export interface Evictor {
  /** Begins with the oldest ticket, in place of a run that is under way. */
  run(rule: KeptRule): void;
  end(): void;
  stop(): void;
}

/** The most time (ms) and tickets for one transaction: no window waits a frame for it. */
const sliceMs = 8;
const sliceTickets = 50;
/** Between two slices: most of the time is for the desk. */
const pauseMs = 24;
/**
 * This many pages (of 4 KiB) stay in the file for later rows; the others are given back to the
 * disk, `pagesAtOnce` at a time.
 */
const sparePages = 1_024;
const pagesAtOnce = 32;

export function createEvictor(options: EvictOptions): Evictor {
  const { cache, clock } = options;
  const timer = createOneTimer(clock);

  /** Repeats a step until nothing of it is left. */
  function repeat(step: () => 'more' | 'done', then: () => void): void {
    timer.set(() => {
      try {
        if (step() === 'more') repeat(step, then);
        else then();
      } catch (error) {
        // Nothing is lost by it: the next run begins again.
        console.error('Old tickets could not be taken off this computer', error);
      }
    }, pauseMs);
  }

  return {
    run(rule) {
      const slices = createSlices(options, rule);
      const giveBack = (): 'more' | 'done' => giveBackSome(cache, clock);
      repeat(slices.next, () => {
        repeat(giveBack, () => undefined);
      });
    },
    end: timer.cancel,
    stop: timer.stop,
  };
}

/** Goes through the old tickets, the oldest first, a slice at a time. */
function createSlices({ cache, clock, keeps, onEvicted }: EvictOptions, rule: KeptRule) {
  let after = { activity_at: 0, id: '' };
  return {
    next(): 'more' | 'done' {
      const began = clock.monotonic();
      const rows = oldTickets(cache, rule, after, sliceTickets);
      const kept = keeps();
      const evicted: string[] = [];
      cache.transaction(() => {
        for (const row of rows) {
          if (clock.monotonic() - began >= sliceMs) break;
          after = row;
          if (!row.free || kept.has(row.id)) continue;
          evictTicket(cache, row.id);
          evicted.push(row.id);
        }
      });
      if (evicted.length > 0) onEvicted(evicted);
      return rows.length === 0 ? 'done' : 'more';
    },
  };
}

/** Gives spare pages of the file back to the disk. */
function giveBackSome(cache: WriteDb, clock: Clock): 'more' | 'done' {
  const began = clock.monotonic();
  while (freePages(cache) > sparePages && clock.monotonic() - began < sliceMs)
    giveBackPages(cache, pagesAtOnce);
  return freePages(cache) > sparePages ? 'more' : 'done';
}
