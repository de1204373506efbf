import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  answer,
  appSchemePrivileges,
  findFile,
} from '../../../../src/main/shell/electron/app-protocol.ts';

let dir: string;
let root: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'staffdesk-protocol-'));
  root = join(dir, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  mkdirSync(join(dir, 'renderer-secret'));
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>Staffdesk</title>');
  writeFileSync(join(root, 'assets', 'index.js'), 'export {};');
  writeFileSync(join(root, 'assets', 'inter.woff2'), 'font');
  writeFileSync(join(root, 'assets', 'index.js.map'), '{}');
  writeFileSync(join(root, '.env.json'), '{}');
  writeFileSync(join(dir, 'secret.json'), '{"secret":true}');
  writeFileSync(join(dir, 'renderer-secret', 'secret.json'), '{"secret":true}');
});
afterAll(() => {
  rmSync(dir, { recursive: true });
});

const get = (path: string, method = 'GET') =>
  answer(root, { url: `app://staffdesk${path}`, method });

describe('files of the window', () => {
  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/index.html', 'text/html; charset=utf-8'],
    ['/index.html?x#y', 'text/html; charset=utf-8'],
    ['/assets/index.js', 'text/javascript; charset=utf-8'],
    ['/assets/inter.woff2', 'font/woff2'],
  ])('%s is served as %s', async (path, type) => {
    const response = await get(path);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
  });

  test('every answer carries the policy: nothing by default, no network, no inline script, no framing', async () => {
    for (const response of [await get('/'), await get('/absent.js'), await get('/', 'POST')]) {
      const policy = response.headers.get('content-security-policy');
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'none'",
        "frame-ancestors 'none'",
        "form-action 'none'",
      ])
        expect(policy).toContain(rule);
      expect(policy).not.toContain('unsafe');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  test('what has its contents in its name is kept with what was compiled of it, the page and refusals are not', async () => {
    const asset = await get('/assets/index.js');
    expect([
      asset.headers.get('cache-control'),
      Date.parse(asset.headers.get('last-modified') ?? ''),
    ]).toEqual(['public, max-age=31536000, immutable', expect.any(Number)]);
    for (const path of ['/', '/absent.js'])
      expect((await get(path)).headers.get('cache-control')).toBe('no-store');
  });

  test('HEAD answers without a body', async () => {
    const response = await get('/assets/index.js', 'HEAD');
    expect([
      response.status,
      response.headers.get('content-length'),
      await response.text(),
    ]).toEqual([200, '10', '']);
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    '%s is refused with 405',
    async (method) => {
      const response = await get('/index.html', method);
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    },
  );

  test('the scheme bypasses neither the policy nor CORS, and runs no service workers', () => {
    expect(appSchemePrivileges).toEqual({
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    });
  });
});

describe('nothing else is served', () => {
  const hostile = [
    '/../secret.json',
    '/../../../../etc/passwd',
    '/assets/../../secret.json',
    '/%2e%2e/secret.json',
    '/%2E%2E%2Fsecret.json',
    '/..%2fsecret.json',
    '/..%2Fsecret.json',
    '/%252e%252e/secret.json',
    '/%2e%2e%5csecret.json',
    '/..\\secret.json',
    '\\..\\secret.json',
    '/..%5csecret.json',
    '/%00',
    '/index.html%00.js',
    '/../renderer-secret/secret.json',
    '//etc/passwd',
    '/%2fetc/passwd',
    '/C:/Windows/win.ini',
    '/c%3a/windows/win.ini',
    '/.env.json',
    '/assets/./../.env.json',
    '/....//secret.json',
    '/%c0%ae%c0%ae/secret.json',
    '/%',
    '/assets',
    '/assets/',
    '/assets/index.js.map',
    '/index.html/',
  ];
  test.each(hostile)('%j is not found', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test('a name that is too long for any file is not found', async () => {
    expect((await get(`/${'a'.repeat(5_000)}.js`)).status).toBe(404);
  });

  test.each([
    'app://evil/index.html',
    'app://staffdesk.evil/index.html',
    'app://user@staffdesk/index.html',
    'app://staffdesk:81/index.html',
    'file:///etc/passwd',
    'https://staffdesk/index.html',
    'index.html',
  ])('another origin has no files: %s', async (url) => {
    expect((await answer(root, { url, method: 'GET' })).status).toBe(404);
  });

  test.each(hostile)('%j never names a file outside the folder', (path) => {
    const file = findFile(root, `app://staffdesk${path}`);
    expect(file === null || file.startsWith(`${root}/`)).toBe(true);
  });
});
