import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callNames } from '../../../src/contract/bridge.ts';
import type { BridgeErrorCode } from '../../../src/contract/errors.ts';
import { bridgeErrors } from '../../../src/contract/errors.ts';
import { portOf } from '../../../src/main/bridge/desk-port.ts';
import type { Desk } from '../../../src/main/desk/index.ts';
import type { LoopbackShell } from '../../../src/main/shell/loopback/server.ts';
import { startLoopbackShell } from '../../../src/main/shell/loopback/server.ts';
import { openTestDesk, tempDir } from '../../helpers/desk.ts';

let shell: LoopbackShell;
let desk: Desk;
let origin: string;
let key: string;
const home = tempDir();
const rendererDir = mkdtempSync(join(tmpdir(), 'staffdesk-window-'));

beforeAll(async () => {
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>window</title>');
  writeFileSync(join(rendererDir, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  mkdirSync(join(rendererDir, 'assets'));
  writeFileSync(join(rendererDir, 'assets/index-B8gdXDUm.js'), 'export {};');
  ({ desk } = openTestDesk(home.dir, 'http://127.0.0.1:9'));
  shell = await startLoopbackShell(portOf(desk), { rendererDir, port: 0 });
  const link = new URL(shell.link);
  origin = link.origin;
  key = link.hash.slice('#key='.length);
});
afterAll(async () => {
  await shell.close();
  await desk.close();
  home.remove();
  rmSync(rendererDir, { recursive: true, force: true });
});

interface Reply { status: number; headers: Record<string, string | string[] | undefined>; body: string }

/** A request with exactly these headers: fetch would correct Host and Origin. */
function send(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<Reply> {
  return new Promise((done, fail) => {
    const sent = request(origin + path, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; }).on('end', () => { done({ status: response.statusCode ?? 0, headers: response.headers, body: text }); });
    });
    sent.on('error', fail);
    sent.end(body);
  });
}
const json = (extra: Record<string, string> = {}) => ({ origin, 'content-type': 'application/json', ...extra });
const enter = async (): Promise<string> => {
  const { status, headers } = await send('POST', '/bridge/session', json(), JSON.stringify({ key }));
  expect(status).toBe(204);
  return String(headers['set-cookie']?.[0]);
};
const call = JSON.stringify({ name: 'session.get', input: {} });

test.each([['/', 'no-store'], ['/assets/index-B8gdXDUm.js', 'public, max-age=31536000, immutable'], ['/icon.svg', 'no-store']])('%s is kept by the browser as %s', async (path, kept) => {
  const { status, headers } = await send('GET', path);
  expect([status, headers['cache-control']]).toEqual([200, kept]);
});

describe('the secret', () => {
  test('has 256 bits and buys a cookie that scripts and other sites cannot use', async () => {
    expect(Buffer.from(key, 'base64url')).toHaveLength(32);
    const cookie = await enter();
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const answer = await send('POST', '/bridge/call', json({ cookie: cookie.split(';')[0] ?? '' }), call);
    expect(JSON.parse(answer.body)).toMatchObject({ ok: true, value: { state: 'signed-out' } });
  });

  test('guessed, missing or of another type opens nothing', async () => {
    for (const guess of ['', 'x', key.slice(1), `${key}x`, 1, null, {}, [key]]) expect((await send('POST', '/bridge/session', json(), JSON.stringify({ key: guess }))).status).toBe(401);
    for (const cookie of ['', 'staffdesk_session=', `staffdesk_session=${key}`]) expect((await send('POST', '/bridge/call', json({ cookie }), call)).status).toBe(401);
    expect((await send('GET', '/bridge/events')).status).toBe(401);
  });
});

describe('a web page that attacks', () => {
  let cookie: string;
  beforeAll(async () => { cookie = (await enter()).split(';')[0] ?? ''; });

  test('under a name rebound to 127.0.0.1 is misdirected: 421', async () => {
    for (const host of ['evil.example', 'localhost', `localhost:${new URL(origin).port}`, '127.0.0.1', '127.0.0.1:1', `${new URL(origin).host}.evil.example`]) {
      expect((await send('POST', '/bridge/call', json({ host, cookie }), call)).status, host).toBe(421);
      expect((await send('GET', '/', { host })).status, host).toBe(421);
    }
  });

  test('from another origin, or one that hides its origin, is refused: 403', async () => {
    const { origin: _, ...noOrigin } = json({ cookie });
    expect((await send('POST', '/bridge/call', noOrigin, call)).status).toBe(403);
    for (const from of ['null', 'https://evil.example', 'http://127.0.0.1:1', `${origin}.evil.example`]) expect((await send('POST', '/bridge/call', json({ cookie, origin: from }), call)).status, from).toBe(403);
    expect((await send('GET', '/bridge/events', { cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  test('as a form post is no JSON: 415, and nothing happens', async () => {
    expect((await send('POST', '/bridge/call', { origin, cookie, 'content-type': 'application/x-www-form-urlencoded' }, 'name=session.signOut')).status).toBe(415);
    expect((await send('POST', '/bridge/call', { origin, cookie, 'content-type': 'text/plain' }, call)).status).toBe(415);
  });

  test('gets no CORS and no framing, and a strict policy with every answer', async () => {
    const { headers } = await send('GET', '/');
    expect(headers['access-control-allow-origin']).toBeUndefined();
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  });

  test('finds no file outside the window', async () => {
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/%2e%2e%2f%2e%2e%2fetc/passwd', '/....//etc/passwd', '/.env', '/etc/passwd', '//etc/passwd', '/%00', '/index.html%00.png']) {
      const { status, body } = await send('GET', path);
      expect([400, 403, 404], path).toContain(status);
      expect(body).not.toContain('root:');
    }
  });

  test('with malformed calls gets a closed error and the desk lives on', async () => {
    const bodies = ['', '{', 'null', '[]', '"x"', '1', '{}', '{"name":1}', '{"name":"nope","input":{}}', '{"name":"__proto__","input":{}}', '{"name":"constructor"}', '{"name":"toString","input":{}}'];
    const inputs = [undefined, null, 1, 'x', [], { extra: 1 }, { ticket_id: 1 }, { ticket_id: "' or 1=1" }, { query: 1 }, { view: 'nope', after: null, limit: 1 }, { view: 'all', after: null, limit: -1 }, { __proto__: { x: 1 } }];
    for (const body of bodies) expect((await send('POST', '/bridge/call', json({ cookie }), body)).status, body).toBeLessThan(500);
    for (const name of callNames) {
      for (const input of inputs) {
        const { status, body } = await send('POST', '/bridge/call', json({ cookie }), JSON.stringify({ name, input }));
        expect(status).toBe(200);
        const result = JSON.parse(body);
        expect(result.ok ? bridgeErrors.internal : bridgeErrors[result.error.code as BridgeErrorCode]).toMatchObject({ sentence: expect.any(String), remedy: expect.any(String) });
        expect(body).not.toMatch(/at .*\.ts:|SQLITE|ZodError/);
      }
    }
    expect((await send('POST', '/bridge/call', json({ cookie }), call)).status).toBe(200);
  });
});
