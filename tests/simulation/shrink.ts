import { join } from 'node:path';
import { runHistory, type History, type HistoryOptions } from './history.ts';

/**
 * Leaves out as many steps of a failing history as it can while the same check still fails; answers
 * what is left.
 */
export async function shrink(
  failed: History,
  { steps, without }: Pick<HistoryOptions, 'steps' | 'without'>,
  home: string,
  attempts = 150,
): Promise<History> {
  const check = failed.failure?.check;
  let best = failed;
  let left = attempts;
  const tryWith = async (keep: number[]): Promise<boolean> => {
    left -= 1;
    const history = await runHistory({
      seed: failed.seed,
      steps,
      keep,
      ...(without ? { without } : {}),
      home: join(home, `shrink-${left}`),
    });
    if (history.failure?.check !== check) return false;
    best = history;
    return true;
  };
  const kept = (): number[] => best.done.map(({ step }) => step.index);
  for (
    let size = Math.ceil(kept().length / 2);
    size >= 1 && left > 0;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    // From the end, since what came after the fault can go first.
    for (let end = kept().length; end > 0 && left > 0; end -= size) {
      const all = kept();
      const shorter = [...all.slice(0, Math.max(0, end - size)), ...all.slice(end)];
      if (shorter.length < all.length) await tryWith(shorter);
    }
  }
  return best;
}

/** Step numbers as `3,7-9`. */
export function writeRanges(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < numbers.length;) {
    let j = i;
    while (j + 1 < numbers.length && numbers[j + 1] === (numbers[j] ?? 0) + 1) j += 1;
    parts.push(i === j ? String(numbers[i]) : `${numbers[i]}-${numbers[j]}`);
    i = j + 1;
  }
  return parts.join(',');
}

const mostSteps = 1_000_000;

/** Reads `3,7-9`, or `none`. Throws RangeError on anything else. */
export function readRanges(text: string): number[] {
  if (text === 'none') return [];
  return text.split(',').flatMap((part) => {
    const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    const [first, last] = [Number(from), Number(to ?? from)];
    if (from === undefined || last < first || last > mostSteps)
      throw new RangeError(`--keep takes a list of steps such as 3,7-9, or none, not "${text}".`);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}
