import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, testPassword, type Person, type TestApi } from '../helpers/api.ts';

let api: TestApi;
let dana: Person;
beforeAll(async () => {
  api = await startApi();
  dana = await api.person('customer', 'Dana Okafor');
});
afterAll(async () => {
  await api.close();
});

const auth = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${api.server}/api/v1/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const cookieOf = (response: Response): string => response.headers.getSetCookie()[0] ?? '';
const halfOf = (response: Response): string => cookieOf(response).split(';')[0] ?? '';
/**
 * What a browser says of a call that a page makes which it has from https, whatever ends TLS on the
 * way.
 */
const page = { 'sec-fetch-site': 'same-origin', origin: 'https://support.example.test' };

async function signInPage(
  headers: Record<string, string> = page,
): Promise<{ half: string; key: string; token: string; response: Response }> {
  const response = await auth(
    'login',
    { email: dana.email, password: testPassword, session: 'cookie' },
    headers,
  );
  const pair = (await response.json()) as {
    refresh_token: string;
    page_key: string;
    access_token: string;
  };
  expect(pair.refresh_token).toBe('in-cookie');
  return { half: halfOf(response), key: pair.page_key, token: pair.access_token, response };
}

test("a page's session over https is in a cookie that no script and no other host can use, and a key in the answer; both are needed", async () => {
  const { half, key, response } = await signInPage();
  expect(cookieOf(response)).toMatch(
    /^__Host-staffdesk_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  );
  const go = (cookie: string, page_key = key) =>
    auth('refresh', { session: 'cookie', page_key }, { ...page, cookie });
  const refreshed = await go(half);
  expect(refreshed.status).toBe(200);
  const second = halfOf(refreshed);
  expect(second).not.toBe(half);
  // The key stays: tabs share it, and each may be asking while another is answered.
  expect(((await refreshed.json()) as { page_key: string }).page_key).toBe(key);
  // A second tab that asks at the same time gets the same successor; a copy that is used much later
  // ends the session.
  expect(halfOf(await go(half))).toBe(second);
  await api.pool.query(
    "update refresh_tokens set used_at = now() - interval '10 minutes' where used_at is not null",
  );
  // Whoever has the cookie alone cannot even do that.
  expect((await go(half, 'x'.repeat(43))).status).toBe(401);
  expect((await go(second)).status).toBe(200);
  expect((await go(half)).status).toBe(401);
  expect((await go(second)).status).toBe(401);
});

test('over plain http, where any port could read and overwrite a cookie, there is none: the key is the whole token', async () => {
  const { half, key } = await signInPage({});
  expect(half).toBe('');
  const refreshed = await auth(
    'refresh',
    { session: 'cookie', page_key: key },
    { cookie: '__Host-staffdesk_session=planted; staffdesk_session=planted' },
  );
  expect(refreshed.status).toBe(200);
  expect(((await refreshed.json()) as { page_key: string }).page_key).not.toBe(key);
});

test('without both halves there is no session, and a body says one of token and page', async () => {
  expect((await auth('refresh', { session: 'cookie' })).status).toBe(401);
  expect((await auth('refresh', {})).status).toBe(422);
  expect(
    (await auth('refresh', { session: 'cookie', refresh_token: dana.refreshToken })).status,
  ).toBe(422);
  expect((await auth('refresh', { session: 'cookie', page_key: 'a.b' })).status).toBe(422);
});

test('a sign-out ends the session and takes the cookie away', async () => {
  const { half, key, token } = await signInPage();
  const out = await fetch(`${api.server}/api/v1/auth/logout`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, cookie: half, ...page },
  });
  expect(cookieOf(out)).toMatch(
    /^__Host-staffdesk_session=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/,
  );
  expect(
    (await auth('refresh', { session: 'cookie', page_key: key }, { ...page, cookie: half })).status,
  ).toBe(401);
});

test('the calls of sign-in are for pages of this server and for programs: every other page is refused and changes nothing', async () => {
  const { host } = new URL(api.server);
  const { half, key, token } = await signInPage();
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'same-site', origin: api.server },
    { origin: 'http://127.0.0.1:1' },
    { origin: `http://${host}.evil.test` },
    { origin: `http://x@${host}` },
    { origin: 'null' },
    { origin: '' },
    { origin: 'file://' },
    { origin: `ftp://${host}` },
  ];
  for (const headers of foreign) {
    const said = JSON.stringify(headers);
    const sent = { ...headers, cookie: half };
    expect((await auth('refresh', { session: 'cookie', page_key: key }, sent)).status, said).toBe(
      403,
    );
    expect(
      (await auth('login', { email: dana.email, password: testPassword, session: 'cookie' }, sent))
        .status,
      said,
    ).toBe(403);
    expect(
      (await auth('login', { email: dana.email, password: testPassword }, sent)).status,
      said,
    ).toBe(403);
    expect(
      (
        await auth(
          'register',
          { email: 'forced@customer.test', full_name: 'Forced', password: testPassword },
          sent,
        )
      ).status,
      said,
    ).toBe(403);
    expect(
      (await auth('logout', {}, { ...sent, authorization: `Bearer ${token}` })).status,
      said,
    ).toBe(403);
  }
  expect(
    (await auth('refresh', { session: 'cookie', page_key: key }, { ...page, cookie: half })).status,
  ).toBe(200);
  for (const own of [{ origin: api.server }, { origin: api.server.toUpperCase() }, {}])
    expect((await auth('login', { email: dana.email, password: testPassword }, own)).status).toBe(
      200,
    );
});

test('registration makes customers only, once an address, and nobody with a short password', async () => {
  const body = {
    email: 'Lena@Customer.test',
    full_name: 'Lena Brandt',
    password: 'a long enough password',
  };
  const made = await auth('register', body);
  expect(made.status).toBe(200);
  const { rows } = await api.pool.query<{ email: string; role: string }>(
    "select email, role from users where email = 'lena@customer.test'",
  );
  expect(rows).toEqual([{ email: 'lena@customer.test', role: 'customer' }]);
  expect((await auth('register', { ...body, password: 'another long password' })).status).toBe(409);
  // Who was there keeps their password.
  expect((await auth('login', { email: body.email, password: body.password })).status).toBe(200);
  // Their password is the proof without mail: with it the form signs in.
  expect((await auth('register', { ...body, full_name: 'Another Name' })).status).toBe(200);
  expect(
    (
      await api.pool.query(
        "select 1 from users where email = 'lena@customer.test' and full_name = 'Lena Brandt'",
      )
    ).rowCount,
  ).toBe(1);
  for (const wrong of [
    { password: 'short' },
    { email: 'no address' },
    { full_name: ' ' },
    { role: 'admin' },
  ])
    expect((await auth('register', { ...body, email: 'new@customer.test', ...wrong })).status).toBe(
      422,
    );
});

test('the page comes with a strict policy, and only files of the build are served', async () => {
  const answer = await fetch(`${api.server}/support/tickets/x`);
  expect(answer.headers.get('content-security-policy')).toContain(
    "default-src 'none'; script-src 'self'",
  );
  expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
  expect(answer.headers.get('cache-control')).toBe('no-cache');
  const html = await answer.text();
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style|style=|onload/);
  const [, script = ''] = /src="([^"]+)"/.exec(html) ?? [];
  const asset = await fetch(api.server + script);
  expect([asset.status, asset.headers.get('cache-control')]).toEqual([
    200,
    'public, max-age=31536000, immutable',
  ]);
  for (const path of [
    '..%2findex.html',
    '%2e%2e%2f%2e%2e%2fpackage.json',
    '..%5cindex.html',
    'x.js',
  ])
    expect((await fetch(`${api.server}/support/assets/${path}`)).status).not.toBe(200);
});
