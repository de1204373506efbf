import type { Clock } from '../core/clock.ts';

/** This machine's time. A timer alone never keeps the process alive. */
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
