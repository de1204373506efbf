import { editDistance } from './edit-distance.ts';
import { fold } from './folding.ts';

const mostSlips = 2;

/**
 * The known values, those that were most likely meant by a typed one first: the ones that differ in
 * a letter or two. The others keep their order.
 */
export function nearestFirst(typed: string, known: readonly string[]): string[] {
  const folded = fold(typed).replace(/[\s-]/gu, '_');
  const distance = (value: string): number =>
    Math.min(mostSlips + 1, editDistance(folded, value, mostSlips));
  return known.toSorted((a, b) => distance(a) - distance(b));
}
