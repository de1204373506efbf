import type { FastifyInstance } from 'fastify';
import type { Me } from '../../contract/api.ts';
import { logSession } from '../audit/log.ts';
import { verifyPassword } from '../auth/password.ts';
import { cookieToken, dropCookie, intoCookie } from '../auth/session-cookie.ts';
import { row, transaction } from '../db/pool.ts';
import { problems } from '../problem.ts';
import { insertUser } from '../users.ts';
import type { Services } from './route.ts';
import { publicRoute, readRoute } from './route.ts';

export function authRoutes(app: FastifyInstance, services: Services): void {
  const { pool, tokens, limiters } = services;

  publicRoute(app, 'login', async ({ body, request, reply }) => {
    const email = body.email.toLowerCase();
    await limiters.loginAddress(request, request.ip);
    await limiters.loginAccount(request, email);
    const user = await row<{ id: string; hashed_password: string | null; is_active: boolean }>(pool, 'select id, hashed_password, is_active from users where email = $1', [email]);
    const right = await verifyPassword(body.password, user?.hashed_password ?? null);
    if (!user || !right || !user.is_active) {
      // The same work for an account that is none: that it took as long must not change here either.
      await logSession(pool, { action: 'sign_in_failed', actorId: null, entityId: user?.id ?? null, address: request.ip });
      throw problems.wrongCredentials();
    }
    const pair = await transaction(pool, async (tx) => {
      await tx.query('update users set last_login = clock_timestamp() where id = $1', [user.id]);
      return tokens.open(tx, user.id, request.ip);
    });
    return body.session === 'cookie' ? intoCookie(request, reply, pair) : pair;
  });

  publicRoute(app, 'register', async ({ body, request, reply }) => {
    await limiters.loginAddress(request, request.ip);
    const pair = await transaction(pool, async (tx) => {
      const made = await insertUser(tx, { email: body.email.toLowerCase(), name: body.full_name, role: 'customer', password: body.password });
      if (!made) throw problems.emailTaken();
      await tx.query('update users set last_login = clock_timestamp() where id = $1', [made.id]);
      return tokens.open(tx, made.id, request.ip);
    });
    return body.session === 'cookie' ? intoCookie(request, reply, pair) : pair;
  });

  publicRoute(app, 'refresh', async ({ body, request, reply }) => {
    if (body.refresh_token !== undefined) return tokens.refresh(body.refresh_token);
    const token = cookieToken(request);
    if (token === null) throw problems.notAuthenticated();
    return intoCookie(request, reply, await tokens.refresh(token));
  });

  readRoute(app, services, 'me', 'signed-in', async ({ actor }) => {
    const me = await row<Me>(pool, `select id, email, username, full_name, is_active, is_superuser, wire_time(created_at) as created_at, wire_time(last_login) as last_login, role
      from users where id = $1`, [actor.id]);
    if (!me) throw problems.notAuthenticated();
    return me;
  });

  // Ends the whole session, so its refresh token and its event streams too.
  readRoute(app, services, 'logout', 'signed-in', ({ actor, request, reply }) => transaction(pool, async (tx) => {
    dropCookie(request, reply);
    const ended = await row(tx, 'update sessions set revoked_at = now() where id = $1 and revoked_at is null returning id', [actor.sessionId]);
    if (ended) await logSession(tx, { action: 'sign_out', actorId: actor.id, entityId: actor.sessionId, address: request.ip });
    return { detail: 'Signed out' };
  }));
}
