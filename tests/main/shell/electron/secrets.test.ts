import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSafeSecrets } from '../../../../src/main/shell/electron/secrets.ts';
import { asElectron, FakeSafeStorage } from './fake-electron.ts';

let dir: string;
let safe: FakeSafeStorage;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'staffdesk-secrets-'));
  safe = new FakeSafeStorage();
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  rmSync(dir, { recursive: true });
  vi.restoreAllMocks();
});

const open = (platform: NodeJS.Platform = 'linux') =>
  openSafeSecrets(asElectron(safe), dir, platform);
const file = () => join(dir, 'secrets.json');

test.each(['basic_text', 'unknown'])(
  'on Linux with the backend %s the secret stays in memory and no file is made',
  async (backend) => {
    safe.backend = backend;
    const store = await open();
    await store.set('maya', 'token');
    expect([store.kind, await store.get('maya'), readdirSync(dir)]).toEqual([
      'memory',
      'token',
      [],
    ]);
  },
);

test('without a system key the secret stays in memory, on every system', async () => {
  safe.available = false;
  expect((await open('linux')).kind).toBe('memory');
  expect((await open('darwin')).kind).toBe('memory');
  expect((await open('win32')).kind).toBe('memory');
});

test.each(['gnome_libsecret', 'kwallet5', 'kwallet6'])(
  'with the backend %s the secret survives a restart, encrypted, readable by its owner alone',
  async (backend) => {
    safe.backend = backend;
    const store = await open();
    await store.set('maya', 'refresh-token');
    expect(readFileSync(file(), 'utf8')).not.toContain('refresh-token');
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect([store.kind, await (await open()).get('maya'), await store.get('alex')]).toEqual([
      'os',
      'refresh-token',
      null,
    ]);
  },
);

test('macOS and Windows are not asked for the Linux backend', async () => {
  safe.getSelectedStorageBackend = () => {
    throw new Error('only on Linux');
  };
  expect((await open('darwin')).kind).toBe('os');
  expect((await open('win32')).kind).toBe('os');
});

test('writes that overlap all count, and no half-written file is left', async () => {
  const store = await open();
  await Promise.all(
    ['a', 'b', 'c', 'd'].map((account) => store.set(account, `secret of ${account}`)),
  );
  await store.remove('b');
  expect(await Promise.all(['a', 'b', 'c', 'd'].map((account) => store.get(account)))).toEqual([
    'secret of a',
    null,
    'secret of c',
    'secret of d',
  ]);
  expect(readdirSync(dir)).toEqual(['secrets.json']);
});

test('a secret whose key is gone, and a damaged file, cost a sign-in and nothing else', async () => {
  const store = await open();
  await store.set('maya', 'token');
  safe.broken = true;
  expect(await store.get('maya')).toBeNull();
  safe.broken = false;
  writeFileSync(file(), '{"maya": 1');
  expect(await store.get('maya')).toBeNull();
  await store.set('maya', 'new');
  expect(await store.get('maya')).toBe('new');
});

test('a secret under an old key is encrypted again', async () => {
  const store = await open();
  await store.set('maya', 'token');
  safe.shouldReEncrypt = true;
  expect([await store.get('maya'), safe.encryptions]).toEqual(['token', 2]);
});
