import type { Clock } from '../../../core/clock.ts';

/**
 * Sizes slices of work on the one thread that also serves the window, so that none of them is
 * long.
 */
export interface Pace {
  /** How many rows the next slice takes on. */
  rows(): number;
  /** Runs a slice and learns from how long it took. */
  timed<T>(slice: () => T): T;
  /** Lets everything else run. */
  pause(ms: number): Promise<void>;
}

/**
 * The time that a slice should take where the window waits for it: two that fall together still
 * leave it a frame.
 */
const usualMs = 7;
/** Fewer rows than this cost more to commit than to write. */
const leastRows = 40;

/** `first` and `most` in rows, `wantedMs` as long as a slice should take. */
export function createPace(
  clock: Clock,
  { first, most, wantedMs = usualMs }: { first: number; most: number; wantedMs?: number },
): Pace {
  let rows = first;
  return {
    rows: () => rows,
    timed(slice) {
      const began = clock.monotonic();
      const result = slice();
      const took = clock.monotonic() - began;
      // Halved at most: one slow disk access says little of the next slice.
      if (took > wantedMs)
        rows = Math.max(leastRows, Math.round(rows * Math.max(0.5, wantedMs / took)));
      else if (took < wantedMs / 2) rows = Math.min(most, Math.round(rows * 1.5));
      return result;
    },
    pause: (ms) =>
      new Promise((done) => {
        clock.setTimer(done, ms);
      }),
  };
}
