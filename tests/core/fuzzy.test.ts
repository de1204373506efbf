import { expect, test } from 'vitest';
import { fuzzyMatch, fuzzyRank } from '../../src/core/fuzzy.ts';

const labels = ['Assign', 'Assign to me', 'Add a tag', 'Set the status', 'Snooze', 'Search', 'Go to Unassigned', 'Settings', 'Use the dark theme', 'Schließen'];
const first = (query: string): string | undefined => fuzzyRank(query, labels, (label) => label)[0]?.item;

test.each([['asme', 'Assign to me'], ['as', 'Assign'], ['ASSIGN', 'Assign'], ['sno', 'Snooze'], ['gu', 'Go to Unassigned'], ['unass', 'Go to Unassigned'], ['sett', 'Settings'], ['status', 'Set the status'], ['dark', 'Use the dark theme'], ['schliess', undefined], ['schlie', 'Schließen'], ['tag', 'Add a tag'], ['assign to m', 'Assign to me']])('%s finds %s first', (query, label) => {
  expect(first(query)).toBe(label);
});

test('letters out of order or missing do not match, and nothing typed matches everything in its order', () => {
  expect(fuzzyMatch('meas', 'Assign to me')).toBeNull();
  expect(fuzzyMatch('x', 'Assign')).toBeNull();
  expect(fuzzyRank('', labels, (label) => label).map(({ item }) => item)).toEqual(labels);
  expect(fuzzyMatch('asme', 'Assign to me')?.at).toEqual([0, 1, 10, 11]);
});

test('a thousand long texts are ranked in a blink', () => {
  const many = Array.from({ length: 1_000 }, (_, n) => `Withdrawal number ${n} has not arrived after three business days`);
  const started = performance.now();
  expect(fuzzyRank('wnba', many, (text) => text)).toHaveLength(1_000);
  expect(performance.now() - started).toBeLessThan(1_000);
});
