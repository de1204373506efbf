import { expect, test } from 'vitest';
import type { Account } from '../../../src/contract/bridge.ts';
import type { Clock } from '../../../src/core/clock.ts';
import { createApiClient } from '../../../src/main/sync/api-client.ts';
import { createAuth } from '../../../src/main/sync/auth.ts';
import { createMemorySecrets } from '../../../src/main/sync/secrets.ts';
import type { Transport } from '../../../src/main/sync/transport.ts';

const clock: Clock = { now: () => 0, monotonic: () => 0, setTimer: () => ({ cancel: () => undefined }) };
const account = (n: number): Account => ({ id: `00000000-0000-4000-8000-00000000000${n}`, email: `person${n}@example.test`, name: `Person ${n}`, role: 'staff' });
const people = [account(1), account(2)];

/** A server that gives each person one access token, named after them, and notes under which one it is asked. */
function server(): { transport: Transport; askedAs: string[] } {
  const askedAs: string[] = [];
  const answer = (value: object) => Promise.resolve({ status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) });
  return {
    askedAs,
    transport(request) {
      if (request.url.endsWith('/auth/login')) {
        const person = people.find((p) => request.body?.includes(p.email));
        return answer({ access_token: person?.id, refresh_token: 'r', token_type: 'bearer', expires_in: 600 });
      }
      const token = request.headers['authorization']?.slice('Bearer '.length) ?? '';
      const person = people.find((p) => p.id === token);
      if (request.url.endsWith('/auth/me')) {
        return answer({ id: token, email: person?.email, username: 'p', full_name: person?.name, is_active: true, is_superuser: false, created_at: '2026-03-27T09:00:00Z', last_login: null, role: 'staff' });
      }
      askedAs.push(token);
      return answer({ staff: [] });
    },
  };
}

test('a sign-in that is not taken up leaves whoever is at work under their own name', async () => {
  const { transport, askedAs } = server();
  const auth = createAuth(createApiClient('http://support.test', clock, transport), createMemorySecrets(), clock);
  const [first, second] = [account(1), account(2)];
  await auth.signIn(first.email, 'secret');
  auth.use(first);
  await auth.request('staff');
  await auth.signIn(second.email, 'secret');
  await auth.request('staff');
  auth.use(second);
  await auth.request('staff');
  expect(askedAs).toEqual([first.id, first.id, second.id]);
});
