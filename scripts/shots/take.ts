import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import type { Settings } from '../../src/contract/bridge.ts';
import { startProxy } from '../../tests/helpers/proxy.ts';
import { startChild } from '../child.ts';
import { root } from '../paths.ts';
import { call, person } from './desk.ts';
import { takePortal, type Save } from './portal.ts';
import { leave, liveScenes, offlineScenes, subjects, type Scene } from './scenes.ts';

interface Options {
  /** The address of the demo's API. */
  server: string;
  /** The address of an API that has people and no tickets. */
  emptyServer: string;
  data: string;
  browser: string;
  folder: string;
  docs: string | null;
  /** Parts of names; if empty, every shot is taken. */
  wanted: readonly string[];
}

type Look = Pick<Settings, 'theme' | 'density' | 'language'>;
const looks: readonly Look[] = [
  { theme: 'light', density: 'comfortable', language: 'en' },
  { theme: 'dark', density: 'comfortable', language: 'en' },
  { theme: 'light', density: 'compact', language: 'en' },
  { theme: 'dark', density: 'compact', language: 'en' },
  { theme: 'light', density: 'comfortable', language: 'de' },
];
const usual = { width: 1280, height: 800 };
const others = [
  // The usual size at 200 % zoom.
  { width: 640, height: 400 },
  { width: 900, height: 640 },
  { width: 1920, height: 1080 },
  { width: 2560, height: 1080 },
];
/** The shots shown in the README, with their file names there. */
const kept: Record<string, string> = {
  'inbox-light-comfortable-en': 'inbox-light.png',
  'inbox-dark-comfortable-en': 'inbox-dark.png',
  'outbox-light-comfortable-en': 'outbox.png',
  'settings-notifications-dark-comfortable-en': 'settings.png',
};

const asMaya = { STAFFDESK_DEMO_SIGN_IN: 'maya@staffdesk.test:staffdesk-demo' };

/** Takes every shot, always in the same order and under the same names. Returns the names. */
export async function takeShots(options: Options): Promise<string[]> {
  const network = await startProxy(options.server);
  const desk = startDesk(network.server, join(options.data, 'desk'), asMaya);
  const blank = startDesk(options.server, join(options.data, 'blank'));
  const empty = startDesk(options.emptyServer, join(options.data, 'empty'), asMaya);
  const browser = await chromium.launch({
    executablePath: options.browser,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const made: string[] = [];
  const shoot = async (page: Page, name: string): Promise<void> => {
    await page.screenshot({ path: join(options.folder, name) });
    made.push(name);
  };
  const save: Save = async (page, scene) => {
    const name = `${scene}.png`;
    if (!options.wanted.every((word) => name.includes(word))) return;
    await settled(page);
    await shoot(page, name);
  };
  try {
    await takePortal(browser, options.server, save);
    // A link opens one window.
    await takeSignIn(await browser.newPage({ viewport: usual }), await blank.ready, save);
    await takeEmptyWorkspace(await browser.newPage({ viewport: usual }), await empty.ready, save);
    const page = await browser.newPage({ viewport: usual });
    await page.goto(await desk.ready);
    await page.locator('.sync-dot.green').waitFor({ timeout: 60_000 });
    await prepare(page, options.server, network.set);
    await takeScenes(page, liveScenes, options, shoot);
    network.set('down');
    await queueOffline(page);
    await takeScenes(page, offlineScenes, options, shoot);
  } finally {
    await browser.close();
    await Promise.all([desk.stop(), blank.stop(), empty.stop()]);
    await network.close();
  }
  return made;
}

function startDesk(server: string, data: string, env: NodeJS.ProcessEnv = {}) {
  const loopback = join(root, 'out/main/loopback.js');
  return startChild(
    process.execPath,
    [loopback, '--api', server, '--data', data, '--port', '0', '--no-window'],
    'Staffdesk ready:',
    { DBUS_SESSION_BUS_ADDRESS: '', ...env },
  );
}

type Shoot = (page: Page, name: string) => Promise<void>;

/** Takes the scenes in every look. */
async function takeScenes(
  page: Page,
  scenes: readonly Scene[],
  options: Options,
  shoot: Shoot,
): Promise<void> {
  for (const look of looks) {
    await call(page, 'settings.set', look);
    await page.reload();
    for (const scene of scenes) await takeScene(page, { scene, look }, options, shoot);
  }
}

async function takeScene(
  page: Page,
  { scene, look }: { scene: Scene; look: Look },
  { wanted, folder, docs }: Options,
  shoot: Shoot,
): Promise<void> {
  const isEverySize = scene.everySize && look.density === 'comfortable' && look.language === 'en';
  const shots = (isEverySize ? [usual, ...others] : [usual])
    .map((size) => ({ size, name: nameOf(scene, look, size) }))
    .filter(({ name }) => wanted.every((word) => name.includes(word)));
  if (shots.length === 0) return;
  await page.setViewportSize(usual);
  await scene.show(page);
  for (const { size, name } of shots) {
    await page.setViewportSize(size);
    await settled(page);
    await shoot(page, `${name}.png`);
    const doc = kept[name];
    if (docs !== null && doc !== undefined)
      copyFileSync(join(folder, `${name}.png`), join(docs, doc));
  }
  await leave(page);
}

function nameOf(scene: Scene, { theme, density, language }: Look, size: typeof usual): string {
  const part = size === usual ? [] : [`${size.width}x${size.height}`];
  return [scene.name, theme, density, language, ...part].join('-');
}

/** Waits until the page is painted and its animations have ended. */
async function settled(page: Page): Promise<void> {
  // Two frames: one that lays out, one that paints.
  await page.evaluate(
    () =>
      new Promise((done) => {
        requestAnimationFrame(() => {
          requestAnimationFrame(done);
        });
      }),
  );
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getTiming().iterations !== Infinity)
        .map((animation) => animation.finished),
    ),
  );
}

async function inBothThemes(page: Page, scene: string, save: Save): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await save(page, `${scene}-${colorScheme}`);
  }
}

/** An agent's first sign-in to a server without tickets. */
async function takeEmptyWorkspace(page: Page, link: string, save: Save): Promise<void> {
  await page.goto(link);
  await page.locator('.first-steps').waitFor({ timeout: 60_000 });
  for (const size of [usual, ...others]) {
    await page.setViewportSize(size);
    await inBothThemes(page, `empty-workspace-${size.width}x${size.height}`, save);
  }
  await page.close();
}

async function takeSignIn(page: Page, link: string, save: Save): Promise<void> {
  const inBoth = (scene: string): Promise<void> => inBothThemes(page, scene, save);
  await page.goto(link);
  await page.locator('.sign-in-card').waitFor();
  await inBoth('sign-in');
  await page.locator('input[type=email]').fill('maya@staffdesk.test');
  await page.locator('input[type=password]').fill('not this one');
  await page.keyboard.press('Enter');
  await page.locator('.sign-in-error strong').waitFor();
  await inBoth('sign-in-refused');
  await page.close();
}

const idOf = async (page: Page, subject: string): Promise<string> =>
  (await call(page, 'search.query', { query: subject, limit: 1 })).hits[0]?.row.id ?? '';

/**
 * Puts something into each list of the outbox: sent, discarded, a reply overtaken by the customer's
 * message, and a change that conflicts with a colleague's.
 */
async function prepare(
  page: Page,
  server: string,
  setNetwork: (mode: 'up' | 'down') => void,
): Promise<void> {
  const [dana, omar, lena] = [
    await idOf(page, subjects.dana),
    await idOf(page, subjects.omar),
    await idOf(page, subjects.lena),
  ];
  await call(page, 'settings.set', { undo_seconds: 0 });
  await call(page, 'compose.send', {
    ticket_id: omar,
    kind: 'note',
    text: 'Release is planned for Thursday.',
  });
  await page.waitForFunction(() => document.querySelector('.sync-text')?.textContent === 'Live');
  setNetwork('down');
  await page.locator('.sync-dot.offline').waitFor();
  await call(page, 'compose.send', {
    ticket_id: dana,
    kind: 'reply',
    text: 'Hi Dana, the MT103 is attached. Your bank can find the payment with it today.',
  });
  await call(page, 'triage.change', {
    ticket_id: lena,
    change: { priority: 'high', status: 'in_progress' },
  });
  const { operation_id } = await call(page, 'compose.send', {
    ticket_id: omar,
    kind: 'note',
    text: 'Never mind, found it.',
  });
  await call(page, 'outbox.discard', { operation_id });
  await (
    await person(server, 'dana@customer.test')
  )('POST', `/support/tickets/${dana}/messages`, {
    message: 'My bank has just called: they found it and book it tomorrow. Thank you!',
  });
  await (
    await person(server, 'alex@staffdesk.test')
  )('PATCH', `/support/tickets/${lena}`, { priority: 'urgent', status: 'resolved' });
  setNetwork('up');
  await call(page, 'sync.retry', {});
  await page.locator('.sync-dot.green').waitFor();
  while ((await call(page, 'sync.get', {})).not_sent !== 2) await page.waitForTimeout(100);
  await call(page, 'settings.set', { undo_seconds: 30 });
}

async function queueOffline(page: Page): Promise<void> {
  await page.locator('.sync-dot.offline').waitFor();
  const omar = await idOf(page, subjects.omar);
  const { rows } = await call(page, 'tickets.list', { view: 'unassigned', after: null, limit: 3 });
  await call(page, 'settings.set', { undo_seconds: 0 });
  await call(page, 'compose.send', {
    ticket_id: omar,
    kind: 'reply',
    text: 'The fix is live since this morning. Could you try the full year once more?',
  });
  for (const row of rows.slice(0, 2))
    await call(page, 'triage.change', {
      ticket_id: row.id,
      change: { priority: 'high', tags: { add: ['bank'], remove: [] } },
    });
  if (rows[2])
    await call(page, 'compose.send', {
      ticket_id: rows[2].id,
      kind: 'note',
      text: 'Waiting for the bank.',
    });
}
