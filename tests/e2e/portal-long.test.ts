import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person, TestApi } from '../helpers/api.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { visitPortal, type PortalPage } from '../helpers/portal-page.ts';
import { startShop, type Shop } from '../helpers/shop.ts';

let shop: Shop<'dana' | 'maya'>;
let api: TestApi;
let dana: Person;
let maya: Person;
let browser: Browser;
beforeAll(async () => {
  shop = await startShop('dana', 'maya');
  ({ api, dana, maya } = shop);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await shop.close();
});

const visit = (path: string) =>
  visitPortal(browser, api.server + path, dana, { viewport: { width: 390, height: 800 } });
const articles = ({ conversation }: PortalPage) => conversation.getByRole('article');
async function shown(portal: PortalPage, count: number): Promise<void> {
  await expect.poll(() => articles(portal).count()).toBe(count);
}
const write = (id: string, count: number) =>
  api.pool.query(
    "insert into support_messages (ticket_id, user_id, message, created_at) select $1, $2, 'message ' || n || ' ', now() - interval '3 days' + make_interval(mins => n) from generate_series(1, $3::int) n",
    [id, dana.id, count],
  );

test('a long conversation begins with its newest messages; earlier ones come when they are asked for, and what is in front stays there', async () => {
  const { id } = await api.ticket(dana, 'A long conversation');
  await write(id, 140);
  const portal = await visit(`/support/tickets/${id}`);
  const { page, errors } = portal;
  await shown(portal, 30);
  expect(await articles(portal).last().textContent()).toContain(
    'It has been three business days now.',
  );
  await page.getByRole('button', { name: 'Show earlier messages' }).click();
  await shown(portal, 130);
  // The one that was at the top has not been pushed out of sight to the start of the conversation.
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(500);
  await maya.call('POST', `/support/tickets/${id}/messages`, {
    message: 'A reply that comes meanwhile',
  });
  await articles(portal).last().getByText('A reply that comes meanwhile').waitFor();
  await shown(portal, 130);
  await page.getByRole('button', { name: 'Show earlier messages' }).click();
  await shown(portal, 142);
  expect(await articles(portal).first().textContent()).toContain('message 1 ');
  await expect
    .poll(() => page.getByRole('button', { name: 'Show earlier messages' }).count())
    .toBe(0);
  expect(errors).toEqual([]);
  await portal.context.close();
});

test('the newest tickets come first, older ones when they are asked for', async () => {
  await api.pool.query(
    "insert into support_tickets (user_id, subject, category, created_at) select $1, 'Ticket number ' || n, 'other', now() - make_interval(days => n) from generate_series(1, 120) n",
    [dana.id],
  );
  const portal = await visit('/support');
  const { page } = portal;
  const rows = page.getByRole('main').getByRole('listitem');
  await expect.poll(() => rows.count()).toBe(100);
  await page.getByRole('button', { name: 'Show older tickets' }).click();
  await expect.poll(() => rows.count()).toBeGreaterThan(120);
  await page.getByText('Ticket number 120').waitFor();
  await portal.context.close();
});

test('who has written too much in a short time is told so, and keeps the text', async () => {
  const { id } = await api.ticket(dana, 'So much to say');
  await api.pool.query(
    "insert into support_messages (ticket_id, user_id, message) select $1, $2, repeat('x', 100000) from generate_series(1, 20)",
    [id, dana.id],
  );
  const portal = await visit(`/support/tickets/${id}`);
  const { page } = portal;
  const text = portal.messageBox;
  await text.fill('And one more thing');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('alert').getByText('You have written a lot in a short time').waitFor();
  expect(await text.inputValue()).toBe('And one more thing');
  await portal.context.close();
});
