import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults } from '../helpers/axe.ts';
import { bridgeCall } from '../helpers/browser.ts';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { testPassword } from '../helpers/people.ts';
import { openTicketAbout, startShopProgram, type ShopProgram } from '../helpers/shop.ts';

const subject = 'Where is my order?';
let shop: ShopProgram<'maya' | 'dana'>;
let desk: OpenDesk;
let page: Page;

beforeAll(async () => {
  shop = await startShopProgram('maya', 'dana');
  desk = await openDesk(shop.server);
  ({ page } = desk);
  await page.setViewportSize({ width: 1280, height: 800 });
  await desk.show();
});
afterAll(async () => {
  await desk.close();
  await shop.close();
});

const greeting = () => page.getByRole('region', { name: 'Four keys to begin with' });
const question = () => desk.dialog('Sign out with unsent work?');
/** Until the desk has it. */
async function isStored(setting: object): Promise<void> {
  await expect
    .poll(async () => (await bridgeCall(page, 'settings.get', {})).value)
    .toMatchObject(setting);
}
/** Stored a moment after the agent has come there. */
const isRemembered = (place: object) => isStored({ last_place: place });
async function goToTicketInAll(): Promise<void> {
  await desk.showAll();
  await desk.openTicket(subject);
  await isRemembered({ view: 'all', ticket_id: expect.any(String) });
}
const isInClosed = () => page.getByRole('heading', { name: 'Closed', exact: true }).waitFor();
async function signOut(): Promise<void> {
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.locator('#account-menu').getByRole('button', { name: 'Sign out' }).click();
}

/** Without an experiment of axe: it takes the key that stands beside a command for a part of its label. */
const faults = async (): Promise<string[]> =>
  (await accessibilityFaults(page)).filter(
    (fault) => !fault.startsWith('label-content-name-mismatch:'),
  );

test('the form to sign in names its server, and shows the password when asked to', async () => {
  await page.getByText(new URL(desk.network.server).host, { exact: true }).waitFor();
  const field = page.getByRole('textbox', { name: 'Password' });
  await field.fill(testPassword);
  expect(await field.getAttribute('type')).toBe('password');
  await page.getByRole('button', { name: 'Show password' }).click();
  expect(await field.getAttribute('type')).toBe('text');
  await desk.focused(field);
  expect(await faults()).toEqual([]);
  await page.getByRole('button', { name: 'Hide password' }).click();
  expect(await field.getAttribute('type')).toBe('password');
});

test('a workspace without tickets says what to do first, until there is one', async () => {
  await desk.signIn(shop.maya);
  const steps = page.getByRole('region', { name: 'No tickets yet' });
  await steps.getByText('everything else').waitFor();
  expect(await page.getByText('No ticket selected').isVisible()).toBe(false);
  expect(await faults()).toEqual([]);
  expect(await page.getByRole('link', { name: 'Open portal' }).getAttribute('href')).toBe(
    `${desk.network.server}/support`,
  );
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByText('Copied').waitFor();
  await openTicketAbout(shop.dana.call, subject);
  await page.getByRole('heading', { name: 'No tickets yet' }).waitFor({ state: 'detached' });
});

test('an agent is greeted until they dismiss the card, and never again', async () => {
  await greeting().getByText('10 seconds').waitFor();
  await page.reload();
  await greeting().getByRole('button', { name: 'Dismiss' }).click();
  await greeting().waitFor({ state: 'detached' });
  await isStored({ welcomed: true });
  await page.reload();
  // It would stand there with the first list.
  await desk.showAll();
  await desk.ticket(subject).waitFor();
  await desk.isLive();
  expect(await greeting().count()).toBe(0);
});

test('the last view and the open ticket are there again after a reload', async () => {
  await desk.showAll();
  await desk.openTicket(subject);
  await page.getByRole('button', { name: /^Closed/ }).click();
  await isInClosed();
  await isRemembered({ view: 'closed', ticket_id: null });
  await page.reload();
  await isInClosed();
  await goToTicketInAll();
  await page.reload();
  await desk.thread(subject).waitFor();
  await page.getByRole('heading', { name: 'All', exact: true }).waitFor();
  expect(await desk.thread(subject).isVisible()).toBe(true);
});

test('and after the desk was started again', async () => {
  await goToTicketInAll();
  desk = await desk.restart();
  ({ page } = desk);
  await desk.show();
  await desk.thread(subject).waitFor();
  await page.getByRole('heading', { name: 'All', exact: true }).waitFor();
  // This test's desk keeps its token in memory, so it asks for the sign-in again.
  await desk.signInAgain();
  await desk.isLive();
  expect(await desk.thread(subject).isVisible()).toBe(true);
});

test('a draft alone does not ask before signing out', async () => {
  await desk.composer.fill('half a sentence');
  await signOut();
  await page.getByRole('heading', { name: 'Sign in to Staffdesk' }).waitFor();
  await desk.signIn(shop.maya);
  // The copy of the tickets went with the session; the view is the account's own.
  await page.getByRole('heading', { name: 'All', exact: true }).waitFor();
  await desk.openTicket(subject);
  await expect.poll(() => desk.composer.inputValue()).toBe('half a sentence');
});

test('signing out with unsent work asks, and it is sent after the next sign-in', async () => {
  await desk.goOffline();
  await desk.reply('It is on its way.');
  await signOut();
  await question().getByRole('heading', { name: '1 message is not sent yet' }).waitFor();
  expect(await faults()).toEqual([]);
  await desk.focused(question().getByRole('button', { name: 'Stay signed in' }));
  await desk.press('Escape');
  await question().waitFor({ state: 'detached' });
  await signOut();
  await question().getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in to Staffdesk' }).waitFor();
  desk.network.set('up');
  await desk.signIn(shop.maya);
  await desk.openTicket(subject);
  await desk.thread(subject).getByText('It is on its way.').waitFor();
  await expect.poll(async () => (await bridgeCall(page, 'outbox.list', {})).value).toEqual([]);
  expect(desk.errors).toEqual([]);
});
