import { randomBytes } from 'node:crypto';
import type { TokenPair } from '../../contract/wire/api.ts';
import { logSession } from '../audit/log.ts';
import { row, transaction, type Pool, type Tx } from '../db/pool.ts';
import { problems } from '../http/problem.ts';
import { accessSeconds, signAccess, verifyAccess, type AccessClaims } from './access-token.ts';
import { findToken, hasArrived, hashOf, storeToken, successorOf } from './refresh-token.ts';

export interface Tokens {
  /**
   * `address`: where the sign-in came from. `pageKey`: becomes the second half of the refresh token,
   * after a dot.
   */
  open(tx: Tx, userId: string, address: string, pageKey?: string | null): Promise<TokenPair>;
  /** Throws Problem 401. */
  refresh(token: string): Promise<TokenPair>;
  /** Ends the session that a refresh token belongs to. */
  revoke(token: string): Promise<void>;
  /** Null if the access token is not valid. */
  verify(token: string): Promise<AccessClaims | null>;
}

export function createTokens(pool: Pool, signingKey: string): Tokens {
  const key = Buffer.from(signingKey, 'base64url');
  return {
    async open(tx, userId, address, pageKey = null) {
      const session = await row<{ id: string }>(
        tx,
        'insert into sessions (user_id) values ($1) returning id',
        [userId],
      );
      if (!session) throw new Error('insert answered no row');
      await logSession(tx, { action: 'sign_in', actorId: userId, entityId: session.id, address });
      const secret = randomBytes(32).toString('base64url');
      const refreshToken = pageKey === null ? secret : `${secret}.${pageKey}`;
      await storeToken(tx, refreshToken, session.id);
      return pairOf(key, userId, session.id, refreshToken);
    },
    async refresh(token) {
      // A refusal is returned, not thrown: the revocation of a stolen session must be committed.
      const pair = await transaction(pool, (tx) => rotate(tx, key, token));
      if (!pair) throw problems.notAuthenticated();
      return pair;
    },
    async revoke(token) {
      await transaction(pool, async (tx) => {
        const found = await row<{ id: string }>(
          tx,
          `
            select s.id
            from refresh_tokens r join sessions s on s.id = r.session_id
            where r.hash = $1 and s.revoked_at is null for update of s`,
          [hashOf(token)],
        );
        if (found) await revokeSession(tx, found.id);
      });
    },
    verify: (token) => verifyAccess(key, token),
  };
}

async function pairOf(
  key: Buffer,
  userId: string,
  sessionId: string,
  refreshToken: string,
): Promise<TokenPair> {
  return {
    access_token: await signAccess(key, { userId, sessionId, refreshHash: hashOf(refreshToken) }),
    refresh_token: refreshToken,
    token_type: 'bearer',
    expires_in: accessSeconds,
  };
}

/** Exchanges a refresh token for its successor. Null if it is refused. */
async function rotate(tx: Tx, key: Buffer, token: string): Promise<TokenPair | null> {
  const found = await findToken(tx, token);
  if (!found?.usable) return null;
  const next = successorOf(token, key);
  if (!found.in_grace && (await hasArrived(tx, next))) {
    // Spent long ago by one who has its successor: there is a copy, and either may be the thief.
    await revokeSession(tx, found.session_id);
    return null;
  }
  if (!found.spent) {
    await tx.query('update refresh_tokens set used_at = now() where hash = $1', [hashOf(token)]);
    await storeToken(tx, next, found.session_id);
  }
  return pairOf(key, found.user_id, found.session_id, next);
}

async function revokeSession(tx: Tx, sessionId: string): Promise<void> {
  await tx.query('update sessions set revoked_at = now() where id = $1', [sessionId]);
  await logSession(tx, {
    action: 'session_revoked',
    actorId: null,
    entityId: sessionId,
    address: null,
  });
}
