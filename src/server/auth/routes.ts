import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Me, TokenPair } from '../../contract/api.ts';
import { placeOf } from '../http/addresses.ts';
import { logSession } from '../audit/log.ts';
import { canonicalEmail, signInForms } from './email.ts';
import { assertOwnPage } from './own-page.ts';
import { dropCookie, intoPage, newPageKey, pageToken, retireOldCookie } from './page-session.ts';
import { isForeignHash, verifyForeign } from './foreign-password.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { cleanName, posesAsStaff } from './person-name.ts';
import type { Try } from './tries.ts';
import { row, transaction } from '../db/pool.ts';
import { problems } from '../http/problem.ts';
import { insertUser } from '../areas/people/users.ts';
import { publicRoute, readRoute, type Services } from '../http/route.ts';

interface Account {
  id: string;
  email: string;
  hashed_password: string | null;
  is_active: boolean;
}
const isImported = (account: Account | null): boolean =>
  isForeignHash(account?.hashed_password ?? '');
interface Entering {
  request: FastifyRequest;
  reply: FastifyReply;
  body: { session?: 'cookie' | undefined };
}

export function authRoutes(app: FastifyInstance, services: Services): void {
  const { pool, tokens, tries } = services;

  /** Opens the session of somebody who has proved to be who they say. */
  async function enter(
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

  const find = (forms: string[]): Promise<Account | null> =>
    row<Account>(
      pool,
      `
        select id, email, hashed_password, is_active
        from users
        where email = any($1)
        order by array_position($1, email) limit 1`,
      [forms],
    );

  /**
   * Null when the password is not this account's, or the account is closed or none; each takes the
   * same time.
   */
  async function prove(
    account: Account | null,
    password: string,
    address: string,
  ): Promise<Account | null> {
    const right = await verifyPassword(password, account?.hashed_password ?? null);
    if (account && right && account.is_active) {
      await upgrade(account, password);
      return account;
    }
    if (!isImported(account)) await workAsImported(password);
    // The same work for an account that is none: that it took as long must not change here either.
    await logSession(pool, {
      action: 'sign_in_failed',
      actorId: null,
      entityId: account?.id ?? null,
      address,
    });
    return null;
  }

  /** The hash of another server is replaced by one of ours as soon as its password is known. */
  async function upgrade(account: Account, password: string): Promise<void> {
    if (!isImported(account)) return;
    await pool.query(
      'update users set hashed_password = $2 where id = $1 and hashed_password = $3',
      [account.id, await hashPassword(password), account.hashed_password],
    );
  }

  /**
   * While there are imported hashes, every wrong password costs what one of them does, so that
   * nobody is told who was imported.
   */
  async function workAsImported(password: string): Promise<void> {
    const sample = await row<{ hash: string }>(
      pool,
      "select hashed_password as hash from users where hashed_password like '$%' limit 1",
    );
    if (sample) await verifyForeign(password, sample.hash);
  }

  publicRoute(app, 'login', async (input) => {
    const { body, request } = input;
    assertOwnPage(request);
    const forms = signInForms(body.email);
    const tried = await tries.signIn(forms[0], placeOf(request.ip));
    const account = await prove(await find(forms), body.password, request.ip);
    if (!account) throw problems.wrongCredentials();
    return enter(input, account.id, tried);
  });

  // Without mail nobody can prove that an address is theirs. One that is taken therefore opens with
  // its password alone, and every other way to be refused gets the same answer after the same work.
  publicRoute(app, 'register', async (input) => {
    const { body, request } = input;
    assertOwnPage(request);
    const [email, name] = [canonicalEmail(body.email), cleanName(body.full_name)];
    if (email === null) throw problems.invalidField(['body', 'email'], 'not an email address');
    if (name === null || posesAsStaff(name))
      throw problems.invalidField(['body', 'full_name'], 'not a name of a person');
    const tried = await tries.register(email, placeOf(request.ip));
    const hashed = await hashPassword(body.password);
    const isTaken = (await find(signInForms(body.email))) !== null;
    const made = isTaken ? null : await insertUser(pool, { email, name, role: 'customer', hashed });
    const account =
      made ?? (await prove(await find(signInForms(body.email)), body.password, request.ip));
    if (!account) throw problems.notRegistered();
    return enter(input, account.id, tried);
  });

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

  // Ends the whole session, so its refresh token and its event streams too.
  readRoute(app, services, 'logout', 'signed-in', ({ actor, request, reply }) =>
    transaction(pool, async (tx) => {
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
      return { detail: 'Signed out' };
    }),
  );
}
