import { beforeEach, expect, test, vi } from 'vitest';
import { createFakeElectron, type FakeElectron } from './fake-electron.ts';

let fake: FakeElectron;
let windows: typeof import('../../../../src/main/shell/electron/window.ts');

beforeEach(async () => {
  fake = createFakeElectron();
  vi.resetModules();
  vi.doMock('electron', () => fake.module);
  windows = await import('../../../../src/main/shell/electron/window.ts');
});

test.each([
  ['sandbox', true],
  ['contextIsolation', true],
  ['nodeIntegration', false],
  ['nodeIntegrationInWorker', false],
  ['nodeIntegrationInSubFrames', false],
  ['webSecurity', true],
  ['allowRunningInsecureContent', false],
  ['experimentalFeatures', false],
  ['webviewTag', false],
  ['navigateOnDragDrop', false],
  ['spellcheck', true],
] as const)('a window is made with %s %s', (name, value) => {
  expect(windows.windowOptions('/preload.cjs').webPreferences?.[name]).toBe(value);
});

test('a window turns on no Blink feature and has no other preference than those above', () => {
  expect(
    Object.keys(windows.windowOptions('/preload.cjs').webPreferences ?? {}).toSorted(),
  ).toEqual([
    'allowRunningInsecureContent',
    'contextIsolation',
    'devTools',
    'experimentalFeatures',
    'navigateOnDragDrop',
    'nodeIntegration',
    'nodeIntegrationInSubFrames',
    'nodeIntegrationInWorker',
    'preload',
    'sandbox',
    'spellcheck',
    'webSecurity',
    'webviewTag',
  ]);
});

test('developer tools exist only where the app is not packaged', () => {
  fake.app.isPackaged = true;
  expect(windows.windowOptions('/preload.cjs').webPreferences?.devTools).toBe(false);
  fake.app.isPackaged = false;
  expect(windows.windowOptions('/preload.cjs').webPreferences?.devTools).toBe(true);
});

test('a window opens at 1280 x 800, never below 900 x 640, and stays hidden until it has something to show', () => {
  windows.createWindow('/preload.cjs');
  const [window] = fake.windows;
  expect(window?.options).toMatchObject({
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 640,
    show: false,
  });
  expect([window?.url, window?.did]).toEqual(['app://staffdesk/index.html', []]);
  window?.emit('ready-to-show');
  expect(window?.did).toEqual(['show']);
});

test('a page that fails to load is an error, unless the window was closed first', async () => {
  const { FakeWindow } = await import('./fake-electron.ts');
  const failing = class extends FakeWindow {
    override loadURL = (): Promise<void> => Promise.reject(new Error('no such page'));
  };
  fake.module['BrowserWindow'] = failing;
  vi.resetModules();
  vi.doMock('electron', () => fake.module);
  const { createWindow } = await import('../../../../src/main/shell/electron/window.ts');
  await expect(createWindow('/preload.cjs').loaded).rejects.toThrow('no such page');
  const { window, loaded } = createWindow('/preload.cjs');
  window.close();
  await expect(loaded).resolves.toBeUndefined();
});
