import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from '../helpers/browser.ts';
import { tempDir } from '../helpers/desk.ts';
import { lastingPort } from '../helpers/lasting-port.ts';
import { sendTo } from '../helpers/loopback.ts';
import { startOtherPort, type OtherPort } from '../helpers/other-port.ts';
import { anotherWindow, startDeskProgram, type Running } from '../helpers/processes.ts';

const nobody = 'http://127.0.0.1:9';
const script =
  globSync('index-*.js', { cwd: join(import.meta.dirname, '../../out/renderer/assets') })[0] ?? '';
let browser: Browser;
let context: BrowserContext;
let home: ReturnType<typeof tempDir>;
let running: { stop(): Promise<unknown> }[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  home = tempDir();
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  for (const one of running) await one.stop();
  running = [];
  home.remove();
});

async function startDesk(port = 0): Promise<Running> {
  const desk = await startDeskProgram(nobody, home.dir, port);
  running.push(desk);
  return desk;
}
async function otherPort(...args: Parameters<typeof startOtherPort>): Promise<OtherPort> {
  const other = await startOtherPort(...args);
  running.push({ stop: () => other.close().catch(() => undefined) });
  return other;
}
async function openWindow(link: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(link);
  await isIn(page);
  return page;
}
const isIn = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
/** The line across the window; the sign-in form has an alert of its own. */
const banner = (page: Page) => page.locator('.gone[role=alert]');
const sessionOf = (page: Page): Promise<string> =>
  page.evaluate(() => sessionStorage.getItem('staffdesk-session') ?? '');
const keyOf = (link: string): string => link.split('#key=')[1] ?? '';
const exchange = (link: string) => {
  const { origin } = new URL(link);
  return sendTo(
    origin,
    'POST',
    '/bridge/session',
    { origin, 'content-type': 'application/json' },
    JSON.stringify({ key: keyOf(link) }),
  );
};

test('a page on another port gets no byte of a session and locks nobody out, whatever name it has', async () => {
  const desk = await startDesk();
  const window = await openWindow(desk.readyAt);
  const { origin, port } = new URL(desk.readyAt);
  const secrets = [...(await sessionOf(window)).split('.'), keyOf(desk.readyAt)];
  const attacker = await otherPort({ '/': { body: '<!doctype html><title>attacker</title>' } });

  for (const host of ['127.0.0.1', 'localhost', 'staffdesk.localhost', '127.0.0.2']) {
    const page = await context.newPage();
    const here = `http://${host}:${attacker.port}`;
    // Linux alone answers on all of 127.0.0.0/8; there the page is the same but for its name.
    await page.route(`${here}/`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>attacker</title>' }),
    );
    await page.goto(`${here}/`);
    for (const target of [
      origin,
      `http://localhost:${port}`,
      `http://staffdesk.localhost:${port}`,
    ]) {
      const got = await page.evaluate(attack, { target, script });
      expect({ host, target, got }).toEqual({
        host,
        target,
        got: { read: [], loaded: [], storage: '' },
      });
    }
    await page.close();
  }
  const everything = JSON.stringify(attacker.heard);
  for (const secret of secrets) expect(everything).not.toContain(secret);

  // As many cookies of 4 kB as a browser keeps, 150 to 180, for every port of 127.0.0.1.
  const planter = await context.newPage();
  await planter.goto(`http://127.0.0.1:${attacker.port}/`);
  await planter.evaluate(() => {
    for (let n = 0; n < 180; n += 1) document.cookie = `c${n}=${'x'.repeat(4_000)}; path=/`;
    for (const name of ['staffdesk_session', 'staffdesk-session', 'x-staffdesk-session'])
      document.cookie = `${name}=planted; path=/bridge`;
  });
  // The browser stores them in its own time.
  await expect.poll(() => planter.evaluate(() => document.cookie.length)).toBeGreaterThan(500_000);
  await planter.close();

  await window.reload();
  await isIn(window);
  await openWindow(await desk.nextLine(anotherWindow));
});

/**
 * Runs in the attacker's page: all ways to reach another origin. Answers what could be read or made
 * to run.
 */
async function attack({
  target,
  script: file,
}: {
  target: string;
  script: string;
}): Promise<{ read: string[]; loaded: string[]; storage: string }> {
  const read: string[] = [];
  const loaded: string[] = [];
  const soon = (run: (done: (result: boolean) => void) => void): Promise<boolean> =>
    new Promise(run);
  const paths = [
    '/',
    '/index.html',
    `/assets/${file}`,
    '/bridge/events',
    '/bridge/call',
    '/bridge/session',
    '/bridge/proof',
    '/icon.svg',
  ];
  const init = [
    {},
    { credentials: 'include' },
    { mode: 'no-cors', credentials: 'include' },
    { method: 'POST', body: '{"name":"session.get","input":{}}', credentials: 'include' },
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-staffdesk-session': 'a.b' },
      body: '{}',
    },
  ] as RequestInit[];
  for (const path of paths)
    for (const options of init) {
      const answer = await fetch(target + path, options).catch(() => null);
      const text = (await answer?.text().catch(() => '')) ?? '';
      if (text !== '') read.push(`fetch ${path} ${JSON.stringify(options)}`);
    }
  for (let n = 0; n < 10; n += 1)
    await fetch(`${target}/bridge/session`, {
      method: 'POST',
      mode: 'no-cors',
      body: JSON.stringify({ key: `guess ${n}` }),
    }).catch(() => null);

  const element = (name: string, attributes: Record<string, string>): Promise<boolean> =>
    soon((done) => {
      const one = Object.assign(document.createElement(name), attributes);
      one.addEventListener('load', () => {
        done(true);
      });
      one.addEventListener('error', () => {
        done(false);
      });
      document.body.append(one);
    });
  if (await element('script', { src: `${target}/assets/${file}` })) loaded.push('script');
  if (await element('script', { src: `${target}/assets/${file}`, type: 'module' }))
    loaded.push('module');
  if (await element('link', { href: `${target}/`, rel: 'stylesheet' })) loaded.push('stylesheet');
  if (await element('img', { src: `${target}/icon.svg` })) loaded.push('image');
  if (
    await element('script', { type: 'module', textContent: `import "${target}/assets/${file}";` })
  )
    loaded.push('import');

  const frame = document.createElement('iframe');
  frame.src = `${target}/`;
  await soon((done) => {
    frame.onload = () => {
      done(true);
    };
    document.body.append(frame);
  });
  try {
    if ((frame.contentDocument?.body.innerHTML ?? '') !== '') read.push('frame');
  } catch {
    // Another origin: as it should be.
  }
  const opened = open(`${target}/#key=guess`);
  try {
    if ((opened?.document.body.innerHTML ?? '') !== '') read.push('window');
    if (opened?.sessionStorage.getItem('staffdesk-session')) read.push('storage of the window');
  } catch {
    // The same.
  }
  opened?.close();

  if (
    await soon((done) => {
      const source = new EventSource(`${target}/bridge/events`, { withCredentials: true });
      source.onopen = () => {
        done(true);
      };
      source.onerror = () => {
        source.close();
        done(false);
      };
    })
  )
    loaded.push('events');
  if (
    await soon((done) => {
      const socket = new WebSocket(`${target.replace('http', 'ws')}/bridge/events`);
      socket.onopen = () => {
        done(true);
      };
      socket.onerror = () => {
        done(false);
      };
    })
  )
    loaded.push('socket');
  // Workers and service workers must come from the page's own origin.
  try {
    const worker = new Worker(`${target}/assets/${file}`);
    if (
      await soon((done) => {
        worker.onmessage = () => {
          done(true);
        };
        worker.onerror = () => {
          done(false);
        };
      })
    )
      loaded.push('worker');
  } catch {
    // Refused at once.
  }
  if (
    await navigator.serviceWorker?.register(`${target}/assets/${file}`).then(
      () => true,
      () => false,
    )
  )
    loaded.push('service worker');

  const form = Object.assign(document.createElement('form'), {
    action: `${target}/bridge/call`,
    method: 'post',
    enctype: 'text/plain',
    target: `hole ${target}`,
  });
  const hole = Object.assign(document.createElement('iframe'), { name: `hole ${target}` });
  form.append(
    Object.assign(document.createElement('input'), {
      name: '{"name":"session.signOut","input":{},"x":"',
      value: '"}',
    }),
  );
  document.body.append(hole, form);
  await soon((done) => {
    hole.onload = () => {
      done(true);
    };
    form.submit();
  });
  try {
    if ((hole.contentDocument?.body.innerHTML ?? '') !== '') read.push('form');
  } catch {
    // Another origin.
  }
  return {
    read,
    loaded,
    storage: [...Object.keys(sessionStorage), ...Object.keys(localStorage), document.cookie].join(
      '',
    ),
  };
}

test('a link out of the window tells the other port nothing', async () => {
  const desk = await startDesk();
  const window = await openWindow(desk.readyAt);
  const other = await otherPort({ '/': { body: '<!doctype html><title>other</title>' } });
  const [page] = await Promise.all([
    context.waitForEvent('page'),
    window.evaluate((href) => {
      const link = Object.assign(document.createElement('a'), {
        href,
        target: '_blank',
        rel: 'noopener noreferrer',
      });
      document.body.append(link);
      link.click();
    }, `http://127.0.0.1:${other.port}/`),
  ]);
  await page.waitForURL(/127/);
  expect(
    await page.evaluate(() => [
      document.referrer,
      String(opener),
      document.cookie,
      sessionStorage.length,
    ]),
  ).toEqual(['', 'null', '', 0]);
  expect(other.heard[0]?.headers.cookie).toBeUndefined();
  expect(other.heard[0]?.headers.referer).toBeUndefined();
});

test('a window that another one opens is let in with it, four in all: the fifth says that it hears nothing', async () => {
  const desk = await startDesk();
  const window = await openWindow(desk.readyAt);
  for (let n = 2; n <= 4; n += 1) {
    const [next] = await Promise.all([
      context.waitForEvent('page'),
      window.evaluate(() => {
        open(location.pathname, '_blank', 'popup');
      }),
    ]);
    await isIn(next);
  }
  const [fifth] = await Promise.all([
    context.waitForEvent('page'),
    window.evaluate(() => {
      open(location.pathname, '_blank', 'popup');
    }),
  ]);
  await isIn(fifth);
  await banner(fifth).filter({ hasText: 'Staffdesk is open in too many windows' }).waitFor();
  expect(await sessionOf(fifth)).toBe(await sessionOf(window));
});

test('without --port each start has another address', async () => {
  const first = await startDesk();
  const { port } = new URL(first.readyAt);
  await first.stop();
  expect(new URL((await startDesk()).readyAt).port).not.toBe(port);
});

/** Stays in the browser's cache for a year; tells its own server what it finds. */
const kept = { 'cache-control': 'public, max-age=31536000, immutable' };
const stealing =
  'fetch("/stolen", { method: "POST", body: location.hash + JSON.stringify(sessionStorage) }); document.title = "stolen";';

test('a script that a former holder of the port left in the cache does not run in the window', async () => {
  const former = await otherPort(
    {
      '/': {
        headers: { 'cache-control': 'no-store' },
        body: `<!doctype html><title>former</title><script type="module" crossorigin src="./assets/${script}"></script>`,
      },
      [`/assets/${script}`]: { type: 'text/javascript', headers: kept, body: stealing },
    },
    await lastingPort(),
  );
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${former.port}/`);
  await page.waitForFunction(() => document.title === 'stolen');
  await page.goto('about:blank');
  await former.close();

  const desk = await startDesk(former.port);
  const window = await openWindow(desk.readyAt);
  expect(await window.title()).not.toBe('stolen');
  // It is still there for who asks at its own address.
  expect(
    await window.evaluate(
      async (path) => (await fetch(path, { cache: 'force-cache' })).text(),
      `/assets/${script}`,
    ),
  ).toBe(stealing);
});

test("under a former holder's service worker the window opens nothing and keeps its key", async () => {
  const former = await otherPort(
    {
      '/': { body: '<!doctype html><title>former</title>' },
      '/worker.js': {
        type: 'text/javascript',
        body: 'addEventListener("install", () => { skipWaiting(); }); addEventListener("activate", (e) => { e.waitUntil(clients.claim()); }); addEventListener("fetch", (e) => { e.respondWith(fetch(e.request)); });',
      },
    },
    await lastingPort(),
  );
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${former.port}/`);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/worker.js');
    await navigator.serviceWorker.ready;
  });
  await page.goto('about:blank');
  await former.close();

  const desk = await startDesk(former.port);
  await page.goto(desk.readyAt);
  await page.getByText('Another program used this address before').waitFor();
  expect(await sessionOf(page)).toBe('');
  expect((await exchange(desk.readyAt)).status).toBe(200);
  // The worker was sent away with the first try.
  await openWindow(await desk.nextLine(anotherWindow));
});

test('a link that was used is said to be, and a window without one says what to do', async () => {
  const desk = await startDesk();
  await openWindow(desk.readyAt);
  const late = await context.newPage();
  await late.goto(desk.readyAt);
  await late.getByText('This link was used before').waitFor();
  expect(await sessionOf(late)).toBe('');
  const empty = await context.newPage();
  await empty.goto(new URL(desk.readyAt).origin);
  await empty.getByText('Open Staffdesk again from its link').waitFor();
});

test('a window whose desk has gone says so and keeps its text; to who has the port after it, it says nothing', async () => {
  const port = await lastingPort();
  const desk = await startDesk(port);
  const window = await openWindow(desk.readyAt);
  const session = await sessionOf(window);
  await window.getByRole('textbox', { name: 'Email' }).fill('maya@staffdesk.test');
  await window.getByRole('textbox', { name: 'Password' }).fill('a secret password');
  await desk.kill();
  await banner(window).filter({ hasText: 'Staffdesk is not running any more.' }).waitFor();

  const stranger = await otherPort(
    {
      '/bridge/proof': { type: 'application/json', body: '{"proof":"x"}' },
      '/bridge/call': { type: 'application/json', body: '{"ok":true,"value":{}}' },
    },
    port,
  );
  await window.getByRole('button', { name: 'Sign in', exact: true }).click();
  await banner(window)
    .filter({
      hasText: 'Staffdesk was started again, and this window is no longer connected to it.',
    })
    .waitFor();
  await window.getByRole('button', { name: 'Sign in', exact: true }).click();
  expect([...new Set(stranger.heard.map(({ url }) => url))]).toEqual(['/bridge/proof']);
  const everything = JSON.stringify(stranger.heard);
  for (const secret of [
    session,
    session.split('.')[1] ?? '',
    'a secret password',
    'maya@staffdesk.test',
  ])
    expect(everything).not.toContain(secret);
  expect(await window.getByRole('textbox', { name: 'Email' }).inputValue()).toBe(
    'maya@staffdesk.test',
  );
});

test('a window of before learns that a new desk has its port', async () => {
  const port = await lastingPort();
  const desk = await startDesk(port);
  const window = await openWindow(desk.readyAt);
  await window.getByRole('textbox', { name: 'Email' }).fill('maya@staffdesk.test');
  expect(await desk.stop()).toBe(0);
  const next = await startDesk(port);
  await banner(window)
    .filter({
      hasText: 'Staffdesk was started again, and this window is no longer connected to it.',
    })
    .waitFor();
  expect(await window.getByRole('textbox', { name: 'Email' }).inputValue()).toBe(
    'maya@staffdesk.test',
  );
  await window.reload();
  await window.getByText('Open Staffdesk again from its link').waitFor();
  await window.goto(next.readyAt);
  await window.reload();
  await isIn(window);
});
