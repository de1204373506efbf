import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeOf } from '../../../src/server/http/addresses.ts';
import { buildApi, type Api } from '../../../src/server/app.ts';
import { apiBase } from '../../../src/contract/wire/api.ts';
import { addUser } from '../../../src/server/areas/people/users.ts';
import { testPassword } from '../../helpers/api.ts';
import { freshDatabase } from '../../helpers/database.ts';

/** Two API processes on one database, with the numbers of the contract. */
let first: Api;
let second: Api;
let drop: () => Promise<void>;
let people = 0;
beforeAll(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  first = await buildApi({ databaseUrl: database.url });
  second = await buildApi({ databaseUrl: database.url });
});
afterAll(async () => {
  await Promise.all([first.close(), second.close()]);
  await drop();
});

async function post(path: string, payload: object, remoteAddress: string, api = first) {
  const { statusCode, headers } = await api.app.inject({
    method: 'POST',
    url: apiBase + path,
    payload,
    remoteAddress,
  });
  return { status: statusCode, retryAfter: Number(headers['retry-after']) };
}
const signIn = async (email: string, password: string, from: string, api = first) =>
  (await post('/auth/login', { email, password }, from, api)).status;
async function person(): Promise<string> {
  people += 1;
  const email = `person${people}@example.test`;
  await addUser(first.pool, { email, name: 'Dana', role: 'customer', password: testPassword });
  return email;
}
const times = async (n: number, run: (n: number) => Promise<number>): Promise<number[]> => {
  const all: number[] = [];
  for (let i = 0; i < n; i += 1) all.push(await run(i));
  return all;
};

describe('five wrong tries a minute on an account', () => {
  test('are counted for all API processes together, and the sixth is told how long to wait', async () => {
    const email = await person();
    expect(
      await times(5, (n) => signIn(email, 'wrong', '10.0.0.1', n % 2 === 0 ? first : second)),
    ).toEqual([401, 401, 401, 401, 401]);
    for (const api of [first, second]) {
      const { status, retryAfter } = await post(
        '/auth/login',
        { email, password: testPassword },
        '10.0.0.1',
        api,
      );
      expect(status).toBe(429);
      expect(retryAfter).toBeGreaterThan(0);
      expect(retryAfter).toBeLessThanOrEqual(60);
    }
  });

  test('are not got around by many addresses, by capitals or by how the address is written', async () => {
    const email = await person();
    expect(
      await times(5, (n) =>
        signIn(n % 2 === 0 ? email.toUpperCase() : ` ${email} `, 'wrong', `10.1.0.${n}`),
      ),
    ).toEqual([401, 401, 401, 401, 401]);
    expect(await signIn(email, 'wrong', '10.1.0.200')).toBe(429);
  });

  test('are over after a minute', async () => {
    const email = await person();
    await times(6, () => signIn(email, 'wrong', '10.0.0.2'));
    await first.pool.query("update sign_in_tries set ends_at = ends_at - interval '60 seconds'");
    expect(await signIn(email, testPassword, '10.0.0.2')).toBe(200);
  });

  test('of others keep nobody out of where they have signed in before, from however many addresses they come', async () => {
    const email = await person();
    expect(await signIn(email, testPassword, '10.2.0.1')).toBe(200);
    const flood = await times(10, (n) => signIn(email, 'wrong', `10.3.0.${n}`));
    expect(flood.filter((status) => status === 401)).toHaveLength(5);
    expect(await signIn(email, testPassword, '10.2.0.1')).toBe(200);
    // Elsewhere the owner has to wait as everybody does.
    expect(await signIn(email, testPassword, '10.2.0.2')).toBe(429);
    // A place that is known has the same bound for itself.
    expect(await times(6, () => signIn(email, 'wrong', '10.2.0.1'))).toEqual([
      401, 401, 401, 401, 401, 429,
    ]);
  });

  test('count what is tried at once', async () => {
    const email = await person();
    const statuses = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        signIn(email, 'wrong', `10.4.0.${n}`, n % 2 === 0 ? first : second),
      ),
    );
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
  });

  test('right ones take nothing away', async () => {
    const email = await person();
    expect(await times(8, () => signIn(email, testPassword, '10.5.0.1'))).toEqual(
      Array.from({ length: 8 }, () => 200),
    );
  });
});

describe('twenty tries a minute from an address', () => {
  test.each([
    ['an IPv4 address', ['10.6.0.1'], '10.6.0.2'],
    ['an IPv4 address that is written as IPv6', ['10.6.1.1', '::ffff:10.6.1.1'], '::ffff:10.6.1.2'],
    [
      'the /64 of an IPv6 address',
      ['2001:db8:1:2::1', '2001:db8:1:2:ffff::2', '2001:db8:1:2:1:2:3:4'],
      '2001:db8:1:3::1',
    ],
  ])('%s', async (_what, from, elsewhere) => {
    const at = (n: number): string => from[n % from.length] ?? '';
    // Seventeen have been.
    await first.pool.query(
      "insert into sign_in_tries (key, ends_at, tries) values (sha256(convert_to('address ' || $1, 'UTF8')), now() + interval '1 minute', 17)",
      [placeOf(at(0))],
    );
    expect(await times(5, (n) => signIn(`nobody${n}@example.test`, 'wrong', at(n)))).toEqual([
      401, 401, 401, 429, 429,
    ]);
    expect(await signIn('someone@example.test', 'wrong', elsewhere)).toBe(401);
  });
});

test('accounts opened from one address are bounded by the hour, and a taken one is a try on the account', async () => {
  const register = async (email: string, from: string) =>
    (
      await post(
        '/auth/register',
        { email, full_name: 'Lena Brandt', password: 'a long enough password' },
        from,
      )
    ).status;
  await first.pool.query(
    "insert into sign_in_tries (key, ends_at, tries) values (sha256('registrations 10.7.0.1'), now() + interval '30 minutes', 29)",
  );
  expect(await register('one@example.test', '10.7.0.1')).toBe(200);
  const late = await post(
    '/auth/register',
    { email: 'two@example.test', full_name: 'Lena Brandt', password: 'a long enough password' },
    '10.7.0.1',
  );
  expect(late.status).toBe(429);
  expect(late.retryAfter).toBeGreaterThan(60);
  const email = await person();
  expect(await times(6, (n) => register(email, `10.8.0.${n}`))).toEqual([
    409, 409, 409, 409, 409, 429,
  ]);
  expect(await signIn(email, testPassword, '10.8.1.1')).toBe(429);
});

test('what registration tells of addresses, free or taken, is bounded by the hour for a network, and telling that one is free takes it', async () => {
  const taken = await person();
  const ask = (email: string, from: string) =>
    post(
      '/auth/register',
      { email, full_name: 'Lena Brandt', password: 'another long password' },
      from,
    );
  await first.pool.query(
    "insert into sign_in_tries (key, ends_at, tries) values (sha256($1::bytea), now() + interval '30 minutes', 26)",
    [Buffer.from(`registrations ${placeOf('2001:db8:7:7::1')}`)],
  );
  const told = [
    await ask(taken, '2001:db8:7:7::1'),
    await ask('free-1@example.test', '2001:db8:7:7::2'),
    await ask('free-2@example.test', '2001:db8:7:7:1::3'),
    await ask(taken, '2001:db8:7:7:ffff::4'),
  ];
  expect(told.map(({ status }) => status)).toEqual([409, 200, 200, 409]);
  // From here on both are the same to whoever asks.
  const after = [
    await ask(taken, '2001:db8:7:7::5'),
    await ask('free-3@example.test', '2001:db8:7:7::6'),
  ];
  expect(after.map(({ status }) => status)).toEqual([429, 429]);
  const { rows } = await first.pool.query<{ email: string }>(
    "select email from users where email like 'free-%' order by email",
  );
  expect(rows.map(({ email }) => email)).toEqual(['free-1@example.test', 'free-2@example.test']);
});

test('what is counted names nobody, and what is over is cleared away by later tries', async () => {
  const email = await person();
  await signIn(email, 'wrong', '10.9.0.1');
  expect(
    JSON.stringify(
      (await first.pool.query("select encode(key, 'escape') from sign_in_tries")).rows,
    ),
  ).not.toMatch(/person|10\.9/);
  await first.pool.query("update sign_in_tries set ends_at = now() - interval '1 hour'");
  await times(10, (n) => signIn(email, 'wrong', `10.9.1.${n}`));
  expect(
    (await first.pool.query('select 1 from sign_in_tries where ends_at < now()')).rowCount,
  ).toBe(0);
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:c000:207', '192.0.2.7'],
  ['0:0:0:0:0:ffff:c000:0207', '192.0.2.7'],
  ['2002:c000:207:1::5', '192.0.2.7'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:DB8:0:0:ffff::1', '2001:db8:0:0::/64'],
  ['2001:db8:0:1::', '2001:db8:0:1::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
])('the place of %s is %s', (address, place) => {
  expect(placeOf(address)).toBe(place);
});
