import type { Pool } from '../db/pool.ts';
import { followUp, generateDemo } from './generate.ts';
import { insertDemo } from './seed.ts';
import { startTraffic } from './traffic.ts';

const seed = 20_251_123;

/**
 * Fills an empty database with `tickets` demo tickets that end now; a database in use is left as it
 * is.
 */
export async function seedDemo(pool: Pool, tickets: number): Promise<void> {
  const customers = Math.max(10, Math.min(900, Math.ceil(tickets * 0.45)));
  await insertDemo(pool, () => generateDemo({ seed, tickets, customers, anchor: new Date() }));
}

/** Lets customers write to open tickets every 20 to 60 s until stopped. */
export function startDemoTraffic(pool: Pool): { stop: () => void } {
  return startTraffic(pool, followUp);
}
