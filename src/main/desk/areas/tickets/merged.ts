import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

export function storeMerge(db: WriteDb, ticketId: string, into: string): void {
  db.prepare(
    'insert into merged (ticket_id, into_id) values (?, ?) on conflict do update set into_id = excluded.into_id',
  ).run(ticketId, into);
}

/**
 * The ticket that now has the messages of a merged one, through any number of merges; null where it
 * was not merged.
 */
export function mergedInto(db: ReadDb, ticketId: string): string | null {
  const found = db
    .prepare<[string], { id: string }>(`
    with recursive chain (id, depth) as (select into_id, 1 from merged where ticket_id = ? union all
      select m.into_id, depth + 1 from merged m join chain c on m.ticket_id = c.id where depth < 20)
    select id from chain order by depth desc limit 1`)
    .get(ticketId);
  return found?.id ?? null;
}
