import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { openTicketAbout, startShop, type Shop } from '../helpers/shop.ts';

let shop: Shop<'maya' | 'alex' | 'dana'>;
let desk: OpenDesk;
let page: Page;
const subjects = ['First one', 'Second one', 'Third one', 'Fourth one', 'Fifth one', 'Sixth one'];
const shots = process.env['STAFFDESK_SHOTS'];
const shoot = async (name: string): Promise<void> => {
  if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png` });
};

beforeAll(async () => {
  shop = await startShop('maya', 'alex', 'dana');
  for (const subject of subjects.toReversed()) await openTicketAbout(shop.dana.call, subject);
  desk = await openDesk(shop.api.server, {
    context: { viewport: { width: 1280, height: 800 }, reducedMotion: 'no-preference' },
  });
  ({ page } = desk);
  await desk.show();
  await desk.signIn(shop.maya);
});
afterAll(async () => {
  await desk.close();
  await shop.close();
});
beforeEach(async () => {
  desk.errors.length = 0;
  await desk.views.getByRole('button', { name: /^Unassigned/ }).click();
  await desk.isListed('Unassigned');
  await desk.tickets.first().waitFor();
});

const count = () => page.locator('.list-head .quiet').textContent();
const combobox = (name: string) => page.getByRole('combobox', { name, exact: true });
const lines = () => page.locator('.pop-filter').getByRole('option');
const at = () =>
  page
    .locator('.pop-filter [role=combobox]')
    .evaluate(
      (field) =>
        document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent,
    );
const menu = () => page.getByRole('menu', { name: 'Actions for Dana' });
const leaving = () => page.locator('.row-slot.leaving');

test('the filter is typed in two levels, by the keyboard alone', async () => {
  await desk.list.focus();
  await desk.press('Shift+F');
  await desk.focused(combobox('Filter'));
  await expect
    .poll(() => lines().allTextContents())
    .toEqual(['Unread', 'Priority', 'Status', 'Assignee', 'Tags', 'Category']);
  await shoot('filter-fields');
  // A value at once, from any field.
  await desk.type('urg');
  await expect.poll(at).toBe('Priority: Urgent');
  await desk.press('Enter');
  await page.getByRole('button', { name: 'Remove filter Priority: Urgent' }).waitFor();
  await expect.poll(count).toBe('0');
  await desk.press('Enter');
  await expect.poll(count).toBe('6');
  for (let i = 0; i < 3; i += 1) await desk.press('Backspace');
  // Into a field, several values, and back.
  await desk.type('sta');
  await expect.poll(at).toBe('Status');
  await desk.press('ArrowRight');
  await desk.focused(combobox('Status'));
  await desk.press('ArrowDown', 'Space', 'ArrowUp', 'Enter');
  await page.getByRole('button', { name: 'Remove filter Status: In progress, Open' }).waitFor();
  await expect
    .poll(() => lines().and(page.locator('[aria-selected=true]')).allTextContents())
    .toEqual(['Open', 'In progress']);
  await shoot('filter-values');
  await desk.press('Backspace');
  await desk.focused(combobox('Filter'));
  await expect.poll(at).toMatch(/^Status/);
  await desk.press('ArrowRight');
  await desk.focused(combobox('Status'));
  await desk.press('ArrowLeft');
  await desk.focused(combobox('Filter'));
  await desk.press('Escape');
  await desk.focused(desk.list);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  expect(desk.errors).toEqual([]);
});

test('the menu of a row is for that row, whichever ticket is open', async () => {
  await desk.openTicket('First one');
  await desk.ticket('Third one').click({ button: 'right' });
  await menu().waitFor();
  await shoot('row-menu');
  // A letter leads to an item, and is no command for the open ticket.
  await desk.press('Escape');
  await menu().waitFor({ state: 'hidden' });
  await desk.focused(desk.list);
  await desk.ticket('Third one').click({ button: 'right' });
  await menu().getByRole('menuitem', { name: 'Set the priority' }).click();
  await desk.choose('Priority', 'high', 'High');
  await page.locator('.toast').getByText('Set to High priority').waitFor();
  await desk.focused(desk.list);
  await desk.thread('First one').waitFor();
  await desk.list.getByRole('option', { name: /Third one.*High/ }).waitFor();
  await desk.list.getByRole('option', { name: /First one.*Medium/ }).waitFor();
  expect(desk.errors).toEqual([]);
});

test('its button and its keys open it, and what it closes leaves the list', async () => {
  await desk.openTicket('First one');
  await desk.ticket('Second one').hover();
  const button = page.getByRole('button', { name: 'Actions for Dana' });
  await expect.poll(() => button.evaluate((one) => getComputedStyle(one).opacity)).toBe('1');
  await button.click();
  await menu().getByRole('menuitem', { name: 'Close', exact: true }).click();
  await page.locator('.toast').getByText('Ticket closed').waitFor();
  await expect.poll(count).toBe('5');
  await expect.poll(() => leaving().count()).toBe(0);
  await expect.poll(() => desk.ticket('Second one').count()).toBe(0);
  await desk.thread('First one').waitFor();
  for (const keys of ['ContextMenu', 'Shift+F10']) {
    await desk.list.focus();
    await desk.press(keys);
    await menu().waitFor();
    await desk.press('Escape');
    await menu().waitFor({ state: 'hidden' });
  }
  await desk.press('z');
  await page.getByText('Ticket reopened').waitFor();
  await desk.ticket('Second one').waitFor();
  expect(desk.errors).toEqual([]);
});

test('a row that leaves moves away, is for no pointer or screen reader, and is gone when that has ended', async () => {
  await desk.openTicket('First one');
  // Held where it begins, to be looked at.
  await page.evaluate(() =>
    [...document.styleSheets]
      .at(-1)
      ?.insertRule('.row-slot { animation-play-state: paused !important; }'),
  );
  await desk.list.focus();
  await desk.press('e');
  await leaving().waitFor();
  await expect.poll(count).toBe('5');
  await expect.poll(() => desk.tickets.count()).toBe(5);
  expect(
    await leaving().evaluate((row) => [row.ariaHidden, getComputedStyle(row).pointerEvents]),
  ).toEqual(['true', 'none']);
  expect(await page.locator('.row-slot.rising').count()).toBe(5);
  await shoot('leaving');
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) animation.finish();
  });
  await expect.poll(() => leaving().count()).toBe(0);
  await expect.poll(() => page.locator('.row-slot.rising').count()).toBe(0);
  // Nothing moves for who wants no motion.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await desk.thread('Second one').waitFor();
  await desk.press('e');
  await expect.poll(() => desk.ticket('Second one').count()).toBe(0);
  expect(await leaving().count()).toBe(0);
  await desk.press('z', 'z');
  await expect.poll(count).toBe('6');
  expect(desk.errors).toEqual([]);
});

test('Z is printed once, on what it undoes next, and not while something is written', async () => {
  const printed = () => page.locator('.toasts kbd').allTextContents();
  await desk.openTicket('First one');
  await desk.list.focus();
  await desk.press('e');
  await expect.poll(printed).toEqual(['Z']);
  await desk.thread('Second one').waitFor();
  await desk.press('i');
  await page.locator('.toast').getByText('Assigned to Maya Ruiz').waitFor();
  await expect.poll(printed).toEqual(['Z']);
  await desk.composer.fill('A few words');
  await expect.poll(printed).toEqual([]);
  await desk.composer.fill('');
  await desk.list.focus();
  await desk.press('z', 'Control+z');
  await desk.thread('First one').waitFor();
  await expect.poll(count).toBe('6');
  expect(desk.errors).toEqual([]);
});

test('an agent who stays keeps the ticket and its row until they move on', async () => {
  await desk.run('stay on', 'After an action: stay on the ticket');
  await desk.openTicket('Third one');
  await desk.list.focus();
  await desk.press('e');
  await expect.poll(count).toBe('5');
  await desk
    .ticket('Third one')
    .and(page.locator('[aria-label$="no longer in this view"]'))
    .waitFor();
  await desk.thread('Third one').getByRole('button', { name: 'Reopen', exact: true }).waitFor();
  await expect.poll(() => desk.tickets.count()).toBe(6);
  await shoot('stays');
  await desk.press('j');
  await desk.thread('Fourth one').waitFor();
  await expect.poll(() => desk.ticket('Third one').count()).toBe(0);
  await desk.press('z');
  await desk.thread('Third one').waitFor();
  await desk.set({ after_action: 'next' });
  expect(desk.errors).toEqual([]);
});
