import type { Browser, BrowserContextOptions } from 'playwright-core';
import { expect } from 'vitest';
import { launchBrowser, watchErrors } from './browser.ts';
import { deskWindow, type DeskWindow } from './desk-window.ts';
import { tempDir } from './desk.ts';
import { startDeskProgram, type Running } from './processes.ts';
import { startProxy } from './proxy.ts';

interface Options {
  browser?: 'quick' | 'whole';
  context?: BrowserContextOptions;
}

interface Machine {
  home: ReturnType<typeof tempDir>;
  network: Awaited<ReturnType<typeof startProxy>>;
  browser: Browser;
  program: Running;
}

/** An agent's computer: the desk on its network, and one window in a browser of its own. */
export interface OpenDesk extends DeskWindow, Omit<Machine, 'home'> {
  /** Errors that the window reported. */
  errors: string[];
  /** Loads the window. */
  show(): Promise<void>;
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  /** Quits the desk and starts it again. The window is another one, which is not shown yet. */
  restart(): Promise<OpenDesk>;
  close(): Promise<void>;
}

/** Starts the desk as a program. Its window is not shown yet. */
export async function openDesk(server: string, options: Options = {}): Promise<OpenDesk> {
  const home = tempDir();
  const network = await startProxy(server);
  const program = await startDeskProgram(network.server, home.dir);
  const browser = await launchBrowser(options.browser);
  return openWindow({ home, network, program, browser }, options);
}

async function openWindow(machine: Machine, options: Options): Promise<OpenDesk> {
  const { home, network, program, browser } = machine;
  const context = await browser.newContext(options.context);
  const page = await context.newPage();
  const window = deskWindow(page);
  return {
    ...window,
    network,
    program,
    browser,
    errors: watchErrors(page),
    async show() {
      await page.goto(program.readyAt);
    },
    async goOffline() {
      network.set('down');
      await expect.poll(() => window.sync.textContent()).toMatch(/^Offline/);
    },
    async goOnline() {
      network.set('up');
      await page.evaluate(() => {
        dispatchEvent(new Event('online'));
      });
      await expect.poll(() => window.sync.textContent()).toMatch(/^Live/);
    },
    async restart() {
      await context.close();
      await program.stop();
      const again = await startDeskProgram(network.server, home.dir);
      return openWindow({ ...machine, program: again }, options);
    },
    async close() {
      await browser.close();
      await program.stop();
      await network.close();
      home.remove();
    },
  };
}
