import { problems } from '../problem.ts';

export interface GateBounds {
  /** Runs at once, in all and for one key. */
  max: number;
  perKey: number;
  /** Waits for its turn: so many, and so long. */
  queue: number;
  waitMs: number;
}

/** Lets a bounded number run at once and a bounded number wait, first come first served. */
export interface Gate {
  /** Throws Problem 503 when too many wait, or for too long. */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
}

interface Waiting { key: string; start: () => void }

export function createGate({ max, perKey, queue, waitMs }: GateBounds): Gate {
  const running = new Map<string, number>();
  const waiting: Waiting[] = [];
  let total = 0;

  const hasRoom = (key: string): boolean => total < max && (running.get(key) ?? 0) < perKey;

  function begin(key: string): void {
    total += 1;
    running.set(key, (running.get(key) ?? 0) + 1);
  }

  function end(key: string): void {
    total -= 1;
    const left = (running.get(key) ?? 1) - 1;
    if (left === 0) running.delete(key);
    else running.set(key, left);
    // One that waits for its own key lets others pass.
    const next = waiting.findIndex((one) => hasRoom(one.key));
    if (next >= 0) waiting.splice(next, 1)[0]?.start();
  }

  function turn(key: string): Promise<void> {
    return new Promise((done, refuse) => {
      if (waiting.length >= queue) { refuse(problems.busy()); return; }
      const late = setTimeout(() => {
        waiting.splice(waiting.indexOf(entry), 1);
        refuse(problems.busy());
      }, waitMs);
      const entry: Waiting = {
        key,
        start() {
          clearTimeout(late);
          // Counted here and not when the promise is heard: nobody may take the place in between.
          begin(key);
          done();
        },
      };
      waiting.push(entry);
    });
  }

  return {
    async run(key, work) {
      if (hasRoom(key)) begin(key);
      else await turn(key);
      try {
        return await work();
      } finally {
        end(key);
      }
    },
  };
}
