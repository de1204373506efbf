import { expect, test } from 'vitest';
import { createKeySequence } from '../../../src/renderer/keys/key-sequence.ts';

const press = (key: string, timeStamp: number) => ({
  key,
  timeStamp,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
});
const keys = ['G M', 'E', null];

test('the second key of a sequence has its name first, and its own after it', () => {
  const sequence = createKeySequence();
  expect(sequence.begin(press('g', 0), keys)).toBe(true);
  expect(sequence.namesOf(press('m', 1_500))).toEqual(['G M', 'M']);
  // It is over: the next key stands for itself.
  expect(sequence.namesOf(press('m', 1_600))).toEqual(['M']);
});

test('a key that begins nothing is left alone, and one that comes too late stands for itself', () => {
  const sequence = createKeySequence();
  expect(sequence.begin(press('e', 0), keys)).toBe(false);
  expect(sequence.begin(press('g', 0), keys)).toBe(true);
  expect(sequence.namesOf(press('m', 1_501))).toEqual(['M']);
});

test('Shift on the way to the second key ends nothing', () => {
  const sequence = createKeySequence();
  sequence.begin(press('g', 0), keys);
  expect(sequence.namesOf(press('Shift', 10))).toEqual([]);
  expect(sequence.namesOf(press('m', 20))).toEqual(['G M', 'M']);
});
