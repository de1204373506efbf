import { z } from 'zod';
import { Me, TokenPair } from '../../contract/wire/api.ts';
import type { Api } from './api.ts';
import type { Authorization } from './authorization.ts';
import { forget, take, type Credentials } from './credentials.ts';
import { ApiFailure } from './failure.ts';
import { keptSession, newTag } from './kept-session.ts';
import { read, send } from './request.ts';

export function sessionCalls(
  authorization: Authorization,
): Pick<Api, 'signIn' | 'register' | 'resume' | 'signOut' | 'sessionChanged' | 'me'> {
  const { credentials, refresh, signedOut } = authorization;
  return {
    signIn: (email, password) => enter(credentials, '/auth/login', { email, password }),
    register: (email, fullName, password) =>
      register(credentials, { email, full_name: fullName, password }),
    // Without a stored session there is nothing to ask, and no refusal in the browser's console.
    resume: () => (keptSession.read() === null ? Promise.resolve(false) : refresh()),
    async signOut() {
      // Offline, the session ends here all the same; on the server it ends when it expires.
      await authorization.send({ method: 'POST', path: '/auth/logout' }).catch(() => undefined);
      forget(credentials);
    },
    sessionChanged() {
      const { tag, refreshToken } = credentials;
      if (tag !== null && refreshToken === null && keptSession.read()?.tag !== tag) signedOut();
    },
    me: async () => read(await authorization.send({ method: 'GET', path: '/auth/me' }), Me),
  };
}

async function enter(credentials: Credentials, path: string, body: object): Promise<void> {
  const response = await send({ method: 'POST', path, body: { ...body, session: 'cookie' } }, null);
  take(credentials, await read(response, TokenPair), newTag());
}

/** A server of level 1 requires a user name, which no person needs, and opens no session. */
async function register(
  credentials: Credentials,
  body: { email: string; full_name: string; password: string },
): Promise<void> {
  const path = '/auth/register';
  try {
    await enter(credentials, path, body);
  } catch (error) {
    const { failure } = error instanceof ApiFailure ? error : { failure: null };
    if (failure?.kind !== 'invalid' || !failure.fields.includes('username')) throw error;
    const named = { ...body, username: userNameOf(body.email) };
    await read(await send({ method: 'POST', path, body: named }, null), z.looseObject({}));
    const { email, password } = body;
    await enter(credentials, '/auth/login', { email, password });
  }
}

/** Made from the email address, with a random end: two addresses may begin alike. */
function userNameOf(email: string): string {
  const begin =
    email
      .split('@')[0]
      ?.toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .slice(0, 30) ?? '';
  return `${begin}_${newTag().slice(0, 8)}`;
}
