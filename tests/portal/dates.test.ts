import { expect, test } from 'vitest';
import { datesIn } from '../../src/portal/dates.ts';

/** A time of this computer's zone, as the wire has it. */
const wire = (...parts: [number, number, number, number, number]): string =>
  new Date(...parts).toISOString();
const now = () => new Date(2026, 2, 2, 18, 0);

test('the day is left out today and the year this year; the whole date has both', () => {
  const english = datesIn('en-GB', now);
  const german = datesIn('de-DE', now);
  const today = wire(2026, 2, 2, 9, 5);
  const lastWeek = wire(2026, 1, 24, 10, 58);
  const lastYear = wire(2025, 11, 31, 23, 59);
  expect([today, lastWeek, lastYear].map(english.moment)).toEqual([
    '09:05',
    '24 Feb, 10:58',
    '31 Dec 2025, 23:59',
  ]);
  expect([today, lastWeek, lastYear].map(english.short)).toEqual([
    '09:05',
    '24 Feb',
    '31 Dec 2025',
  ]);
  expect([today, lastWeek, lastYear].map(german.moment)).toEqual([
    '09:05',
    '24. Feb., 10:58',
    '31. Dez. 2025, 23:59',
  ]);
  expect(english.full(today)).toBe('2 Mar 2026, 09:05');
});

test('a time without a zone means UTC', () => {
  expect(datesIn('en-GB', now).full('2026-02-24T10:58:00')).toBe(
    datesIn('en-GB', now).full('2026-02-24T10:58:00Z'),
  );
});
