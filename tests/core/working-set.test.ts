import { describe, expect, test } from 'vitest';
import { day } from '../../src/core/time.ts';
import { keptDays, needsNewCopy, smallCopy, usualDays } from '../../src/core/working-set.ts';

describe('how far back closed tickets are kept', () => {
  test('is everything while the copy is small, and the usual number of days once it is not', () => {
    expect(keptDays('auto', smallCopy, false)).toBeNull();
    expect(keptDays('auto', smallCopy + 1, false)).toBe(usualDays);
  });

  test('stays bounded once it was, although the copy is small by that', () => {
    expect(keptDays('auto', 10, true)).toBe(usualDays);
  });

  test('is what the agent has chosen, however large the copy is', () => {
    expect(keptDays('all', 1_000_000, true)).toBeNull();
    expect(keptDays(30, 10, false)).toBe(30);
  });
});

describe('a new copy', () => {
  const now = Date.parse('2026-03-27T09:00:00Z');

  test('is needed for more than is here', () => {
    expect(needsNewCopy(null, now - 90 * day)).toBe(true);
    expect(needsNewCopy(now - 365 * day, now - 90 * day)).toBe(true);
  });

  test('is not needed for as much or less, for a clock that was corrected, or where all is here', () => {
    expect(needsNewCopy(now - 30 * day, now - 90 * day)).toBe(false);
    expect(needsNewCopy(now - 90.5 * day, now - 90 * day)).toBe(false);
    expect(needsNewCopy(null, null)).toBe(false);
    expect(needsNewCopy(now - 365 * day, null)).toBe(false);
  });
});
