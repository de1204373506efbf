import { describe, expect, test } from 'vitest';
import { placesOf } from './code-pieces.ts';

const found = (source: string, code: string): string[] =>
  placesOf(source, code).map(({ start, end }) => source.slice(start, end));

describe('code is found whatever its layout', () => {
  test.each([
    [
      'line breaks and indentation',
      'if (late) give(\n  up,\n  now\n);',
      'if (late) give(up, now);',
    ],
    ['a comma before a closing bracket', 'give(\n  up,\n  now,\n)', 'give(up, now)'],
    ['comments between', 'give( // all of it\n  /* and */ up)', 'give(up)'],
  ])('%s', (_, source, code) => {
    expect(found(`const a = 1;\n${source}\nconst b = 2;`, code)).toEqual([source]);
  });

  test('blanks inside a text are part of it', () => {
    expect(found("const a = 'x  y';", "'x y'")).toEqual([]);
  });

  test('a name is found as a whole', () => {
    expect(found('queue.requeueAll()', 'requeue')).toEqual([]);
  });

  test('every place is told', () => {
    expect(found('a(b); a( b );', 'a(b)')).toEqual(['a(b)', 'a( b )']);
  });
});
