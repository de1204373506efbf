import { problems } from './problem.ts';

/** Lets a limited number run at once; the others wait in order. */
export interface Gate {
  /**
   * `key`: the caller, whose number at once may be limited too. Throws Problem 503 if too many wait,
   * or for too long.
   */
  through<T>(run: () => Promise<T>, key?: string): Promise<T>;
}

export interface GateBounds {
  /** At most this many at once for one key. */
  perKey?: number;
  /** At most this many wait; more would only delay each other. */
  queue?: number;
}

export function createGate(
  most: number,
  patienceMs: number,
  { perKey = most, queue = 500 }: GateBounds = {},
): Gate {
  const places = createPlaces(most, perKey);
  const line = createLine(places, { patienceMs, queue });
  return {
    async through(run, key = '') {
      if (places.hasRoom(key)) places.enter(key);
      else await line.turn(key);
      try {
        return await run();
      } finally {
        places.leave(key);
        line.letNextIn();
      }
    },
  };
}

interface Line {
  /** Resolves inside. Throws Problem 503 if too many wait, or for too long. */
  turn(key: string): Promise<void>;
  /** A place has become free. */
  letNextIn(): void;
}

interface Waiting {
  key: string;
  enter: () => void;
}

/** The callers that wait for a place, in order. */
function createLine(
  places: Places,
  { patienceMs, queue }: { patienceMs: number; queue: number },
): Line {
  const waiting: Waiting[] = [];
  return {
    turn(key) {
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
            // Counted here, not when the promise is continued, so that no other takes the place.
            places.enter(key);
            done();
          },
        };
        waiting.push(one);
      });
    },
    letNextIn() {
      // One whose own key has no room lets others pass.
      const next = waiting.findIndex((one) => places.hasRoom(one.key));
      if (next >= 0) waiting.splice(next, 1)[0]?.enter();
    },
  };
}

interface Places {
  hasRoom(key: string): boolean;
  enter(key: string): void;
  leave(key: string): void;
}

/** Counts who is inside, in total and by key. */
function createPlaces(most: number, perKey: number): Places {
  const inside = new Map<string, number>();
  let total = 0;
  return {
    hasRoom: (key) => total < most && (inside.get(key) ?? 0) < perKey,
    enter(key) {
      total += 1;
      inside.set(key, (inside.get(key) ?? 0) + 1);
    },
    leave(key) {
      total -= 1;
      const left = (inside.get(key) ?? 1) - 1;
      if (left === 0) inside.delete(key);
      else inside.set(key, left);
    },
  };
}
