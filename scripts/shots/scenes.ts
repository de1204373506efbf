import type { Page } from 'playwright-core';
import type { SettingsSection } from '../../src/renderer/areas/settings/settings-store.ts';
import { call } from './desk.ts';

export const subjects = {
  dana: 'Withdrawal shows as sent',
  omar: 'CSV export stops',
  lena: 'Zwei-Faktor-Code',
};

/** A screen to photograph. `everySize`: also in a small and in a wide window. */
export interface Scene {
  name: string;
  everySize?: boolean;
  show: (page: Page) => Promise<void>;
}

const views = (page: Page) => page.locator('nav.views');
const view = (page: Page, index: number) => views(page).locator('button').nth(index).click();
const rows = (page: Page) => page.locator('#tickets [role=option]');
/** By position and not by name, which differs by language. */
const open = async (page: Page, subject: string): Promise<void> => {
  await rows(page).filter({ hasText: subject }).first().click();
  await page.locator('main.thread article').first().waitFor();
};
const mine = async (page: Page): Promise<void> => {
  await view(page, 0);
  await rows(page).first().waitFor();
};
async function settings(page: Page, section: SettingsSection): Promise<void> {
  await page.locator('.who').click();
  await page.locator('.menu-actions button').first().click();
  await page.locator(`#settings-tab-${section}`).click();
}
async function outbox(page: Page, tab: 'waiting' | 'sent' | 'bin'): Promise<void> {
  await views(page).locator('button').last().click();
  await page.locator(`#outbox-tab-${tab}`).click();
}
/** Presses keys one after the other, on a ticket of the list. */
async function keys(page: Page, ...pressed: string[]): Promise<void> {
  await mine(page);
  await open(page, subjects.omar);
  await page.locator('#tickets').focus();
  for (const key of pressed) await page.keyboard.press(key);
}
const bridge = '**/bridge/call';
/**
 * Replaces the desk's responses to these calls from now on, to show states that the demo never
 * reaches.
 */
async function answers(
  page: Page,
  name: string,
  change: (answer: string) => string,
): Promise<void> {
  await page.route(bridge, async (route) => {
    if (!route.request().postData()?.includes(`"${name}"`)) {
      await route.fallback();
      return;
    }
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.text()) });
  });
}
const section = (name: SettingsSection): Scene => ({
  name: `settings-${name}`,
  show: (page) => settings(page, name),
});

/** Scenes of a live desk. */
export const liveScenes: readonly Scene[] = [
  {
    name: 'inbox',
    everySize: true,
    async show(page) {
      await mine(page);
      await open(page, subjects.omar);
    },
  },
  {
    name: 'note',
    async show(page) {
      await mine(page);
      await open(page, subjects.dana);
      await page.locator('.kind').nth(1).click();
      await page
        .locator('#message')
        .fill('Barclays wants the MT103. @Jonas can you get it before noon?');
    },
  },
  {
    name: 'no-ticket',
    async show(page) {
      await view(page, 7);
      await rows(page).first().waitFor();
    },
  },
  {
    name: 'closed',
    async show(page) {
      await view(page, 6);
      await rows(page).nth(2).click();
      await page.locator('main.thread article').first().waitFor();
    },
  },
  {
    name: 'rtl',
    async show(page) {
      await page.locator('input[type=search]').fill('العلي');
      await rows(page).first().click();
      await page.locator('main.thread article').first().waitFor();
    },
  },
  {
    name: 'not-sent',
    everySize: true,
    async show(page) {
      await mine(page);
      await open(page, subjects.dana);
      await page.locator('main [data-card]').waitFor();
      await page.locator('main [data-card]').evaluate((card) => {
        card.scrollTop = 0;
      });
    },
  },
  {
    name: 'conflict',
    async show(page) {
      await page.locator('input[type=search]').fill(subjects.lena);
      await open(page, subjects.lena);
      await page.locator('main [data-card]').waitFor();
    },
  },
  // As after a lost response of a server without keys, which cannot tell a second try from a second
  // message.
  {
    name: 'unknown',
    async show(page) {
      for (const name of ['outbox.list', 'thread.get'])
        await answers(page, name, (answer) => answer.replaceAll('"stale"', '"unknown-outcome"'));
      await page.reload();
      await mine(page);
      await open(page, subjects.dana);
      await page.locator('main [data-card]').waitFor();
    },
  },
  // A time that does not exist in any calendar.
  {
    name: 'crashed',
    async show(page) {
      await mine(page);
      await answers(page, 'thread.get', (answer) =>
        answer.replaceAll(/"at":\d+/g, '"at":9000000000000000'),
      );
      await rows(page).filter({ hasText: subjects.omar }).first().click();
      await page.locator('.empty').last().waitFor();
    },
  },
  {
    name: 'search',
    async show(page) {
      await page.locator('input[type=search]').fill('export');
      await page.locator('mark').first().waitFor();
    },
  },
  {
    name: 'search-nothing',
    async show(page) {
      await page.locator('input[type=search]').fill('qqqqzz');
      await page.locator('.empty').first().waitFor();
    },
  },
  {
    name: 'empty-drafts',
    async show(page) {
      await view(page, 8);
      await page.locator('.list .empty').waitFor();
    },
  },
  {
    name: 'account-menu',
    async show(page) {
      await mine(page);
      await page.locator('.who').click();
    },
  },
  {
    name: 'sync-details',
    async show(page) {
      await mine(page);
      await page.locator('.sync-info').click();
      await page.locator('.pop-sync dl').waitFor();
    },
  },
  {
    name: 'undo',
    everySize: true,
    async show(page) {
      await mine(page);
      await open(page, subjects.omar);
      await page
        .locator('#message')
        .fill('The fix is live since this morning. Could you try the full year once more?');
      await page.keyboard.press('Control+Enter');
      await page.locator('.toast [role=timer]').waitFor();
    },
  },
  {
    name: 'palette',
    everySize: true,
    async show(page) {
      await keys(page, 'Control+k');
      await page.locator('dialog.filter .filter-input').fill('s');
      await page.locator('dialog.filter .filter-item').first().waitFor();
    },
  },
  { name: 'snooze', show: (page) => keys(page, 's') },
  { name: 'assign', show: (page) => keys(page, 'a') },
  { name: 'shortcuts', everySize: true, show: (page) => keys(page, '?') },
  {
    name: 'selection',
    async show(page) {
      await keys(page, 'x', 'j', 'x');
      await page.locator('.selection').waitFor();
    },
  },
  {
    name: 'macros',
    async show(page) {
      await mine(page);
      await open(page, subjects.dana);
      await page.locator('#message').pressSequentially('/wi');
      await page.locator('[role=listbox] [role=option][id]').last().waitFor();
    },
  },
  {
    name: 'filter',
    everySize: true,
    async show(page) {
      await keys(page, 'Shift+F');
      await page.locator('.pop-filter [role=option]').nth(1).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.locator('.filter-back').waitFor();
    },
  },
  {
    name: 'row-menu',
    everySize: true,
    async show(page) {
      await mine(page);
      await open(page, subjects.omar);
      await rows(page).nth(1).click({ button: 'right' });
      await page.locator('.row-menu').waitFor();
    },
  },
  {
    name: 'sign-out',
    everySize: true,
    async show(page) {
      await mine(page);
      await page.locator('.who').click();
      await page.locator('.menu-actions button').last().click();
      await page.locator('dialog .sign-out-end').waitFor();
    },
  },
  { name: 'outbox-sent', show: (page) => outbox(page, 'sent') },
  { name: 'outbox-bin', show: (page) => outbox(page, 'bin') },
  {
    name: 'rail-folded',
    everySize: true,
    async show(page) {
      await call(page, 'settings.set', { rail_folded: true });
      await mine(page);
      await open(page, subjects.omar);
    },
  },
  section('account'),
  { ...section('notifications'), everySize: true },
  section('quiet'),
  section('undo'),
  section('tickets'),
  section('appearance'),
  section('storage'),
  section('about'),
];

/** Scenes while the server is unreachable. */
export const offlineScenes: readonly Scene[] = [
  { name: 'outbox', everySize: true, show: (page) => outbox(page, 'waiting') },
  {
    name: 'offline',
    async show(page) {
      await mine(page);
      await open(page, subjects.omar);
    },
  },
  // As if the program behind the window had ended.
  {
    name: 'gone',
    async show(page) {
      await mine(page);
      await open(page, subjects.omar);
      await page.route(bridge, (route) => route.abort());
      await view(page, 1);
      await page.locator('.gone').waitFor();
    },
  },
];

/** Resets the page after a scene, so that the next one is not affected. */
export async function leave(page: Page): Promise<void> {
  await page.unroute(bridge);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await call(page, 'settings.set', { rail_folded: false });
  const held = await call(page, 'outbox.list', {});
  for (const item of held)
    if (item.state === 'held') await call(page, 'outbox.discard', { operation_id: item.id });
  const drafts = await call(page, 'tickets.list', { view: 'drafts', after: null, limit: 10 });
  for (const { id } of drafts.rows)
    for (const kind of ['reply', 'note'] as const)
      await call(page, 'draft.save', { ticket_id: id, kind, text: '' });
  await page.reload();
  await page.locator('.views').waitFor();
}
