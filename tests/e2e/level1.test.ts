import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bridgeCall, launchBrowser, signIn, watchErrors } from '../helpers/browser.ts';
import { tempDir } from '../helpers/desk.ts';
import { startLevel1Server, type Level1Server } from '../helpers/level1-server.ts';
import { startDeskProgram, type Running } from '../helpers/processes.ts';

let server: Level1Server;
let desk: Running;
let browser: Browser;
const home = tempDir();
const person = {
  email: 'maya@staffdesk.test',
  password: 'a long enough password',
  name: 'Maya Ruiz',
  staff: true,
};

beforeAll(async () => {
  // One whose superusers see everybody's tickets, so that a desk has work.
  server = await startLevel1Server(0, { superuserSees: 'all' });
  server.addPerson(person);
  const dana = server.addPerson({
    email: 'dana@customer.test',
    password: 'x',
    name: 'Dana Okafor',
    staff: false,
  });
  server.addTicket(dana, 'Statement is empty');
  desk = await startDeskProgram(server.server, home.dir);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
  await server.close();
  home.remove();
});

test('the window turns off exactly what a server of level 1 cannot do, and says why', async () => {
  const page = await browser.newPage();
  const errors = watchErrors(page);
  await page.goto(desk.readyAt);
  await signIn(page, person.email, person.password);
  // Nothing here is about what is held.
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  await bridgeCall(page, 'settings.set', { undo_seconds: 0 });
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: /^All( [\d,]+)?$/ })
    .click();
  await page.getByRole('option', { name: /Statement is empty/ }).click();
  await page.getByRole('main', { name: 'Statement is empty' }).waitFor();
  await expect.poll(() => page.getByRole('status', { name: 'Sync' }).textContent()).toBe('Live');
  await page.getByText('Checks every minute').waitFor();
  expect(await page.getByTitle('looks every minute').count()).toBe(1);

  const details = page.getByRole('complementary', { name: 'Details' });
  const off: Locator[] = [
    page.getByRole('radio', { name: 'Internal note' }),
    ...['Status', 'Priority', 'Category', 'Assignee'].map((name) =>
      details.getByRole('combobox', { name }),
    ),
    details.getByRole('button', { name: 'Assign to me' }),
  ];
  for (const control of off) {
    expect(await control.isDisabled(), await control.innerHTML()).toBe(true);
    expect(await control.getAttribute('title')).toMatch(/^This server cannot /);
  }
  expect(await details.getByRole('textbox', { name: 'Add tag' }).isDisabled()).toBe(true);

  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Message' }).fill('Here it is.');
  await page.getByRole('button', { name: 'Send reply' }).click();
  await page.getByRole('article', { name: /^You/ }).getByText('Here it is.').waitFor();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  const reopen = page.getByRole('button', { name: 'Reopen', exact: true });
  await reopen.waitFor();
  expect([await reopen.isDisabled(), await reopen.getAttribute('title')]).toEqual([
    true,
    'This server cannot reopen tickets',
  ]);
  await expect
    .poll(() => [...server.tickets.values()].map((ticket) => ticket.status))
    .toEqual(['closed']);
  expect(errors).toEqual([]);
  await page.close();
});
