import { createHash, createHmac } from 'node:crypto';
import { row, type Queryable, type Tx } from '../db/pool.ts';

const refreshDays = 30;
/**
 * For this long after its use, a refresh token returns the same successor again, however the
 * successor is used: the tabs of a page refresh side by side.
 */
const graceSeconds = 60;

interface StoredToken {
  session_id: string;
  user_id: string;
  /** The token, its session and its account are valid. */
  usable: boolean;
  spent: boolean;
  /** Not spent, or so recently that it may be used again. */
  in_grace: boolean;
}

export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Locks the token for the transaction. */
export function findToken(tx: Tx, token: string): Promise<StoredToken | null> {
  return row<StoredToken>(
    tx,
    `
      select r.session_id, s.user_id, s.revoked_at is null and r.expires_at > now() and u.is_active as usable,
        r.used_at is not null as spent, coalesce(r.used_at > now() - make_interval(secs => $2), true) as in_grace
      from refresh_tokens r join sessions s on s.id = r.session_id join users u on u.id = s.user_id
      where r.hash = $1 for update of r`,
    [hashOf(token), graceSeconds],
  );
}

/**
 * Whether the client has a token: it was used, or the access token that was issued with it. Until
 * then the response that carried it may have been lost, on a computer that went to sleep at that
 * moment for a day, and its predecessor returns it again.
 */
export async function hasArrived(tx: Tx, token: string): Promise<boolean> {
  const found = await row(
    tx,
    'select 1 from refresh_tokens where hash = $1 and used_at is null and arrived_at is null',
    [hashOf(token)],
  );
  return found === null;
}

export async function markArrived(db: Queryable, hash: Buffer): Promise<void> {
  // Of several requests at once, one writes it.
  await db.query(
    'update refresh_tokens set arrived_at = now() where hash = $1 and arrived_at is null',
    [hash],
  );
}

export async function storeToken(tx: Tx, token: string, sessionId: string): Promise<void> {
  await tx.query(
    `
      insert into refresh_tokens (hash, session_id, expires_at)
      values ($1, $2, now() + make_interval(days => $3))
      on conflict do nothing`,
    [hashOf(token), sessionId, refreshDays],
  );
}

/**
 * Derived from the spent token, so that it can be returned twice without being stored. The key of a
 * page stays the same: its tabs share it, and several may refresh at once.
 */
export function successorOf(token: string, key: Buffer): string {
  const [, pageKey] = token.split('.');
  const next = createHmac('sha256', key).update(`refresh:${token}`).digest('base64url');
  return pageKey === undefined ? next : `${next}.${pageKey}`;
}
