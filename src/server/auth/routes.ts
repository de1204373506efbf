import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Me, TokenPair } from '../../contract/wire/api.ts';
import { insertUser } from '../areas/people/users.ts';
import { logSession } from '../audit/log.ts';
import { row, transaction, type Pool } from '../db/pool.ts';
import { placeOf } from '../http/addresses.ts';
import { problems } from '../http/problem.ts';
import { publicRoute, readRoute, type Services } from '../http/route.ts';
import { findAccount, proveAccount } from './account.ts';
import type { Actor } from './actor.ts';
import { canonicalEmail, signInForms } from './email.ts';
import { assertOwnPage } from './own-page.ts';
import { dropCookie, intoPage, newPageKey, pageToken, retireOldCookie } from './page-session.ts';
import { hashPassword } from './password.ts';
import { cleanName, posesAsStaff } from './person-name.ts';
import type { Try } from './tries.ts';

interface Entering {
  request: FastifyRequest;
  reply: FastifyReply;
  body: { session?: 'cookie' | undefined };
}

export function authRoutes(app: FastifyInstance, services: Services): void {
  signInRoutes(app, services);
  sessionRoutes(app, services);
}

function signInRoutes(app: FastifyInstance, services: Services): void {
  const { pool, tries } = services;

  publicRoute(app, 'login', async (input) => {
    const { body, request } = input;
    assertOwnPage(request);
    const forms = signInForms(body.email);
    const tried = await tries.signIn(forms[0], placeOf(request.ip));
    const proof = { password: body.password, address: request.ip };
    const account = await proveAccount(pool, await findAccount(pool, forms), proof);
    if (!account) throw problems.wrongCredentials();
    return openSession(services, input, account.id, tried);
  });

  // Without mail nobody can prove that an address is theirs. A taken address is therefore opened by
  // its password alone, and every other refusal looks alike and takes the same time.
  publicRoute(app, 'register', async (input) => {
    const { body, request } = input;
    assertOwnPage(request);
    const [email, name] = [canonicalEmail(body.email), cleanName(body.full_name)];
    if (email === null) throw problems.invalidField(['body', 'email'], 'not an email address');
    if (name === null || posesAsStaff(name))
      throw problems.invalidField(['body', 'full_name'], 'not a name of a person');
    const tried = await tries.register(email, placeOf(request.ip));
    const hashed = await hashPassword(body.password);
    const forms = signInForms(body.email);
    const isTaken = (await findAccount(pool, forms)) !== null;
    const made = isTaken ? null : await insertUser(pool, { email, name, role: 'customer', hashed });
    const proof = { password: body.password, address: request.ip };
    const account = made ?? (await proveAccount(pool, await findAccount(pool, forms), proof));
    if (!account) throw problems.notRegistered();
    return openSession(services, input, account.id, tried);
  });
}

/** Opens the session of a person who has proved their identity. */
async function openSession(
  { pool, tokens }: Services,
  { request, reply, body }: Entering,
  userId: string,
  tried: Try,
): Promise<TokenPair> {
  const isPage = body.session === 'cookie';
  const pair = await transaction(pool, async (tx) => {
    await tx.query('update users set last_login = clock_timestamp() where id = $1', [userId]);
    await tried.succeeded(tx, userId);
    return tokens.open(tx, userId, request.ip, isPage ? newPageKey(request) : null);
  });
  await retireOldCookie(request, reply, tokens);
  return isPage ? intoPage(reply, pair) : pair;
}

function sessionRoutes(app: FastifyInstance, services: Services): void {
  const { pool, tokens } = services;

  publicRoute(app, 'refresh', async ({ body, request, reply }) => {
    assertOwnPage(request);
    if (body.refresh_token !== undefined) return tokens.refresh(body.refresh_token);
    await retireOldCookie(request, reply, tokens);
    const token = pageToken(request, body.page_key);
    if (token === null) throw problems.notAuthenticated();
    return intoPage(reply, await tokens.refresh(token));
  });

  readRoute(app, services, 'me', 'signed-in', async ({ actor }) => {
    const me = await row<Me>(
      pool,
      `
      select id, email, username, full_name, is_active, is_superuser,
        wire_time(created_at) as created_at, wire_time(last_login) as last_login, role
      from users where id = $1`,
      [actor.id],
    );
    if (!me) throw problems.notAuthenticated();
    return me;
  });

  readRoute(app, services, 'logout', 'signed-in', async ({ actor, request, reply }) => {
    await endSession(pool, actor, request, reply);
    return { detail: 'Signed out' };
  });
}

/** Ends the session, and with it the refresh token and the event streams. */
async function endSession(
  pool: Pool,
  actor: Actor,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  await transaction(pool, async (tx) => {
    assertOwnPage(request);
    dropCookie(request, reply);
    const ended = await row(
      tx,
      'update sessions set revoked_at = now() where id = $1 and revoked_at is null returning id',
      [actor.sessionId],
    );
    if (ended)
      await logSession(tx, {
        action: 'sign_out',
        actorId: actor.id,
        entityId: actor.sessionId,
        address: request.ip,
      });
  });
}
