import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findBrowser } from '../src/main/shell/loopback/browser.ts';

export interface TestBrowsers {
  /** A complete browser, which can show notifications. */
  whole: string;
  /**
   * For everything else: Chromium's headless shell if it is installed, which takes half the time of
   * a complete browser with a hidden window.
   */
  quick: string;
}

const packages = ['chromium', 'chromium-headless-shell', 'fonts-noto-core'];

/**
 * The browsers for the browser tests. On Debian as root, missing ones are installed. Null if there
 * are none and they cannot be installed.
 */
export function ensureBrowsers(): TestBrowsers | null {
  const found = findBrowsers();
  if (found !== null && found.quick !== found.whole) return found;
  if (process.env['CHROME_PATH'] || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return found;
  console.log(
    'Installing the browser for the browser tests (Debian packages chromium and chromium-headless-shell) ...',
  );
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] as ('ignore' | 'inherit')[] };
  spawnSync('apt-get', ['update', '-qq'], quiet);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet);
  return findBrowsers();
}

function findBrowsers(): TestBrowsers | null {
  const whole = findBrowser();
  if (whole === null) return null;
  const shell = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((dir) => join(dir, 'chromium-headless-shell'))
    .find((path) => existsSync(path));
  return { whole, quick: process.env['CHROME_PATH'] ? whole : (shell ?? whole) };
}
