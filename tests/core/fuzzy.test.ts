import { expect, test } from 'vitest';
import { fuzzyMatch, fuzzyRank } from '../../src/core/fuzzy.ts';

const labels = [
  'Assign',
  'Assign to me',
  'Add a tag',
  'Set the status',
  'Snooze',
  'Search',
  'Go to Unassigned',
  'Settings',
  'Use the dark theme',
  'Schließen',
];
const first = (query: string): string | undefined =>
  fuzzyRank(query, labels, (label) => label)[0]?.item;

test.each([
  ['asme', 'Assign to me'],
  ['as', 'Assign'],
  ['ASSIGN', 'Assign'],
  ['sno', 'Snooze'],
  ['gu', 'Go to Unassigned'],
  ['unass', 'Go to Unassigned'],
  ['sett', 'Settings'],
  ['status', 'Set the status'],
  ['dark', 'Use the dark theme'],
  ['schliess', 'Schließen'],
  ['schlie', 'Schließen'],
  ['tag', 'Add a tag'],
  ['assign to m', 'Assign to me'],
])('%s finds %s first', (query, label) => {
  expect(first(query)).toBe(label);
});

test('letters out of order or missing do not match, and nothing typed matches everything in its order', () => {
  expect(fuzzyMatch('meas', 'Assign to me')).toBeNull();
  expect(fuzzyMatch('x', 'Assign')).toBeNull();
  expect(fuzzyRank('', labels, (label) => label).map(({ item }) => item)).toEqual(labels);
  expect(fuzzyMatch('asme', 'Assign to me')?.at).toEqual([0, 1, 10, 11]);
});

test('what matching costs grows with the text and with the query, not with the ways to place one in the other', () => {
  /**
   * How many places are kept, for a query and a text that fit in the most ways without being
   * beginnings of words.
   */
  const places = (query: number, text: number): number => {
    let count = 0;
    const real = Array.prototype.push;
    // Every array counts: the function makes its own.
    // oxlint-disable-next-line no-extend-native
    Array.prototype.push = function push(...items: unknown[]) {
      count += items.length;
      return real.apply(this, items);
    };
    try {
      expect(fuzzyMatch('a'.repeat(query), 'ab'.repeat(text))).not.toBeNull();
    } finally {
      // oxlint-disable-next-line no-extend-native
      Array.prototype.push = real;
    }
    return count;
  };
  expect(places(10, 400)).toBeGreaterThan(10 * 400);
  expect(places(20, 400)).toBeLessThanOrEqual(2.2 * places(10, 400));
  expect(places(10, 800)).toBeLessThanOrEqual(2.2 * places(10, 400));
});

test('a thousand long texts are all ranked', () => {
  const many = Array.from(
    { length: 1_000 },
    (_, n) => `Withdrawal number ${n} has not arrived after three business days`,
  );
  expect(fuzzyRank('wnba', many, (text) => text)).toHaveLength(1_000);
});

test('beginnings of words come before scattered letters, in any order, and the letters meant are those of the original', () => {
  const items = ['Mark and send', 'Resend a mail', 'Mail 🎉 Straße'];
  expect(fuzzyRank('ma', items, (text) => text).map(({ item }) => item)[2]).toBe('Resend a mail');
  expect(fuzzyMatch('send mark', 'Mark and send')).toMatchObject({
    words: true,
    at: [9, 10, 11, 12, 0, 1, 2, 3],
  });
  expect(fuzzyMatch('mks', 'Mark and send')).toMatchObject({ words: false });
  expect(fuzzyMatch('strass', 'Mail 🎉 Straße')?.at).toEqual([7, 8, 9, 10, 11]);
});
