import { problems } from './problem.ts';

/** Lets a few through at a time; the others wait in their order. */
export interface Gate {
  /** Throws Problem 503 for one who has waited too long. */
  through<T>(run: () => Promise<T>): Promise<T>;
}

interface Waiting { enter: () => void; timer: NodeJS.Timeout }

export function createGate(most: number, patienceMs: number): Gate {
  const waiting: Waiting[] = [];
  let inside = 0;

  function enter(): Promise<void> {
    if (inside < most) {
      inside += 1;
      return Promise.resolve();
    }
    return new Promise((done, refuse) => {
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(one), 1);
        refuse(problems.unavailable());
      }, patienceMs);
      const one = { enter: done, timer };
      waiting.push(one);
    });
  }

  /** The place goes to the next one who waits. */
  function leave(): void {
    const next = waiting.shift();
    if (!next) {
      inside -= 1;
      return;
    }
    clearTimeout(next.timer);
    next.enter();
  }

  return {
    async through(run) {
      await enter();
      try {
        return await run();
      } finally {
        leave();
      }
    },
  };
}
