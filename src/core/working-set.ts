import type { KeepChoice } from '../contract/bridge.ts';
import { day } from './time.ts';

/** A copy of at most so many tickets is kept whole unless the agent wants less. */
export const smallCopy = 20_000;
/** How far back a larger one is kept where nothing was chosen. */
export const usualDays = 90;
/** A closed ticket that was opened stays so long after it, however old it is. */
export const openedKeptMs = 7 * day;

/**
 * How many days back closed tickets are kept, null for all. `bounded`: some are left out already,
 * so a copy that has become small by that stays as it is.
 */
export function keptDays(choice: KeepChoice, tickets: number, bounded: boolean): number | null {
  if (choice === 'all') return null;
  if (choice !== 'auto') return choice;
  return bounded || tickets > smallCopy ? usualDays : null;
}

/**
 * Whether more is wanted than the copy was made for: only a new one brings it. Times in ms; null:
 * all. A day is not worth a copy.
 */
export function needsNewCopy(wanted: number | null, kept: number | null): boolean {
  return kept !== null && (wanted === null || wanted < kept - day);
}
