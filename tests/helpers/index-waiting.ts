import type { ReadDb } from '../../src/main/db/open.ts';

/** How many tickets and messages wait for the search index, counted up to `most`. */
export function countWaiting(db: ReadDb, most: number): number {
  const counted = db.prepare<[number], { n: number }>('select count(*) as n from (select 1 from messages_to_index union all select 1 from tickets_to_index limit ?)');
  return counted.get(most)?.n ?? 0;
}
