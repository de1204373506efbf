import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CallInput, CallName } from '../../src/contract/bridge.ts';
import { settingsSections } from '../../src/renderer/areas/settings/settings-store.ts';
import { accessibilityFaults } from '../helpers/axe.ts';
import { bridgeCall } from '../helpers/browser.ts';
import { outsideTheWindow } from '../helpers/in-the-window.ts';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { startShop, type Shop } from '../helpers/shop.ts';

/** Small windows, and large ones at 200 % zoom: 1280x800 is then 640x400, 900x640 is 450x320. */
const sizes = [
  [640, 400],
  [450, 320],
  [900, 640],
  [1280, 800],
] as const;
const detailsOver = [
  [640, 400],
  [450, 320],
  [900, 640],
] as const;
const onePane = [
  [640, 400],
  [450, 320],
] as const;
const shots = process.env['STAFFDESK_SHOTS'];
const long =
  'The export of all trades of the last twelve months stops at ten thousand rows and my accountant needs every one of them by Friday';
const subjects = [
  'Password link has expired',
  'Address on the invoice is old',
  'Card declined abroad',
  'Two-factor code does not arrive',
  'Withdrawal shows as sent',
  long,
];
let shop: Shop<'maya' | 'alex' | 'dana'>;
let desk: OpenDesk;
let page: Page;
/** Of one test: what was outside the window, and on which picture. */
let outside: string[] = [];
let atSignIn: string[];
const ids: Record<string, string> = {};

beforeAll(async () => {
  shop = await startShop('maya', 'alex', 'dana');
  for (const subject of subjects) {
    const { body } = await shop.dana.call('POST', '/support/tickets', {
      subject,
      category: 'account',
      message: `${subject}. `.repeat(4),
    });
    ids[subject] = body.id;
  }
  desk = await openDesk(shop.api.server, { context: { viewport: { width: 1280, height: 800 } } });
  ({ page } = desk);
  await desk.show();
  await page.getByRole('textbox', { name: 'Email' }).waitFor();
  for (const size of onePane) {
    await resize(size);
    await look('sign-in');
  }
  atSignIn = outside;
  await resize([1280, 800]);
  await desk.signIn(shop.maya);
});
afterAll(async () => {
  await desk.close();
  await shop.close();
});
beforeEach(async () => {
  await showAll();
  outside = [];
});

const call = (name: CallName, input: CallInput<CallName>) => bridgeCall(page, name, input);
const row = (subject: string) => desk.tickets.filter({ hasText: subject });
const back = () => page.getByRole('button', { name: 'Back to the list' });
const unreadOf = (subject: string) => row(subject).getByRole('img', { name: 'unread' }).count();
const unread = async (): Promise<number> =>
  (await call('views.counts', {})).value.find((one: { view: string }) => one.view === 'all')
    ?.unread;
const selected = () =>
  desk.list.evaluate(
    (box) =>
      document
        .getElementById(box.getAttribute('aria-activedescendant') ?? '')
        ?.getAttribute('aria-label') ?? '',
  );
const resize = (size: readonly [number, number]) => desk.resize(...size);
/** Of a menu or a chooser: Escape in it, until it has gone. */
async function leave(what: Locator): Promise<void> {
  await desk.press('Escape');
  await what.waitFor({ state: 'hidden' });
}
const statusOf = async (subject: string): Promise<string | undefined> =>
  (
    await shop.api.pool.query<{ status: string }>(
      'select status from support_tickets where subject = $1',
      [subject],
    )
  ).rows[0]?.status;

async function showAll(): Promise<void> {
  await resize([1280, 800]);
  await desk.showAll();
  await desk.list.focus();
}
/** The ticket whose subject begins like this, with its messages. */
async function isOpen(beginning: string): Promise<void> {
  const subject = subjects.find((one) => one.startsWith(beginning)) ?? '';
  await desk.thread(subject).getByRole('article').first().waitFor();
}
async function openLong(): Promise<void> {
  await row(long).click();
  await isOpen(long);
}
async function shoot(name: string): Promise<void> {
  if (shots === undefined) return;
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  for (const theme of ['light', 'dark']) {
    await page.evaluate((to) => {
      document.documentElement.dataset['theme'] = to;
    }, theme);
    await page.screenshot({ path: `${shots}/${name}-${width}x${height}-${theme}.png` });
  }
  await page.evaluate(() => {
    document.documentElement.dataset['theme'] = 'system';
  });
}
/** Takes down what is outside the window or scrolls sideways. */
async function look(name: string): Promise<void> {
  await shoot(name);
  outside.push(...(await outsideTheWindow(page)).map((fault) => `${name}: ${fault}`));
}
/** An experiment of axe. */
const leftOut = /^label-content-name-mismatch:/;
const faults = async (): Promise<string[]> =>
  (await accessibilityFaults(page)).filter((fault) => !leftOut.test(fault));

/** Whether a press in its middle reaches it. */
const isOnTop = (name: string) =>
  page.getByRole('button', { name, exact: true }).evaluate((button) => {
    const { left, top, width, height } = button.getBoundingClientRect();
    return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });

test('signing in is in the window, or can be scrolled to', () => {
  expect(atSignIn).toEqual([]);
});

describe.each(sizes)('%i x %i', (...size) => {
  test('the list, a ticket with a long subject, and its composer are in the window', async () => {
    await resize(size);
    await look('list');
    await openLong();
    await look('ticket');
    const heading = page.getByRole('heading', { level: 2, name: long });
    const box = await heading.boundingBox();
    expect(box?.width).toBeGreaterThan(120);
    await desk.composer.fill('We are looking into it.\nIt is on its way.');
    await expect.poll(() => page.locator('.saved-hint').textContent()).toBe('Draft saved');
    await expect.poll(() => isOnTop('Send reply')).toBe(true);
    await look('composer');
    await page.getByRole('radio', { name: 'Internal note' }).click();
    await expect.poll(() => isOnTop('Add note')).toBe(true);
    await look('note');
    await page.getByRole('radio', { name: 'Reply' }).click();
    await desk.composer.fill('');
    expect(outside).toEqual([]);
  });

  test('settings, palette, shortcuts, a picker, menus and the sync details are in the window', async () => {
    await page.keyboard.press('Control+,');
    await resize(size);
    for (const section of settingsSections) {
      await page.locator(`#settings-tab-${section}`).click();
      await page.locator(`#settings-tab-${section}[aria-selected=true]`).waitFor();
      await look(`settings-${section}`);
    }
    await page.getByRole('button', { name: 'Done' }).click();
    await desk.dialog('Settings').waitFor({ state: 'hidden' });
    await desk.openPalette();
    await desk.dialog('Command palette').getByRole('option').first().waitFor();
    await look('palette');
    await desk.press('Escape');
    await desk.chooserHasGone();
    await desk.press('?');
    await desk.dialog('Keyboard shortcuts').waitFor();
    await look('shortcuts');
    await leave(desk.dialog('Keyboard shortcuts'));
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    const filter = page.getByRole('combobox', { name: 'Filter', exact: true });
    await desk.focused(filter);
    await look('filter');
    await leave(filter);
    await page.getByRole('button', { name: 'Sync details' }).click();
    await desk.dialog('Sync details').getByText('Last sync').waitFor();
    await look('sync');
    await leave(desk.dialog('Sync details'));
    await page.getByRole('button', { name: /^Account:/ }).click();
    await page.locator('#account-menu').waitFor();
    await look('account');
    await leave(page.locator('#account-menu'));
    await openLong();
    await desk.press('a');
    await desk.dialog('Assign').waitFor();
    await look('assign');
    await desk.press('Escape');
    await desk.chooserHasGone();
    expect(outside).toEqual([]);
  });
});

test.each(detailsOver)(
  'the details are a button away and leave the subject readable, %i x %i',
  async (...size) => {
    await resize(size);
    await openLong();
    const toggle = page.getByRole('button', { name: 'Details', exact: true });
    await toggle.click();
    await desk.details.waitFor();
    expect(
      (await page.getByRole('heading', { level: 2, name: long }).boundingBox())?.width,
    ).toBeGreaterThan(120);
    await look('details');
    await toggle.click();
    await desk.details.waitFor({ state: 'hidden' });
    await desk.press('d');
    await desk.details.waitFor();
    await desk.press('Escape');
    await desk.details.waitFor({ state: 'hidden' });
    await desk.thread(long).waitFor();
    expect(outside).toEqual([]);
  },
);

describe.each(onePane)('one pane at a time, %i x %i', (...size) => {
  beforeEach(async () => {
    await resize(size);
    await call('settings.set', { undo_seconds: 30 });
  });

  test('J and K go through the list, and read nothing; Enter opens, Escape goes back to the list', async () => {
    const [at, next] =
      size[0] === 640
        ? (['Withdrawal', 'Two-factor'] as const)
        : (['Address', 'Password'] as const);
    await desk.list.focus();
    await desk.press('Home');
    await expect.poll(selected).toContain(long);
    // Others than those that the larger size has read.
    await desk.press(...(size[0] === 640 ? ['j'] : ['j', 'j', 'j', 'j']));
    await expect.poll(selected).toContain(at);
    await page.locator('main.thread').waitFor({ state: 'hidden' });
    await desk.press('j', 'k');
    await expect.poll(selected).toContain(at);
    await expect.poll(() => unreadOf(at)).toBe(1);
    const before = await unread();
    await desk.press('Enter');
    await isOpen(at);
    await desk.list.waitFor({ state: 'hidden' });
    await desk.sync.filter({ hasText: 'Live' }).waitFor();
    await look('opened');
    await expect.poll(unread).toBe(before - 1);
    // From one to the next without the list.
    await desk.press('j');
    await isOpen(next);
    await desk.press('k');
    await isOpen(at);
    await desk.press('r');
    await desk.focused(desk.composer);
    await desk.press('Escape', 'Escape');
    await desk.list.waitFor();
    await page.locator('main.thread').waitFor({ state: 'hidden' });
    await expect.poll(selected).toContain(at);
    await desk.focused(desk.list);
    await look('back');
    // The same by the button.
    await row(at).click();
    await isOpen(at);
    await back().click();
    await desk.list.waitFor();
    expect(outside).toEqual([]);
  });

  test('E in the list closes what is selected there, and undo brings it back; the toast covers no button', async () => {
    await row('Card declined').click();
    await isOpen('Card declined');
    await desk.press('Escape');
    await desk.list.waitFor();
    await desk.focused(desk.list);
    await expect.poll(selected).toContain('Card declined');
    await desk.press('e');
    await page.getByText('Ticket closed').waitFor();
    await expect.poll(() => statusOf('Card declined abroad')).toBe('closed');
    await look('toast-list');
    await desk.press('z');
    await page.getByText('Ticket reopened').waitFor();
    await expect.poll(() => statusOf('Card declined abroad')).toBe('open');
    await openLong();
    await desk.composer.fill('On its way.');
    await page.getByRole('button', { name: 'Send reply' }).click();
    await page
      .locator('.toast')
      .getByText(/^Sending in/)
      .waitFor();
    await look('toast-ticket');
    for (const name of ['Back to the list', 'Close', 'Details'])
      await expect.poll(() => isOnTop(name)).toBe(true);
    await desk.press('z');
    await expect.poll(() => desk.composer.inputValue()).toBe('On its way.');
    await expect.poll(() => isOnTop('Send reply')).toBe(true);
    await desk.composer.fill('');
    expect(outside).toEqual([]);
  });

  test('the search, the palette and a view lead to the list or the ticket, from either pane', async () => {
    await openLong();
    await desk.press('Escape', '/');
    await page.getByRole('searchbox').fill('code');
    await row('Two-factor').waitFor();
    await look('search');
    await desk.press('Escape', 'Escape');
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('');
    await openLong();
    await desk.press('/');
    await desk.focused(page.getByRole('searchbox'));
    await desk.press('Escape');
    await desk.openPalette();
    await page.keyboard.type('two-factor');
    await desk
      .dialog('Command palette')
      .getByRole('option', { name: /Two-factor code/ })
      .first()
      .waitFor();
    await desk
      .dialog('Command palette')
      .getByRole('option', { name: /Two-factor code/ })
      .first()
      .click();
    await desk.thread('Two-factor code does not arrive').waitFor();
    await desk.chooserHasGone();
    await desk.run('go to snoozed', 'Go to Snoozed');
    await page.getByText('Nothing snoozed').waitFor();
    await page.locator('main.thread').waitFor({ state: 'hidden' });
    // Nothing is behind the list that is not in it.
    // Of a test before this one.
    await expect.poll(() => page.getByText('Ticket closed').count()).toBe(0);
    await desk.press('e');
    expect(await page.getByText('Ticket closed').count()).toBe(0);
    expect(outside).toEqual([]);
  });

  test('cards that need the agent, in the ticket and in the outbox', async () => {
    const id = ids[long] ?? '';
    await desk.goOffline();
    const [mine, theirs] =
      size[0] === 640 ? (['high', 'urgent'] as const) : (['medium', 'low'] as const);
    await call('triage.change', {
      ticket_id: id,
      change: { priority: mine, category: mine === 'high' ? 'billing' : 'account' },
    });
    const category = mine === 'high' ? 'funding' : 'technical';
    await shop.alex.call('PATCH', `/support/tickets/${id}`, { priority: theirs, category });
    desk.network.set('up');
    await call('sync.retry', {});
    await openLong();
    const card = page.getByRole('main').getByRole('group', { name: /Someone else also changed/ });
    await card.waitFor();
    await look('card');
    await page.keyboard.press('Escape');
    await desk.list.waitFor();
    await desk.press('o');
    await desk.outbox.getByRole('group', { name: /Someone else also changed/ }).waitFor();
    await look('outbox');
    await desk.outbox.getByRole('button', { name: /^All theirs/ }).click();
    await expect.poll(async () => (await call('outbox.list', {})).value.length).toBe(0);
    await desk.press('Escape');
    expect(outside).toEqual([]);
  });

  test('axe finds nothing, in the list, the ticket and its details', async () => {
    for (const theme of ['light', 'dark']) {
      await page.evaluate((to) => {
        document.documentElement.dataset['theme'] = to;
      }, theme);
      expect.soft(await faults()).toEqual([]);
      await openLong();
      expect.soft(await faults()).toEqual([]);
      await page.getByRole('button', { name: 'Details', exact: true }).click();
      await desk.details.waitFor();
      expect.soft(await faults()).toEqual([]);
      await desk.press('Escape', 'Escape');
      await desk.list.waitFor();
    }
  });
});

test('no page has reported an error', () => {
  // Of the time without a network.
  expect(desk.errors.filter((error) => !error.includes('ERR_'))).toEqual([]);
});
