import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { createDevtoolsPipe, type DevtoolsPipe } from './devtools-pipe.ts';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'brave-browser',
];
const fixedPlaces: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    process.env['ProgramFiles'],
    process.env['ProgramFiles(x86)'],
    process.env['LOCALAPPDATA'],
  ]
    .filter((dir) => dir !== undefined)
    .flatMap((dir) => [
      join(dir, 'Google/Chrome/Application/chrome.exe'),
      join(dir, 'Microsoft/Edge/Application/msedge.exe'),
    ]),
};

/**
 * A Chromium-family browser on this machine: `CHROME_PATH`, else the usual places; null when there
 * is none.
 */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | null {
  const inPath = (env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((dir) => names.map((name) => join(dir, name)));
  const candidates = [env['CHROME_PATH'], ...inPath, ...(fixedPlaces[process.platform] ?? [])];
  return candidates.find((path) => path !== undefined && path !== '' && isExecutable(path)) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there or not ours to run: the next candidate is asked.
    return false;
  }
}

/** Whether a window can be shown at all. */
export function hasDisplay(env: NodeJS.ProcessEnv = process.env): boolean {
  return process.platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
}

/**
 * Opens the address as an app window with its own profile, so that closing it ends this process
 * and no other. Secrets of the window go through the pipe: other users of this computer can read a
 * program's arguments. The browser ends when its pipe does, so no window stays behind a desk that
 * was killed.
 */
export function openAppWindow(
  browser: string,
  address: string,
  profileDir: string,
): { child: ChildProcess; pipe: DevtoolsPipe } {
  const flags = [
    `--app=${address}`,
    `--user-data-dir=${profileDir}`,
    '--remote-debugging-pipe',
    '--window-size=1280,800',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    // On X11 the name by which a window manager groups windows and finds their icon.
    '--class=Staffdesk',
  ];
  // Chromium refuses to run its sandbox as root; that is how containers run it.
  if (process.getuid?.() === 0) flags.push('--no-sandbox', '--test-type');
  const child = spawn(browser, flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  // The third and fourth are the browser's to read and to write.
  const [, , , input, output] = child.stdio;
  return { child, pipe: createDevtoolsPipe(input as Writable, output as Readable) };
}
