import { retryDelay } from '../../../../core/backoff.ts';
import type { Clock, Random, Timer } from '../../../../core/clock.ts';

/** Writes that must not be lost where the database refuses: they are made as soon as it takes them. */
export interface LateWrites {
  /** Makes a write now or later, then calls `then` with what it gave, once. */
  make<T>(name: string, write: () => T, then: (written: T) => void): void;
  /** How many could not be made yet. */
  waiting(): number;
  /** The databases may be closing: nothing is written any more. */
  stop(): void;
}

interface LateWritesParts {
  clock: Clock;
  random: Random;
  /** At least this often (ms) a write is tried again. */
  longestMs: number;
  onFault: (error: unknown) => void;
}

export function createLateWrites(parts: LateWritesParts): LateWrites {
  const { clock, random, longestMs, onFault } = parts;
  const timers = new Map<string, Timer>();
  let stopped = false;

  function make<T>(name: string, write: () => T, then: (written: T) => void, tries = 0): void {
    timers.delete(name);
    if (stopped) return;
    let written: T;
    try {
      written = write();
    } catch (error) {
      onFault(error);
      timers.set(
        name,
        clock.setTimer(
          () => {
            make(name, write, then, tries + 1);
          },
          retryDelay(tries, random, null, longestMs),
        ),
      );
      return;
    }
    then(written);
  }

  return {
    make: (name, write, then) => {
      make(name, write, then);
    },
    waiting: () => timers.size,
    stop() {
      stopped = true;
      for (const timer of timers.values()) timer.cancel();
    },
  };
}
