import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caller, startApi, testPassword, type Person, type TestApi } from '../helpers/api.ts';
import { launchBrowser, signIn } from '../helpers/browser.ts';
import { tempDir } from '../helpers/desk.ts';
import { startDeskProgram, type Running } from '../helpers/processes.ts';

const home = tempDir();
let api: TestApi;
let desk: Running;
let browser: Browser;
let page: Page;
let alex: Person;
let maya: Person;

/** As anybody can: the address is free, so the name is what they say. */
async function registered(email: string, name: string) {
  const { body } = await api.call('POST', '/auth/register', {
    email,
    full_name: name,
    password: testPassword,
  });
  return caller(api.server, body.access_token);
}

beforeAll(async () => {
  api = await startApi();
  [alex, maya] = [await api.person('staff', 'Alex Kim'), await api.person('staff', 'Maya Ruiz')];
  desk = await startDeskProgram(api.server, home.dir);
  browser = await launchBrowser();
  page = await browser.newPage();
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
  await api.close();
  home.remove();
});

test("a customer who bears a colleague's name, or one that looks like it, is marked in the list and at each message, and nobody else is", async () => {
  // М, а and у are Cyrillic.
  const names = [
    'Maya Ruiz',
    '\u041C\u0430\u0443\u0430 Ruiz',
    'ruiz, maya (Support)',
    'Dana Okafor',
  ];
  for (const [n, name] of names.entries()) {
    const call = await registered(`customer${n}@other.test`, name);
    const { body } = await call('POST', '/support/tickets', {
      subject: `A ticket of number ${n}`,
      category: 'other',
      message: 'I write to you as myself.',
    });
    await maya.call('POST', `/support/tickets/${body.id}/messages`, {
      message: 'And I answer as a colleague.',
    });
  }
  await page.goto(desk.readyAt);
  await signIn(page, alex.email, testPassword);
  await page
    .getByRole('status', { name: 'Sync' })
    .filter({ hasText: /^Live$/ })
    .waitFor();
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: /^All ?[\d,]*$/ })
    .click();

  for (const [n, name] of names.entries()) {
    const isLike = n < 3;
    const row = page.getByRole('option', { name: new RegExp(`A ticket of number ${n}`) });
    await row.waitFor();
    expect(await row.getAttribute('aria-label')).toContain(
      isLike ? `${name} (customer), ` : `${name}, `,
    );
    expect(await row.getByText('Customer', { exact: true }).count()).toBe(isLike ? 1 : 0);
    await row.click();
    await page.getByRole('heading', { name: `A ticket of number ${n}` }).waitFor();
    const theirs = page.locator('.msg-customer');
    await theirs.getByText('I write to you as myself.').waitFor();
    expect(await theirs.getAttribute('aria-label')).toContain(
      isLike ? `${name} (customer), ` : `${name}, `,
    );
    expect(await theirs.getByText('Customer', { exact: true }).count()).toBe(isLike ? 1 : 0);
    const colleagues = page.getByRole('article', { name: /^Maya Ruiz, / });
    await colleagues.getByText('And I answer as a colleague.').waitFor();
    expect(await colleagues.getByText('Customer', { exact: true }).count()).toBe(0);
  }
});
