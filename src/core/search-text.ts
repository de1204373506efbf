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
 * not find parts of them.
 */
const unspacedRuns = new RegExp(`[${unspacedLetters}](?:[${unspacedLetters}]|\\p{M})*`, 'gu');
const anyUnspaced = new RegExp(`[${unspacedLetters}]`, 'u');

/** The FTS5 expressions for the index; null if nothing of that kind was typed. */
export interface TextMatch {
  words: string | null;
  parts: string | null;
  notWords: string | null;
}

/** Words of at least four letters without figures are looked up in the index's vocabulary. */
const namedLength = 4;

/**
 * Every word must occur; the last one may be incomplete. Runs of unspaced scripts are searched as
 * parts. `known`: returns the words of the index that begin with a text, which are then searched by
 * name in less time; null if they are unknown.
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

/** A term, cut for the search. */
interface CutTerm {
  /** The runs of unspaced scripts. */
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
  // A single letter begins too many words, so it is searched as a complete word.
  if (words.length === 1 && [...begin].length === 1) return quote(words);
  const named =
    words.length === 1 && [...begin].length >= namedLength && !/\d/.test(begin)
      ? known(begin)
      : null;
  if (named === null) return `${quote(words)} *`;
  return named.length === 0 ? quote(words) : `(${named.map((word) => quote([word])).join(' OR ')})`;
}

/**
 * The terms to search while the last one is being typed. Its first letter is left out if there are
 * other terms or conditions, because it says nothing yet; in an unspaced script one letter is a
 * part already.
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
 * An FTS5 string of consecutive words. They contain no quotes, so nothing typed can become an
 * operator.
 */
function quote(words: readonly string[]): string {
  return `"${words.join(' ')}"`;
}

/**
 * The entry of a folded text in the index of parts: every run of an unspaced script as its pairs of
 * letters and its last letter; null for a text without any. Consecutive pairs then match a part,
 * and nothing else.
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

/** A single letter begins a pair or is the last one. */
function partExpression(run: string): string {
  const pairs = pairsOf(run);
  return pairs.length === 0 ? `${quote([run])} *` : quote(pairs);
}

/**
 * The FTS5 expression for a person's name and address in the index, which also contains the parts
 * of unspaced names.
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
/** Finds the words of a search in a text, in order and without overlaps. */
export type Finder = (text: string) => Found[];

/** Texts are searched only up to this length, so that highlighting never takes noticeable time. */
const longestFolded = 50_000;

/**
 * Finds words as the index does: complete words or their beginnings, folded, and parts in unspaced
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
      // Two words may be parts of one visible character.
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

/** Returns a test whether a text contains all terms. */
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

/** True if a text contains a term. */
export function hasTerm(text: string, term: SearchTerm): boolean {
  return createTest([term])(text);
}

// A row of the list is narrow: the match must be visible in it, not beyond its end.
const before = 14;
const after = 110;

/**
 * Text on one line around the first match; `\u0001` and `\u0002` enclose each match. Null if there
 * is none.
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

/** Moves back to the beginning of a word if it is near. */
function wordStart(text: string, wanted: number): number {
  if (wanted <= 0) return 0;
  const space = text.slice(wanted, wanted + 16).search(/\s/u);
  const at = space < 0 ? wanted : wanted + space + 1;
  return wholeCharacters(text, at, at + 1).from;
}
