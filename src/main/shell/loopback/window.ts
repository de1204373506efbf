import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setPreferences } from './browser-profile.ts';
import { findBrowser, hasDisplay, openAppWindow } from './browser.ts';
import { handOver } from './hand-over.ts';

export interface AppWindow {
  close(): void;
}

/** A slow machine starts Chromium in ten seconds. */
const patienceMs = 60_000;

/** The browser to show the window in; where there is none, the sentence that says why. */
export function chooseBrowser(): { path: string } | { reason: string } {
  const path = findBrowser();
  if (path === null)
    return {
      reason:
        'No Chromium or Chrome was found, so open the link above in a browser (or set CHROME_PATH).',
    };
  if (!hasDisplay())
    return {
      reason: 'There is no display here, so open the link above in a browser on this machine.',
    };
  return { path };
}

/**
 * Opens the window and gives it its key. When that does not work, it says so and the printed link
 * is the way in.
 */
export function openWindow(
  browser: string,
  { origin, key }: { origin: string; key: string },
  profileDir: string,
  onClosed: () => void,
): AppWindow {
  prepareProfile(profileDir);
  const { child, pipe } = openAppWindow(browser, `${origin}/#window`, profileDir);
  const opening = createOpening(child);
  handOver(pipe, origin, key).then(opening.worked, () => {
    opening.giveUp('The window could not be given its key.');
  });
  child.on('error', () => {
    opening.giveUp('The window did not open.');
  });
  child.on('exit', (code) => {
    if (!opening.hasWorked()) opening.giveUp('The window did not open.');
    else if (code === 0) onClosed();
    else if (code !== null)
      console.log('The window ended unexpectedly. Open the link above in a browser to go on.');
  });
  return {
    close() {
      opening.end();
      child.kill();
    },
  };
}

/** A window on its way, which has to be open in time. */
function createOpening(child: ChildProcess) {
  let state: 'opening' | 'open' | 'over' = 'opening';
  const late = setTimeout(() => {
    giveUp('The window did not open in time.');
  }, patienceMs);
  late.unref();

  function giveUp(why: string): void {
    if (state !== 'opening') return;
    state = 'over';
    clearTimeout(late);
    console.log(`${why} Open the link above in a browser instead.`);
    child.kill();
  }

  return {
    giveUp,
    hasWorked: () => state === 'open',
    worked() {
      if (state !== 'opening') return;
      state = 'open';
      clearTimeout(late);
      console.log('Staffdesk is open in its own window.');
    },
    end() {
      state = 'over';
    },
  };
}

/** For its owner alone, and without a script that could run in the window before its own does. */
function prepareProfile(profileDir: string): void {
  mkdirSync(profileDir, { recursive: true, mode: 0o700 });
  chmodSync(profileDir, 0o700);
  rmSync(join(profileDir, 'Default', 'Service Worker'), { recursive: true, force: true });
  setPreferences(profileDir);
}
