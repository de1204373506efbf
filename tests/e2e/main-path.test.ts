import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool, type Pool } from '../../src/server/db/pool.ts';
import { caller, type Call } from '../helpers/api.ts';
import { bridgeCall, launchBrowser, signIn, watchErrors } from '../helpers/browser.ts';
import { freshDatabase } from '../helpers/database.ts';
import { tempDir } from '../helpers/desk.ts';
import { lastingPort } from '../helpers/lasting-port.ts';
import { addPerson } from '../helpers/people.ts';
import {
  anotherWindow,
  startApiProgram,
  startDeskProgram,
  type Running,
} from '../helpers/processes.ts';

const password = 'a long enough password';
const agent = 'maya@staffdesk.test';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let pool: Pool;
let api: Running;
let desk: Running;
let server: string;
let dana: Call;
let browser: Browser;
const home = tempDir();

beforeAll(async () => {
  database = await freshDatabase();
  api = await startApiProgram(database.url, await lastingPort());
  server = new URL(api.readyAt).origin;
  pool = createPool(database.url, 3);
  await addPerson(pool, { email: agent, name: 'Maya Ruiz', role: 'admin', password });
  await addPerson(pool, {
    email: 'dana@customer.test',
    name: 'Dana Okafor',
    role: 'customer',
    password,
  });
  const { body } = await caller(server)('POST', '/auth/login', {
    email: 'dana@customer.test',
    password,
  });
  dana = caller(server, body.access_token);
  for (const subject of [
    'Withdrawal has not arrived',
    'Two-factor code never comes',
    'Statement is empty',
  ]) {
    await dana('POST', '/support/tickets', {
      subject,
      category: 'account',
      message: `About: ${subject}`,
    });
  }
  desk = await startDeskProgram(server, home.dir);
  browser = await launchBrowser('whole');
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
  await api.stop();
  await pool.end();
  await database.drop();
  home.remove();
});

const option = (page: Page, subject: string) =>
  page.getByRole('listbox', { name: 'Tickets' }).getByRole('option', { name: new RegExp(subject) });
const conversation = (page: Page) => page.getByRole('log', { name: 'Conversation' });
const sync = (page: Page) => page.getByRole('status', { name: 'Sync' });

async function openTicket(page: Page, subject: string): Promise<void> {
  await option(page, subject).click();
  await page.getByRole('main', { name: subject }).waitFor();
}
async function write(page: Page, kind: 'Reply' | 'Internal note', text: string): Promise<void> {
  await page
    .getByRole('radiogroup', { name: 'Message type' })
    .getByRole('radio', { name: kind })
    .click();
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: kind === 'Reply' ? 'Send reply' : 'Add note' }).click();
  await conversation(page).getByText(text, { exact: true }).waitFor();
  // A reply is held for its undo window first.
  if (kind === 'Reply') await conversation(page).getByRole('button', { name: 'Send now' }).click();
}
/** Every message of a ticket as the database has it, in order. */
async function onServer(subject: string): Promise<string[]> {
  const found = await pool.query(
    'select m.message from support_messages m join support_tickets t on t.id = m.ticket_id where t.subject = $1 order by m.created_at, m.id',
    [subject],
  );
  return found.rows.map((row: { message: string }) => row.message);
}

test('an agent works online, then offline through a restart, and each message arrives exactly once and in order', async () => {
  let page = await browser.newPage();
  const errors = watchErrors(page);
  await page.goto(desk.readyAt);
  await signIn(page, agent, password);
  await expect.poll(() => sync(page).textContent()).toBe('Live');
  // Long enough for a busy machine.
  await bridgeCall(page, 'settings.set', { undo_seconds: 30 });
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: /Unassigned/ })
    .click();

  // Online: open, reply, note, close.
  await openTicket(page, 'Withdrawal has not arrived');
  await write(page, 'Reply', 'We have asked the bank to trace it.');
  await write(page, 'Internal note', 'Ledger says it left on the 14th.');
  await conversation(page)
    .getByRole('article', { name: /^Internal note/ })
    .waitFor();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect
    .poll(() =>
      page
        .getByRole('complementary', { name: 'Details' })
        .getByRole('combobox', { name: 'Status' })
        .inputValue(),
    )
    .toBe('closed');
  await expect
    .poll(() => onServer('Withdrawal has not arrived'))
    .toEqual([
      'About: Withdrawal has not arrived',
      'We have asked the bank to trace it.',
      'Ledger says it left on the 14th.',
    ]);
  await expect
    .poll(
      async () =>
        (
          await pool.query(
            "select status from support_tickets where subject = 'Withdrawal has not arrived'",
          )
        ).rows[0].status,
    )
    .toBe('closed');
  await expect.poll(() => sync(page).textContent()).toBe('Live');

  // The API goes away; the work goes on.
  await api.stop();
  await expect.poll(() => sync(page).textContent(), { timeout: 120_000 }).toMatch(/^Offline/);
  await openTicket(page, 'Two-factor code never comes');
  await write(page, 'Reply', 'Which phone do you use?');
  await write(page, 'Internal note', 'Third one this week, @Jonas?');
  await write(page, 'Reply', 'You can use a recovery code meanwhile.');
  await openTicket(page, 'Statement is empty');
  await write(page, 'Reply', 'We see the empty file too.');
  await page
    .getByRole('complementary', { name: 'Details' })
    .getByRole('combobox', { name: 'Priority' })
    .selectOption('high');
  await expect.poll(() => sync(page).textContent()).toBe('Offline, 5 waiting');
  // The thread follows the status a frame later.
  await expect
    .poll(() => conversation(page).getByText('Queued, goes out when you are online').count())
    .toBe(1);
  await page.getByRole('searchbox', { name: 'Search' }).fill('factor cod');
  await expect
    .poll(() => page.getByRole('listbox', { name: 'Tickets' }).getByRole('option').count())
    .toBe(1);
  await option(page, 'Two-factor code never comes').waitFor();
  await page.getByRole('searchbox', { name: 'Search' }).fill('');
  await page.getByRole('textbox', { name: 'Message' }).fill('half a sentence');

  // The app is quit and started again, still without its server.
  await page.close();
  expect(await desk.stop()).toBe(0);
  desk = await startDeskProgram(server, home.dir);
  page = await browser.newPage();
  const laterErrors = watchErrors(page);
  await page.goto(desk.readyAt);
  await expect.poll(() => sync(page).textContent()).toMatch(/5 waiting$/);
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: /^All ?[\d,]*$/ })
    .click();
  await openTicket(page, 'Statement is empty');
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Message' }).inputValue())
    .toBe('half a sentence');
  expect(await onServer('Statement is empty')).toEqual(['About: Statement is empty']);

  // The server comes back. This test's desk keeps its token in memory, so it asks for the sign-in
  // again.
  api = await startApiProgram(database.url, Number(new URL(server).port));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.locator('form').getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect.poll(() => sync(page).textContent(), { timeout: 120_000 }).toBe('Live');

  expect(await onServer('Two-factor code never comes')).toEqual([
    'About: Two-factor code never comes',
    'Which phone do you use?',
    'Third one this week, @Jonas?',
    'You can use a recovery code meanwhile.',
  ]);
  expect(await onServer('Statement is empty')).toEqual([
    'About: Statement is empty',
    'We see the empty file too.',
  ]);
  expect(
    (await pool.query("select priority from support_tickets where subject = 'Statement is empty'"))
      .rows[0].priority,
  ).toBe('high');
  const seenByCustomer = JSON.stringify((await dana('GET', '/support/sync')).body);
  expect(seenByCustomer).toContain('You can use a recovery code meanwhile.');
  expect(seenByCustomer).not.toContain('Third one this week');
  expect(seenByCustomer).not.toContain('Ledger says');
  expect([...errors, ...laterErrors]).toEqual([]);
});

test("a customer's message reaches the agent's screen and raises a notification; a click opens the ticket", async () => {
  const context = await browser.newContext({ permissions: ['notifications'] });
  await context.addInitScript(() => {
    // Chromium's real Notification, watched.
    const raised: { title: string; body: string; notification: Notification }[] = [];
    Object.assign(window, { raised });
    window.Notification = class extends Notification {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        raised.push({ title, body: options?.body ?? '', notification: this });
      }
    };
  });
  const page = await context.newPage();
  await page.goto(await desk.nextLine(anotherWindow));
  await expect.poll(() => sync(page).textContent(), { timeout: 120_000 }).toBe('Live');
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: /Unassigned/ })
    .click();
  await openTicket(page, 'Statement is empty');

  const { body: list } = await dana('GET', '/support/tickets');
  const ticket = list.tickets.find(
    (t: { subject: string }) => t.subject === 'Two-factor code never comes',
  );
  for (let n = 1; n <= 5; n += 1) {
    const text = `It is an old phone, message ${n}`;
    await Promise.all([
      page.waitForFunction(
        (wanted) => document.querySelector('[role=listbox]')?.textContent?.includes(wanted),
        text,
        { polling: 'raf' },
      ),
      dana('POST', `/support/tickets/${ticket.id}/messages`, { message: text }),
    ]);
    await page.waitForFunction(
      (count) => (window as unknown as { raised: unknown[] }).raised.length === count,
      n,
    );
  }
  const last = await page.evaluate(() =>
    (window as unknown as { raised: { title: string; body: string }[] }).raised.at(-1),
  );
  expect(last).toMatchObject({
    title: 'Dana Okafor (5 new messages)',
    body: expect.stringContaining('It is an old phone, message 5'),
  });
  await page.evaluate(() => {
    (window as unknown as { raised: { notification: Notification }[] }).raised
      .at(-1)
      ?.notification.dispatchEvent(new Event('click'));
  });
  await page.getByRole('main', { name: 'Two-factor code never comes' }).waitFor();

  // In front of the agent now: what the customer adds is shown without a banner.
  await page.bringToFront();
  await dana('POST', `/support/tickets/${ticket.id}/messages`, { message: 'You see this at once' });
  await conversation(page).getByText('You see this at once').waitFor();
  expect(
    await page.evaluate(() => (window as unknown as { raised: unknown[] }).raised.length),
  ).toBe(5);
  await context.close();
});
