import type { KeepChoice } from '../contract/bridge.ts';
import { day } from './time.ts';

/** A copy of at most this many tickets is kept complete unless the agent chooses less. */
export const smallCopy = 20_000;
/** Days that a larger one keeps closed tickets by default. */
export const usualDays = 90;
/** How long (ms) a closed ticket is kept after it was opened, whatever its age. */
export const openedKeptMs = 7 * day;

/**
 * The days that closed tickets are kept, null for all. `bounded`: some are left out already; a copy
 * that is small only for that reason stays so.
 */
export function keptDays(choice: KeepChoice, tickets: number, bounded: boolean): number | null {
  if (choice === 'all') return null;
  if (choice !== 'auto') return choice;
  return bounded || tickets > smallCopy ? usualDays : null;
}

/**
 * True if more is wanted than the copy was made with: only a full sync can add it. Times in ms;
 * null: all. One day more is not worth a full sync.
 */
export function needsNewCopy(wanted: number | null, kept: number | null): boolean {
  return kept !== null && (wanted === null || wanted < kept - day);
}
