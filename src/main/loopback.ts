import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startDeskThread } from './bridge/desk-thread.ts';
import { systemClock } from './clock.ts';
import { programBeside } from './program.ts';
import { findBrowser, hasDisplay, openAppWindow } from './shell/loopback/browser.ts';
import { openKeyring } from './shell/loopback/keyring.ts';
import { readStandIn } from './stand-in.ts';

/** The loopback shell's entry: the desk on 127.0.0.1 for a browser window. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      api: { type: 'string', default: 'http://127.0.0.1:3000' },
      data: { type: 'string', default: join(homedir(), '.staffdesk') },
      port: { type: 'string', default: '0' },
      'no-window': { type: 'boolean', default: false },
    },
  });
  const rendererDir = fileURLToPath(new URL('../../out/renderer', import.meta.url));
  if (!existsSync(join(rendererDir, 'index.html'))) throw new Error('The window is not built. Run npm start, or npm run build first.');
  const [server, port] = [readServer(values.api), readPort(values.port)];
  const thread = startDeskThread(programBeside(import.meta.url, 'desk'));
  void thread.died.then(fail);
  const opening = openKeyring().then((secrets) => thread.open({ dataDir: values.data, server, standIn: readStandIn(process.env) }, secrets));
  // Loaded while the thread loads and opens the desk.
  const [desk, { startLoopbackShell }] = await Promise.all([opening, import('./shell/loopback/server.ts')]);
  const shell = await startLoopbackShell(desk, { rendererDir, port }).catch(async (error: unknown) => {
    await desk.close();
    throw error;
  });

  let stopping: Promise<void> | null = null;
  const stop = (): void => {
    stopping ??= (async () => {
      window?.kill();
      await shell.close();
      await desk.close();
      process.exit(0);
    })();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // Started by another process of ours: when that is gone, however it went, nothing may stay behind.
  process.on('disconnect', stop);

  console.log(`Staffdesk ready: ${shell.link}`);
  const window = values['no-window'] ? null : openWindow(shell.link, join(values.data, 'window'), stop);
}

/** Opens the window where that is possible; else the printed link is the way in. */
function openWindow(link: string, profileDir: string, onClosed: () => void): ReturnType<typeof openAppWindow> | null {
  const browser = findBrowser();
  if (browser === null) {
    console.log('No Chromium or Chrome was found, so open the link above in a browser (or set CHROME_PATH).');
    return null;
  }
  if (!hasDisplay()) {
    console.log('There is no display here, so open the link above in a browser on this machine.');
    return null;
  }
  const opened = systemClock.monotonic();
  const child = openAppWindow(browser, link, profileDir);
  const sayLink = (): void => { console.log('The window did not open. Open the link above in a browser instead.'); };
  child.on('error', sayLink);
  child.on('exit', (code) => {
    const lived = systemClock.monotonic() - opened;
    if (code === 0 && lived > 2_000) onClosed();
    else if (code !== null) sayLink();
  });
  return child;
}

function readServer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) throw new Error(`--api takes the address of a support server such as https://support.example.com, not "${text}".`);
  return url.origin;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new Error(`--port takes a number from 0 to 65535, not "${text}".`);
  return port;
}

function fail(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') console.error('Staffdesk: that port is in use by another program. Choose another one with --port N, or 0 for any free one.');
  else console.error(`Staffdesk: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

main().catch(fail);
