import type { FastifyInstance } from 'fastify';
import type { Me } from '../../contract/api.ts';
import { verifyPassword } from '../auth/password.ts';
import { row, transaction } from '../db/pool.ts';
import { problems } from '../problem.ts';
import type { Services } from './route.ts';
import { admit, publicRoute, readRoute } from './route.ts';

export function authRoutes(app: FastifyInstance, services: Services): void {
  const { pool, tokens, limits } = services;
  const perAddress = app.createRateLimit({ max: limits.loginPerAddress, timeWindow: 60_000, keyGenerator: (request) => `address ${request.ip}` });
  const perAccount = app.createRateLimit({ max: limits.loginPerAccount, timeWindow: 60_000, keyGenerator: (request) => `account ${emailOf(request.body)}` });

  publicRoute(app, 'login', async ({ body, request }) => {
    for (const limit of [perAddress, perAccount]) {
      const verdict = await limit(request);
      if (!verdict.isAllowed && verdict.isExceeded) throw problems.tooMany(verdict.ttlInSeconds);
    }
    const user = await row<{ id: string; hashed_password: string | null; is_active: boolean }>(pool, 'select id, hashed_password, is_active from users where email = $1', [body.email.toLowerCase()]);
    const right = await verifyPassword(body.password, user?.hashed_password ?? null);
    if (!user || !right || !user.is_active) throw problems.wrongCredentials();
    return transaction(pool, async (tx) => {
      await tx.query('update users set last_login = clock_timestamp() where id = $1', [user.id]);
      return tokens.open(tx, user.id);
    });
  });

  publicRoute(app, 'refresh', ({ body }) => tokens.refresh(body.refresh_token));

  readRoute(app, services, 'me', 'signed-in', async ({ actor }) => {
    const me = await row<Me>(pool, `select id, email, username, full_name, is_active, is_superuser, wire_time(created_at) as created_at, wire_time(last_login) as last_login, role
      from users where id = $1`, [actor.id]);
    if (!me) throw problems.notAuthenticated();
    return me;
  });

  publicRoute(app, 'logout', async ({ request }) => {
    const actor = await admit(services, request, 'signed-in');
    await pool.query('update sessions set revoked_at = now() where id = $1 and revoked_at is null', [actor.sessionId]);
    return { detail: 'Signed out' };
  });
}

function emailOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'email' in body ? String(body.email).trim().toLowerCase() : '';
}
