import { expect, test } from 'vitest';
import { createHolds } from '../../../../../src/main/desk/areas/outbox/holds.ts';
import { createFakeClock } from '../../../../helpers/fake-clock.ts';

test('a held message goes when its window is over, once; one that was taken back does not', () => {
  const clock = createFakeClock();
  const gone: string[] = [];
  const holds = createHolds(clock, (id) => {
    gone.push(id);
  });
  holds.begin('a', 10_000);
  holds.begin('b', 10_000);
  clock.advance(4_000);
  expect([holds.left('a'), holds.left('unknown')]).toEqual([6_000, null]);
  holds.end('b');
  clock.advance(6_000);
  clock.advance(60_000);
  expect(gone).toEqual(['a']);
});

test('a quit lets nothing go', () => {
  const clock = createFakeClock();
  const gone: string[] = [];
  const holds = createHolds(clock, (id) => {
    gone.push(id);
  });
  holds.begin('a', 10_000);
  holds.stop();
  clock.advance(60_000);
  expect(gone).toEqual([]);
});
