import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApi, type TestApi } from '../helpers/api.ts';
import { bridgeCall, launchBrowser, signIn, watchErrors } from '../helpers/browser.ts';
import { tempDir } from '../helpers/desk.ts';
import { addPerson } from '../helpers/people.ts';
import { startDeskProgram, type Running } from '../helpers/processes.ts';

const password = 'a long enough password';
let api: TestApi;
let desk: Running;
let browser: Browser;
let page: Page;
let errors: string[];
const home = tempDir();

beforeAll(async () => {
  api = await startApi({ perAddress: 1e9 });
  await addPerson(api.pool, {
    email: 'maya@staffdesk.test',
    name: 'Maya Ruiz',
    role: 'staff',
    password,
  });
  await addPerson(api.pool, {
    email: 'alex@staffdesk.test',
    name: 'Alex Kim',
    role: 'staff',
    password,
  });
  await addPerson(api.pool, {
    email: 'dana@customer.test',
    name: 'Dana Okafor',
    role: 'customer',
    password,
  });
  await (
    await api.as('alex@staffdesk.test')
  )('POST', '/support/macros', {
    name: 'Order: shipped',
    text: 'Your order has left,\n{{requester.first_name}}.',
    actions: {},
  });
  await (
    await api.as('dana@customer.test')
  )('POST', '/support/tickets', {
    subject: 'Where is my order',
    category: 'other',
    message: 'Three business days now.',
  });
  desk = await startDeskProgram(api.server, home.dir);
  browser = await launchBrowser();
  page = await browser.newPage();
  errors = watchErrors(page);
  await page.goto(desk.readyAt);
  await signIn(page, 'maya@staffdesk.test', password);
  await openTicket();
  // Long enough for a busy machine.
  await bridgeCall(page, 'settings.set', { undo_seconds: 30 });
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
  await api.close();
  home.remove();
});

const composer = () => page.getByRole('textbox', { name: 'Message' });
const text = () => composer().inputValue();
const type = (typed: string) => page.keyboard.type(typed);
async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}
async function openTicket(): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: /^All ?[\d,]*$/ })
    .click();
  await page.getByRole('listbox', { name: 'Tickets' }).getByRole('option').first().click();
  await page.getByRole('main', { name: 'Where is my order' }).waitFor();
}
async function focused(): Promise<void> {
  await expect
    .poll(() => composer().evaluate((element) => element === document.activeElement))
    .toBe(true);
}
/** Each text on the way back, one undo after the other, until nothing changes. */
async function undoAll(): Promise<string[]> {
  const seen: string[] = [];
  for (let before = await text(); ;) {
    await press('Control+z');
    const after = await text();
    if (after === before) return seen;
    seen.push(after);
    before = after;
  }
}
const onServer = async (): Promise<string[]> =>
  (
    await api.pool.query<{ message: string }>(
      'select message from support_messages order by created_at, id',
    )
  ).rows.map(({ message }) => message);

beforeEach(async () => {
  await page.getByRole('listbox', { name: 'Tickets' }).focus();
  await press('r');
  await focused();
  await press('Control+a', 'Delete');
  await page.waitForFunction(
    () => document.querySelector<HTMLTextAreaElement>('#message')?.value === '',
  );
});

test('a macro is undone, and what was typed before it too; both are done again', async () => {
  await type('Dear Dana, ');
  await type('/ship');
  await page.getByRole('listbox', { name: 'Macros' }).getByRole('option').first().waitFor();
  await press('Tab');
  const whole = 'Dear Dana, Your order has left,\nDana.';
  await expect.poll(text).toBe(whole);
  await type(' Bye');
  const back = await undoAll();
  expect(back).toContain('Dear Dana, /ship');
  expect(back.indexOf(whole)).toBeLessThan(back.indexOf('Dear Dana, /ship'));
  expect(back).toContain('');
  for (let i = 0; i < back.length + 1; i += 1) await press('Control+Shift+z');
  await expect.poll(text).toBe(`${whole} Bye`);
  // The draft is what the field shows.
  await page.getByText('Draft saved').waitFor();
  await page.reload();
  await openTicket();
  await expect.poll(text).toBe(`${whole} Bye`);
  expect(errors).toEqual([]);
});

test('a mention, a variable that was filled, and a text that was taken back are undone', async () => {
  await press('Escape', 'n');
  await focused();
  await type('Ask @al');
  await page
    .getByRole('listbox', { name: 'Colleagues' })
    .getByRole('option', { name: /Alex Kim/ })
    .waitFor();
  await press('Enter');
  await expect.poll(text).toBe('Ask @Alex Kim ');
  expect(await undoAll()).toEqual(expect.arrayContaining(['Ask @al', '']));

  await press('Escape', 'r');
  await focused();
  await type('Hello {{requester.first_name}}');
  await expect.poll(text).toBe('Hello Dana');
  await press('Control+z');
  // Undone, it stays undone.
  await expect.poll(text).toMatch(/^Hello \{\{requester.first_name\}?\}?$/);
  await press('Control+a', 'Delete');
  await type('Sent too early');
  await press('Control+Enter');
  await expect.poll(text).toBe('');
  await focused();
  await type('Another thought');
  await page.getByText('Draft saved').waitFor();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect.poll(text).toBe('Sent too early\n\nAnother thought');
  await focused();
  await press('Control+z');
  await expect.poll(text).toBe('Another thought');
  expect(errors).toEqual([]);
});

test('a paste from a word processor has its line breaks, and is undone', async () => {
  await type('Before ');
  await page.keyboard.insertText('one\u000Btwo\u2028three\u0007\u0085four');
  await expect.poll(text).toBe('Before one\ntwo\nthree\nfour');
  await type('!');
  expect(await text()).toBe('Before one\ntwo\nthree\nfour!');
  expect(await undoAll()).toContain('');
});

test('120,007 characters are all kept, said to be 20,007 too many, and not sent; the blanks before a first line are sent', async () => {
  const { length } = await onServer();
  await page.keyboard.insertText(`${'word '.repeat(24_001)}12`);
  expect((await text()).length).toBe(120_007);
  await page.getByText('20,007 characters over the limit of 100,000.').first().waitFor();
  await press('Control+Enter');
  await page.getByRole('alert').filter({ hasText: 'Nothing was cut' }).waitFor();
  await page.getByText('Draft saved').waitFor();
  await page.reload();
  await openTicket();
  await expect.poll(async () => (await text()).length).toBe(120_007);
  expect(await onServer()).toHaveLength(length);
  await composer().focus();
  await press('Control+a');
  await page.keyboard.insertText('    if (late) {\n      refund();\n    }\n');
  await press('Control+Enter');
  await expect.poll(text).toBe('');
  await page.getByRole('button', { name: 'Send now' }).first().press('Enter');
  await expect.poll(onServer).toContain('    if (late) {\n      refund();\n    }');
  expect(errors).toEqual([]);
});
