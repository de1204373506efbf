import { createHook } from 'node:async_hooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  startApi,
  testPassword,
  type Answer,
  type Person,
  type TestApi,
} from '../../helpers/api.ts';

let api: TestApi;
let dana: Person;
let closed: Person;
let passwordless: Person;
beforeAll(async () => {
  api = await startApi({
    loginPerAccount: 100_000,
    loginPerAddress: 100_000,
    perAddress: 1_000_000,
  });
  [dana, closed, passwordless] = [
    await api.person('customer'),
    await api.person('staff'),
    await api.person('staff'),
  ];
  await api.pool.query('update users set is_active = false where id = $1', [closed.id]);
  await api.pool.query('update users set hashed_password = null where id = $1', [passwordless.id]);
});
afterAll(async () => {
  await api.close();
});

const signIn = (email: string, password = 'not the password', target = api): Promise<Answer> =>
  target.call('POST', '/auth/login', { email, password });

/** What a caller can see of an answer, but for what differs between any two. */
function seen({ status, headers, body }: Answer): object {
  return {
    status,
    body,
    headers: Object.fromEntries(
      [...headers].filter(([name]) => name !== 'date' && name !== 'x-request-id'),
    ),
  };
}

/**
 * The same, but which headers there are and not what they say: the second that a window has left
 * differs.
 */
const named = ({ status, headers, body }: Answer): object => ({
  status,
  body,
  names: [...headers.keys()].toSorted(),
});

test('an unknown account, a wrong password, a closed account and one without a password get the same answer', async () => {
  const wrong = seen(await signIn(dana.email));
  expect(wrong).toMatchObject({ status: 401, body: { detail: 'Incorrect email or password' } });
  const others: [string, Promise<Answer>][] = [
    ['unknown', signIn('nobody@example.test')],
    ['closed, wrong password', signIn(closed.email)],
    ['closed, right password', signIn(closed.email, testPassword)],
    ['no password', signIn(passwordless.email)],
    ['capitals and blanks', signIn(`  ${dana.email.toUpperCase()} `)],
    ['unknown, capitals and blanks', signIn('  NOBODY@Example.Test ')],
    ['no address at all', signIn('nobody')],
  ];
  for (const [name, answer] of others) expect(seen(await answer), name).toEqual(wrong);
});

test('what is refused before the account is looked up is refused the same whether there is one or not', async () => {
  for (const [email, password] of [
    ['\u0000', 'x'],
    ['', 'x'.repeat(1_025)],
    ['', ''],
    ['', '\u0000'],
    ['', '\ud800'],
    ['x'.repeat(300), 'x'],
  ] as const) {
    const [known, unknown] = await Promise.all([
      signIn(dana.email + email, password),
      signIn(`nobody@example.test${email}`, password),
    ]);
    expect(known.status).toBe(422);
    expect(seen(known)).toEqual(seen(unknown));
  }
});

test('429 comes after as many tries, with the same answer, whether there is an account or not', async () => {
  const limited = await startApi({ loginPerAccount: 3 });
  await limited.person('customer');
  const run = async (email: string): Promise<Answer[]> => [
    await signIn(email, 'x', limited),
    await signIn(email, 'x', limited),
    await signIn(email.toUpperCase(), 'x', limited),
    await signIn(email, 'x', limited),
  ];
  // The first sign-in of the helper is one of its account's three, so the known one is another that
  // was never used.
  await limited.pool.query("update users set email = 'quiet@example.test'");
  const [known, unknown] = [await run('quiet@example.test'), await run('nobody@example.test')];
  expect(known.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
  expect(unknown.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
  expect(known.map(named)).toEqual(unknown.map(named));
  for (const answer of [known.at(-1), unknown.at(-1)])
    expect(Number(answer?.headers.get('retry-after'))).toBeGreaterThan(0);
  await limited.close();
});

/**
 * How often a password is hashed in this process while `act` runs: the work that a sign-in's time
 * consists of.
 */
async function hashesIn(act: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const hook = createHook({
    init(_id, type) {
      if (type === 'SCRYPTREQUEST') count += 1;
    },
  }).enable();
  await act();
  hook.disable();
  return count;
}

/** What the time itself gives away is measured by `npm run bench -- sign-in`. */
test('each refused sign-in hashes one password, whether the account is known, unknown, closed or without a password', async () => {
  for (const email of [
    dana.email,
    'nobody@example.test',
    closed.email,
    passwordless.email,
    'nobody',
  ]) {
    expect(await hashesIn(() => signIn(email)), email).toBe(1);
  }
  expect(await hashesIn(() => signIn(closed.email, testPassword))).toBe(1);
});

test('a refused registration gets the same answer after the same work, whether the account is open, closed or without a password, and a right password is a sign-in', async () => {
  const register = (email: string, password: string): Promise<Answer> =>
    api.call('POST', '/auth/register', { email, full_name: 'Lena Brandt', password });
  const refused = seen(await register(dana.email, 'not the password'));
  expect(refused).toMatchObject({ status: 409 });
  expect(JSON.stringify(refused)).not.toMatch(/exist|taken|already/i);
  for (const [email, password] of [
    [dana.email.toUpperCase(), 'not the password'],
    [closed.email, 'not the password'],
    [closed.email, testPassword],
    [passwordless.email, testPassword],
  ] as const) {
    expect(seen(await register(email, password)), email).toEqual(refused);
    expect(await hashesIn(() => register(email, password)), email).toBe(2);
  }
  expect((await register(dana.email, testPassword)).status).toBe(200);
});
