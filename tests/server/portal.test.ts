import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person, TestApi } from '../helpers/api.ts';
import { startApi, testPassword } from '../helpers/api.ts';

let api: TestApi;
let dana: Person;
beforeAll(async () => {
  api = await startApi();
  dana = await api.person('customer', 'Dana Okafor');
});
afterAll(async () => { await api.close(); });

const auth = (path: string, body: unknown, cookie?: string) => fetch(`${api.server}/api/v1/auth/${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...(cookie === undefined ? {} : { cookie }) }, body: JSON.stringify(body) });
const cookieOf = (response: Response): string => response.headers.getSetCookie()[0] ?? '';

test('a page\'s session is in a cookie that no script and no other site can use, and its answer holds no refresh token', async () => {
  const signedIn = await auth('login', { email: dana.email, password: testPassword, session: 'cookie' });
  expect((await signedIn.json() as { refresh_token: string }).refresh_token).toBe('in-cookie');
  expect(cookieOf(signedIn)).toMatch(/^staffdesk_session=[\w-]{43}; Max-Age=2592000; Path=\/api\/v1\/auth; HttpOnly; SameSite=Strict$/);
  const [first = ''] = cookieOf(signedIn).split(';');
  const refreshed = await auth('refresh', { session: 'cookie' }, first);
  expect(refreshed.status).toBe(200);
  const [second = ''] = cookieOf(refreshed).split(';');
  expect(second).not.toBe(first);
  // A second tab that asks at the same time gets the same successor; a copy that is used much later ends the session.
  expect(cookieOf(await auth('refresh', { session: 'cookie' }, first)).split(';')[0]).toBe(second);
  await api.pool.query("update refresh_tokens set used_at = now() - interval '10 minutes' where used_at is not null");
  expect((await auth('refresh', { session: 'cookie' }, first)).status).toBe(401);
  expect((await auth('refresh', { session: 'cookie' }, second)).status).toBe(401);
});

test('without the cookie there is no session, and a body says one of token and cookie', async () => {
  expect((await auth('refresh', { session: 'cookie' })).status).toBe(401);
  expect((await auth('refresh', {})).status).toBe(422);
  expect((await auth('refresh', { session: 'cookie', refresh_token: dana.refreshToken })).status).toBe(422);
});

test('a sign-out ends the session and takes the cookie away', async () => {
  const signedIn = await auth('login', { email: dana.email, password: testPassword, session: 'cookie' });
  const { access_token: token } = await signedIn.json() as { access_token: string };
  const [cookie = ''] = cookieOf(signedIn).split(';');
  const out = await fetch(`${api.server}/api/v1/auth/logout`, { method: 'POST', headers: { authorization: `Bearer ${token}`, cookie } });
  expect(cookieOf(out)).toMatch(/^staffdesk_session=; Max-Age=0|^staffdesk_session=;.*Expires=Thu, 01 Jan 1970/);
  expect((await auth('refresh', { session: 'cookie' }, cookie)).status).toBe(401);
});

test('registration makes customers only, once an address, and nobody with a short password', async () => {
  const body = { email: 'Lena@Customer.test', full_name: 'Lena Brandt', password: 'a long enough password' };
  const made = await auth('register', body);
  expect(made.status).toBe(200);
  const { rows } = await api.pool.query<{ email: string; role: string }>("select email, role from users where email = 'lena@customer.test'");
  expect(rows).toEqual([{ email: 'lena@customer.test', role: 'customer' }]);
  expect((await auth('register', { ...body, password: 'another long password' })).status).toBe(409);
  // Who was there keeps their password.
  expect((await auth('login', { email: body.email, password: body.password })).status).toBe(200);
  for (const wrong of [{ password: 'short' }, { email: 'no address' }, { full_name: ' ' }, { role: 'admin' }]) expect((await auth('register', { ...body, email: 'new@customer.test', ...wrong })).status).toBe(422);
});

test('the page comes with a strict policy, and only files of the build are served', async () => {
  const page = await fetch(`${api.server}/support/tickets/x`);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
  expect(page.headers.get('cache-control')).toBe('no-cache');
  const html = await page.text();
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style|style=|onload/);
  const [, script = ''] = /src="([^"]+)"/.exec(html) ?? [];
  const asset = await fetch(api.server + script);
  expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
  for (const path of ['..%2findex.html', '%2e%2e%2f%2e%2e%2fpackage.json', '..%5cindex.html', 'x.js']) expect((await fetch(`${api.server}/support/assets/${path}`)).status).not.toBe(200);
});
