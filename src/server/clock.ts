import type { Clock } from '../core/clock.ts';

/** This machine's own time. A timer never keeps the process alive by itself. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(run, ms) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return {
      cancel() {
        clearTimeout(timer);
      },
    };
  },
};
