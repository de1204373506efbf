import { expect, test } from 'vitest';
import type { Clock } from '../../../../../src/core/clock.ts';
import { createHolds } from '../../../../../src/main/desk/areas/outbox/holds.ts';

/** A clock that stands until it is moved. */
function standingClock(): Clock & { move: (ms: number) => void } {
  const timers = new Set<{ at: number; run: () => void }>();
  let now = 0;
  return {
    now: () => now,
    monotonic: () => now,
    setTimer(run, ms) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return {
        cancel: () => {
          timers.delete(timer);
        },
      };
    },
    move(ms) {
      now += ms;
      for (const timer of Array.from(timers).filter(({ at }) => at <= now)) {
        timers.delete(timer);
        timer.run();
      }
    },
  };
}

test('a held message goes when its window is over, once; one that was taken back does not', () => {
  const clock = standingClock();
  const gone: string[] = [];
  const holds = createHolds(clock, (id) => {
    gone.push(id);
  });
  holds.begin('a', 10_000);
  holds.begin('b', 10_000);
  clock.move(4_000);
  expect([holds.left('a'), holds.left('unknown')]).toEqual([6_000, null]);
  holds.end('b');
  clock.move(6_000);
  clock.move(60_000);
  expect(gone).toEqual(['a']);
});

test('a quit lets nothing go', () => {
  const clock = standingClock();
  const gone: string[] = [];
  const holds = createHolds(clock, (id) => {
    gone.push(id);
  });
  holds.begin('a', 10_000);
  holds.stop();
  clock.move(60_000);
  expect(gone).toEqual([]);
});
