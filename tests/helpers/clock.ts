import type { Clock } from '../../src/core/clock.ts';

export interface FakeClock extends Clock {
  /** Lets time pass and runs the timers that come due, in their order. */
  pass(ms: number): void;
}

/** A clock that stands still until it is told to move. */
export function fakeClock(): FakeClock {
  let time = 0;
  const timers = new Set<{ at: number; run: () => void }>();
  return {
    now: () => time,
    monotonic: () => time,
    setTimer(run, ms) {
      const timer = { at: time + ms, run };
      timers.add(timer);
      return {
        cancel() {
          timers.delete(timer);
        },
      };
    },
    pass(ms) {
      const end = time + ms;
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers.delete(next);
        time = Math.max(time, next.at);
        next.run();
      }
      time = end;
    },
  };
}
