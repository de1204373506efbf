import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallInput, CallName } from '../../src/contract/bridge.ts';
import { settingsSections } from '../../src/renderer/areas/settings/settings-store.ts';
import type { Call } from '../helpers/api.ts';
import { bridgeCall, signIn } from '../helpers/browser.ts';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { startShop, type Shop } from '../helpers/shop.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let shop: Shop<'maya' | 'alex' | 'dana'>;
let dana: Call;
let alex: Call;
let desk: OpenDesk;
let page: Page;
const ids: Record<string, string> = {};

/** A violation as one line that says where. */
interface Found {
  id: string;
  impact: string;
  where: string[];
}

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Everything that axe finds on what is shown now: in the light theme as it is, and in the dark one
 * at 200 %, where the window has half as many pixels. Asked softly, so that one run tells of every
 * screen.
 */
async function look(): Promise<Found[]> {
  const found: Found[] = [];
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  for (const [theme, zoom] of [
    ['light', 1],
    ['dark', 2],
  ] as const) {
    await page.setViewportSize({ width: width / zoom, height: height / zoom });
    await page.evaluate((to) => {
      document.documentElement.dataset['theme'] = to;
    }, theme);
    // Colours are judged as they stay, not half way through a fade.
    await page.evaluate(() =>
      Promise.all(
        document
          .getAnimations()
          .map((animation) => {
            animation.finish();
            return animation.finished;
          })
          .map((done) => done.catch(() => undefined)),
      ).catch(() => undefined),
    );
    // The rule that is left out is an experiment of axe: it takes the key that stands beside a
    // command for a part of its label.
    found.push(
      ...(await page.evaluate(async (only) => {
        // A guard passes the focus on and never keeps it.
        const guards = { exclude: ['[data-base-ui-focus-guard]'] };
        const { violations } = await (
          window as unknown as {
            axe: {
              run: (
                context: object,
                options: object,
              ) => Promise<{
                violations: {
                  id: string;
                  impact: string;
                  nodes: { target: string[]; failureSummary: string }[];
                }[];
              }>;
            };
          }
        ).axe.run(guards, {
          runOnly: only,
          rules: { 'label-content-name-mismatch': { enabled: false } },
          resultTypes: ['violations'],
        });
        return violations.map(({ id, impact, nodes }) => ({
          id,
          impact,
          where: nodes.map(
            (node) => `${node.target.join(' ')}: ${node.failureSummary.replaceAll('\n', ' ')}`,
          ),
        }));
      }, standards)),
    );
  }
  await page.setViewportSize({ width, height });
  return found;
}

beforeAll(async () => {
  shop = await startShop('maya', 'alex', 'dana');
  dana = shop.dana.call;
  alex = shop.alex.call;
  for (const subject of [
    'Plain talk',
    'Reply too late',
    'Changed by two',
    'Closed one',
    'لا أستطيع فتح كشف الحساب',
  ]) {
    ids[subject] = (
      await dana('POST', '/support/tickets', {
        subject,
        category: 'account',
        message: `About ${subject}: see https://example.com/help`,
      })
    ).body.id;
  }
  await alex('POST', `/support/tickets/${ids['Plain talk']}/notes`, {
    message: 'For colleagues only.',
  });
  await alex('POST', `/support/tickets/${ids['Closed one']}/close`, {});
  desk = await openDesk(shop.api.server, {
    context: { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' },
  });
  ({ page } = desk);
  // axe cannot be added as a script element under the window's policy; what is evaluated may run.
  await page.addInitScript(axe);
  await desk.show();
});
afterAll(async () => {
  await desk.close();
  await shop.close();
});

const call = (name: CallName, input: CallInput<CallName>) => bridgeCall(page, name, input);
const view = (name: string) =>
  desk.views.getByRole('button', { name: new RegExp(`^${name} ?[\\d,]*$`) }).click();
async function openTicket(subject: string): Promise<void> {
  await view('All');
  await page.getByRole('option').filter({ hasText: subject }).click();
  await desk.thread(subject).getByRole('article').first().waitFor();
}
async function openSettings(section: string): Promise<void> {
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.locator(`#settings-tab-${section}`).click();
  await page.locator(`#settings-tab-${section}[aria-selected=true]`).waitFor();
}

test('signing in, refused and in', async () => {
  await page.getByRole('heading', { name: 'Sign in to Staffdesk' }).waitFor();
  expect.soft(await look()).toEqual([]);
  await signIn(page, shop.maya.email, 'not this one');
  await page.getByRole('alert').filter({ hasText: 'Email or password' }).waitFor();
  expect.soft(await look()).toEqual([]);
  await desk.signIn(shop.maya);
  // Long enough for a busy machine.
  await call('settings.set', { undo_seconds: 30 });
});

test('the inbox without a ticket, an empty view, results and none', async () => {
  await view('All');
  await page.getByRole('option').first().waitFor();
  expect.soft(await look()).toEqual([]);
  await view('Snoozed');
  await page.getByText('Nothing snoozed').waitFor();
  expect.soft(await look()).toEqual([]);
  for (const [query, sign] of [
    ['help', 'mark'],
    ['qqqzzz', '.list .empty'],
  ] as const) {
    await page.getByRole('searchbox').fill(query);
    await page.locator(sign).first().waitFor();
    expect.soft(await look()).toEqual([]);
  }
  await page.getByRole('searchbox').fill('is:');
  await page.getByRole('listbox', { name: 'Search suggestions' }).waitFor();
  expect.soft(await look()).toEqual([]);
  await page.getByRole('searchbox').fill('');
});

test('the menu of a row', async () => {
  await view('All');
  await desk.ticket('Plain talk').click({ button: 'right' });
  const menu = page.getByRole('menu', { name: /^Actions for/ });
  await menu.waitFor();
  expect.soft(await look()).toEqual([]);
  await desk.press('Escape');
  await menu.waitFor({ state: 'hidden' });
});

test('the filter on both its levels, and a row that stays', async () => {
  await view('All');
  await page.getByRole('option').first().waitFor();
  await desk.press('Shift+F');
  await page.getByRole('combobox', { name: 'Filter', exact: true }).waitFor();
  expect.soft(await look()).toEqual([]);
  await desk.type('stat');
  await page
    .locator('.pop-filter [role=option][data-highlighted]')
    .filter({ hasText: 'Status' })
    .waitFor();
  await desk.press('Enter');
  await page
    .getByRole('combobox', { name: 'Status', exact: true })
    .and(page.locator('input'))
    .waitFor();
  expect.soft(await look()).toEqual([]);
  await desk.press('Escape');
  await call('settings.set', { after_action: 'stay' });
  await page.reload();
  await desk.views.getByRole('button', { name: /^Open/ }).click();
  await desk.openTicket('Plain talk');
  await desk.list.focus();
  await desk.press('e');
  await page.locator('.row-slot.left').waitFor();
  expect.soft(await look()).toEqual([]);
  await desk.press('z');
  await page.locator('.row-slot.left').waitFor({ state: 'detached' });
  await call('settings.set', { after_action: 'next' });
});

test('a thread: with a note, being written, held, sent with its receipt, closed, right to left', async () => {
  await openTicket('Plain talk');
  expect.soft(await look()).toEqual([]);
  await page.getByRole('radio', { name: 'Internal note' }).click();
  await desk.composer.fill('Waiting for the bank.');
  await page.getByText('Draft saved').waitFor();
  expect.soft(await look()).toEqual([]);
  await page.getByRole('button', { name: 'Add note' }).click();
  await page.getByRole('button', { name: /^Sent\. How/ }).click();
  await desk.dialog('How this was sent').getByText('Delivered once').waitFor();
  expect.soft(await look()).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: 'Reply' }).click();
  await desk.composer.fill('We look into it.');
  await page.getByRole('button', { name: 'Send reply' }).click();
  await page
    .locator('.toast')
    .getByText(/^Sending in/)
    .waitFor();
  expect.soft(await look()).toEqual([]);
  await page.locator('main').getByRole('button', { name: 'Send now' }).click();
  await page.getByRole('button', { name: 'Earlier versions' }).click();
  const versions = desk.dialog('Earlier versions');
  await versions.waitFor();
  expect.soft(await look()).toEqual([]);
  await page.keyboard.press('Escape');
  await versions.waitFor({ state: 'hidden' });
  await openTicket('Closed one');
  await page.getByText('This ticket is closed.').waitFor();
  expect.soft(await look()).toEqual([]);
  await openTicket('كشف الحساب');
  expect.soft(await look()).toEqual([]);
});

test('what needs the agent, offline and in the outbox', async () => {
  await call('settings.set', { undo_seconds: 0 });
  await desk.goOffline();
  await call('compose.send', {
    ticket_id: ids['Reply too late'] ?? '',
    kind: 'reply',
    text: 'Too late',
  });
  await call('triage.change', {
    ticket_id: ids['Changed by two'] ?? '',
    change: { priority: 'high', category: 'billing' },
  });
  await dana('POST', `/support/tickets/${ids['Reply too late']}/messages`, {
    message: 'It has arrived by now.',
  });
  await alex('PATCH', `/support/tickets/${ids['Changed by two']}`, {
    priority: 'urgent',
    category: 'funding',
  });
  await openTicket('Reply too late');
  expect.soft(await look()).toEqual([]);
  await page.getByRole('button', { name: 'Open Outbox' }).click();
  await desk.outbox.getByRole('article').first().waitFor();
  expect.soft(await look()).toEqual([]);
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await desk.dialog('Sign out with unsent work?').waitFor();
  expect.soft(await look()).toEqual([]);
  await page.keyboard.press('Escape');
  desk.network.set('up');
  await call('sync.retry', {});
  await desk.outbox.getByRole('group', { name: /Someone else also changed/ }).waitFor();
  await desk.outbox
    .getByRole('group', { name: /New messages arrived before this was sent/ })
    .waitFor();
  expect.soft(await look()).toEqual([]);
  for (const tab of ['Sent', 'Discarded']) {
    const named = { name: new RegExp(`^${tab}`) };
    await page.getByRole('tab', named).click();
    await page.getByRole('tab', { ...named, selected: true }).waitFor();
    expect.soft(await look()).toEqual([]);
  }
  await openTicket('Reply too late');
  await page
    .getByRole('main')
    .getByRole('group', { name: /New messages arrived/ })
    .waitFor();
  expect.soft(await look()).toEqual([]);
  await openTicket('Changed by two');
  await page
    .getByRole('main')
    .getByRole('group', { name: /Someone else/ })
    .waitFor();
  expect.soft(await look()).toEqual([]);
  await page.getByRole('button', { name: 'Sync details' }).click();
  await desk.dialog('Sync details').getByText('Last sync').waitFor();
  expect.soft(await look()).toEqual([]);
  await page.keyboard.press('Escape');
});

test('a toast, the account menu and a narrow window with its details', async () => {
  await openTicket('Plain talk');
  await page.getByRole('combobox', { name: 'Priority' }).selectOption('high');
  await page.getByText('Set to High priority').waitFor();
  expect.soft(await look()).toEqual([]);
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.locator('#account-menu').waitFor();
  expect.soft(await look()).toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator('#account-menu').waitFor({ state: 'hidden' });
  await desk.resize(900, 640);
  await page.getByRole('button', { name: 'Details', exact: true }).click();
  await desk.details.waitFor();
  expect.soft(await look()).toEqual([]);
  await page.getByRole('button', { name: 'Details', exact: true }).click();
  await desk.resize(1280, 800);
});

describe('settings', () => {
  test.each(settingsSections.filter((section) => section !== 'shortcuts'))(
    'section %s',
    async (section) => {
      await openSettings(section);
      if (section === 'about') await page.getByText(/packages$/).waitFor();
      expect.soft(await look()).toEqual([]);
      await page.getByRole('button', { name: 'Done' }).click();
      await desk.dialog('Settings').waitFor({ state: 'hidden' });
    },
  );

  test('take effect at once and are remembered: language, density, theme', async () => {
    await openSettings('appearance');
    await page.getByRole('radio', { name: 'Compact' }).check();
    await expect
      .poll(() =>
        page
          .getByRole('option')
          .first()
          .evaluate((row) => row.getBoundingClientRect().height),
      )
      .toBe(36);
    await page.getByRole('radio', { name: 'Deutsch' }).check();
    await page.getByRole('tab', { name: 'Aussehen', selected: true }).waitFor();
    expect.soft(await look()).toEqual([]);
    await expect
      .poll(async () => (await call('settings.get', {})).value)
      .toMatchObject({ language: 'de', density: 'compact' });
    await page.reload();
    await page.getByRole('navigation', { name: 'Ansichten' }).waitFor();
    expect(
      await page.evaluate(() => [
        document.documentElement.lang,
        document.documentElement.dataset['density'],
      ]),
    ).toEqual(['de', 'compact']);
    await call('settings.set', { language: 'en', density: 'comfortable' });
    await page.reload();
    await desk.views.waitFor();
  });

  test('clear the copy and load it again without touching what waits or is written', async () => {
    await call('draft.save', {
      ticket_id: ids['Plain talk'] ?? '',
      kind: 'reply',
      text: 'half a sentence',
    });
    const before = await call('outbox.list', {});
    await openSettings('storage');
    await page.getByRole('button', { name: 'Clear synced data and re-download' }).click();
    await page.getByText('Synced data cleared').waitFor();
    await expect.poll(() => desk.sync.textContent()).toMatch(/^Live/);
    expect((await call('outbox.list', {})).value.map((item: { id: string }) => item.id)).toEqual(
      before.value.map((item: { id: string }) => item.id),
    );
    await expect
      .poll(
        async () =>
          (
            await call('thread.get', {
              ticket_id: ids['Plain talk'] ?? '',
              before: null,
              limit: 10,
            })
          ).value?.drafts?.[0]?.text,
      )
      .toBe('half a sentence');
    await page.getByRole('button', { name: 'Done' }).click();
  });

  test('go by keyboard: sections by arrows, the focus stays inside and goes back where it was', async () => {
    const opener = page.getByRole('button', { name: /^Account:/ });
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await desk.dialog('Settings').waitFor();
    const focusIn = (selector: string) =>
      page.evaluate((where) => document.activeElement?.closest(where) !== null, selector);
    await expect.poll(() => focusIn('[role=tablist]')).toBe(true);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.getByRole('tab', { name: 'Notifications', selected: true }).waitFor();
    for (let i = 0; i < 30; i += 1) {
      await page.keyboard.press('Tab');
      expect(
        await page.evaluate(
          () =>
            document.activeElement === document.body ||
            document.activeElement?.closest('dialog') !== null,
        ),
      ).toBe(true);
    }
    await page.keyboard.press('Escape');
    await desk.dialog('Settings').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
  });
});

test('Tab goes through the panes in the order in which they stand, and each has a name', async () => {
  await openTicket('Plain talk');
  await page.getByRole('button', { name: /^Account:/ }).focus();
  const panes: string[] = [];
  for (let i = 0; i < 60; i += 1) {
    const pane = await page.evaluate(
      () =>
        document.activeElement
          ?.closest('nav, .rail, .list, main, aside')
          ?.getAttribute('aria-label') ??
        (document.activeElement?.closest('.rail') ? 'rail' : 'none'),
    );
    if (panes.at(-1) !== pane) panes.push(pane);
    if (pane === 'Details') break;
    await page.keyboard.press('Tab');
  }
  expect(panes.filter((pane) => pane !== 'rail')).toEqual([
    'Views',
    'All',
    'Plain talk',
    'Details',
  ]);
});
