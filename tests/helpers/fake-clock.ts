import type { Clock } from '../../src/core/clock.ts';

export interface FakeClock extends Clock {
  /** Moves time on and runs the timers that fall due, in their order. */
  advance(ms: number): void;
  /** How many timers wait. */
  waiting(): number;
}

/** Time that moves only when told to. `start` in ms since the epoch. */
export function createFakeClock(start = 0): FakeClock {
  let elapsed = 0;
  let serial = 0;
  const timers = new Map<number, { at: number; run: () => void }>();

  function nextDue(until: number): [number, { at: number; run: () => void }] | undefined {
    return [...timers]
      .filter(([, timer]) => timer.at <= until)
      .toSorted(([a, x], [b, y]) => x.at - y.at || a - b)[0];
  }

  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    setTimer(run, ms) {
      const id = serial++;
      timers.set(id, { at: elapsed + Math.max(0, ms), run });
      return {
        cancel: () => {
          timers.delete(id);
        },
      };
    },
    advance(ms) {
      const until = elapsed + ms;
      for (let due = nextDue(until); due; due = nextDue(until)) {
        const [id, timer] = due;
        timers.delete(id);
        elapsed = Math.max(elapsed, timer.at);
        timer.run();
      }
      elapsed = until;
    },
    waiting: () => timers.size,
  };
}
