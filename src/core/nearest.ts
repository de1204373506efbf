import { editDistance } from './edit-distance.ts';
import { fold } from './folding.ts';

const mostSlips = 2;

/**
 * The known values, those that were most likely meant by a typed one first: the ones that differ in
 * a letter or two. The others keep their order.
 */
export function nearestFirst(typed: string, known: readonly string[]): string[] {
  return known.toSorted((a, b) => distance(typed, a) - distance(typed, b));
}

/** Those that were probably meant, the likest first. */
export function likelyMeant(typed: string, known: readonly string[]): string[] {
  return nearestFirst(typed, known).filter((one) => distance(typed, one) <= mostSlips);
}

function distance(typed: string, value: string): number {
  const [a, b] = [typed, value].map((text) => fold(text).replace(/[\s-]/gu, '_'));
  return Math.min(mostSlips + 1, editDistance(a ?? '', b ?? '', mostSlips));
}
