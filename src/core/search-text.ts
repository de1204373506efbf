import {
  fold,
  foldWithPlaces,
  originalOf,
  unspacedLetters,
  wholeCharacters,
  wordLetter,
  wordsOf,
} from './folding.ts';
import { joinedQuery, numberPattern } from './search-numbers.ts';
import type { SearchTerm } from './search-term.ts';

/**
 * Japanese, Chinese, Thai, Lao, Khmer and Burmese are written without spaces, so a word index does
 * not find their parts.
 */
const unspacedRuns = new RegExp(`[${unspacedLetters}](?:[${unspacedLetters}]|\\p{M})*`, 'gu');
const anyUnspaced = new RegExp(`[${unspacedLetters}]`, 'u');

/** What the index is asked for: expressions of FTS5, null where nothing of the kind was typed. */
export interface TextMatch {
  words: string | null;
  parts: string | null;
  notWords: string | null;
}

/** Words of at least four letters, none of them a figure: the index knows those by name. */
const namedLength = 4;

/**
 * Each word must be there, the last may still be growing; runs of unspaced scripts are looked for
 * as parts. `known`: the words of the index that begin so, which it finds by name in less time, or
 * null where they are not known.
 */
export function matchOf(
  terms: readonly SearchTerm[],
  without: readonly SearchTerm[],
  known: (begin: string) => readonly string[] | null = () => null,
): TextMatch {
  const cut = terms.map(cutTerm);
  const words = cut.flatMap((term) => wordExpression(term, known));
  const parts = cut.flatMap(({ runs }) => runs.map(partExpression));
  const not = without
    .map(cutTerm)
    .filter(({ runs, groups }) => runs.length === 0 && groups.length > 0)
    .map(({ groups }) => quote(groups.flat()));
  return {
    words: words.length > 0 ? words.join(' AND ') : null,
    parts: parts.length > 0 ? parts.join(' AND ') : null,
    notWords: not.length > 0 ? not.join(' OR ') : null,
  };
}

/** A term as it is looked for. */
interface CutTerm {
  /** Of unspaced scripts. */
  runs: string[];
  /** The words of each of its other pieces. */
  groups: string[][];
  /** Its number without separators. */
  joined: string[];
  grows: boolean;
}

function cutTerm({ text, phrase }: SearchTerm): CutTerm {
  const folded = fold(text);
  const rest = folded.replace(unspacedRuns, ' ');
  const pieces = phrase ? [rest] : rest.split(/\s+/);
  return {
    runs: folded.match(unspacedRuns) ?? [],
    groups: pieces.map(wordsOf).filter((words) => words.length > 0),
    joined: joinedQuery(folded),
    grows: !phrase,
  };
}

function wordExpression(
  { groups, joined, grows }: CutTerm,
  known: (begin: string) => readonly string[] | null,
): string[] {
  const written = groups.map((words) => (grows ? growing(words, known) : quote(words)));
  if (joined.length === 0) return written;
  const all = written.length > 1 ? `(${written.join(' AND ')})` : written.join('');
  return [
    `(${[all, ...joined.map((one) => (grows ? `${quote([one])} *` : quote([one])))].join(' OR ')})`,
  ];
}

function growing(
  words: readonly string[],
  known: (begin: string) => readonly string[] | null,
): string {
  const [begin = ''] = words;
  // One letter begins too much: it is a word for as long as it stands alone.
  if (words.length === 1 && [...begin].length === 1) return quote(words);
  const named =
    words.length === 1 && [...begin].length >= namedLength && !/\d/.test(begin)
      ? known(begin)
      : null;
  if (named === null) return `${quote(words)} *`;
  return named.length === 0 ? quote(words) : `(${named.map((word) => quote([word])).join(' OR ')})`;
}

/**
 * The terms that are looked for while the last is still being typed: next to others, or to what
 * else narrows the search, its first letter says nothing yet. Where words are written together one
 * letter is a part.
 */
export function termsSoFar(
  terms: readonly SearchTerm[],
  input: string,
  narrowed: boolean,
): readonly SearchTerm[] {
  const last = terms.at(-1);
  const begins =
    last !== undefined &&
    !last.phrase &&
    /(^|\s)\p{L}$/u.test(input) &&
    !anyUnspaced.test(last.text);
  return begins && (narrowed || terms.length > 1) ? terms.slice(0, -1) : terms;
}

/**
 * An FTS5 string of words in a row. They hold no quotes, so nothing typed can become an operator.
 */
function quote(words: readonly string[]): string {
  return `"${words.join(' ')}"`;
}

/**
 * What the index of parts holds of a folded text: every run of an unspaced script as its pairs of
 * letters, and its last letter; null for a text without any. Pairs in a row are then a part, and no
 * other text has them.
 */
export function partsOf(folded: string): string | null {
  if (!anyUnspaced.test(folded)) return null;
  const runs = folded.match(unspacedRuns) ?? [];
  return runs
    .map((run) =>
      pairsOf(run)
        .concat([...run].slice(-1))
        .join(' '),
    )
    .join(' . ');
}

function pairsOf(run: string): string[] {
  const letters = [...run];
  return letters.slice(1).map((second, i) => `${letters[i] ?? ''}${second}`);
}

/** One letter begins a pair, or stands last. */
function partExpression(run: string): string {
  const pairs = pairsOf(run);
  return pairs.length === 0 ? `${quote([run])} *` : quote(pairs);
}

/**
 * As an expression over a person's name and address in the index, where parts of unspaced names
 * stand beside them.
 */
export function personMatch(text: string): string | null {
  const { runs, groups } = cutTerm({ text, phrase: true });
  const asked = [...groups.map((words) => `${quote(words)} *`), ...runs.map(partExpression)];
  return asked.length === 0 ? null : asked.join(' AND ');
}

interface Found {
  from: number;
  to: number;
}
/** Where the words of a search stand in a text, in order and not overlapping. */
export type Finder = (text: string) => Found[];

/** Longer texts are looked at no further: highlighting must never be what takes time. */
const longestFolded = 50_000;

/**
 * Finds words as the index does: whole words or their beginnings, folded, and parts in unspaced
 * scripts. Null without words.
 */
export function createFinder(terms: readonly SearchTerm[]): Finder | null {
  const patterns = terms.flatMap((term) => [...numberOf(term), ...patternsOf(term)]);
  if (patterns.length === 0) return null;
  const any = new RegExp(patterns.join('|'), 'gsu');
  return (text) => {
    const folded = foldWithPlaces(text.slice(0, longestFolded));
    const all = [...folded.text.matchAll(any)].map(({ 0: found, index }) =>
      originalOf(text, folded, index, index + found.length),
    );
    let end = 0;
    return all.filter(({ from, to }) => {
      // Two words may be parts of what is seen as one character.
      const apart = from >= end && to > from;
      if (apart) end = to;
      return apart;
    });
  };
}

const numberOf = ({ text }: SearchTerm): string[] => {
  const pattern = numberPattern(fold(text));
  return pattern === null ? [] : [pattern];
};

function patternsOf(term: SearchTerm): string[] {
  const { runs, groups, grows } = cutTerm(term);
  const words = groups.map(
    (group) =>
      `(?<!${wordLetter})${group.join(`(?:(?!${wordLetter}).)+`)}${grows ? '' : `(?!${wordLetter})`}`,
  );
  return [...words, ...runs];
}

/** Whether a text has all of some terms in it. */
export function createTest(terms: readonly SearchTerm[]): (text: string) => boolean {
  const compiled = (patterns: readonly string[]): RegExp[] =>
    patterns.map((pattern) => new RegExp(pattern, 'su'));
  const tests = terms.map((term) => ({
    all: compiled(patternsOf(term)),
    or: compiled(numberOf(term)),
  }));
  return (text) => {
    const folded = fold(text.slice(0, longestFolded));
    return tests.every(
      ({ all, or }) =>
        (all.length > 0 && all.every((one) => one.test(folded))) ||
        or.some((one) => one.test(folded)),
    );
  };
}

/** Whether a text has a term in it. */
export function hasTerm(text: string, term: SearchTerm): boolean {
  return createTest([term])(text);
}

// A row of the list is narrow: what was found must stand in it, not behind its end.
const before = 14;
const after = 110;

/**
 * Some text on one line around the first word that is found; `\u0001` and `\u0002` stand around
 * each. Null where none is in it.
 */
export function excerptOf(text: string, find: Finder): string | null {
  const found = find(text);
  const first = found[0];
  if (!first) return null;
  const from = Math.min(wordStart(text, first.from - before), first.from);
  const { to } = wholeCharacters(text, from, Math.min(text.length, first.to + after));
  let shown = from > 0 ? '…' : '';
  let at = from;
  for (const one of found) {
    if (one.to > to) break;
    shown += `${text.slice(at, one.from)}\u0001${text.slice(one.from, one.to)}\u0002`;
    at = one.to;
  }
  return `${shown}${text.slice(at, to)}`.replace(/\s+/gu, ' ');
}

/** Not in the middle of a word where its beginning is near. */
function wordStart(text: string, wanted: number): number {
  if (wanted <= 0) return 0;
  const space = text.slice(wanted, wanted + 16).search(/\s/u);
  const at = space < 0 ? wanted : wanted + space + 1;
  return wholeCharacters(text, at, at + 1).from;
}
