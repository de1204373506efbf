import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Clock, Random } from '../core/clock.ts';

/** This machine's clock and timers. A timer alone never keeps the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(run, ms) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return {
      cancel: () => {
        clearTimeout(timer);
      },
    };
  },
};

/** Chance that nobody can tell beforehand: ids of operations are made of it. */
export const systemRandom: Random = () => randomBytes(4).readUInt32LE() / 2 ** 32;
