import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { row } from '../../../src/server/db/pool.ts';
import {
  startApi,
  testPassword,
  type Answer,
  type Person,
  type TestApi,
} from '../../helpers/api.ts';
import { openStream } from '../../helpers/event-stream.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api.close();
});

const refresh = (token: string): Promise<Answer> =>
  api.call('POST', '/auth/refresh', { refresh_token: token });
const signIn = (person: Person): Promise<Answer> =>
  api.call('POST', '/auth/login', { email: person.email, password: testPassword });
const me = async (token: string): Promise<number> =>
  (await api.call('GET', '/auth/me', undefined, { authorization: `Bearer ${token}` })).status;
/** Moves the use of every spent refresh token into the past, as waiting would. */
const seconds = (n: number) =>
  api.pool.query(
    'update refresh_tokens set used_at = used_at - make_interval(secs => $1) where used_at is not null',
    [n],
  );
/** The event that ends a stream: none. One that stays open keeps the test from ending. */
const streamEnds = async (stream: Awaited<ReturnType<typeof openStream>>): Promise<null> => {
  while ((await stream.next()) !== null);
  return null;
};

describe('refresh tokens', () => {
  test('within 60 s a spent token gets its one successor again, however often and side by side', async () => {
    const alex = await api.person('staff');
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(alex.refreshToken)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ body }) => body.refresh_token)).size).toBe(1);
    await seconds(50);
    const late = await refresh(alex.refreshToken);
    expect(late.body.refresh_token).toBe(answers[0]?.body.refresh_token);
    expect(await me(late.body.access_token)).toBe(200);
    expect(
      (
        await row<{ n: number }>(
          api.pool,
          'select count(*)::int as n from refresh_tokens t join sessions s on s.id = t.session_id where s.user_id = $1',
          [alex.id],
        )
      )?.n,
    ).toBe(2);
  });

  test('a computer that went to sleep before the response came gets the same successor a day later', async () => {
    const alex = await api.person('staff');
    const lost = await refresh(alex.refreshToken);
    await seconds(86_400);
    const again = await refresh(alex.refreshToken);
    expect(again.body.refresh_token).toBe(lost.body.refresh_token);
    expect(await me(again.body.access_token)).toBe(200);
    // Now it has arrived: to use the old one once more takes a copy of it.
    expect((await refresh(alex.refreshToken)).status).toBe(401);
    expect((await refresh(again.body.refresh_token)).status).toBe(401);
  });

  test('a chain goes on, and only its last token is kept alive by it', async () => {
    const alex = await api.person('staff');
    const chain = [alex.refreshToken];
    for (let n = 0; n < 5; n += 1)
      chain.push((await refresh(chain.at(-1) ?? '')).body.refresh_token);
    expect(new Set(chain).size).toBe(6);
    await seconds(61);
    expect((await refresh(chain.at(-1) ?? '')).status).toBe(200);
    expect((await refresh(chain[2] ?? '')).status).toBe(401);
  });

  test('used again after 60 s it ends its whole family and its event streams, and no other device of the person', async () => {
    const alex = await api.person('staff');
    const { body: phone } = await signIn(alex);
    const { body: next } = await refresh(alex.refreshToken);
    const [stolen, ofPhone] = await Promise.all([
      openStream(api.server, alex.token),
      openStream(api.server, phone.access_token),
    ]);
    expect(await me(next.access_token)).toBe(200);
    await seconds(61);
    expect((await refresh(alex.refreshToken)).status).toBe(401);
    expect(await streamEnds(stolen)).toBeNull();
    for (const token of [next.refresh_token, alex.refreshToken])
      expect((await refresh(token)).status).toBe(401);
    for (const token of [alex.token, next.access_token]) expect(await me(token)).toBe(401);
    expect(await me(phone.access_token)).toBe(200);
    expect((await refresh(phone.refresh_token)).status).toBe(200);
    // The other stream is still open: it hears the next write.
    await api.ticket(await api.person('customer'));
    expect(await ofPhone.nextOf('changed')).not.toBeNull();
    ofPhone.close();
  });

  test('one that has expired, was never given, or belongs to a session that is signed out is refused', async () => {
    const alex = await api.person('staff');
    const { body: other } = await signIn(alex);
    await api.pool.query(
      "update refresh_tokens set expires_at = now() - interval '1 second' where session_id in (select id from sessions where user_id = $1 order by created_at limit 1)",
      [alex.id],
    );
    expect((await refresh(alex.refreshToken)).status).toBe(401);
    expect((await refresh('never-given')).status).toBe(401);
    expect(await me(other.access_token)).toBe(200);
    await api.call('POST', '/auth/logout', undefined, {
      authorization: `Bearer ${other.access_token}`,
    });
    expect((await refresh(other.refresh_token)).status).toBe(401);
    expect(await me(other.access_token)).toBe(401);
  });

  test('the database holds no token that could be used', async () => {
    const alex = await api.person('staff');
    const { rows } = await api.pool.query(
      'select encode(hash, $1) as hash, encode(hash, $2) as text from refresh_tokens',
      ['base64', 'escape'],
    );
    for (const stored of rows) expect([stored.hash, stored.text]).not.toContain(alex.refreshToken);
  });
});

describe('an account that is closed', () => {
  test('its tokens stop at once and its event streams soon after, on every device', async () => {
    const alex = await api.person('staff');
    const { body: phone } = await signIn(alex);
    const streams = await Promise.all([
      openStream(api.server, alex.token),
      openStream(api.server, phone.access_token),
    ]);
    await api.pool.query('update users set is_active = false where id = $1', [alex.id]);
    expect(await me(alex.token)).toBe(401);
    expect((await refresh(alex.refreshToken)).status).toBe(401);
    expect((await refresh(phone.refresh_token)).status).toBe(401);
    expect((await signIn(alex)).status).toBe(401);
    expect(await Promise.all(streams.map(streamEnds))).toEqual([null, null]);
    await expect(openStream(api.server, alex.token)).rejects.toThrow('401');
  });

  test('one whose role changes loses its streams, since they were opened with another one', async () => {
    const alex = await api.person('staff');
    const stream = await openStream(api.server, alex.token);
    await api.pool.query("update users set role = 'customer' where id = $1", [alex.id]);
    expect(await streamEnds(stream)).toBeNull();
  });
});

describe('access tokens', () => {
  test('only one that we signed, for us, of the right kind, by the one algorithm and in its time is taken', async () => {
    const alex = await api.person('staff');
    const secret =
      (
        await row<{ value: string }>(
          api.pool,
          "select value from server_settings where name = 'signing_key'",
        )
      )?.value ?? '';
    const session =
      (await row<{ id: string }>(api.pool, 'select id from sessions where user_id = $1', [alex.id]))
        ?.id ?? '';
    const other = await api.person('admin');
    interface Parts {
      alg: string;
      typ: string | undefined;
      iss: string;
      aud: string;
      exp: number | null;
      sub: string;
      sid: string;
      key: Buffer;
    }
    const now = Math.floor(Date.now() / 1_000);
    const good: Parts = {
      alg: 'HS256',
      typ: 'at+jwt',
      iss: 'staffdesk-api',
      aud: 'staffdesk',
      exp: now + 60,
      sub: alex.id,
      sid: session,
      key: Buffer.from(secret, 'base64url'),
    };
    const sign = (changes: Partial<Parts> = {}): Promise<string> => {
      const { alg, typ, iss, aud, exp, sub, sid, key } = { ...good, ...changes };
      const token = new SignJWT({ sid })
        .setProtectedHeader({ alg, ...(typ === undefined ? {} : { typ }) })
        .setIssuer(iss)
        .setAudience(aud)
        .setSubject(sub)
        .setIssuedAt(now - 120);
      return (exp === null ? token : token.setExpirationTime(exp)).sign(key);
    };
    expect(await me(await sign())).toBe(200);

    const encode = (value: object): string =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const [header = '', payload = '', signature = ''] = (await sign()).split('.');
    const refused: [string, string][] = [
      ['alg none, unsigned', `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.`],
      [
        'alg none with our signature',
        `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.${signature}`,
      ],
      [
        'another algorithm with our key',
        await sign({ alg: 'HS512', key: Buffer.concat([good.key, good.key]) }),
      ],
      [
        'HS384 with our key',
        await sign({ alg: 'HS384', key: Buffer.concat([good.key, good.key]).subarray(0, 48) }),
      ],
      ['another key', await sign({ key: Buffer.alloc(32, 7) })],
      [
        'another payload under our signature',
        `${header}.${encode({ sid: session, sub: other.id, iss: good.iss, aud: good.aud, exp: good.exp })}.${signature}`,
      ],
      ['another issuer', await sign({ iss: 'someone-else' })],
      ['another audience', await sign({ aud: 'staffdesk-portal' })],
      ['another type', await sign({ typ: 'JWT' })],
      ['no type', await sign({ typ: undefined })],
      ['expired', await sign({ exp: now - 1 })],
      ['without an end', await sign({ exp: null })],
      ['a session of someone else', await sign({ sub: other.id })],
      ['a session that is none', await sign({ sid: 'x' })],
      ['a refresh token', alex.refreshToken],
      ['nothing', ''],
    ];
    for (const [name, token] of refused) expect(await me(token), name).toBe(401);
  });
});
