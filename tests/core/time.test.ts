import { expect, test } from 'vitest';
import { waitUntil } from '../../src/core/time.ts';

test.each([1, 3, 7, 14])(
  'a ticket that waits %i days wakes at nine in the morning of that day',
  (days) => {
    // Over the end of a month, and of a year.
    const at = new Date(waitUntil(new Date(2026, 11, 30, 17, 45).getTime(), days));
    expect(at).toEqual(new Date(2026, 11, 30 + days, 9));
  },
);
