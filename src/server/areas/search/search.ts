import type { Actor } from '../../auth/actor.ts';
import type { Queryable } from '../../db/pool.ts';
import { isRecent } from '../../feed/snapshot.ts';
import type { Batch, BatchRequest } from '../tickets/list-batch.ts';
import { batchOf } from '../tickets/ticket-list.ts';
import { ticketRows } from '../tickets/tickets.ts';

/**
 * At most this many matches of each kind are read: a word that occurs everywhere must not cost a
 * second.
 */
const mostMatches = 5_000;
const wanted = "to_tsquery('simple', search_folded($2))";

const matches = `
  (select m.ticket_id from support_messages m
   where to_tsvector('simple', search_folded(left(m.message, 20000))) @@ ${wanted}
   limit ${mostMatches})
  union
  (select s.id from support_tickets s
   where to_tsvector('simple', search_folded(s.subject)) @@ ${wanted}
   limit ${mostMatches})
  union
  (select o.id from users c join support_tickets o on o.user_id = c.id
   where c.role = 'customer'
     and to_tsvector('simple', search_folded(c.full_name || ' ' || c.email)) @@ ${wanted}
   limit ${mostMatches})`;

export interface SearchRequest extends BatchRequest {
  q: string;
  closedBefore: string | undefined;
}

/**
 * Finds tickets whose message, subject or customer contains every word, or a word that begins with
 * it, the latest activity first. Internal notes are searched too, so this is for staff only. Both
 * sides are folded by `search_folded`, which folds less than a desk does (docs/decisions/0009).
 * `closedBefore`: only tickets that a full sync back to that time leaves out.
 */
export async function searchTickets(
  db: Queryable,
  actor: Actor,
  { q, closedBefore, after, rows }: SearchRequest,
): Promise<Batch> {
  const words = wordsOf(q);
  if (words.length === 0) return { texts: [], next: null };
  const place = after ? 'and (t.activity_at, t.id) < ($5::timestamptz, $6::uuid)' : '';
  const found = await ticketRows(
    db,
    actor,
    ', t.activity_at::text',
    `
    and t.id in (${matches}) and ($3::timestamptz is null or not ${isRecent('$3')}) ${place}
    order by t.activity_at desc, t.id desc limit $4`,
    [
      words.map((word) => `'${word}':*`).join(' & '),
      closedBefore ?? null,
      rows + 1,
      ...(after ? [after.at, after.id] : []),
    ],
  );
  return batchOf(found, rows);
}

/** Normalised first as PostgreSQL does it: otherwise a character could become a quote only there. */
const wordsOf = (q: string): string[] =>
  q
    .normalize('NFKC')
    .split(/\s+/)
    .map((word) => word.replaceAll(/['\\]/g, ' '))
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
