import { join } from 'node:path';
import { app, dialog, ipcMain, protocol, safeStorage, session } from 'electron';
import { httpWarning } from '../core/server-address.ts';
import type { DeskPort } from './shell/bridge/desk-port.ts';
import { startDeskThread } from './shell/bridge/desk-thread.ts';
import { programBeside } from './program.ts';
import { appSchemePrivileges, serveApp } from './shell/electron/app-protocol.ts';
import { connectBridge } from './shell/electron/bridge-ipc.ts';
import { guardContents, guardSession } from './shell/electron/guards.ts';
import { setMenu } from './shell/electron/menu.ts';
import { readOptions, type ElectronOptions } from './shell/electron/options.ts';
import { openSafeSecrets } from './shell/electron/secrets.ts';
import { createWindowAndBanners } from './shell/electron/window-and-banners.ts';
import { readStandIn } from './stand-in.ts';

// Before anything is made: what the desk keeps is its user's alone, whatever the folder's own mode.
process.umask(0o077);

// These lie beside this file once built: out/main, out/preload, out/renderer.
const preload = join(import.meta.dirname, '../preload/index.cjs');
const rendererDir = join(import.meta.dirname, '../renderer');

const { appWindow, notifications } = createWindowAndBanners(preload, fail);

function showWindow(): void {
  appWindow.show().catch(fail);
}

function main(): void {
  const options = readOptions(process.argv.slice(1), process.cwd());
  // Before the lock, which is one per data folder.
  if (options.dataDir !== null) app.setPath('userData', options.dataDir);
  if (!app.requestSingleInstanceLock()) {
    console.log('Staffdesk is already running; its window comes to the front.');
    app.quit();
    return;
  }
  app.setPath('sessionData', join(app.getPath('userData'), 'window'));
  protocol.registerSchemesAsPrivileged([appSchemePrivileges]);
  app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      app.quit();
    });
  // Started by another process of ours: when that is gone, however it went, nothing may stay
  // behind.
  process.on('disconnect', () => {
    app.quit();
  });
  app
    .whenReady()
    .then(() => start(options))
    .catch(fail);
}

async function start(options: ElectronOptions): Promise<void> {
  const dataDir = app.getPath('userData');
  guardSession(session.defaultSession);
  serveApp(protocol, rendererDir);
  setMenu();
  const thread = startDeskThread(programBeside(import.meta.url, 'desk'));
  void thread.died.then(fail);
  const secrets = await openSafeSecrets(safeStorage, dataDir);
  const desk = await thread.open(
    { dataDir, server: options.server, standIn: readStandIn(process.env) },
    secrets,
  );
  closeOnQuit(desk);
  connectBridge(desk, { ipcMain, appWindow, notifications });
  app.on('second-instance', () => {
    showWindow();
  });
  app.on('activate', () => {
    showWindow();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  await appWindow.show();
  const warning = httpWarning(options.server);
  if (warning !== null) console.error(`Staffdesk: ${warning}`);
  if (appWindow.current()) console.log('Staffdesk ready: electron');
}

/**
 * Windows go first, so that what a page saves while it closes still finds the desk open; then the
 * desk, once.
 */
function closeOnQuit(desk: DeskPort): void {
  let closing: Promise<void> | null = null;
  app.on('will-quit', (event) => {
    event.preventDefault();
    notifications.closeAll();
    closing ??= closeDesk(desk);
  });
}

async function closeDesk(desk: DeskPort): Promise<void> {
  try {
    await desk.close();
    app.exit(0);
  } catch (error) {
    fail(error);
  }
}

/** One sentence where the user looks and one where scripts look. */
function fail(error: unknown): void {
  const sentence = error instanceof Error ? error.message : String(error);
  console.error(`Staffdesk: ${sentence}`);
  dialog.showErrorBox('Staffdesk cannot go on', sentence);
  app.exit(1);
}

try {
  main();
} catch (error) {
  fail(error);
}
