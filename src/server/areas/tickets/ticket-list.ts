import type { Actor } from '../../auth/actor.ts';
import type { Queryable, TextRow } from '../../db/pool.ts';
import type { Batch, BatchRequest } from './list-batch.ts';
import { ticketText } from './ticket-text.ts';
import { ticketRows } from './tickets.ts';

/** Tickets are short; one with a hundred long tags is 16 kB. */
const batchTickets = 200;

/** The next tickets that the actor may see, newest first. */
export async function ticketBatch(
  db: Queryable,
  actor: Actor,
  { status, after, rows }: BatchRequest & { status: string | null },
): Promise<Batch> {
  const most = Math.min(rows, batchTickets);
  const values = [status, most + 1, ...(after ? [after.at, after.id] : [])];
  const rule = after ? 'and (t.created_at, t.id) < ($4::timestamptz, $5::uuid)' : '';
  const found = await ticketRows(
    db,
    actor,
    ', t.created_at::text',
    `and ($2::text is null or t.status = $2) ${rule} order by t.created_at desc, t.id desc limit $3`,
    values,
  );
  return batchOf(found, most);
}

/**
 * `found` has one row more than `most` if there are more; the last column of each row is its
 * position in time.
 */
export function batchOf(found: readonly TextRow[], most: number): Batch {
  const chosen = found.slice(0, most);
  const last = chosen.at(-1);
  return {
    texts: chosen.map(ticketText),
    next: last && found.length > most ? { at: last.at(-1) ?? '', id: last[0] ?? '' } : null,
  };
}
