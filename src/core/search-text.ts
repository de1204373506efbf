import type { SearchTerm } from './search-query.ts';

/** Japanese, Chinese, Thai, Lao, Khmer and Burmese are written without spaces, so a word index does not find their parts. */
const unspaced = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々`;
const unspacedRuns = new RegExp(`[${unspaced}]+`, 'gu');
const anyUnspaced = new RegExp(`[${unspaced}]`, 'u');
const letter = String.raw`[\p{L}\p{N}\p{M}]`;

/** What the index is asked for: expressions of FTS5, null where nothing of the kind was typed. */
export interface TextMatch { words: string | null; parts: string | null; notWords: string | null }

/** Letters that are folded here as in the index (a test compares them), as a word of at least four. */
const comparable = /^[A-Za-zÀ-ÖØ-öø-žА-ИК-Яа-ик-я][0-9A-Za-zÀ-ÖØ-öø-žА-ИК-Яа-ик-я]{3,}$/;

/**
 * Each word must be there, the last may still be growing; runs of unspaced scripts are looked for as parts. `known`: the words of the
 * index that begin so, which it finds by name in less time, or null where they are not known.
 */
export function matchOf(terms: readonly SearchTerm[], without: readonly SearchTerm[], known: (begin: string) => readonly string[] | null = () => null): TextMatch {
  const growing = (text: string): string => {
    const words = comparable.test(text) ? known(foldText(text)) : null;
    if (words === null) return `${quote(text)} *`;
    return words.length === 0 ? quote(text) : `(${words.map(quote).join(' OR ')})`;
  };
  const cut = terms.map((term) => cutScripts(term.text, term.phrase));
  const words = cut.flatMap(({ rest, grows }) => rest.map((text) => (grows ? growing(text) : quote(text))));
  const parts = cut.flatMap(({ runs }) => runs.map(partExpression));
  const not = without.filter(({ text }) => !anyUnspaced.test(text)).map(({ text }) => quote(text));
  return { words: words.length > 0 ? words.join(' AND ') : null, parts: parts.length > 0 ? parts.join(' AND ') : null, notWords: not.length > 0 ? not.join(' OR ') : null };
}

function cutScripts(text: string, phrase: boolean): { runs: string[]; rest: string[]; grows: boolean } {
  const runs = text.normalize('NFKC').match(unspacedRuns) ?? [];
  // One letter begins too much: it is a word for as long as it stands alone.
  if (runs.length === 0) return { runs, rest: [text], grows: !phrase && text.length > 1 };
  return { runs, rest: text.replace(unspacedRuns, ' ').split(' ').filter((word) => new RegExp(letter, 'u').test(word)), grows: false };
}

/**
 * The terms that are looked for while the last is still being typed: next to others, or to what else narrows the search, its first
 * letter says nothing yet. Where words are written together one letter is a part.
 */
export function termsSoFar(terms: readonly SearchTerm[], input: string, narrowed: boolean): readonly SearchTerm[] {
  const last = terms.at(-1);
  const begins = last !== undefined && !last.phrase && /(^|\s)\p{L}$/u.test(input) && !anyUnspaced.test(last.text);
  return begins && (narrowed || terms.length > 1) ? terms.slice(0, -1) : terms;
}

/** An FTS5 string: doubled quotes are the only escape, so nothing typed can become an operator. */
function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/**
 * What the index of parts holds of a text: every run of an unspaced script as its pairs of letters, and its last letter; null
 * for a text without any. Pairs in a row are then a part, and no other text has them.
 */
export function partsOf(text: string): string | null {
  if (!anyUnspaced.test(text)) return null;
  const runs = text.normalize('NFKC').match(unspacedRuns) ?? [];
  return runs.map((run) => pairsOf(run).concat([...run].slice(-1)).join(' ')).join(' . ');
}

function pairsOf(run: string): string[] {
  const letters = [...run];
  return letters.slice(1).map((second, i) => `${letters[i] ?? ''}${second}`);
}

/** One letter begins a pair, or stands last. */
function partExpression(run: string): string {
  const pairs = pairsOf(run);
  return pairs.length === 0 ? `${quote(run)} *` : quote(pairs.join(' '));
}

/** Without case and accents, as the index has it. Each letter keeps its own place; see `foldWithPlaces`. */
export function foldText(text: string): string {
  return foldWithPlaces(text).folded;
}

function foldWithPlaces(text: string): { folded: string; places: number[] | null } {
  // ASCII: most of what is written, and every letter stays where it is.
  if (/^[\u0000-\u007f]*$/.test(text)) return { folded: text.toLowerCase(), places: null }; // oxlint-disable-line no-control-regex -- the whole of ASCII is meant
  let folded = '';
  const places: number[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    // Only Latin, Greek and Cyrillic have accents that are no letters of their own.
    const plain = code >= 0x80 && code < 0x2000 ? (text[i] ?? '').normalize('NFD').replace(/[\u0300-\u036f]/gu, '').toLowerCase() : (text[i] ?? '').toLowerCase();
    for (let n = 0; n < plain.length; n += 1) places.push(i);
    folded += plain;
  }
  places.push(text.length);
  return { folded, places };
}

export interface Found { from: number; to: number }
/** Where the words of a search stand in a text, in order and not overlapping. */
export type Finder = (text: string) => Found[];

/** Longer texts are looked at no further: highlighting must never be what takes time. */
const longestFolded = 50_000;

/** Finds words as the index does: whole words or their beginnings without case and accents, parts in unspaced scripts. Null without words. */
export function createFinder(terms: readonly SearchTerm[]): Finder | null {
  const patterns = terms.flatMap(patternsOf);
  if (patterns.length === 0) return null;
  const any = new RegExp(patterns.join('|'), 'gu');
  return (text) => {
    const { folded, places } = foldWithPlaces(text.slice(0, longestFolded));
    return [...folded.matchAll(any)].map((m) => ({ from: places ? (places[m.index] ?? 0) : m.index, to: places ? (places[m.index + m[0].length] ?? text.length) : m.index + m[0].length }));
  };
}

function patternsOf({ text, phrase }: SearchTerm): string[] {
  const { runs, rest } = cutScripts(text, phrase);
  const words = rest.flatMap((word) => {
    const tokens = foldText(word).match(new RegExp(`${letter}+`, 'gu')) ?? [];
    return tokens.length === 0 ? [] : [`(?<!${letter})${tokens.join(String.raw`[^\p{L}\p{N}\p{M}]+`)}${phrase ? `(?!${letter})` : ''}`];
  });
  return [...words, ...runs];
}

/** Whether a text has a term in it. */
export function hasTerm(text: string, term: SearchTerm): boolean {
  return (createFinder([term])?.(text) ?? []).length > 0;
}

// A row of the list is narrow: what was found must stand in it, not behind its end.
const before = 14;
const after = 110;

/** Some text on one line around the first word that is found; `\u0001` and `\u0002` stand around each. Null where none is in it. */
export function excerptOf(text: string, find: Finder): string | null {
  const found = find(text);
  const first = found[0];
  if (!first) return null;
  const from = wordStart(text, first.from - before);
  const to = Math.min(text.length, first.to + after);
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
  // Never inside a pair of surrogates.
  return /[\uDC00-\uDFFF]/u.test(text[at] ?? '') ? at + 1 : at;
}
