import type { TokenPair } from '../../../src/contract/wire/api.ts';
import { day } from '../../../src/core/time.ts';
import { refusals } from './refusal.ts';
import type { Actor } from './rows.ts';
import type { State } from './state.ts';

const accessSeconds = 600;
const refreshDays = 30;
const graceSeconds = 60;
const second = 1_000_000;

/**
 * Sessions with access tokens that end and refresh tokens that rotate, as src/server/auth has them.
 * `now` in microseconds.
 */
export interface ModelAuth {
  login(email: string, password: string, now: number): TokenPair;
  refresh(token: string, now: number): TokenPair;
  authenticate(authorization: string | undefined, now: number): Actor;
}

export function createAuthModel(state: () => State, newId: () => string): ModelAuth {
  function pair(sessionId: string, refreshToken: string, now: number): TokenPair {
    // Seconds, as a JWT's `exp` is.
    const expires = Math.floor(now / second) + accessSeconds;
    return {
      access_token: `access.${sessionId}.${expires}.${refreshToken}`,
      refresh_token: refreshToken,
      token_type: 'bearer',
      expires_in: accessSeconds,
    };
  }

  function issue(sessionId: string, token: string, now: number): void {
    state().refreshTokens.set(token, {
      sessionId,
      expiresAt: now + refreshDays * day * 1000,
      usedAt: null,
      arrived: false,
      successor: `refresh-${newId()}`,
    });
  }

  return {
    login(email, password, now) {
      const user = [...state().users.values()].find((u) => u.email === email.toLowerCase());
      if (!user || user.password !== password || !user.active) throw refusals.wrongCredentials();
      user.lastLogin = now;
      const session = { id: newId(), userId: user.id, revoked: false };
      state().sessions.set(session.id, session);
      const token = `refresh-${newId()}`;
      issue(session.id, token, now);
      return pair(session.id, token, now);
    },
    refresh(token, now) {
      const found = state().refreshTokens.get(token);
      const session = found ? state().sessions.get(found.sessionId) : undefined;
      const user = session ? state().users.get(session.userId) : undefined;
      if (!found || !session || session.revoked || found.expiresAt <= now || !user?.active)
        throw refusals.notAuthenticated();
      const next = state().refreshTokens.get(found.successor);
      const hasArrived = next !== undefined && (next.arrived || next.usedAt !== null);
      if (found.usedAt !== null && found.usedAt <= now - graceSeconds * second && hasArrived) {
        session.revoked = true;
        throw refusals.notAuthenticated();
      }
      if (found.usedAt === null) {
        found.usedAt = now;
        issue(session.id, found.successor, now);
      }
      return pair(session.id, found.successor, now);
    },
    authenticate(authorization, now) {
      const [, sessionId, expires, token = ''] =
        /^Bearer access\.([^.]+)\.(\d+)\.([^.]+)$/i.exec(authorization ?? '') ?? [];
      const session = sessionId === undefined ? undefined : state().sessions.get(sessionId);
      const user = session ? state().users.get(session.userId) : undefined;
      if (
        !session ||
        session.revoked ||
        !user?.active ||
        Number(expires) <= Math.floor(now / second)
      )
        throw refusals.notAuthenticated();
      const refresh = state().refreshTokens.get(token);
      if (refresh) refresh.arrived = true;
      return { id: user.id, role: user.role, sessionId: session.id };
    },
  };
}
