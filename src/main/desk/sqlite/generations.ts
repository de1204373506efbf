import type { WriteDb } from './connection.ts';
import { unindexMessages } from '../areas/search/search-index.ts';
import { removeTicket } from '../areas/tickets/tickets-table.ts';

/**
 * How far the removal of what a new full copy did not contain has come: tickets by key, then
 * messages.
 */
export interface Sweep {
  table: 'tickets' | 'messages';
  after: number;
}

export const sweepStart: Sweep = { table: 'tickets', after: -1 };

/**
 * Looks at the next `rows` rows and removes those of an older full copy; returns where to go on,
 * null at the end.
 */
export function sweepOlder(
  db: WriteDb,
  generation: number,
  { table, after }: Sweep,
  rows: number,
): Sweep | null {
  const end =
    db
      .prepare<[number, number], { key: number | null }>(
        `select max(key) as key from (select key from ${table} where key > ? order by key limit ?)`,
      )
      .get(after, rows)?.key ?? null;
  if (end === null) return table === 'tickets' ? { table: 'messages', after: -1 } : null;
  if (table === 'tickets') {
    const gone = db
      .prepare<[number, number, number], { id: string }>(
        'select id from tickets where key > ? and key <= ? and generation < ?',
      )
      .all(after, end, generation);
    for (const { id } of gone) removeTicket(db, id);
  } else {
    unindexMessages(db, 'key > ? and key <= ? and generation < ?', after, end, generation);
    db.prepare('delete from messages where key > ? and key <= ? and generation < ?').run(
      after,
      end,
      generation,
    );
  }
  return { table, after: end };
}
