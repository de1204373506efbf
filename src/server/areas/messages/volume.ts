import type { Actor } from '../../auth/actor.ts';
import { row, type Tx } from '../../db/pool.ts';
import { problems } from '../../http/problem.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** At most this much within this many seconds. */
export interface Bound {
  most: number;
  seconds: number;
}

/**
 * The most that one customer may write, so that nobody can fill the database or every agent's disk.
 * It is limited by the amount that every desk has to read, and is far above a person at a keyboard:
 * three logs of the longest length a minute, a message every twelve seconds for an hour, a new
 * ticket each quarter of an hour all day long.
 */
export const customerBounds = {
  /** Bytes of text as JSON, in all tickets. */
  bytes: [
    { most: 2_000_000, seconds: minute },
    { most: 50_000_000, seconds: day },
  ],
  /** Messages in one ticket. */
  messages: [
    { most: 300, seconds: hour },
    { most: 1_000, seconds: day },
  ],
  tickets: [{ most: 100, seconds: day }],
} as const satisfies Record<string, readonly Bound[]>;

/**
 * Checks that a customer may add this text to this ticket now. It is checked where the text is
 * written, so that it holds for all API processes: the writes of one customer wait for each other
 * until the transaction ends. Throws Problem 429.
 */
export async function assertVolume(
  tx: Tx,
  actor: Actor,
  { ticketId, text }: { ticketId: string; text: string },
): Promise<void> {
  await oneAtATime(tx, actor);
  const mine =
    'from support_messages m where m.user_id = $1 and m.created_at > clock_timestamp() - make_interval(secs => $2)';
  for (const { most, seconds } of customerBounds.bytes)
    await assertBelow(
      tx,
      `select coalesce(sum(m.octets), 0) + json_octets($3) as used, min(m.created_at) as first ${mine}`,
      { values: [actor.id, seconds, text], most, seconds },
    );
  for (const { most, seconds } of customerBounds.messages)
    await assertBelow(
      tx,
      `select count(*) + 1 as used, min(m.created_at) as first ${mine} and m.ticket_id = $3`,
      { values: [actor.id, seconds, ticketId], most, seconds },
    );
}

/** Checks that a customer may open another ticket now. Throws Problem 429. */
export async function assertTicketsOpened(tx: Tx, actor: Actor): Promise<void> {
  await oneAtATime(tx, actor);
  for (const { most, seconds } of customerBounds.tickets) {
    await assertBelow(
      tx,
      `
        select count(*) + 1 as used, min(t.created_at) as first
        from support_tickets t
        where t.user_id = $1 and t.created_at > clock_timestamp() - make_interval(secs => $2)`,
      { values: [actor.id, seconds], most, seconds },
    );
  }
}

async function oneAtATime(tx: Tx, actor: Actor): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`volume ${actor.id}`]);
}

/** The Problem says when the oldest of the counted rows no longer counts. */
async function assertBelow(
  tx: Tx,
  counting: string,
  { values, most, seconds }: { values: unknown[] } & Bound,
): Promise<void> {
  const found = await row<{ over: boolean; wait: number | null }>(
    tx,
    `
    select used > ${most} as over, extract(epoch
      from first - clock_timestamp())::float8 + ${seconds} as wait
    from (${counting}) counted`,
    values,
  );
  if (found?.over) throw problems.tooMuch(found.wait ?? seconds);
}
