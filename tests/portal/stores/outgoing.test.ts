import { describe, expect, test } from 'vitest';
import { excessOf, outgoing, restOf } from '../../../src/portal/stores/outgoing.ts';
import { isComposing } from '../../../src/portal/ui/composition.ts';

describe('what is left of a field once a text has arrived', () => {
  test.each([
    ['all of it', 'My first sentence', ''],
    ['with the blanks around it', '  My first sentence\n', ''],
    ['text behind it', 'My first sentence and the later text', 'and the later text'],
    ['a new line behind it, indented', 'My first sentence\n\n    indented ', '    indented '],
    ['text before it', 'Hello. My first sentence', 'Hello.'],
    ['text on both sides', 'Hello.\nMy first sentence\nBye.', 'Hello.\nBye.'],
    ['changed since', 'My 1st sentence', 'My 1st sentence'],
    ['something else', 'Another message', 'Another message'],
    ['emptied since', '', ''],
  ])('%s', (_what, field, rest) => {
    expect(restOf(field, 'My first sentence')).toBe(rest);
  });
  test('line breaks as another system writes them are the same text', () => {
    expect(restOf('one\ntwo three', 'one\r\ntwo')).toBe('three');
  });
});

test('a message is sent without the blank lines around it, with the indentation of its first line', () => {
  expect(outgoing('\n  \n    if (x)\n      y()\n\n')).toBe('    if (x)\n      y()');
});

test('the excess is counted on what would be sent', () => {
  expect(excessOf(`${'x'.repeat(120_007)}\n\n`)).toBe(20_007);
  expect(excessOf('x'.repeat(100_000))).toBe(0);
});

test.each([
  ['an Enter of its own', { isComposing: false, keyCode: 13 }, false],
  ['inside a composition', { isComposing: true, keyCode: 229 }, true],
  ['behind it, as WebKit orders them', { isComposing: false, keyCode: 229 }, true],
])('a key belongs to a composition: %s', (_what, event, expected) => {
  expect(isComposing(event)).toBe(expected);
});
