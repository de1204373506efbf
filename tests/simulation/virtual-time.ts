import type { Timer } from '../../src/core/clock.ts';

interface Due {
  at: number;
  order: number;
  run: () => void;
  cancelled: boolean;
}

/**
 * Milliseconds that pass only when a simulation lets them. Things due at one time run in the order
 * in which they were planned.
 */
export interface VirtualTime {
  now(): number;
  plan(inMs: number, run: () => void): Timer;
  /**
   * Runs what is due, one thing at a time, letting all promises settle after each; then it is `at`.
   */
  runUntil(at: number): Promise<void>;
  /** Lets time pass until the promise settles. Throws StuckError after `limitMs`. */
  settle<T>(promise: Promise<T>, limitMs: number): Promise<T>;
  /**
   * Lets time pass until the check holds, asked after each event; false when it did not until
   * `deadline`.
   */
  runWhile(check: () => boolean, deadline: number): Promise<boolean>;
}

/** Something that must come to an end did not. */
class StuckError extends Error {}

/** What really happens at one time is much less. */
const mostInOneMoment = 20_000;

// Kept before the guard forbids real timers: it only lets what is ready run, and no time passes.
const immediate = setImmediate;
const quiet = (): Promise<void> =>
  new Promise((done) => {
    immediate(done);
  });

export function createVirtualTime(): VirtualTime {
  const queue: Due[] = [];
  let now = 0;
  let order = 0;
  let inOneMoment = 0;

  function insert(due: Due): void {
    let low = 0;
    let high = queue.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = queue[middle];
      if (other && (other.at < due.at || (other.at === due.at && other.order < due.order)))
        low = middle + 1;
      else high = middle;
    }
    queue.splice(low, 0, due);
  }

  /** Runs the next thing that is due until `at`; false when there is none. */
  async function step(at: number): Promise<boolean> {
    for (;;) {
      const next = queue[0];
      if (!next || next.at > at) return false;
      queue.shift();
      if (next.cancelled) continue;
      inOneMoment = next.at === now ? inOneMoment + 1 : 0;
      if (inOneMoment > mostInOneMoment)
        throw new StuckError(`something runs again and again at ${now} and lets no time pass`);
      now = next.at;
      next.run();
      await quiet();
      return true;
    }
  }

  return {
    now: () => now,
    plan(inMs, run) {
      const due: Due = {
        at: now + Math.max(0, Math.round(inMs)),
        order: (order += 1),
        run,
        cancelled: false,
      };
      insert(due);
      return {
        cancel: () => {
          due.cancelled = true;
        },
      };
    },
    async runUntil(at) {
      await quiet();
      while (await step(at));
      now = Math.max(now, at);
    },
    async settle(promise, limitMs) {
      let settled = false;
      void promise.then(
        () => {
          settled = true;
        },
        () => {
          settled = true;
        },
      );
      const deadline = now + limitMs;
      await quiet();
      while (!settled && (await step(deadline)));
      if (!settled) throw new StuckError(`not settled after ${limitMs} ms`);
      return promise;
    },
    async runWhile(check, deadline) {
      await quiet();
      while (!check())
        if (!(await step(deadline))) {
          now = Math.max(now, deadline);
          return check();
        }
      return true;
    },
  };
}
