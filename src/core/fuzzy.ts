import { fold, foldWithPlaces, isWordLetter } from './folding.ts';

export interface FuzzyMatch {
  score: number;
  /** The indexes of the letters in the text that match. */
  at: number[];
  /** The match consists of beginnings of words only. */
  words: boolean;
}
type Placed = Omit<FuzzyMatch, 'words'>;

const wordStart = 7;
const inARow = 8;
const textStart = 4;
/** A higher score than scattered letters can reach. */
const asWords = 1_000;

/**
 * Scores how well the letters of `query` occur in `text` in their order: beginnings of words come
 * before everything else, then consecutive letters and first letters count most, so that 'asme'
 * finds 'Assign to me'. Both are folded. Null: no match.
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | null {
  const typed = fold(query).trim();
  const wanted = [...typed.replace(/\s+/g, '')];
  if (wanted.length === 0) return { score: 0, at: [], words: true };
  const { letters, original } = lettersOf(text);
  const asTyped = placeWords(typed.split(/\s+/), letters);
  const found = asTyped ?? placeLetters(wanted, letters);
  if (found === null) return null;
  return {
    score: found.score - letters.length / 100,
    at: [...new Set(found.at.map((i) => original[i] ?? 0))],
    words: asTyped !== null,
  };
}

/** The folded letters of a text, with the index of the original letter that each comes from. */
function lettersOf(text: string): { letters: string[]; original: number[] } {
  const { text: folded, places } = foldWithPlaces(text);
  const letters = [...folded];
  if (places === null) return { letters, original: letters.map((_, i) => i) };
  // From UTF-16 units to letters of the original.
  const index: number[] = [];
  for (const [n, letter] of [...text].entries())
    for (let unit = 0; unit < letter.length; unit += 1) index.push(n);
  let unit = 0;
  const original = letters.map((letter) => {
    const at = index[places.from[unit] ?? 0] ?? 0;
    unit += letter.length;
    return at;
  });
  return { letters, original };
}

/**
 * Places each word at a word of the text that begins with it, in any order; the first ones score
 * best.
 */
function placeWords(words: readonly string[], letters: readonly string[]): Placed | null {
  const at: number[] = [];
  for (const word of words.map((one) => [...one])) {
    const beginsAt = (i: number): boolean =>
      isWordStart(letters, i) && word.every((letter, n) => letters[i + n] === letter);
    const from = letters.findIndex((_, i) => beginsAt(i) && !at.includes(i));
    if (from < 0) return null;
    at.push(...word.map((_, n) => from + n));
  }
  const [first = 0] = at;
  const inOrder = at.every((one, i) => i === 0 || one > (at[i - 1] ?? 0));
  return {
    score:
      asWords + (inOrder ? inARow : 0) + (first === 0 ? textStart : 0) - Math.min(first, 10) / 10,
    at,
  };
}

function placeLetters(wanted: readonly string[], letters: readonly string[]): Placed | null {
  // best[i]: the best placement of the letters so far with the last one at i.
  let best: (Placed | null)[] = [];
  for (const [n, letter] of wanted.entries()) {
    const next: (Placed | null)[] = [];
    let before: Placed | null = null;
    for (const [i, here] of letters.entries()) {
      const near = best[i - 1] ?? null;
      if (i >= 2) before = better(before, best[i - 2] ?? null);
      if (here !== letter) {
        next.push(null);
        continue;
      }
      const own = i === 0 ? wordStart + textStart : isWordStart(letters, i) ? wordStart : 0;
      if (n === 0) next.push({ score: own - Math.min(i, 10) / 10, at: [i] });
      else
        next.push(
          better(
            near && { score: near.score + own + inARow, at: [...near.at, i] },
            before && { score: before.score + own - 1, at: [...before.at, i] },
          ),
        );
    }
    best = next;
  }
  return best.reduce(better, null);
}

function better(a: Placed | null, b: Placed | null): Placed | null {
  return a === null || (b !== null && b.score > a.score) ? b : a;
}

function isWordStart(letters: readonly string[], i: number): boolean {
  return !isWordLetter(letters[i - 1] ?? ' ');
}

/** The matching texts, best first; equal ones keep their order. */
export function fuzzyRank<T>(
  query: string,
  items: readonly T[],
  textOf: (item: T) => string,
): { item: T; at: number[] }[] {
  return items
    .flatMap((item) => {
      const match = fuzzyMatch(query, textOf(item));
      return match ? [{ item, ...match }] : [];
    })
    .toSorted((a, b) => b.score - a.score);
}
