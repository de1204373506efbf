import { editDistance } from './edit-distance.ts';
import { fold, wordsOf } from './folding.ts';

/**
 * A choice begun in a text: a macro after `/`, a colleague after `@`. `from`: the position of that
 * sign.
 */
export interface Completion {
  kind: 'macro' | 'mention';
  from: number;
  query: string;
}

/** Longer than any name that someone would still be typing. */
const longestQuery = 40;

/**
 * The choice at the caret, if any: its sign begins a word, and the query between sign and caret is
 * on one line. `mentions`: colleagues can be chosen, as in notes.
 */
export function completionAt(text: string, caret: number, mentions: boolean): Completion | null {
  // If this cuts a word in two, the rest is longer than any query.
  const before = text.slice(Math.max(0, caret - longestQuery - 2), caret);
  const found = /(?:^|\s)([/@])([^\n/@]*)$/u.exec(before);
  if (!found) return null;
  const [, sign = '', query = ''] = found;
  if (query.startsWith(' ') || query.length > longestQuery || (sign === '@' && !mentions))
    return null;
  return { kind: sign === '/' ? 'macro' : 'mention', from: caret - query.length - 1, query };
}

/** True if every word of the query begins a word of one of the texts; both are folded. */
export function fits(query: string, ...texts: readonly string[]): boolean {
  const words = foldedWords(texts);
  return partsOf(query).every((part) => words.some((word) => word.startsWith(part)));
}

/**
 * Like `fits`, but allows one typing error in a word of four letters or more, and two in a long
 * one.
 */
export function nearlyFits(query: string, ...texts: readonly string[]): boolean {
  const words = foldedWords(texts);
  return partsOf(query).every((part) =>
    words.some((word) => word.startsWith(part) || isSlipOf(part, word)),
  );
}

const foldedWords = (texts: readonly string[]): string[] =>
  texts.map(fold).flatMap((text) => [text, ...wordsOf(text)]);
const partsOf = (query: string): string[] =>
  fold(query)
    .split(/\s+/)
    .filter((part) => part !== '');

const shortestSlip = 4;
const longWord = 8;

/** The first letter must be right, or exchanged with the second: hardly anyone misses it. */
function isSlipOf(typed: string, word: string): boolean {
  if (typed.length < shortestSlip || ![word[0], word[1]].includes(typed[0])) return false;
  const most = typed.length < longWord ? 1 : 2;
  const beginnings = Array.from({ length: 2 * most + 1 }, (_, n) =>
    word.slice(0, typed.length - most + n),
  );
  return beginnings.some((begin) => editDistance(typed, begin, most) <= most);
}
