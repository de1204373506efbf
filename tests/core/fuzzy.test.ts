import { expect, test } from 'vitest';
import { fuzzyMatch, fuzzyRank } from '../../src/core/fuzzy.ts';

const labels = ['Assign', 'Assign to me', 'Add a tag', 'Set the status', 'Snooze', 'Search', 'Go to Unassigned', 'Settings', 'Use the dark theme', 'Schließen'];
const first = (query: string): string | undefined => fuzzyRank(query, labels, (label) => label)[0]?.item;

test.each([['asme', 'Assign to me'], ['as', 'Assign'], ['ASSIGN', 'Assign'], ['sno', 'Snooze'], ['gu', 'Go to Unassigned'], ['unass', 'Go to Unassigned'], ['sett', 'Settings'], ['status', 'Set the status'], ['dark', 'Use the dark theme'], ['schliess', 'Schließen'], ['schlie', 'Schließen'], ['tag', 'Add a tag'], ['assign to m', 'Assign to me']])('%s finds %s first', (query, label) => {
  expect(first(query)).toBe(label);
});

test('letters out of order or missing do not match, and nothing typed matches everything in its order', () => {
  expect(fuzzyMatch('meas', 'Assign to me')).toBeNull();
  expect(fuzzyMatch('x', 'Assign')).toBeNull();
  expect(fuzzyRank('', labels, (label) => label).map(({ item }) => item)).toEqual(labels);
  expect(fuzzyMatch('asme', 'Assign to me')?.at).toEqual([0, 1, 10, 11]);
});

test('what matching costs grows with the text and with the query, not with the ways to place one in the other', () => {
  /** How often a letter of the text is looked at, for a query and a text that fit in the most ways. */
  const looks = (query: number, text: number): number => {
    let count = 0;
    const real = String.prototype.normalize;
    String.prototype.normalize = function normalize(form?: string) { count += 1; return real.call(this, form); };
    try {
      fuzzyMatch('a'.repeat(query), 'a'.repeat(text));
    } finally {
      String.prototype.normalize = real;
    }
    return count;
  };
  expect(looks(10, 400)).toBe(looks(20, 400));
  expect(looks(10, 800)).toBeLessThanOrEqual(2 * looks(10, 400));
});

test('a thousand long texts are all ranked', () => {
  const many = Array.from({ length: 1_000 }, (_, n) => `Withdrawal number ${n} has not arrived after three business days`);
  expect(fuzzyRank('wnba', many, (text) => text)).toHaveLength(1_000);
});
