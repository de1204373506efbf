import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestApi } from '../helpers/api.ts';
import { startApi } from '../helpers/api.ts';
import { launchBrowser, signIn } from '../helpers/browser.ts';
import type { Level1Server } from '../helpers/level1-server.ts';
import { startLevel1Server } from '../helpers/level1-server.ts';

let api: TestApi;
let level1: Level1Server;
let browser: Browser;
beforeAll(async () => {
  // Serves the page; each call of the page goes to the other server.
  api = await startApi();
  level1 = await startLevel1Server();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await level1.close();
  await api.close();
});

test('with a server of level 1 the page works as well: times are UTC, an internal note is not shown, and a lost answer is not sent twice', async () => {
  const dana = level1.addPerson({ email: 'dana@customer.test', password: 'a long enough password', name: 'Dana Okafor', staff: false });
  const maya = level1.addPerson({ email: 'maya@staffdesk.test', password: 'a long enough password', name: 'Maya Ruiz', staff: true });
  const ticket = level1.addTicket(dana, 'Withdrawal has not arrived');
  level1.insertAsStaff(maya, ticket.id, 'We are looking into it.');
  level1.insertAsStaff(maya, ticket.id, 'An internal note that this server hands out', true);
  Object.assign(ticket, { created_at: '2025-11-10T09:12:33.123456' });

  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'America/New_York' });
  const page = await context.newPage();
  await page.route('**/api/v1/**', async (route) => {
    const { pathname, search } = new URL(route.request().url());
    try {
      await route.fulfill({ response: await route.fetch({ url: level1.server + pathname + search, maxRetries: 0 }) });
    } catch {
      await route.abort('connectionreset');
    }
  });
  await page.goto(`${api.server}/support`);
  await signIn(page, dana.email, dana.password);
  await page.getByRole('link', { name: /Withdrawal has not arrived/ }).click();
  const conversation = page.getByRole('log', { name: 'Conversation' });
  await conversation.getByText('We are looking into it.').waitFor();
  expect(await page.content()).not.toContain('An internal note');
  await page.getByRole('complementary').getByText('10 Nov 2025, 04:12').waitFor();

  level1.fail((request) => request === `POST /support/tickets/${ticket.id}/messages`, { kind: 'cut' });
  const box = page.getByRole('textbox', { name: 'Message' });
  await box.fill('Is there any news?');
  await box.press('Enter');
  await page.getByRole('alert').getByText('Your message was not sent. It is still here.').waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('status').getByText('Message sent successfully').waitFor();
  expect(level1.messages(ticket.id).filter(({ message }) => message === 'Is there any news?')).toHaveLength(1);

  await page.getByRole('button', { name: 'Close Ticket' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close ticket', exact: true }).click();
  await page.getByText('This ticket is closed', { exact: true }).waitFor();
  await context.close();
});
