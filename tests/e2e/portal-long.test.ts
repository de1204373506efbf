import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, testPassword, type Person, type TestApi } from '../helpers/api.ts';
import { launchBrowser, signIn, watchErrors } from '../helpers/browser.ts';

let api: TestApi;
let dana: Person;
let maya: Person;
let browser: Browser;
beforeAll(async () => {
  api = await startApi({ perAddress: 1e9 });
  dana = await api.person('customer', 'Dana Okafor');
  maya = await api.person('staff', 'Maya Ruiz');
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await api.close();
});

async function visit(
  path: string,
): Promise<{ page: Page; errors: string[]; close: () => Promise<void> }> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 390, height: 800 },
  });
  const page = await context.newPage();
  const errors = watchErrors(page);
  await page.goto(api.server + path);
  await signIn(page, dana.email, testPassword);
  return { page, errors, close: () => context.close() };
}
const articles = (page: Page) =>
  page.getByRole('log', { name: 'Conversation' }).getByRole('article');
async function shown(page: Page, count: number): Promise<void> {
  await expect.poll(() => articles(page).count()).toBe(count);
}
const write = (id: string, count: number) =>
  api.pool.query(
    "insert into support_messages (ticket_id, user_id, message, created_at) select $1, $2, 'message ' || n || ' ', now() - interval '3 days' + make_interval(mins => n) from generate_series(1, $3::int) n",
    [id, dana.id, count],
  );

test('a long conversation begins with its newest messages; earlier ones come when they are asked for, and what is in front stays there', async () => {
  const { id } = await api.ticket(dana, 'A long conversation');
  await write(id, 140);
  const { page, errors, close } = await visit(`/support/tickets/${id}`);
  await shown(page, 30);
  expect(await articles(page).last().textContent()).toContain(
    'It has been three business days now.',
  );
  await page.getByRole('button', { name: 'Show earlier messages' }).click();
  await shown(page, 130);
  // The one that was at the top has not been pushed out of sight to the start of the conversation.
  await expect
    .poll(() => page.getByRole('log').evaluate((log) => log.scrollTop))
    .toBeGreaterThan(500);
  await maya.call('POST', `/support/tickets/${id}/messages`, {
    message: 'A reply that comes meanwhile',
  });
  await articles(page).last().getByText('A reply that comes meanwhile').waitFor();
  await shown(page, 130);
  await page.getByRole('button', { name: 'Show earlier messages' }).click();
  await shown(page, 142);
  expect(await articles(page).first().textContent()).toContain('message 1 ');
  await expect
    .poll(() => page.getByRole('button', { name: 'Show earlier messages' }).count())
    .toBe(0);
  expect(errors).toEqual([]);
  await close();
});

test('the newest tickets come first, older ones when they are asked for', async () => {
  await api.pool.query(
    "insert into support_tickets (user_id, subject, category, created_at) select $1, 'Ticket number ' || n, 'other', now() - make_interval(days => n) from generate_series(1, 120) n",
    [dana.id],
  );
  const { page, close } = await visit('/support');
  const rows = page.getByRole('main').getByRole('listitem');
  await expect.poll(() => rows.count()).toBe(100);
  await page.getByRole('button', { name: 'Show older tickets' }).click();
  await expect.poll(() => rows.count()).toBeGreaterThan(120);
  await page.getByText('Ticket number 120').waitFor();
  await close();
});

test('who has written too much in a short time is told so, and keeps the text', async () => {
  const { id } = await api.ticket(dana, 'So much to say');
  await api.pool.query(
    "insert into support_messages (ticket_id, user_id, message) select $1, $2, repeat('x', 100000) from generate_series(1, 20)",
    [id, dana.id],
  );
  const { page, close } = await visit(`/support/tickets/${id}`);
  const text = page.getByRole('textbox', { name: 'Message' });
  await text.fill('And one more thing');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('alert').getByText('You have written a lot in a short time').waitFor();
  expect(await text.inputValue()).toBe('And one more thing');
  await close();
});
