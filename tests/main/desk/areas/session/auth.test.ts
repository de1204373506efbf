import { expect, test } from 'vitest';
import type { Account } from '../../../../../src/contract/bridge.ts';
import { createApiClient } from '../../../../../src/main/desk/feed/api-client.ts';
import {
  createAuth,
  type Auth,
  type TokenOwner,
} from '../../../../../src/main/desk/areas/session/auth.ts';
import {
  createMemorySecrets,
  type SecretStore,
} from '../../../../../src/main/desk/areas/session/secrets.ts';
import { createServerCheck } from '../../../../../src/main/desk/areas/session/server-check.ts';
import { createServerTime } from '../../../../../src/main/desk/feed/server-time.ts';
import type { Transport } from '../../../../../src/main/desk/feed/transport.ts';
import { createFakeClock } from '../../../../helpers/fake-clock.ts';

const clock = createFakeClock();
const account = (n: number): Account => ({
  id: `00000000-0000-4000-8000-00000000000${n}`,
  email: `person${n}@example.test`,
  name: `Person ${n}`,
  role: 'staff',
});
const people = [account(1), account(2)];

/**
 * A server that gives each person one access token, named after them, and notes under which one it
 * is asked.
 */
function server(): { transport: Transport; askedAs: string[] } {
  const askedAs: string[] = [];
  const answer = (value: object) =>
    Promise.resolve({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(value),
    });
  return {
    askedAs,
    transport(request) {
      if (request.url.endsWith('/auth/login')) {
        const person = people.find((p) => request.body?.includes(p.email));
        return answer({
          access_token: person?.id,
          refresh_token: 'r',
          token_type: 'bearer',
          expires_in: 600,
        });
      }
      const token = request.headers['authorization']?.slice('Bearer '.length) ?? '';
      const person = people.find((p) => p.id === token);
      if (request.url.endsWith('/auth/me')) {
        return answer({
          id: token,
          email: person?.email,
          username: 'p',
          full_name: person?.name,
          is_active: true,
          is_superuser: false,
          created_at: '2026-03-27T09:00:00Z',
          last_login: null,
          role: 'staff',
        });
      }
      if (request.url.endsWith('/support/capabilities'))
        return Promise.resolve({
          status: 404,
          headers: { 'content-type': 'application/json' },
          body: '{"detail":"Not Found"}',
        });
      askedAs.push(token);
      return answer({ staff: [] });
    },
  };
}

const owner = ({ id, email }: Account): TokenOwner => ({
  key: `http://support.test ${id}`,
  email,
  oldSecret: id,
});

function authOver(transport: Transport, secrets: SecretStore): Auth {
  const api = createApiClient('http://support.test', createServerTime(clock), transport);
  return createAuth({
    api,
    check: createServerCheck(api, () => 'same'),
    secrets,
    clock,
    standIn: null,
  });
}

test('a sign-in that is not taken up leaves whoever is at work under their own name', async () => {
  const { transport, askedAs } = server();
  const auth = authOver(transport, createMemorySecrets());
  const [first, second] = [account(1), account(2)];
  auth.take(owner(first), await auth.signIn(first.email, 'secret'));
  await auth.request('staff');
  const granted = await auth.signIn(second.email, 'secret');
  await auth.request('staff');
  auth.take(owner(second), granted);
  await auth.request('staff');
  expect(askedAs).toEqual([first.id, first.id, second.id]);
});
