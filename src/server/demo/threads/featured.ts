import type { Random } from '../random.ts';
import type { DemoTicket } from '../types.ts';
import type { Desk } from './ticket.ts';

/** When the hand-written threads begin and whether they are over. */
export const featuredStarts = (_anchor: number): { start: number; closed: boolean }[] => [];

/** One of the hand-written threads. */
export function featuredTicket(_random: Random, _desk: Desk, which: number): DemoTicket {
  throw new RangeError(`There is no hand-written thread ${which}.`);
}
