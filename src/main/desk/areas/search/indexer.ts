import type { Clock } from '../../../../core/clock.ts';
import { readMeta } from '../../sqlite/meta.ts';
import type { WriteDb } from '../../sqlite/connection.ts';
import { countWaiting, indexWaiting, isLittleWaiting, mergeIndex } from './search-index.ts';
import type { CopyThread } from '../../feed/copy-thread.ts';
import { createOneTimer } from '../../feed/one-timer.ts';
import { createPace, type Pace } from '../../feed/pace.ts';

/**
 * Keeps the indexes of the search up with the rows, in slices between everything else that the desk
 * does.
 */
export interface Indexer {
  /** There may be something to index. */
  wake(): void;
  /**
   * Before a search: indexes what waits where that is little. Answers whether everything is
   * indexed.
   */
  catchUp(): boolean;
  stop(): void;
}

/**
 * At most this many rows are indexed while a search waits: more than a page of the feed brings.
 */
const mostAtOnce = 400;
/** Between two slices, in ms. A full copy comes first: its rows are what the inbox needs. */
const pauses = { copying: 20, copyingBeside: 1_000, settled: 2 };
/** After the start, in ms: what an earlier run left waiting comes after the window. */
const startMs = 1_000;
/** Pages of 4 KB that are merged in a slice. */
const mergePages = 24;
/** After a failure, as on a full disk, in ms. */
const retryMs = 30_000;

/**
 * A slice of what waits for the indexes; false when there was nothing. Merging goes first, so that
 * a search never has many parts to look through.
 */
export function indexSlice(cache: WriteDb, pace: Pace, pages: number): boolean {
  return mergeIndex(cache, pages) || pace.timed(() => indexWaiting(cache, pace.rows())) > 0;
}

/**
 * `beside`: the copy thread while there is one, which then does the work; `idle` is called when
 * nothing waits any more.
 */
interface Help {
  beside: () => CopyThread | null;
  idle: () => void;
}

export function createIndexer(
  cache: WriteDb,
  clock: Clock,
  { beside, idle }: Help = { beside: () => null, idle: () => undefined },
): Indexer {
  const timer = createOneTimer(clock);
  const slices = createSlices(cache, createPace(clock, { first: 60, most: 500 }), beside);

  function run(): void {
    slices.run(worked, failed);
  }

  function worked(some: boolean): void {
    if (timer.stopped()) return;
    if (some) timer.set(run, pauseAfterSlice(cache, beside() !== null));
    else idle();
  }

  function failed(error: unknown): void {
    if (timer.stopped()) return;
    console.warn('The search could not be brought up to date; it is tried again.', error);
    timer.set(run, retryMs);
  }

  if (someWaits(cache)) timer.set(run, startMs);
  return {
    wake() {
      if (slices.areRunning()) slices.noteMissed();
      else if (!timer.isSet()) timer.set(run, 0);
    },
    catchUp: () => catchUp(cache),
    stop: timer.stop,
  };
}

/** Does slices of the work, each here or on the copy thread while there is one. */
function createSlices(cache: WriteDb, pace: Pace, beside: Help['beside']) {
  /** Of the slice that the copy thread is working on; `missed`: more rows came in meanwhile. */
  let working: { missed: boolean } | null = null;

  async function runBeside(thread: CopyThread): Promise<boolean> {
    const mine = { missed: false };
    working = mine;
    try {
      const some = await thread.index();
      return some || mine.missed;
    } finally {
      working = null;
    }
  }

  return {
    areRunning: () => working !== null,
    noteMissed() {
      if (working) working.missed = true;
    },
    /** `worked`: called with whether there may be more to do. */
    run(worked: (some: boolean) => void, failed: (error: unknown) => void) {
      const thread = beside();
      if (thread) {
        runBeside(thread).then(worked).catch(failed);
        return;
      }
      try {
        worked(indexSlice(cache, pace, mergePages));
      } catch (error) {
        failed(error);
      }
    },
  };
}

function pauseAfterSlice(cache: WriteDb, beside: boolean): number {
  if (readMeta(cache, 'snapshot') === 'done') return pauses.settled;
  return beside ? pauses.copyingBeside : pauses.copying;
}

function someWaits(cache: WriteDb): boolean {
  try {
    return countWaiting(cache, 1) > 0;
  } catch {
    // A damaged file is found by the check of the cache.
    return false;
  }
}

function catchUp(cache: WriteDb): boolean {
  try {
    if (!isLittleWaiting(cache, mostAtOnce)) return false;
    while (indexWaiting(cache, mostAtOnce) > 0);
    return true;
  } catch {
    // A full disk stops no search: it finds what is indexed.
    return false;
  }
}
