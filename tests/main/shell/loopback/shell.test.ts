import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callNames } from '../../../../src/contract/bridge.ts';
import { bridgeErrors, type BridgeErrorCode } from '../../../../src/contract/errors.ts';
import { sendTo, startTestShell, type TestShell } from '../../../helpers/loopback.ts';

let shell: TestShell;
let origin: string;
let session: string;
const { send, post }: Pick<TestShell, 'send' | 'post'> = {
  send: (...request) => shell.send(...request),
  post: (...request) => shell.post(...request),
};

beforeAll(async () => {
  shell = await startTestShell({ windowPort: 0 });
  origin = shell.origin;
  session = await enter(shell.key);
});
afterAll(() => shell.close());

async function enter(key: string): Promise<string> {
  const { status, body } = await post('/bridge/session', { key });
  expect(status).toBe(200);
  return JSON.parse(body).session;
}
const json = (extra: Record<string, string> = {}) => ({
  origin,
  'content-type': 'application/json',
  ...extra,
});
const known = (extra: Record<string, string> = {}) =>
  json({ 'x-staffdesk-session': session, ...extra });
const question = { name: 'session.get', input: {} };
const call = JSON.stringify(question);

describe('the window', () => {
  test('is never kept by the browser, but its files are', async () => {
    const { body, headers } = await send('GET', '/');
    expect(headers['cache-control']).toBe('no-store');
    const [, path = ''] = /src="\.(\/[^"]*)"/.exec(body) ?? [];
    expect((await send('GET', path)).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    );
    expect((await send('GET', '/icon.svg')).headers['cache-control']).toBe('no-store');
    expect((await send('GET', '/index.html')).body).toBe(body);
  });

  test('has its files where nobody could foresee them, and elsewhere at each launch', async () => {
    const other = await startTestShell();
    const pathOf = async (one: TestShell) =>
      /src="\.\/([^"/]*)\/assets\//.exec((await one.send('GET', '/')).body)?.[1] ?? '';
    const paths = [await pathOf(shell), await pathOf(other)];
    expect(paths.map((path) => Buffer.from(path, 'base64url').length)).toEqual([16, 16]);
    expect(paths[0]).not.toBe(paths[1]);
    expect(new URL(other.shell.link).port).not.toBe(new URL(shell.shell.link).port);
    await other.close();
  });

  test('that Staffdesk opens itself has a port of its own, where the paths stay as they are', async () => {
    const own = shell.shell.ownWindow;
    const { status, body } = await sendTo(own?.origin ?? '', 'GET', '/', {});
    expect([status, own?.origin === origin]).toEqual([200, false]);
    expect(body).toContain('src="./assets/');
    const entered = await sendTo(
      own?.origin ?? '',
      'POST',
      '/bridge/session',
      { origin: own?.origin ?? '', 'content-type': 'application/json' },
      JSON.stringify({ key: own?.key }),
    );
    expect(JSON.parse(entered.body)).toEqual({ session: expect.any(String) });
    // Each port is an origin of its own: what comes from one is foreign to the other.
    expect(
      (await send('POST', '/bridge/call', known({ origin: own?.origin ?? '' }), call)).status,
    ).toBe(403);
  });
});

describe('the key', () => {
  test('has 256 bits and buys a session that no cookie carries', async () => {
    expect(Buffer.from(shell.key, 'base64url')).toHaveLength(32);
    const key = shell.links.at(-1)?.split('#key=')[1] ?? '';
    const { headers, body } = await post('/bridge/session', { key });
    expect(headers['set-cookie']).toBeUndefined();
    expect(
      JSON.parse((await post('/bridge/call', question, JSON.parse(body).session)).body),
    ).toMatchObject({ ok: true, value: { state: 'signed-out' } });
  });

  test('is good once, even for calls at the same moment, and each use prints a link for another window', async () => {
    const before = shell.links.length;
    const key = shell.links.at(-1)?.split('#key=')[1] ?? '';
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post('/bridge/session', { key })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([
      200, 401, 401, 401, 401, 401, 401, 401,
    ]);
    expect((await post('/bridge/session', { key: shell.key })).status).toBe(401);
    expect(shell.links).toHaveLength(before + 1);
    expect(shell.links.at(-1)).toMatch(new RegExp(`^${origin}/#key=[\\w-]{43}$`));
  });

  test('guessed, missing or of another type opens nothing', async () => {
    for (const guess of ['', 'x', shell.key.slice(1), `${shell.key}x`, 1, null, {}, [shell.key]])
      expect((await post('/bridge/session', { key: guess })).status).not.toBe(200);
    for (const guess of [
      '',
      '.',
      'x.y',
      shell.key,
      session.slice(0, -1),
      `${session.split('.')[0]}.`,
      `.${session.split('.')[1]}`,
    ])
      expect((await post('/bridge/call', question, guess)).status).not.toBe(200);
    expect(
      (
        await send(
          'POST',
          '/bridge/call',
          json({ cookie: `staffdesk_session=${session}; x-staffdesk-session=${session}` }),
          call,
        )
      ).status,
    ).not.toBe(200);
    expect((await send('GET', '/bridge/events')).status).not.toBe(200);
    expect((await send('GET', `/bridge/events?session=${session}`)).status).not.toBe(200);
  });

  test('tried a thousand times locks nobody out, is counted and said once', async () => {
    const target = await startTestShell();
    for (let n = 0; n < 1_000; n += 1)
      expect([401, 429]).toContain(
        (await target.post('/bridge/session', { key: `guess ${n}` })).status,
      );
    expect((await target.post('/bridge/session', { key: 'one more' })).status).toBe(429);
    expect(target.warnings).toEqual([expect.stringMatching(/tries keys/)]);
    expect((await target.post('/bridge/session', { key: target.key })).status).toBe(200);
    await target.close();
  });
});

test('the desk proves that it gave out a session, and nobody else can', async () => {
  const [id = '', secret = ''] = session.split('.');
  const { body } = await post('/bridge/proof', { session: id, challenge: 'c' });
  const { createHmac } = await import('node:crypto');
  expect(JSON.parse(body)).toEqual({
    proof: createHmac('sha256', secret).update('c').digest('hex'),
  });
  for (const wrong of [
    { session: 'x', challenge: 'c' },
    { session: id },
    { session: id, challenge: 1 },
    { session: id, challenge: 'c'.repeat(1_000) },
    null,
    [],
  ]) {
    expect([400, 401]).toContain((await post('/bridge/proof', wrong)).status);
  }
});

describe('a web page that attacks', () => {
  test('under a name rebound to 127.0.0.1 is misdirected: 421', async () => {
    for (const host of [
      'evil.example',
      'localhost',
      `localhost:${new URL(origin).port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `${new URL(origin).host}.evil.example`,
      new URL(shell.shell.ownWindow?.origin ?? '').host,
    ]) {
      expect((await send('POST', '/bridge/call', known({ host }), call)).status, host).toBe(421);
      expect((await send('GET', '/', { host })).status, host).toBe(421);
    }
  });

  test('from another origin, or one that hides its origin, is refused: 403', async () => {
    const { origin: _, ...noOrigin } = known();
    expect((await send('POST', '/bridge/call', noOrigin, call)).status).toBe(403);
    for (const from of [
      'null',
      'https://evil.example',
      'http://127.0.0.1:1',
      `${origin}.evil.example`,
    ])
      expect((await send('POST', '/bridge/call', known({ origin: from }), call)).status, from).toBe(
        403,
      );
    for (const site of ['cross-site', 'same-site']) {
      for (const path of ['/bridge/events', '/', '/index.html', '/assets/index-B8gdXDUm.js']) {
        expect(
          (await send('GET', path, { 'x-staffdesk-session': session, 'sec-fetch-site': site }))
            .status,
          `${site} ${path}`,
        ).toBe(403);
      }
    }
  });

  test('as a form post is no JSON: 415, and nothing happens', async () => {
    expect(
      (
        await send(
          'POST',
          '/bridge/call',
          known({ 'content-type': 'application/x-www-form-urlencoded' }),
          'name=session.signOut',
        )
      ).status,
    ).toBe(415);
    expect(
      (await send('POST', '/bridge/call', known({ 'content-type': 'text/plain' }), call)).status,
    ).toBe(415);
  });

  test('gets no CORS and no framing, and a strict policy with every answer', async () => {
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/nothing-here'],
      ['GET', '/%'],
      ['GET', '/assets/%ff'],
      ['OPTIONS', '/bridge/call'],
      ['POST', '/bridge/call'],
      ['GET', '/bridge/events'],
    ] as const) {
      const { headers } = await send(method, path);
      expect(headers['access-control-allow-origin'], path).toBeUndefined();
      expect(headers['x-content-type-options'], path).toBe('nosniff');
      const policy = String(headers['content-security-policy']);
      for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "worker-src 'none'"])
        expect(policy, path).toContain(rule);
      expect(policy).not.toContain('unsafe');
    }
  });

  test('that set cookies for 127.0.0.1, as many as a browser keeps, does not lock the window out', async () => {
    const cookie = Array.from({ length: 180 }, (_, n) => `c${n}=${'x'.repeat(4_080)}`).join('; ');
    expect((await send('GET', '/', { cookie })).status).toBe(200);
    expect((await send('POST', '/bridge/call', known({ cookie }), call)).status).toBe(200);
  });

  test('finds no file outside the window', async () => {
    const launch = /src="\.(\/[^"/]*)\/assets/.exec((await send('GET', '/')).body)?.[1] ?? '';
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/%2e%2e%2f%2e%2e%2fetc/passwd',
      '/....//etc/passwd',
      '/.env',
      '/etc/passwd',
      '//etc/passwd',
      '/%00',
      '/index.html%00.png',
    ]) {
      for (const prefix of ['', launch]) {
        const { status, body } = await send('GET', prefix + path);
        expect([400, 403, 404], prefix + path).toContain(status);
        expect(body).not.toContain('root:');
      }
    }
  });

  test('with malformed calls gets a closed error and the desk lives on', async () => {
    const bodies = [
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '1',
      '{}',
      '{"name":1}',
      '{"name":"nope","input":{}}',
      '{"name":"__proto__","input":{}}',
      '{"name":"constructor"}',
      '{"name":"toString","input":{}}',
    ];
    const inputs = [
      undefined,
      null,
      1,
      'x',
      [],
      { extra: 1 },
      { ticket_id: 1 },
      { ticket_id: "' or 1=1" },
      { query: 1 },
      { view: 'nope', after: null, limit: 1 },
      { view: 'all', after: null, limit: -1 },
      { __proto__: { x: 1 } },
    ];
    for (const body of bodies)
      expect((await send('POST', '/bridge/call', known(), body)).status, body).toBeLessThan(500);
    for (const name of callNames) {
      for (const input of inputs) {
        const { status, body } = await send(
          'POST',
          '/bridge/call',
          known(),
          JSON.stringify({ name, input }),
        );
        expect(status).toBe(200);
        const result = JSON.parse(body);
        expect(
          result.ok ? bridgeErrors.internal : bridgeErrors[result.error.code as BridgeErrorCode],
        ).toMatchObject({ sentence: expect.any(String), remedy: expect.any(String) });
        expect(body).not.toMatch(/at .*\.ts:|SQLITE|ZodError/);
      }
    }
    expect((await send('POST', '/bridge/call', known(), call)).status).toBe(200);
  });
});

test('what a window watches is pushed to its own stream alone, and commits to none', async () => {
  const streamOf = async (window: string) => {
    const response = await fetch(`${origin}/bridge/events`, {
      headers: { 'x-staffdesk-session': session, 'x-staffdesk-window': window },
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let all = '';
    return {
      /** Everything until the badge of this count was told. */
      async until(count: number): Promise<string[]> {
        while (!all.includes(`"count":${count}`)) all += (await reader?.read())?.value ?? '';
        return [...all.matchAll(/"name":"([^"]+)"/g)].map(([, name = '']) => name);
      },
      end: () => reader?.cancel(),
    };
  };
  const [one, two] = [await streamOf('one'), await streamOf('two')];
  const result = { ok: true, value: [] };
  const [sessionId = ''] = session.split('.');
  shell.desk.events.emit('live.changed', { id: 1, revision: 1, result }, `${sessionId} one`);
  shell.desk.events.emit('committed', { ticket_ids: null });
  shell.desk.events.emit('badge.changed', { count: 41 });
  expect([await one.until(41), await two.until(41)]).toEqual([
    ['live.changed', 'badge.changed'],
    ['badge.changed'],
  ]);
  await Promise.all([one.end(), two.end()]);
});
