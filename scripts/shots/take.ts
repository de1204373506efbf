import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import type { Settings } from '../../src/contract/bridge.ts';
import { startProxy } from '../../tests/helpers/proxy.ts';
import { startChild } from '../child.ts';
import { root } from '../paths.ts';
import { call, person } from './desk.ts';
import { leave, liveScenes, offlineScenes, subjects, type Scene } from './scenes.ts';

interface Options {
  server: string;
  data: string;
  browser: string;
  folder: string;
  docs: string | null;
  /** Parts of names; none: every shot. */ wanted: readonly string[];
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
  { width: 900, height: 640 },
  { width: 1920, height: 1080 },
  { width: 2560, height: 1080 },
];
/** Which shots the README shows, and as what. */
const kept: Record<string, string> = {
  'inbox-light-comfortable-en': 'inbox-light.png',
  'inbox-dark-comfortable-en': 'inbox-dark.png',
  'outbox-light-comfortable-en': 'outbox.png',
  'settings-notifications-dark-comfortable-en': 'settings.png',
};

/** Takes every shot, in an order and under names that stay the same, and answers the names. */
export async function takeShots(options: Options): Promise<string[]> {
  const network = await startProxy(options.server);
  const env = {
    STAFFDESK_DEMO_SIGN_IN: 'maya@staffdesk.test:staffdesk-demo',
    DBUS_SESSION_BUS_ADDRESS: '',
  };
  const desk = startChild(
    process.execPath,
    [
      join(root, 'out/main/loopback.js'),
      '--api',
      network.server,
      '--data',
      join(options.data, 'desk'),
      '--port',
      '0',
      '--no-window',
    ],
    'Staffdesk ready:',
    env,
  );
  const blank = startChild(
    process.execPath,
    [
      join(root, 'out/main/loopback.js'),
      '--api',
      options.server,
      '--data',
      join(options.data, 'blank'),
      '--port',
      '0',
      '--no-window',
    ],
    'Staffdesk ready:',
    { DBUS_SESSION_BUS_ADDRESS: '' },
  );
  const browser = await chromium.launch({
    executablePath: options.browser,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const made: string[] = [];
  const take = async (page: Page, scene: Scene, look: Look): Promise<void> => {
    const sizes =
      scene.everySize && look.density === 'comfortable' && look.language === 'en'
        ? [usual, ...others]
        : [usual];
    const named = (size: typeof usual): string =>
      [
        scene.name,
        look.theme,
        look.density,
        look.language,
        ...(size === usual ? [] : [`${size.width}x${size.height}`]),
      ].join('-');
    const wanted = sizes.filter((size) =>
      options.wanted.every((word) => named(size).includes(word)),
    );
    if (wanted.length === 0) return;
    await page.setViewportSize(usual);
    await scene.show(page);
    for (const size of wanted) {
      await page.setViewportSize(size);
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
      const name = `${named(size)}.png`;
      await page.screenshot({ path: join(options.folder, name) });
      made.push(name);
      const doc = kept[named(size)];
      if (options.docs !== null && doc !== undefined)
        copyFileSync(join(options.folder, name), join(options.docs, doc));
    }
    await leave(page);
  };
  try {
    for (const theme of ['light', 'dark'] as const)
      await takeSignIn(
        await browser.newPage({ viewport: usual, colorScheme: theme }),
        await blank.ready,
        (page, scene) => shoot(page, scene, theme),
      );
    const page = await browser.newPage({ viewport: usual });
    await page.goto(await desk.ready);
    await page.locator('.sync-dot.green').waitFor({ timeout: 60_000 });
    await prepare(page, options.server, network.set);
    for (const look of looks) {
      await call(page, 'settings.set', look);
      await page.reload();
      for (const scene of liveScenes) await take(page, scene, look);
    }
    network.set('down');
    await queueOffline(page);
    for (const look of looks) {
      await call(page, 'settings.set', look);
      await page.reload();
      for (const scene of offlineScenes) await take(page, scene, look);
    }
  } finally {
    await browser.close();
    await Promise.all([desk.stop(), blank.stop()]);
    await network.close();
  }
  return made;

  async function shoot(page: Page, name: string, theme: string): Promise<void> {
    const file = `${name}-${theme}.png`;
    if (!options.wanted.every((word) => file.includes(word))) return;
    await page.screenshot({ path: join(options.folder, file) });
    made.push(file);
  }
}

async function takeSignIn(
  page: Page,
  link: string,
  shoot: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  await page.goto(link);
  await page.locator('.sign-in-card').waitFor();
  await shoot(page, 'sign-in');
  await page.locator('input[type=email]').fill('maya@staffdesk.test');
  await page.locator('input[type=password]').fill('not this one');
  await page.keyboard.press('Enter');
  await page.locator('.sign-in-error strong').waitFor();
  await shoot(page, 'sign-in-refused');
  await page.close();
}

const idOf = async (page: Page, subject: string): Promise<string> =>
  (await call(page, 'search.query', { query: subject, limit: 1 })).hits[0]?.row.id ?? '';

/**
 * Work of a day: something sent, something discarded, a reply that came too late and a change that
 * two people made.
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
  await page.locator('.sync-dot.amber').waitFor();
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
  while ((await call(page, 'sync.get', {})).needs_you !== 2) await page.waitForTimeout(100);
  await call(page, 'settings.set', { undo_seconds: 30 });
}

async function queueOffline(page: Page): Promise<void> {
  await page.locator('.sync-dot.amber').waitFor();
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
