import type { ReadDb } from './open.ts';

/** Tags of the newest tickets, the most used first: enough to choose from while typing, without reading them all. */
export function usedTags(db: ReadDb, tickets: number, limit: number): string[] {
  return db.prepare<[number, number], { tag: string }>(`
    select j.value as tag from (select tags from tickets order by activity_at desc limit ?) t, json_each(t.tags) j
    group by j.value order by count(*) desc, j.value limit ?`).all(tickets, limit).map(({ tag }) => tag);
}
