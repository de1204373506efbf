import { createHash, createHmac, randomBytes } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { TokenPair } from '../../contract/api.ts';
import { logSession } from '../audit/log.ts';
import { row, transaction, type Pool, type Tx } from '../db/pool.ts';
import { problems } from '../http/problem.ts';

const accessSeconds = 600;
const refreshDays = 30;
/**
 * In this time a spent refresh token gets its one successor again, so that a lost answer signs
 * nobody out.
 */
const graceSeconds = 60;
const issuer = 'staffdesk-api';
const audience = 'staffdesk';

const Claims = z.object({ sub: z.uuid(), sid: z.uuid() });

export interface Tokens {
  /**
   * `address` is where the sign-in came from; `pageKey` becomes the second half of the refresh
   * token, behind a dot.
   */
  open(tx: Tx, userId: string, address: string, pageKey?: string | null): Promise<TokenPair>;
  /** Throws Problem 401. */
  refresh(token: string): Promise<TokenPair>;
  /** Ends the session that a refresh token belongs to. */
  revoke(token: string): Promise<void>;
  /** Whose session an access token belongs to; null when it is not good. */
  verify(token: string): Promise<{ userId: string; sessionId: string } | null>;
}

export function createTokens(pool: Pool, signingKey: string): Tokens {
  const key = Buffer.from(signingKey, 'base64url');

  async function pair(userId: string, sessionId: string, refreshToken: string): Promise<TokenPair> {
    const access = await new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
      .setSubject(userId)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${accessSeconds}s`)
      .sign(key);
    return {
      access_token: access,
      refresh_token: refreshToken,
      token_type: 'bearer',
      expires_in: accessSeconds,
    };
  }

  const store = (tx: Tx, token: string, sessionId: string) =>
    tx.query(
      `
        insert into refresh_tokens (hash, session_id, expires_at)
        values ($1, $2, now() + make_interval(days => $3))
        on conflict do nothing`,
      [hashOf(token), sessionId, refreshDays],
    );

  /**
   * Made from the spent token, so that the same answer can be given twice without storing it. A
   * page's key stays as it is: its tabs share it, and each may be asking while another is answered.
   */
  function successorOf(token: string): string {
    const [, pageKey] = token.split('.');
    const next = createHmac('sha256', key).update(`refresh:${token}`).digest('base64url');
    return pageKey === undefined ? next : `${next}.${pageKey}`;
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

  async function rotate(tx: Tx, token: string): Promise<TokenPair | null> {
    const found = await row<{
      session_id: string;
      user_id: string;
      usable: boolean;
      spent: boolean;
      in_grace: boolean;
    }>(
      tx,
      `
      select r.session_id, s.user_id, s.revoked_at is null and r.expires_at > now() and u.is_active as usable,
        r.used_at is not null as spent, coalesce(r.used_at > now() - make_interval(secs => $2), true) as in_grace
      from refresh_tokens r join sessions s on s.id = r.session_id join users u on u.id = s.user_id
      where r.hash = $1 for update of r`,
      [hashOf(token), graceSeconds],
    );
    if (!found?.usable) return null;
    if (!found.in_grace) {
      // Spent long ago: somebody has a copy. Nobody keeps this session.
      await revokeSession(tx, found.session_id);
      return null;
    }
    const next = successorOf(token);
    if (!found.spent) {
      await tx.query('update refresh_tokens set used_at = now() where hash = $1', [hashOf(token)]);
      await store(tx, next, found.session_id);
    }
    return pair(found.user_id, found.session_id, next);
  }

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
      await store(tx, refreshToken, session.id);
      return pair(userId, session.id, refreshToken);
    },
    async refresh(token) {
      // The revocation of a stolen session must be committed although the answer is a refusal.
      const result = await transaction(pool, (tx) => rotate(tx, token));
      if (!result) throw problems.notAuthenticated();
      return result;
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
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          issuer,
          audience,
          typ: 'at+jwt',
          requiredClaims: ['exp', 'sub'],
        });
        const claims = Claims.safeParse(payload);
        return claims.success ? { userId: claims.data.sub, sessionId: claims.data.sid } : null;
      } catch {
        // Every reason - expired, forged, malformed - is the same 401 to the caller.
        return null;
      }
    },
  };
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
