import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool, type Pool } from '../../src/server/db/pool.ts';
import { caller } from '../helpers/api.ts';
import { bridgeCall, launchBrowser, signIn, watchErrors } from '../helpers/browser.ts';
import { freshDatabase } from '../helpers/database.ts';
import { tempDir } from '../helpers/desk.ts';
import { addPerson } from '../helpers/people.ts';
import { startApiProgram, startDeskProgram, type Running } from '../helpers/processes.ts';

const password = 'a long enough password';
const subject = 'Who answers this one';
let database: Awaited<ReturnType<typeof freshDatabase>>;
let pool: Pool;
let api: Running;
let desks: Running[];
let browser: Browser;
let maya: Page;
let alex: Page;
let errors: string[][];
const homes = [tempDir(), tempDir()];

beforeAll(async () => {
  database = await freshDatabase();
  api = await startApiProgram(database.url);
  const server = new URL(api.readyAt).origin;
  pool = createPool(database.url, 3);
  await addPerson(pool, {
    email: 'maya@staffdesk.test',
    name: 'Maya Ruiz',
    role: 'staff',
    password,
  });
  await addPerson(pool, {
    email: 'alex@staffdesk.test',
    name: 'Alex Kim',
    role: 'staff',
    password,
  });
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
  const dana = caller(server, body.access_token);
  for (const one of [subject, 'Another ticket'])
    await dana('POST', '/support/tickets', {
      subject: one,
      category: 'account',
      message: `About: ${one}`,
    });
  desks = await Promise.all(homes.map((home) => startDeskProgram(server, home.dir)));
  browser = await launchBrowser();
  const pages = await Promise.all(
    ['maya@staffdesk.test', 'alex@staffdesk.test'].map(async (email, i) => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(desks[i]?.readyAt ?? '');
      await signIn(page, email, password);
      await page
        .getByRole('status', { name: 'Sync' })
        .filter({ hasText: /^Live$/ })
        .waitFor();
      await page
        .getByRole('navigation', { name: 'Views' })
        .getByRole('button', { name: /^All ?[\d,]*$/ })
        .click();
      return page;
    }),
  );
  [maya, alex] = pages as [Page, Page];
  // Long enough for a busy machine.
  for (const page of pages) await bridgeCall(page, 'settings.set', { undo_seconds: 30 });
  errors = pages.map((page) => watchErrors(page));
});
afterAll(async () => {
  await browser.close();
  await Promise.all(desks.map((desk) => desk.stop()));
  await api.stop();
  await pool.end();
  await database.drop();
  for (const home of homes) home.remove();
});

const option = (page: Page) =>
  page.getByRole('listbox', { name: 'Tickets' }).getByRole('option', { name: new RegExp(subject) });
const header = (page: Page) => page.getByRole('main').locator('header');
const composer = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const conversation = (page: Page) => page.getByRole('log', { name: 'Conversation' });

/** `seen` is on the other agent's screen after `act`, without any doing of theirs. */
async function after(act: () => Promise<unknown>, seen: () => Promise<unknown>): Promise<void> {
  await Promise.all([act(), seen()]);
}

test("two agents see each other come, reply, change and answer, and a reply that has not seen the other's is stopped", async () => {
  await option(maya).click();
  await maya.getByRole('main', { name: subject }).waitFor();

  await after(
    () => option(alex).click(),
    () => header(maya).getByText('Alex is here').waitFor(),
  );
  await header(alex).getByText('Maya is here').waitFor();
  await maya
    .getByRole('listbox', { name: 'Tickets' })
    .getByRole('option', { name: /Who answers this one.*Alex Kim is here/ })
    .waitFor();

  await after(
    () => composer(alex).pressSequentially('We '),
    () => header(maya).getByText('Alex is replying').waitFor(),
  );
  await maya
    .getByRole('listbox', { name: 'Tickets' })
    .getByRole('option', { name: /Alex Kim is replying/ })
    .waitFor();
  // It stops nobody: Maya writes too.
  await composer(maya).fill('I will look at it.');
  await header(alex).getByText('Maya is replying').waitFor();

  const details = (page: Page) => page.getByRole('complementary', { name: 'Details' });
  await after(
    () => details(alex).getByRole('combobox', { name: 'Status' }).selectOption('resolved'),
    async () => {
      await expect
        .poll(() => details(maya).getByRole('combobox', { name: 'Status' }).inputValue(), {
          interval: 20,
        })
        .toBe('resolved');
    },
  );

  // Alex answers. Maya's reply is held for its undo window meanwhile, and so has not seen it.
  await maya.getByRole('button', { name: 'Send reply' }).click();
  await conversation(maya)
    .getByText(/^Held, goes in/)
    .waitFor();
  await composer(alex).fill('We have fixed it.');
  await alex.getByRole('button', { name: 'Send reply' }).click();
  await after(
    () => conversation(alex).getByRole('button', { name: 'Send now' }).click(),
    () => conversation(maya).getByText('We have fixed it.').waitFor(),
  );
  await conversation(maya).getByRole('button', { name: 'Send now' }).click();
  const card = maya
    .getByRole('main')
    .getByRole('group', { name: 'Needs you: Something new was written' });
  await card.getByText('We have fixed it.').waitFor();
  const { rows } = await pool.query('select message from support_messages order by created_at');
  expect(rows.map((row) => row.message)).not.toContain('I will look at it.');

  // Whoever goes elsewhere is gone from here.
  await after(
    () =>
      alex
        .getByRole('listbox', { name: 'Tickets' })
        .getByRole('option', { name: /Another ticket/ })
        .click(),
    () =>
      header(maya)
        .getByText(/Alex is/)
        .first()
        .waitFor({ state: 'detached' }),
  );

  expect(errors).toEqual([[], []]);
});

test('a ticket of a colleague whose account is deactivated is marked, counts as unassigned, and can be taken', async () => {
  const unassigned = maya
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: /^Unassigned/ });
  const details = maya.getByRole('complementary', { name: 'Details' });
  await option(maya).click();
  await details.getByRole('combobox', { name: 'Assignee' }).selectOption({ label: 'Alex Kim' });
  await details.getByRole('combobox', { name: 'Status' }).selectOption('open');
  await unassigned.filter({ hasText: '1' }).waitFor();
  await expect
    .poll(
      async () =>
        (await pool.query('select 1 from support_tickets where assignee_id is not null')).rowCount,
    )
    .toBe(1);
  await pool.query("update users set is_active = false where email = 'alex@staffdesk.test'");
  await unassigned.filter({ hasText: '2' }).waitFor();
  expect(
    await details
      .getByRole('combobox', { name: 'Assignee' })
      .locator('option:checked')
      .textContent(),
  ).toBe('Alex Kim (deactivated)');
  await unassigned.click();
  await option(maya).getByRole('img', { name: 'Alex Kim (deactivated)' }).waitFor();
  await option(maya).click();
  await details.getByRole('button', { name: 'Assign to me' }).click();
  await unassigned.filter({ hasText: '1' }).waitFor();
});

test('offline, presence is unknown and says so quietly', async () => {
  await api.stop();
  await expect.poll(() => header(maya).getByText('Presence unknown').count()).toBe(1);
});
