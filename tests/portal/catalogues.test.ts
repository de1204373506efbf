import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { de } from '../../src/portal/catalogues/de.ts';
import { en } from '../../src/portal/catalogues/en.ts';
import {
  crowdedKeys,
  literalWords,
  missing,
  otherVariables,
  sentences,
  untranslated,
} from '../helpers/catalogue-words.ts';

const top = join(import.meta.dirname, '../..');

/** What is the same word in both languages. */
const same = new Set(['Support', 'Status']);

describe("the German catalogue of the customer's page", () => {
  test('has every sentence of the English one and no other, in its own words', () => {
    expect(sentences(en).length).toBeGreaterThan(120);
    expect([missing(de, en), missing(en, de)]).toEqual([[], []]);
    expect(untranslated(en, de, same)).toEqual([]);
  });

  test('has its keys in the order of the English catalogue, so that both can be read side by side', () => {
    const places = (catalogue: unknown) => sentences(catalogue).map(([place]) => place);
    expect(places(de)).toEqual(places(en));
  });

  test('keeps every variable of a sentence', () => {
    expect(otherVariables(en, de)).toEqual([]);
    expect([en.tooLong(2_000), de.tooLong(2_000)]).toEqual([
      expect.stringContaining('2,000 characters'),
      expect.stringContaining('2.000 Zeichen'),
    ]);
  });
});

test.each(['en', 'de'])('the catalogue %s has one key a line', (language) => {
  const file = join(top, `src/portal/catalogues/${language}.ts`);
  expect(crowdedKeys(file, readFileSync(file, 'utf8'))).toEqual([]);
});

test("no screen of the customer's page has words of its own: all are in the catalogue", () => {
  const files = globSync('src/portal/**/*.tsx', { cwd: top });
  expect(files.length).toBeGreaterThan(9);
  expect(
    files.flatMap((file) =>
      literalWords(file, readFileSync(join(top, file), 'utf8')).map((words) => `${file}: ${words}`),
    ),
  ).toEqual([]);
});
