import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLevel1Server, type Level1Server } from '../helpers/level1-server.ts';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { testPassword } from '../helpers/people.ts';

let server: Level1Server;
let desk: OpenDesk;
const person = {
  email: 'maya@staffdesk.test',
  password: testPassword,
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
  desk = await openDesk(server.server);
});
afterAll(async () => {
  await desk.close();
  await server.close();
});

test('the window turns off exactly what a server of level 1 cannot do, and says why', async () => {
  const { page } = desk;
  await desk.show();
  await desk.signIn(person);
  // Nothing here is about what is held.
  await desk.set({ undo_seconds: 0 });
  await desk.showAll();
  await desk.openTicket('Statement is empty');
  await page.getByText('Checks every minute').waitFor();
  expect(await page.getByTitle('checks every minute').count()).toBe(1);

  const off: Locator[] = [
    page.getByRole('radio', { name: 'Internal note' }),
    ...['Status', 'Priority', 'Category', 'Assignee'].map(desk.field),
    desk.details.getByRole('button', { name: 'Assign to me' }),
  ];
  for (const control of off) {
    expect(await control.isDisabled(), await control.innerHTML()).toBe(true);
    expect(await control.getAttribute('title')).toMatch(/^This server cannot /);
  }
  expect(await desk.details.getByRole('textbox', { name: 'Add tag' }).isDisabled()).toBe(true);

  await page.keyboard.press('n');
  await desk.composer.fill('Here it is.');
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
  expect(desk.errors).toEqual([]);
});
