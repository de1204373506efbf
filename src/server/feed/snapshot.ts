import type { Actor } from '../auth/actor.ts';
import type { Queryable } from '../db/pool.ts';
import { messageCountOf, ticketText } from '../areas/tickets/ticket-text.ts';
import { ticketRows } from '../areas/tickets/tickets.ts';
import { beforeAll, changesAfter, currentHorizon, firstId } from './changes.ts';
import type { Position } from './cursor.ts';
import { cutPage, type Candidate, type Cut } from './cut.ts';
import { macrosFor, messagesById, staffFor, type Loaded } from './load.ts';
import type { Page, SyncRequest } from './page.ts';

type At<M extends Position['mode']> = Extract<Position, { mode: M }>;

/**
 * A page of the full sync: the next tickets, latest activity first, with their messages. A
 * conversation that is too long continues in the next page, which has its ticket again. The first
 * page brings colleagues and macros.
 */
export async function snapshotPage(
  db: Queryable,
  actor: Actor,
  from: At<'snapshot'> | null,
  { limit, closedSince }: Pick<SyncRequest, 'limit' | 'closedSince'>,
): Promise<Page> {
  const horizon = from?.horizon ?? (await currentHorizon(db));
  const candidates = await candidatesOf(db, actor, ...snapshotRule(from, limit, closedSince));
  const cut = await cutPage(db, actor, candidates, limit, goesOn(from, candidates));
  const last = cut.tickets.at(-1);
  const content = {
    ...(await load(db, actor, cut)),
    staff: from ? [] : await staffFor(db, actor, null),
    macros: from ? [] : await macrosFor(db, actor, null),
    removed: [],
  };
  if (last && hasMore(cut, candidates))
    return {
      content,
      next: { mode: 'snapshot', horizon, at: last.at, id: last.id, inside: cut.inside },
      more: true,
    };
  if ((await moved(db, actor, { mode: 'moved', horizon, id: firstId }, 0)).length > 0)
    return { content, next: { mode: 'moved', horizon, id: firstId }, more: true };
  return { content, ...(await goOn(db, actor, horizon)) };
}

/**
 * The next tickets of the full sync, as SQL on `t` with its values. A ticket that was cut comes
 * again first, even if it is too old by now.
 */
function snapshotRule(
  from: At<'snapshot'> | null,
  limit: number,
  closedSince: string | undefined,
): [string, unknown[]] {
  const recent = `($3::timestamptz is null or ${isRecent('$3')})`;
  const end = 'order by t.activity_at desc, t.id desc limit $2';
  const values = [limit + 1, closedSince ?? null];
  if (!from) return [`and ${recent} ${end}`, values];
  const place = '($4::timestamptz, $5::uuid)';
  const rule = from.inside
    ? `(t.activity_at, t.id) <= ${place} and (${recent} or t.id = $5)`
    : `(t.activity_at, t.id) < ${place} and ${recent}`;
  return [`and ${rule} ${end}`, [...values, from.at, from.id]];
}

/**
 * The message after which the first candidate continues. A ticket that has moved since it was cut
 * comes from its beginning, in the second part.
 */
const goesOn = (
  from: At<'snapshot' | 'moved'> | null,
  candidates: readonly Candidate[],
): Cut<Candidate>['inside'] => (candidates[0]?.id === from?.id ? from?.inside : undefined);

const hasMore = ({ tickets, inside }: Cut<Candidate>, candidates: readonly Candidate[]): boolean =>
  inside !== undefined || tickets.length < candidates.length;

/**
 * The tickets `t` of a full sync back to `since`, a parameter. A running snooze keeps a resolved
 * ticket in it.
 */
export const isRecent = (since: string): string =>
  `(t.status not in ('resolved', 'closed') or t.activity_at >= ${since} or t.updated_at >= ` +
  `${since} or coalesce(t.snoozed_until > now(), false))`;

/**
 * A page of the full sync's second part. A ticket that is written to during the full sync jumps to
 * the beginning of its order, past the reader; the feed would bring its new row but not its old
 * messages. Such a ticket keeps a transaction at or above the horizon, so reading those in the
 * order of ids, which never changes, finds each of them.
 */
export async function movedPage(
  db: Queryable,
  actor: Actor,
  from: At<'moved'>,
  limit: number,
): Promise<Page> {
  const candidates = await moved(db, actor, from, limit);
  const cut = await cutPage(db, actor, candidates, limit, goesOn(from, candidates));
  const last = cut.tickets.at(-1);
  const content = { ...(await load(db, actor, cut)), staff: [], macros: [], removed: [] };
  if (last && hasMore(cut, candidates))
    return { content, next: { ...from, id: last.id, inside: cut.inside }, more: true };
  return { content, ...(await goOn(db, actor, from.horizon)) };
}

function moved(
  db: Queryable,
  actor: Actor,
  from: At<'moved'>,
  limit: number,
): Promise<Candidate[]> {
  return candidatesOf(
    db,
    actor,
    `and t.xid >= $2::xid8 and t.id ${from.inside ? '>=' : '>'} $3 order by t.id limit $4`,
    [from.horizon, from.id, limit + 1],
  );
}

async function candidatesOf(
  db: Queryable,
  actor: Actor,
  rest: string,
  values: unknown[],
): Promise<Candidate[]> {
  const found = await ticketRows(db, actor, ', t.activity_at::text', rest, values);
  return found.map((row) => ({
    id: row[0] ?? '',
    at: row.at(-1) ?? '',
    count: messageCountOf(row),
    text: ticketText(row),
  }));
}

async function load(
  db: Queryable,
  actor: Actor,
  { tickets, messageIds }: Cut<Candidate>,
): Promise<Loaded> {
  return {
    tickets: tickets.map(({ text }) => text),
    messages: await messagesById(db, actor, messageIds),
  };
}

/**
 * The beginning of the feed at the horizon of the full sync. The writes since then are still to
 * come, so a reader with changes ahead is told to continue.
 */
async function goOn(
  db: Queryable,
  actor: Actor,
  horizon: string,
): Promise<Pick<Page, 'next' | 'more'>> {
  const next: Position = { mode: 'feed', xid: horizon, ...beforeAll };
  return { next, more: (await changesAfter(db, actor, next, 1)).length > 0 };
}
