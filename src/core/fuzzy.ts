export interface FuzzyMatch { score: number; /** Which letters of the text were meant. */ at: number[] }

const wordStart = 7;
const inARow = 8;
const textStart = 4;

/**
 * Whether the letters of `query` stand in `text` in their order, and how well: letters in a row and beginnings of words count
 * most, so that 'asme' finds 'Assign to me'. Accents and capitals do not matter. Null: no match.
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | null {
  const wanted = [...fold(query).replace(/\s+/g, '')];
  if (wanted.length === 0) return { score: 0, at: [] };
  const letters = [...text].map(fold);
  // best[i]: the best way to place the letters so far with the last one at i.
  let best: (FuzzyMatch | null)[] = [];
  for (const [n, letter] of wanted.entries()) {
    const next: (FuzzyMatch | null)[] = [];
    let before: FuzzyMatch | null = null;
    for (const [i, here] of letters.entries()) {
      const near = best[i - 1] ?? null;
      if (i >= 2) before = better(before, best[i - 2] ?? null);
      if (here !== letter) { next.push(null); continue; }
      const own = i === 0 ? wordStart + textStart : isWordStart(letters, i) ? wordStart : 0;
      if (n === 0) next.push({ score: own - Math.min(i, 10) / 10, at: [i] });
      else next.push(better(near && { score: near.score + own + inARow, at: [...near.at, i] }, before && { score: before.score + own - 1, at: [...before.at, i] }));
    }
    best = next;
  }
  const found = best.reduce(better, null);
  return found && { ...found, score: found.score - letters.length / 100 };
}

function better(a: FuzzyMatch | null, b: FuzzyMatch | null): FuzzyMatch | null {
  return a === null || (b !== null && b.score > a.score) ? b : a;
}

function isWordStart(letters: readonly string[], i: number): boolean {
  return !/[\p{L}\p{N}]/u.test(letters[i - 1] ?? ' ');
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The texts that match, best first; equal ones keep their order. */
export function fuzzyRank<T>(query: string, items: readonly T[], textOf: (item: T) => string): { item: T; at: number[] }[] {
  return items
    .flatMap((item) => { const match = fuzzyMatch(query, textOf(item)); return match ? [{ item, ...match }] : []; })
    .toSorted((a, b) => b.score - a.score)
    .map(({ item, at }) => ({ item, at }));
}
