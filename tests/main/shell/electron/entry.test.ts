import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFakeElectron, type FakeElectron } from './fake-electron.ts';

let fake: FakeElectron;
let dir: string;
let said: string[];
let complained: string[];
let ends: Map<string, () => void>;
const argv = process.argv;

function prepare(): void {
  fake = createFakeElectron();
  dir = mkdtempSync(join(tmpdir(), 'staffdesk-entry-'));
  said = [];
  complained = [];
  ends = new Map();
  vi.spyOn(console, 'log').mockImplementation((text: string) => {
    said.push(text);
  });
  vi.spyOn(console, 'error').mockImplementation((text: string) => {
    complained.push(text);
  });
  vi.spyOn(process, 'on').mockImplementation((name, run) => {
    ends.set(String(name), run);
    return process;
  });
  vi.resetModules();
  vi.doMock('electron', () => fake.module);
}

async function end(): Promise<void> {
  fake.app.quit();
  // A desk that is still closing holds its folder.
  await vi.waitUntil(
    () => fake.app.listenerCount('will-quit') === 0 || fake.app.exitCodes.length > 0,
    patience,
  );
  process.argv = argv;
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true, force: true });
}

/**
 * The desk's thread reads its sources before it answers, which takes its time beside other work.
 */
const patience = { timeout: 120_000 };

/** Runs the entry with the real desk behind it. */
async function launch(...options: string[]): Promise<void> {
  process.argv = ['electron', '.', ...options];
  await import('../../../../src/main/index.ts');
}
const ready = () =>
  vi.waitFor(() => {
    expect(said).toContain('Staffdesk ready: electron');
  }, patience);

// In this order, with one desk: to start its thread takes longest of all.
describe('the first instance', () => {
  beforeAll(async () => {
    prepare();
    await launch(
      '--remote-debugging-port=0',
      '--no-sandbox',
      '--data',
      dir,
      '--api',
      'http://127.0.0.1:9/ignored',
      'staffdesk://ticket/1',
    );
    await ready();
  });
  afterAll(end);

  test('a start sandboxes every window, locks the scheme down, opens the desk in its folder and says that it is ready', async () => {
    expect([fake.app.sandboxed, fake.windows.length, fake.schemes]).toEqual([
      true,
      1,
      [
        {
          scheme: 'app',
          privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
        },
      ],
    ]);
    expect([...fake.protocolHandlers.keys(), ...fake.handlers.keys()]).toEqual([
      'app',
      'staffdesk:call',
    ]);
    expect(existsSync(join(dir, 'outbox.db'))).toBe(true);
    expect(fake.windows[0]?.webContents.openHandler?.({ url: 'file:///etc/passwd' })).toEqual({
      action: 'deny',
    });
    expect(fake.session.handlers['check']?.()).toBe(false);
    const contents = fake.windows[0]?.webContents;
    expect(
      await fake.handlers.get('staffdesk:call')?.(
        { sender: contents, senderFrame: contents?.mainFrame },
        'session.get',
        {},
      ),
    ).toMatchObject({
      ok: true,
      value: { state: 'signed-out', server: 'http://127.0.0.1:9', secret_store: 'os' },
    });
  });

  test("Chromium's and Electron's own switches are no bad options", () => {
    expect(complained).toEqual([]);
  });

  test('comes to the front when a second one is started, also when minimised', () => {
    const [window] = fake.windows;
    if (window) window.minimized = true;
    fake.app.emit('second-instance');
    expect([window?.did, fake.windows.length]).toEqual([['restore', 'show', 'focus'], 1]);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'])('%s quits', (name) => {
    const { quits } = fake.app;
    ends.get(name)?.();
    expect(fake.app.quits).toBe(quits + 1);
  });

  test('told several times to quit, closes the desk once, after the windows, and ends with code 0', async () => {
    fake.app.quit();
    fake.app.quit();
    await vi.waitFor(() => {
      expect(fake.app.exitCodes).toEqual([0]);
    }, patience);
  });
});

describe('a start', () => {
  beforeEach(prepare);
  afterEach(end);

  test('a second instance opens nothing and quits', async () => {
    fake.app.firstInstance = false;
    await launch('--data', dir);
    expect([
      fake.app.quits,
      fake.windows,
      fake.handlers.size,
      existsSync(join(dir, 'outbox.db')),
    ]).toEqual([1, [], 0, false]);
  });

  test.each([
    [['--api', 'not an address'], '--api takes the address'],
    [['--api', 'file:///etc'], '--api takes the address'],
    [['--api'], '--api takes the address'],
    [['--api', 'http://support.example.com'], 'is not encrypted'],
    [['--data'], '--data takes a folder'],
    [['--data', ''], '--data takes a folder'],
  ])(
    'a bad option is one sentence, in a box and on stderr, and code 1: %j',
    async (options, sentence) => {
      await launch(...options);
      expect([
        complained.length,
        complained[0],
        fake.errorBoxes.length,
        fake.app.exitCodes,
      ]).toEqual([1, expect.stringContaining(sentence), 1, [1]]);
    },
  );

  test('a server whose connection others can read is used where that was accepted, and is said', async () => {
    await launch('--data', dir, '--api', 'http://support.invalid', '--allow-http');
    await ready();
    expect(complained).toEqual([
      expect.stringContaining('The connection to http://support.invalid is not encrypted'),
    ]);
  });

  test('a data folder in use by another process is said in one sentence', async () => {
    const { lockDataFolder } = await import('../../../../src/main/desk/sqlite/lock.ts');
    const lock = lockDataFolder(dir);
    await launch('--data', dir);
    await vi.waitFor(() => {
      expect(fake.app.exitCodes).toEqual([1]);
    }, patience);
    expect(complained).toEqual([expect.stringContaining('already running')]);
    lock.release();
  });
});
