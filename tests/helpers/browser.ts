import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { findBrowser } from '../../src/main/shell/loopback/browser.ts';

const flags = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The start of one takes a core for a second: the files of a worker share the quick one. */
let shared: Promise<Browser> | null = null;

/**
 * The machine's own Chromium or Chrome, without a window: `whole` where more than pages is needed,
 * such as notifications. Pages have a context of their own; to close a quick one closes those.
 */
export async function launchBrowser(kind: 'quick' | 'whole' = 'quick'): Promise<Browser> {
  const browser = kind === 'quick' ? await quickBrowser() : await start(kind);
  const contexts = new Set<BrowserContext>();
  const keep = <T extends Page | BrowserContext>(opened: T, context: BrowserContext): T => {
    contexts.add(context);
    context.on('close', () => contexts.delete(context));
    return patient(opened);
  };
  const own: Pick<Browser, 'newPage' | 'newContext' | 'close'> = {
    async newPage(options) {
      const page = await browser.newPage(options);
      return keep(page, page.context());
    },
    async newContext(options) {
      const context = await browser.newContext(options);
      return keep(context, context);
    },
    async close() {
      if (kind === 'whole') await browser.close();
      else await Promise.all([...contexts].map((context) => context.close()));
    },
  };
  return Object.assign(Object.create(browser) as Browser, own);
}

/** Another one where a test has ended or crashed the last. */
async function quickBrowser(): Promise<Browser> {
  const last = await shared;
  if (last?.isConnected() === true) return last;
  shared = start('quick');
  return shared;
}

async function start(kind: 'quick' | 'whole'): Promise<Browser> {
  const quick = kind === 'quick' ? process.env['STAFFDESK_TEST_BROWSER'] : undefined;
  const executablePath = quick ?? findBrowser();
  if (executablePath === null)
    throw new Error('No Chromium or Chrome was found. Install one, or set CHROME_PATH.');
  // Frames of animations cost the two cores more than the tests do.
  const still = kind === 'quick' ? ['--force-prefers-reduced-motion'] : [];
  return chromium.launch({
    executablePath,
    args: [...flags, ...still, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
}

/** Waits for what a page shall show only end when it hangs; a busy machine is slow. */
function patient<T extends Page | BrowserContext>(opened: T): T {
  opened.setDefaultTimeout(120_000);
  return opened;
}

/**
 * Calls the desk as its window does, with the session that the page keeps; returns the answer of
 * the bridge.
 */
export function bridgeCall(page: Page, name: string, input: unknown) {
  return page.evaluate(async (body) => {
    const session = sessionStorage.getItem('staffdesk-session') ?? '';
    const response = await fetch('/bridge/call', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-staffdesk-session': session },
      body,
    });
    return response.json();
  }, JSON.stringify({ name, input }));
}

/** Errors that a page reported: uncaught ones, refused by the CSP, or logged. */
export function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => {
    errors.push(error.message);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return errors;
}

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
