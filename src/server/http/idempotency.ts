import { createHash } from 'node:crypto';
import { lockSubject, logWrite, type Subject } from '../audit/changes.ts';
import { isStaff, type Actor } from '../auth/actor.ts';
import { row, transaction, type Pool, type Tx } from '../db/pool.ts';
import { Problem, problems } from './problem.ts';

export interface KeyedRequest {
  actor: Actor;
  key: string | null;
  route: string;
  subject: Subject;
  payload: unknown;
}
export interface KeyedSteps<T> {
  /**
   * Throws Problem if the actor may not touch this; checked again before a stored response is
   * repeated.
   */
  authorize: (tx: Tx) => Promise<unknown>;
  effect: (tx: Tx) => Promise<T>;
}
interface Stored {
  fingerprint: string;
  status: number;
  body: Record<string, unknown>;
}

/**
 * Refusals that the same request will always get; others may end differently next time and are not
 * stored.
 */
const storable = new Set([400, 404, 409, 412, 422]);

/**
 * Runs a write so that any number of tries with one key has one effect. Key, effect, audit entry
 * and response are committed together. Every write runs through this function, so that none can
 * lack its entry.
 */
export async function onceOnly<T extends object>(
  pool: Pool,
  request: KeyedRequest,
  { authorize, effect }: KeyedSteps<T>,
): Promise<T> {
  const { actor, key, route, subject } = request;
  const act = async (tx: Tx): Promise<T> => {
    await authorize(tx);
    const before = await lockSubject(tx, subject);
    const answer = await effect(tx);
    await logWrite(tx, { actorId: actor.id, route, subject, before, answer });
    return answer;
  };
  if (key === null) return transaction(pool, act);
  const outcome = await transaction(pool, async (tx) => {
    const lock = await row<{ mine: boolean }>(
      tx,
      'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine',
      [`${actor.id} ${key}`],
    );
    if (!lock?.mine) throw problems.keyInProgress();
    const stored = await row<Stored>(
      tx,
      'select fingerprint, status, body from idempotency_keys where actor_id = $1 and key = $2',
      [actor.id, key],
    );
    if (!stored) return record(tx, request, act);
    if (stored.fingerprint !== fingerprintOf(request)) return problems.keyReused();
    await authorize(tx);
    // The value that `effect` returned for the same request, stored as JSON.
    return replay(stored) as T | Problem;
  });
  if (outcome instanceof Problem) throw outcome;
  return outcome;
}

async function record<T extends object>(
  tx: Tx,
  request: KeyedRequest,
  act: (tx: Tx) => Promise<T>,
): Promise<T | Problem> {
  await tx.query('savepoint effect');
  let result: T | Problem;
  try {
    result = await act(tx);
  } catch (error) {
    if (!(error instanceof Problem) || !storable.has(error.status)) throw error;
    await tx.query('rollback to savepoint effect');
    result = error;
  }
  const [status, body] = result instanceof Problem ? [result.status, result.body] : [200, result];
  // A key is kept as long as its ticket, or the one that it was merged into. A write without a
  // ticket - a refusal for a missing ticket, a new ticket, a macro - has none to follow.
  await tx.query(
    `
    insert into idempotency_keys (actor_id, key, ticket_id, fingerprint, status, body)
    values ($1, $2, coalesce((select id from support_tickets
      where id = $3 for key share), (select into_id from merged_tickets
      where id = $3)), $4, $5, $6)`,
    [
      request.actor.id,
      request.key,
      status === 404 ? null : targetOf(request),
      fingerprintOf(request),
      status,
      JSON.stringify(body),
    ],
  );
  return result;
}

function replay(stored: Stored): object | Problem {
  const { detail, ...rest } = stored.body;
  if (stored.status >= 400)
    return new Problem(stored.status, String(detail), { body: { ...rest, detail } });
  return stored.body;
}

/** The id in the path. */
const targetOf = ({ subject }: KeyedRequest): string | null => subject.ids[0] ?? null;

/**
 * A request from the other side of the desk counts as another one: the response for staff includes
 * notes, and is not for a person who has become a customer.
 */
function fingerprintOf(request: KeyedRequest): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        isStaff(request.actor),
        request.route,
        targetOf(request),
        request.payload ?? null,
      ]),
    )
    .digest('hex');
}
