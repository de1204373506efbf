import type { Actor } from '../auth/actor.ts';
import { rows, type Queryable } from '../db/pool.ts';
import { messagesSource, visibleMessages } from '../areas/messages/messages.ts';
import { messageBytes, mostMessages, pageBytes, ticketBytes } from './page-size.ts';

/** A ticket that may be part of a page. `count`: its number of messages according to its row. */
export interface Candidate {
  id: string;
  at: string;
  count: number;
  text: string;
}
/** After this message of a conversation, oldest first. */
export interface Inside {
  at: string;
  id: string;
}
/** The content of a page. `inside`: the last ticket is cut after this message. */
export interface Cut<T> {
  tickets: T[];
  messageIds: string[];
  inside: Inside | undefined;
}

interface Sized {
  ticket_id: string;
  id: string;
  at: string;
  octets: number;
}

/**
 * Fills a page from the first candidate on: at most `limit` tickets and about `pageBytes`, but at
 * least one message or one ticket without any. A conversation may be cut anywhere. `from`: the
 * first candidate continues after this message. Of conversations beyond the page, only as many
 * messages are looked at as the page could contain, and no texts.
 */
export async function cutPage<T extends Candidate>(
  db: Queryable,
  actor: Actor,
  candidates: readonly T[],
  limit: number,
  from: Inside | undefined,
): Promise<Cut<T>> {
  const looked = withinCount(candidates.slice(0, limit));
  const threads = Map.groupBy(
    await sizesOf(
      db,
      actor,
      looked.map(({ id }) => id),
      from,
    ),
    (message) => message.ticket_id,
  );
  const cut: Cut<T> = { tickets: [], messageIds: [], inside: undefined };
  let sum = 0;
  for (const ticket of looked) {
    const thread = threads.get(ticket.id) ?? [];
    const least = ticketBytes + (thread[0] ? sizeOf(thread[0]) : 0);
    if (cut.tickets.length > 0 && sum + least > pageBytes) return cut;
    cut.tickets.push(ticket);
    sum += ticketBytes;
    for (const [n, message] of thread.entries()) {
      sum += sizeOf(message);
      const before = thread[n - 1];
      if (before && sum > pageBytes) return { ...cut, inside: { at: before.at, id: before.id } };
      cut.messageIds.push(message.id);
    }
  }
  return cut;
}

const sizeOf = ({ octets }: Sized): number => octets + messageBytes;

/**
 * The first candidates whose messages a page could contain: those after them cannot be part of it.
 */
function withinCount<T extends Candidate>(candidates: readonly T[]): T[] {
  let sum = 0;
  const end = candidates.findIndex(({ count }) => {
    sum += count;
    return sum >= mostMessages;
  });
  return end === -1 ? [...candidates] : candidates.slice(0, end + 1);
}

/**
 * Ids and lengths of the tickets' messages, oldest first; of each ticket no more than a page could
 * contain.
 */
function sizesOf(
  db: Queryable,
  actor: Actor,
  ticketIds: readonly string[],
  from: Inside | undefined,
): Promise<Sized[]> {
  return rows<Sized>(
    db,
    `
    select w.id as ticket_id, s.id, s.created_at::text as at, s.octets
    from unnest($2::uuid[]) with ordinality w(id, place) cross join lateral (
      select m.id, m.created_at, m.octets from ${messagesSource(actor)}
      where m.ticket_id = w.id and ${visibleMessages(actor)} and (w.place > 1
        or $3::timestamptz is null or (m.created_at, m.id) > ($3::timestamptz, $4::uuid))
      order by m.created_at, m.id limit ${mostMessages}) s
    order by w.place, s.created_at, s.id`,
    [actor.id, ticketIds, from?.at ?? null, from?.id ?? null],
  );
}
