import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addUser } from '../../src/server/areas/people/users.ts';
import { createPool, type Pool } from '../../src/server/db/pool.ts';
import { caller } from '../helpers/api.ts';
import { bridgeCall, launchBrowser, signIn } from '../helpers/browser.ts';
import { freshDatabase } from '../helpers/database.ts';
import { tempDir } from '../helpers/desk.ts';
import { startApiProgram, startDeskProgram, type Running } from '../helpers/processes.ts';

const password = 'a long enough password';
const subject = 'Where is my order?';
const other = 'Another ticket';
const home = tempDir();
let database: Awaited<ReturnType<typeof freshDatabase>>;
let pool: Pool;
let api: Running;
let desk: Running;
let browser: Browser;
let page: Page;
let dana: ReturnType<typeof caller>;
let ticketId: string;

beforeAll(async () => {
  database = await freshDatabase();
  api = await startApiProgram(database.url);
  const server = new URL(api.readyAt).origin;
  pool = createPool(database.url, 2);
  const people = [
    { email: 'maya@staffdesk.test', name: 'Maya Ruiz', role: 'staff' as const },
    { email: 'dana@customer.test', name: 'Dana Okafor', role: 'customer' as const },
  ];
  for (const person of people) await addUser(pool, { ...person, password });
  const credentials = { email: 'dana@customer.test', password };
  const { body } = await caller(server)('POST', '/auth/login', credentials);
  dana = caller(server, body.access_token);
  const ticket = { category: 'account', message: 'It has not arrived yet.' };
  await dana('POST', '/support/tickets', { ...ticket, subject: other });
  ticketId = (await dana('POST', '/support/tickets', { ...ticket, subject })).body.id;
  desk = await startDeskProgram(server, home.dir);
  // The quick one gives every page the focus.
  browser = await launchBrowser('whole');
  page = await (await browser.newContext()).newPage();
  await page.clock.install();
  await page.goto(desk.readyAt);
  await signIn(page, 'maya@staffdesk.test', password);
  const views = page.getByRole('navigation', { name: 'Views' });
  await views.getByRole('button', { name: /^All ?[\d,]*$/ }).click();
  // Playwright lets each page believe that it has the focus.
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
  await api.stop();
  await pool.end();
  await database.drop();
  home.remove();
});

async function isUnread(): Promise<boolean> {
  const input = { ticket_id: ticketId, before: null, limit: 1 };
  const { value } = (await bridgeCall(page, 'thread.get', input)) as {
    value: { ticket: { unread: boolean } };
  };
  return value.ticket.unread;
}

/** Another window is in front while `run` goes on. */
async function withoutFocus(run: () => Promise<void>): Promise<void> {
  const front = await page.context().newPage();
  await front.bringToFront();
  await expect.poll(() => page.evaluate(() => document.hasFocus())).toBe(false);
  await run();
  await front.close();
  await page.bringToFront();
  await expect.poll(() => page.evaluate(() => document.hasFocus())).toBe(true);
}

const open = async (name: string): Promise<void> => {
  const list = page.getByRole('listbox', { name: 'Tickets' });
  await list.getByRole('option', { name: new RegExp(name.replace('?', '\\?')) }).click();
  await page.getByRole('main', { name }).waitFor();
};

test('a message that comes while the window has no focus stays unread, and is read when the focus comes back', async () => {
  await page.bringToFront();
  await open(subject);
  await expect.poll(isUnread).toBe(false);
  await withoutFocus(async () => {
    await dana('POST', `/support/tickets/${ticketId}/messages`, { message: 'Are you there?' });
    await page.getByRole('log').getByText('Are you there?').waitFor();
    await page.clock.runFor(60_000);
    expect(await isUnread()).toBe(true);
  });
  await expect.poll(isUnread).toBe(false);
});

test('a ticket that is marked unread is not read by the focus that stays on it, nor by one that comes back', async () => {
  await page.getByRole('log').focus();
  await page.keyboard.press('u');
  await expect.poll(isUnread).toBe(true);
  await page.getByRole('option', { name: /Where is my order.*/, selected: true }).waitFor();
  await page.clock.runFor(60_000);
  expect(await isUnread()).toBe(true);
  await withoutFocus(() => Promise.resolve());
  await page.clock.runFor(60_000);
  expect(await isUnread()).toBe(true);

  await open(other);
  expect(await isUnread()).toBe(true);
  await open(subject);
  await expect.poll(isUnread).toBe(false);
});
