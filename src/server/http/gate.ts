import { problems } from './problem.ts';

/** Lets a few through at a time; the others wait in their order. */
export interface Gate {
  /**
   * `key`: whose it is, where one may only have so many inside. Throws Problem 503 when too many
   * wait, or for too long.
   */
  through<T>(run: () => Promise<T>, key?: string): Promise<T>;
}

export interface GateBounds {
  /** Inside at once for one key. */
  perKey?: number;
  /** More that wait only make each other late. */
  queue?: number;
}

interface Waiting {
  key: string;
  enter: () => void;
}

export function createGate(
  most: number,
  patienceMs: number,
  { perKey = most, queue = 500 }: GateBounds = {},
): Gate {
  const inside = new Map<string, number>();
  const waiting: Waiting[] = [];
  let total = 0;

  const hasRoom = (key: string): boolean => total < most && (inside.get(key) ?? 0) < perKey;

  function enter(key: string): void {
    total += 1;
    inside.set(key, (inside.get(key) ?? 0) + 1);
  }

  function leave(key: string): void {
    total -= 1;
    const left = (inside.get(key) ?? 1) - 1;
    if (left === 0) inside.delete(key);
    else inside.set(key, left);
    // One that waits for its own key lets others pass.
    const next = waiting.findIndex((one) => hasRoom(one.key));
    if (next >= 0) waiting.splice(next, 1)[0]?.enter();
  }

  function turn(key: string): Promise<void> {
    return new Promise((done, refuse) => {
      if (waiting.length >= queue) {
        refuse(problems.busy());
        return;
      }
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(one), 1);
        refuse(problems.busy());
      }, patienceMs);
      const one: Waiting = {
        key,
        enter() {
          clearTimeout(timer);
          // Counted here and not when the promise is heard: nobody may take the place in between.
          enter(key);
          done();
        },
      };
      waiting.push(one);
    });
  }

  return {
    async through(run, key = '') {
      if (hasRoom(key)) enter(key);
      else await turn(key);
      try {
        return await run();
      } finally {
        leave(key);
      }
    },
  };
}
