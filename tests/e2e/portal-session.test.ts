import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiBase } from '../../src/contract/wire/api.ts';
import { startApi, testPassword, type Person, type TestApi } from '../helpers/api.ts';
import { launchBrowser, signIn } from '../helpers/browser.ts';
import { testCertificate } from '../helpers/certificate.ts';
import { httpsFront } from '../helpers/https-front.ts';
import { portalPage, visitPortal, type PortalVisit } from '../helpers/portal-page.ts';

let api: TestApi;
let front: Awaited<ReturnType<typeof httpsFront>>;
let dana: Person;
let omar: Person;
let browser: Browser;
beforeAll(async () => {
  api = await startApi({ perAddress: 1e9 }, { trustProxy: 'loopback' });
  front = await httpsFront(api.server);
  dana = await api.person('customer', 'Dana Okafor');
  omar = await api.person('customer', 'Omar Haddad');
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  front.close();
  await api.close();
});

/**
 * Another program on this host: what it is sent, and a page of it in the customer's own browser.
 */
async function otherPort(
  context: BrowserContext,
  scheme: 'http' | 'https',
): Promise<{ page: Page; seen: string[]; close: () => void }> {
  const seen: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    seen.push(request.headers.cookie ?? '');
    const planted = new URL(request.url ?? '/', 'http://x').searchParams.getAll('plant');
    response
      .writeHead(200, { 'content-type': 'text/html', 'set-cookie': planted })
      .end('<title>elsewhere</title>');
  };
  // It is to see every byte that a browser sends it.
  const maxHeaderSize = 1024 * 1024;
  const server =
    scheme === 'http'
      ? createServer({ maxHeaderSize }, answer)
      : createSecureServer({ ...testCertificate, maxHeaderSize }, answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const page = await context.newPage();
  await page.goto(`${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    seen,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
const plant = (page: Page, ...cookies: string[]) =>
  page.evaluate(async (all) => {
    await fetch(`/?${new URLSearchParams(all.map((cookie) => ['plant', cookie]))}`);
  }, cookies);

/** Everything that a page elsewhere can send here by itself, with whatever the browser adds. */
const assault = (page: Page, server: string) =>
  page.evaluate(
    async ([base, email, password]) => {
      const bodies = [
        { session: 'cookie' },
        { session: 'cookie', page_key: 'x' },
        { email, password, session: 'cookie' },
      ];
      for (const path of ['refresh', 'login', 'register', 'logout']) {
        for (const body of bodies) {
          await fetch(`${base}/auth/${path}`, {
            method: 'POST',
            mode: 'no-cors',
            credentials: 'include',
            body: JSON.stringify(body),
          }).catch(() => null);
          await fetch(`${base}/auth/${path}`, {
            method: 'POST',
            credentials: 'include',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }).catch(() => null);
        }
      }
    },
    [server + apiBase, omar.email, testPassword],
  );

async function enter(server: string, who: Person, path = '/support'): Promise<PortalVisit> {
  const portal = await visitPortal(browser, server + path, who, { ignoreHTTPSErrors: true });
  await portal.page.getByRole('button', { name: 'Sign out' }).waitFor();
  return portal;
}
const isSignedIn = (page: Page, name: string) => page.getByRole('banner').getByText(name).waitFor();
const entrance = (page: Page) => page.getByRole('heading', { name: 'Sign in to support' });
const stored = (page: Page) => page.evaluate(() => ({ ...localStorage }));

describe('over plain http', () => {
  test('a page on another port gets no byte of the session, plants none, and cannot lock the customer out', async () => {
    const { context, page } = await enter(api.server, dana);
    const other = await otherPort(context, 'http');
    await assault(other.page, api.server);
    const { refresh_token: token } = (
      await api.call('POST', '/auth/login', { email: omar.email, password: testPassword })
    ).body as { refresh_token: string };
    await plant(
      other.page,
      ...['staffdesk_session', '__Host-staffdesk_session'].flatMap((name) =>
        ['/', '/support', '/api/v1/auth'].map(
          (path) =>
            `${name}=${token}; Path=${path}; Max-Age=99999${name.startsWith('__') ? '; Secure' : ''}`,
        ),
      ),
    );
    // Many times what a server takes by default: with each request they come here too.
    await other.page.evaluate(() => {
      for (let n = 0; n < 180; n += 1) document.cookie = `c${n}=${'x'.repeat(4_000)}; path=/`;
      // Setting them does not wait until the browser has them; reading does.
      return document.cookie.length;
    });
    await other.page.reload();
    expect(Math.max(...other.seen.map((cookies) => cookies.length))).toBeGreaterThan(100_000);
    const kept = (await stored(page))['session']?.split(' ')[1] ?? '';
    expect(kept).toMatch(/^[\w-]{43}$/);
    expect(other.seen.join('')).not.toContain(kept);
    expect(await stored(other.page)).toEqual({});

    await page.reload();
    await isSignedIn(page, 'Dana Okafor');
    const tab = await context.newPage();
    await tab.goto(`${api.server}/support`);
    await isSignedIn(tab, 'Dana Okafor');
    other.close();
    await context.close();
  });

  test('a page that was signed in by the cookie of before asks for one sign-in; what was typed stays, and the old token ends', async () => {
    const { id } = await api.ticket(dana, 'Before and after');
    const { refresh_token: old } = (
      await api.call('POST', '/auth/login', { email: dana.email, password: testPassword })
    ).body as { refresh_token: string };
    const context = await browser.newContext({ locale: 'en-GB' });
    await context.addCookies([
      {
        name: 'staffdesk_session',
        value: old,
        domain: '127.0.0.1',
        path: '/api/v1/auth',
        httpOnly: true,
        sameSite: 'Strict',
        expires: Date.now() / 1_000 + 10_000,
      },
    ]);
    const page = await context.newPage();
    await page.goto(`${api.server}/support/sign-in`);
    await page.evaluate((ticket) => {
      localStorage.setItem('signed-in', 'yes');
      sessionStorage.setItem(`draft ${ticket}`, 'Typed before the update');
    }, id);
    await page.goto(`${api.server}/support/tickets/${id}`);
    await entrance(page).waitFor();
    await signIn(page, dana.email, testPassword);
    await page.getByRole('heading', { name: 'Before and after' }).waitFor();
    await expect
      .poll(() => portalPage(page).messageBox.inputValue())
      .toBe('Typed before the update');
    expect(await context.cookies(`${api.server}/api/v1/auth/refresh`)).toEqual([]);
    expect((await api.call('POST', '/auth/refresh', { refresh_token: old })).status).toBe(401);
    await context.close();
  });
});

describe('over https', () => {
  test('the session is in two halves: a cookie of this very host for no script, and a key of this origin; each alone is worth nothing', async () => {
    const { context, page } = await enter(front.url, dana);
    const [cookie] = await context.cookies(front.url);
    expect(cookie).toMatchObject({
      name: '__Host-staffdesk_session',
      secure: true,
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
    });
    const key = (await stored(page))['session']?.split(' ')[1] ?? '';
    expect(
      JSON.stringify(
        await page.evaluate(() => [
          { ...localStorage },
          { ...sessionStorage },
          document.cookie,
          location.href,
        ]),
      ),
    ).not.toContain(cookie?.value);

    const other = await otherPort(context, 'https');
    // Cookies know no ports: this half does get there.
    expect(other.seen[0] ?? '').toContain(`__Host-staffdesk_session=${cookie?.value}`);
    await assault(other.page, front.url);
    const value = cookie?.value ?? '';
    const tries: [body: object, cookie: string][] = [
      [{ refresh_token: value }, ''],
      [{ refresh_token: key }, ''],
      [{ session: 'cookie' }, value],
      [{ session: 'cookie', page_key: key }, ''],
      [{ session: 'cookie', page_key: value }, value],
      [{ session: 'cookie', page_key: key.slice(1) }, value],
      [{ session: 'cookie', page_key: key }, value.slice(1)],
    ];
    for (const [body, half] of tries) {
      const headers = {
        origin: 'https://x',
        host: 'x',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'x',
        ...(half === '' ? {} : { cookie: `__Host-staffdesk_session=${half}` }),
      };
      expect(
        (await api.call('POST', '/auth/refresh', body, headers)).status,
        JSON.stringify(body),
      ).toBe(401);
    }
    // Nothing of that has ended it.
    await page.reload();
    await isSignedIn(page, 'Dana Okafor');
    other.close();
    await context.close();
  });

  test("a planted half of somebody else's session signs out and never in, and what was typed stays", async () => {
    const { id } = await api.ticket(dana, "Mine and nobody else's");
    const theirs = await enter(front.url, omar);
    const [half] = await theirs.context.cookies(front.url);
    const { context, page } = await enter(front.url, dana, `/support/tickets/${id}`);
    await portalPage(page).messageBox.fill('Not sent yet');
    const other = await otherPort(context, 'https');
    await plant(other.page, `__Host-staffdesk_session=${half?.value}; Path=/; Secure; HttpOnly`);
    await page.reload();
    await entrance(page).waitFor();
    expect(await page.getByRole('banner').textContent()).not.toContain('Omar');
    await signIn(page, dana.email, testPassword);
    await page.getByRole('heading', { name: "Mine and nobody else's" }).waitFor();
    await expect.poll(() => portalPage(page).messageBox.inputValue()).toBe('Not sent yet');
    // Its owner's session is as it was.
    await theirs.page.reload();
    await isSignedIn(theirs.page, 'Omar Haddad');
    other.close();
    await theirs.context.close();
    await context.close();
  });
});

test('tabs share a session and its changes; one in which somebody else signs in leaves the other signed out, not signed in as them', async () => {
  const { context, page } = await enter(front.url, dana);
  const second = await context.newPage();
  await second.goto(`${front.url}/support`);
  await isSignedIn(second, 'Dana Okafor');
  await Promise.all([page.reload(), second.reload()]);
  await Promise.all([isSignedIn(page, 'Dana Okafor'), isSignedIn(second, 'Dana Okafor')]);
  await second.getByRole('button', { name: 'Sign out' }).click();
  await entrance(second).waitFor();
  await signIn(second, omar.email, testPassword);
  await isSignedIn(second, 'Omar Haddad');
  // Its events end with the session, and it asks for another one: there is one, which is not its
  // own.
  await entrance(page).waitFor();
  expect(await page.getByRole('banner').textContent()).not.toContain('Omar');
  await second.reload();
  await isSignedIn(second, 'Omar Haddad');
  await context.close();
});

test('a registration that is refused says what to do, and never whether there is an account', async () => {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(`${api.server}/support/register`);
  const create = async (name: string, email: string): Promise<void> => {
    await page.getByRole('textbox', { name: 'Full name' }).fill(name);
    await page.getByRole('textbox', { name: 'Email' }).fill(email);
    await page.getByLabel('Password').fill('not the right password');
    await page.getByRole('button', { name: 'Create account' }).click();
  };
  await create('Support Team', 'new@customer.test');
  await page.getByRole('alert').getByText('This name cannot be used').waitFor();
  await create('Lena Brandt', dana.email);
  await page.getByRole('alert').getByText('The account could not be created').waitFor();
  expect(await page.getByRole('alert').textContent()).not.toMatch(
    /taken|exists|there is an account/i,
  );
  await create('Lena\u200b Brandt', 'lena@customer.test');
  await page.getByRole('banner').getByText('Lena Brandt', { exact: true }).waitFor();
  await context.close();
});
