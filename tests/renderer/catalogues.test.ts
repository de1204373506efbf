import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parseSync, Visitor } from 'vite';
import { de } from '../../src/renderer/catalogues/de.ts';
import { en } from '../../src/renderer/catalogues/en.ts';
import { fieldText, operationText, setCatalogue } from '../../src/renderer/texts.ts';
import { age, dayHeading, formatBytes, formatCount, setLocale, shortTime, weekdayName } from '../../src/renderer/ui/format.ts';

const top = join(import.meta.dirname, '../..');

/** Every sentence of a catalogue by its place; functions are asked with plain values. */
function sentences(value: unknown, place = ''): [place: string, sentence: string][] {
  if (typeof value === 'string') return [[place, value]];
  if (typeof value === 'function') {
    const values = place === 'salvagedHint' ? [{ recovered: 3, damaged: 2, file: 'F' }] : place === 'ago' ? [null] : ['A', 'B', 'C'];
    // Counts are worded differently for one and for many.
    return [...sentences(String(value(...values)), place), ...(place === 'ago' || place === 'salvagedHint' ? [] : sentences(String(value(1)), `${place}(1)`))];
  }
  return Object.entries(value as object).flatMap(([name, part]) => sentences(part, place === '' ? name : `${place}.${name}`));
}

/** What is the same word in both languages. Everything else that is equal was forgotten. */
const same = new Set([
  'Staffdesk', 'Tickets', 'Ticket', 'Details', 'Status', 'Tags', 'Server', 'Offline', 'Filter', 'Esc', 'Tag', 'unread, snoozed, open, closed', 'Name', 'Agent', 'Banner', 'English', 'Deutsch', 'SQLite', 'Node.js', 'Electron', 'Chromium',
]);

/** Signs and variables alone are the same in every language. */
const hasWords = (sentence: string): boolean => /\p{L}{3}/u.test(sentence.replaceAll('undefined', ''));

describe('German', () => {
  test('has every sentence of the English catalogue, in its own words', () => {
    const german = new Map(sentences(de));
    const english = sentences(en);
    expect(english.length).toBeGreaterThan(300);
    expect(english.filter(([place]) => !german.has(place)).map(([place]) => place)).toEqual([]);
    expect(english.filter(([place, sentence]) => german.get(place) === sentence && hasWords(sentence) && !same.has(sentence))).toEqual([]);
  });
  test('keeps every variable of a sentence', () => {
    const holes = (sentence: string): string => [...'ABCF'].filter((letter) => new RegExp(`(^|[^\\p{L}])${letter}($|[^\\p{L}])`, 'u').test(sentence)).join('');
    const german = new Map(sentences(de));
    const differing = sentences(en).filter(([place, sentence]) => typeof at(en, place) === 'function' && holes(sentence) !== holes(german.get(place) ?? ''));
    expect(differing).toEqual([]);
  });
});

function at(catalogue: unknown, place: string): unknown {
  return place.replace('(1)', '').split('.').reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], catalogue);
}

/** Words that stand in the source of the window's screens: text between tags, and what is read aloud or shown as a tip. */
function literalWords(file: string, source: string): string[] {
  const { program } = parseSync(file, source);
  const found: string[] = [];
  const spoken = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'hint', 'aria-description', 'aria-roledescription']);
  const add = (value: unknown): void => { if (typeof value === 'string' && /\p{L}{2}/u.test(value)) found.push(value.trim()); };
  const literal = (node: { type: string; value?: unknown; expression?: unknown; quasis?: { value: { cooked: string | null } }[] }): void => {
    if (node.type === 'Literal') add(node.value);
    if (node.type === 'TemplateLiteral') for (const part of node.quasis ?? []) add(part.value.cooked);
    if (node.type === 'JSXExpressionContainer') literal(node.expression as Parameters<typeof literal>[0]);
  };
  new Visitor({
    JSXText: (node) => { add(node.value); },
    JSXAttribute: (node) => { if (node.name.type === 'JSXIdentifier' && spoken.has(node.name.name) && node.value) literal(node.value); },
    JSXElement: (node) => { for (const child of node.children) if (child.type === 'JSXExpressionContainer') literal(child); },
  }).visit(program);
  return found;
}

test('no screen of the window has words of its own: all are in the catalogue', () => {
  const files = globSync('src/renderer/**/*.tsx', { cwd: top });
  expect(files.length).toBeGreaterThan(40);
  expect(files.flatMap((file) => literalWords(file, readFileSync(join(top, file), 'utf8')).map((words) => `${file}: ${words}`))).toEqual([]);
});

test.each([
  ['<p>Hello</p>', 'Hello'], ['<p>{"Hello"}</p>', 'Hello'], ['<b title="Close it" />', 'Close it'], ['<b aria-label={`Close ${x}`} />', 'Close'], ['<Field label="Status" />', 'Status'],
])('words that are planted in a screen are found: %s', (jsx, words) => {
  expect(literalWords('x.tsx', `const x = 1; export const y = () => ${jsx};`)).toEqual([words]);
});

describe('in the language that is shown', () => {
  afterEach(() => { setCatalogue(en); setLocale('en-GB'); });
  const staffName = (): string => 'Alex Kim';
  const change = { kind: 'change' as const, text: null, change: { status: 'in_progress' as const, assignee_id: 'x', tags: { add: ['a'], remove: ['b'] } } };

  test('an operation is worded from its values', () => {
    expect(operationText(change, staffName)).toBe('Status: In progress, Assignee: Alex Kim, Add tag a, Remove tag b');
    expect(operationText({ kind: 'close', text: null, change: null }, staffName)).toBe('Close the ticket');
    expect(operationText({ kind: 'reply', text: 'Dear Dana', change: null }, staffName)).toBe('Dear Dana');
    expect([fieldText('assignee_id', null, staffName), fieldText('priority', 'brand_new', staffName), fieldText('snoozed_until', null, staffName)]).toEqual(['Nobody', 'brand_new', 'no']);
    setCatalogue(de);
    expect(operationText(change, staffName)).toBe('Status: In Arbeit, Zuständig: Alex Kim, Tag a hinzufügen, Tag b entfernen');
  });

  test('days, ages, sizes and numbers are written as it writes them', () => {
    const now = new Date(2026, 10, 25, 12, 0).getTime();
    const yesterday = new Date(2026, 10, 24, 12, 0).getTime();
    const written = (): string[] => [shortTime(yesterday, now), dayHeading(now, now), age(now - 180_000, now) ?? '', age(now - 4 * 86_400_000, now) ?? '', formatCount(1_234_567), formatBytes(7_640_000), weekdayName(0)];
    expect(written()).toEqual(['Yesterday', 'Today', '3 min ago', '4 days ago', '1,234,567', '7.6 MB', 'Monday']);
    setLocale('de-DE');
    expect(written()).toEqual(['Gestern', 'Heute', 'vor 3 Min.', 'vor 4 Tagen', '1.234.567', '7,6 MB', 'Montag']);
  });
});
