import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { de } from '../../src/renderer/catalogues/de.ts';
import { en } from '../../src/renderer/catalogues/en.ts';
import { fieldText, operationText, setCatalogue } from '../../src/renderer/texts.ts';
import {
  age,
  dayHeading,
  formatBytes,
  formatCount,
  setLocale,
  shortTime,
  weekdayName,
} from '../../src/renderer/kit/format.ts';
import {
  crowdedKeys,
  literalWords,
  missing,
  otherVariables,
  sentences,
  untranslated,
} from '../helpers/catalogue-words.ts';

const top = join(import.meta.dirname, '../..');

/** Functions that take other values than words. */
const special = {
  salvagedHint: [{ recovered: 3, damaged: 2, file: 'F' }],
  ago: [null],
  'bulk.changed': ['A', 2, '9'],
};

/** What is the same word in both languages. Everything else that is equal was forgotten. */
const same = new Set([
  'Staffdesk',
  'Tickets',
  'Ticket',
  'Details',
  'Status',
  'Tags',
  'Server',
  'Offline',
  'Filter',
  'Esc',
  'Tag',
  'Name',
  'Agent',
  'Banner',
  'English',
  'Deutsch',
  'SQLite',
  'Node.js',
  'Electron',
  'Chromium',
]);

describe('German', () => {
  test('has every sentence of the English catalogue, in its own words', () => {
    expect(sentences(en, special).length).toBeGreaterThan(300);
    expect([missing(de, en, special), missing(en, de, special)]).toEqual([[], []]);
    expect(untranslated(en, de, same, special)).toEqual([]);
  });
  test('has its keys in the order of the English catalogue, so that both can be read side by side', () => {
    const places = (catalogue: unknown) => sentences(catalogue, special).map(([place]) => place);
    expect(places(de)).toEqual(places(en));
  });
  test('keeps every variable of a sentence', () => {
    expect(otherVariables(en, de, special)).toEqual([]);
  });
});

/**
 * Words that readers stumble over, each with a usual word for it: mechanism ('goes out', 'held',
 * 'taken back'), and names that a thing had before it got its present one.
 */
const unusual = {
  en: /\b(?:go(?:es)? out|went out|gone out|by (?:itself|themselves)|tak(?:e|en) (?:back|off)|was written|shall|held|needs? you|working copy|all open|asked for a pause|anew)\b/i,
  de: /hinaus|von selbst|zurückgenommen|zurückgehalten|aufgehoben|brauch(?:t|en) Sie|Arbeitsstand|heißt so|Wartend\b|Papierkorb/,
};

test.each([
  ['English', en, unusual.en],
  ['German', de, unusual.de],
])('%s has none of the words that readers stumble over', (_, catalogue, words) => {
  const shown = sentences(catalogue, special).filter(([place]) => !place.startsWith('synonyms.'));
  expect(shown.filter(([, said]) => words.test(said))).toEqual([]);
});

const catalogues = globSync('src/renderer/**/{en,de}.ts', { cwd: top });

test('every area has its words in both languages', () => {
  expect(catalogues.length).toBeGreaterThan(20);
  const inEnglish = catalogues.filter((file) => file.endsWith('/en.ts'));
  expect(inEnglish.map((file) => file.replace(/en\.ts$/, 'de.ts')).toSorted()).toEqual(
    catalogues.filter((file) => file.endsWith('/de.ts')).toSorted(),
  );
});

test.each(catalogues)('the catalogue %s has one key a line', (file) => {
  expect(crowdedKeys(file, readFileSync(join(top, file), 'utf8'))).toEqual([]);
});

test('keys that share a line are found', () => {
  expect(crowdedKeys('x.ts', 'const x = {\n  a: { b: 1, c: 2 },\n  d: [],\n};')).toEqual(['c: 2']);
});

test('no screen of the window has words of its own: all are in the catalogue', () => {
  const files = globSync('src/renderer/**/*.tsx', { cwd: top });
  expect(files.length).toBeGreaterThan(40);
  expect(
    files.flatMap((file) =>
      literalWords(file, readFileSync(join(top, file), 'utf8')).map((words) => `${file}: ${words}`),
    ),
  ).toEqual([]);
});

test.each([
  ['<p>Hello</p>', 'Hello'],
  ['<p>{"Hello"}</p>', 'Hello'],
  ['<b title="Close it" />', 'Close it'],
  ['<b aria-label={`Close ${x}`} />', 'Close'],
  ['<Field label="Status" />', 'Status'],
])('words that are planted in a screen are found: %s', (jsx, words) => {
  expect(literalWords('x.tsx', `const x = 1; export const y = () => ${jsx};`)).toEqual([words]);
});

describe('in the language that is shown', () => {
  afterEach(() => {
    setCatalogue(en);
    setLocale('en-GB');
  });
  const staffName = (): string => 'Alex Kim';
  const change = {
    kind: 'change' as const,
    text: null,
    change: {
      status: 'in_progress' as const,
      assignee_id: 'x',
      tags: { add: ['a'], remove: ['b'] },
    },
  };

  test('an operation is worded from its values', () => {
    expect(operationText(change, staffName)).toBe(
      'Status: In progress, Assignee: Alex Kim, Add tag a, Remove tag b',
    );
    expect(operationText({ kind: 'close', text: null, change: null }, staffName)).toBe(
      'Close the ticket',
    );
    expect(operationText({ kind: 'reply', text: 'Dear Dana', change: null }, staffName)).toBe(
      'Dear Dana',
    );
    expect([
      fieldText('assignee_id', null, staffName),
      fieldText('priority', 'brand_new', staffName),
      fieldText('snoozed_until', null, staffName),
    ]).toEqual(['Nobody', 'brand_new', 'no']);
    setCatalogue(de);
    expect(operationText(change, staffName)).toBe(
      'Status: In Arbeit, Zuständig: Alex Kim, Tag a hinzufügen, Tag b entfernen',
    );
  });

  test('days, ages, sizes and numbers are written as it writes them', () => {
    const now = new Date(2026, 10, 25, 12, 0).getTime();
    const yesterday = new Date(2026, 10, 24, 12, 0).getTime();
    const written = (): string[] => [
      shortTime(yesterday, now),
      dayHeading(now, now),
      age(now - 180_000, now) ?? '',
      age(now - 4 * 86_400_000, now) ?? '',
      formatCount(1_234_567),
      formatBytes(7_640_000),
      weekdayName(0),
    ];
    expect(written()).toEqual([
      'Yesterday',
      'Today',
      '3 min ago',
      '4 days ago',
      '1,234,567',
      '7.6 MB',
      'Monday',
    ]);
    setLocale('de-DE');
    expect(written()).toEqual([
      'Gestern',
      'Heute',
      'vor 3 Min.',
      'vor 4 Tagen',
      '1.234.567',
      '7,6 MB',
      'Montag',
    ]);
  });
});
