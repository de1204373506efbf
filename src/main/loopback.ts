import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { httpWarning, readServerAddress } from '../core/server-address.ts';
import type { DeskPort } from './shell/bridge/desk-port.ts';
import { startDeskThread } from './shell/bridge/desk-thread.ts';
import { programBeside } from './program.ts';
import { openKeyring } from './shell/loopback/keyring.ts';
import type { LoopbackShell } from './shell/loopback/server.ts';
import { chooseBrowser, openWindow, type AppWindow } from './shell/loopback/window.ts';
import { readStandIn } from './stand-in.ts';

// Before anything is made: what the desk keeps is its user's alone, whatever the folder's own mode.
process.umask(0o077);

/** The loopback shell's entry: the desk on 127.0.0.1 for a browser window. */
async function main(): Promise<void> {
  const options = readOptions();
  const { browser, dataDir, server } = options;
  const { desk, shell } = await openShell(options);

  let window: AppWindow | null = null;
  let stopping: Promise<void> | null = null;
  const stop = (): void => {
    stopping ??= (async () => {
      window?.close();
      await shell.close();
      await desk.close();
      process.exit(0);
    })();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // Started by another process of ours: when that is gone, however it went, nothing may stay
  // behind.
  process.on('disconnect', stop);

  const warning = httpWarning(server);
  if (warning !== null) console.error(`Staffdesk: ${warning}`);
  console.log(`Staffdesk ready: ${shell.link}`);
  if (browser && 'reason' in browser) console.log(browser.reason);
  if (browser && 'path' in browser && shell.ownWindow)
    window = openWindow(browser.path, shell.ownWindow, join(dataDir, 'window'), stop);
}

interface Options {
  /** Scheme, host and port of the support API. */
  server: string;
  dataDir: string;
  rendererDir: string;
  /** The browser to show the window in, or why there is none; null: no window is wanted. */
  browser: ReturnType<typeof chooseBrowser> | null;
  port: number;
  windowPort: number | undefined;
}

/** From the command line. Throws a sentence for the user. */
function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      api: { type: 'string', default: 'http://127.0.0.1:3000' },
      'allow-http': { type: 'boolean', default: false },
      data: { type: 'string', default: join(homedir(), '.staffdesk') },
      port: { type: 'string', default: '0' },
      'window-port': { type: 'string' },
      'no-window': { type: 'boolean', default: false },
    },
  });
  const rendererDir = fileURLToPath(new URL('../../out/renderer', import.meta.url));
  if (!existsSync(join(rendererDir, 'index.html')))
    throw new Error('The window is not built. Run npm start, or npm run build first.');
  const server = readServerAddress(values.api, values['allow-http']);
  const port = readPort('--port', values.port);
  const browser = values['no-window'] ? null : chooseBrowser();
  const ownPort = values['window-port'] ?? (browser && 'path' in browser ? '0' : undefined);
  const windowPort = ownPort === undefined ? undefined : readPort('--window-port', ownPort);
  return { server, dataDir: values.data, rendererDir, browser, port, windowPort };
}

async function openShell({
  server,
  dataDir,
  ...options
}: Options): Promise<{ desk: DeskPort; shell: LoopbackShell }> {
  const thread = startDeskThread(programBeside(import.meta.url, 'desk'));
  void thread.died.then(fail);
  const opening = openKeyring().then((secrets) =>
    thread.open({ dataDir, server, standIn: readStandIn(process.env) }, secrets),
  );
  // Loaded while the thread loads and opens the desk.
  const [desk, { startLoopbackShell }] = await Promise.all([
    opening,
    import('./shell/loopback/server.ts'),
  ]);
  try {
    const shell = await startLoopbackShell(desk, {
      ...options,
      onNextLink: (link) => {
        console.log(`Another window: ${link}`);
      },
      warn: (sentence) => {
        console.error(sentence);
      },
    });
    return { desk, shell };
  } catch (error) {
    await desk.close();
    throw error;
  }
}

function readPort(option: string, text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new Error(`${option} takes a number from 0 to 65535, not "${text}".`);
  return port;
}

function fail(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE')
    console.error(
      'Staffdesk: that port is in use by another program. Choose another one with --port N, or 0 for any free one.',
    );
  else console.error(`Staffdesk: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

main().catch(fail);
