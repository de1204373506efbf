import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults } from '../helpers/axe.ts';
import { oldTicket } from '../helpers/old-ticket.ts';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { startShop, type Shop } from '../helpers/shop.ts';

let shop: Shop<'dana' | 'maya'>;
let desk: OpenDesk;
let page: Page;

beforeAll(async () => {
  shop = await startShop('dana', 'maya');
  const { api, dana, maya } = shop;
  for (const subject of ['Zeppelin over Kiel', 'Zeppelin over Rostock'])
    await oldTicket(api, { customer: dana, agent: maya, subject, days: 200 });
  await oldTicket(api, { customer: dana, agent: maya, subject: 'Balloon of last week', days: 7 });
  desk = await openDesk(api.server, { context: { viewport: { width: 1280, height: 800 } } });
  ({ page } = desk);
  await desk.show();
  await desk.signIn(maya);
});
afterAll(async () => {
  await desk.close();
  await shop.close();
});

/**
 * As in accessibility.test.ts without an experiment of axe, which takes initials and keys for parts
 * of a label.
 */
const faults = async () =>
  (await accessibilityFaults(page)).filter(
    (fault) => !fault.startsWith('label-content-name-mismatch'),
  );
const older = () => page.getByRole('region', { name: 'Older tickets on the server' });
const option = (name: string) => page.getByRole('option', { name });

test('closed tickets are kept as far back as the agent chooses, and the list says so', async () => {
  await desk.views.getByRole('button', { name: /^Closed/ }).click();
  await option('Zeppelin over Kiel').waitFor();
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Storage' }).click();
  await page.getByText('All closed tickets are here.').waitFor();
  await page.getByRole('radio', { name: '30 days' }).check();
  await page.getByText(/inactive for 30 days are loaded on demand/).waitFor();
  expect(await faults()).toEqual([]);
  await page.getByRole('button', { name: 'Done' }).click();
  await option('Zeppelin over Kiel').waitFor({ state: 'detached' });
  await option('Balloon of last week').waitFor();
  await page.getByText('Closed tickets of the last 30 days are on this computer.').waitFor();
  expect(await faults()).toEqual([]);
});

test('a search goes on at the server when it is asked to, and what it finds opens', async () => {
  await page.getByRole('searchbox', { name: 'Search' }).fill('zeppelin');
  await page.getByText('Nothing found').waitFor();
  await older().getByRole('button', { name: 'Search older tickets on the server' }).press('Enter');
  await older().getByText('2 older tickets on the server').waitFor();
  expect(await faults()).toEqual([]);
  await older().getByRole('button', { name: /Kiel/ }).press('Enter');
  await desk.thread('Zeppelin over Kiel').waitFor();
  await expect.poll(() => page.getByRole('log').getByRole('article').count()).toBe(6);
});

test('offline such a ticket says where it is, and opens by itself once the server is there', async () => {
  await desk.goOffline();
  await older()
    .getByRole('button', { name: /Rostock/ })
    .click();
  await page.getByText('This ticket is not on this computer').waitFor();
  await page.getByRole('main').getByRole('button', { name: 'Try again' }).waitFor();
  expect(await faults()).toEqual([]);
  desk.network.set('up');
  await desk.thread('Zeppelin over Rostock').waitFor();
  // What the network refused is in the console of the desk, not of the window.
  expect(desk.errors).toEqual([]);
});
