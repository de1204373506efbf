import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApi, type TestApi } from '../helpers/api.ts';
import { bridgeCall, launchBrowser, signIn, watchErrors } from '../helpers/browser.ts';
import { tempDir } from '../helpers/desk.ts';
import { addPerson } from '../helpers/people.ts';
import { startDeskProgram, type Running } from '../helpers/processes.ts';

/** What a hand, an input method and a keyboard of another script really do, in a real browser. */
const password = 'a long enough password';
let api: TestApi;
let desk: Running;
let browser: Browser;
let page: Page;
let cdp: CDPSession;
let errors: string[];
const home = tempDir();
const subjects = Array.from({ length: 8 }, (_, i) => `Ticket ${i + 1}`);

beforeAll(async () => {
  api = await startApi({ perAddress: 1e9 });
  await addPerson(api.pool, {
    email: 'maya@staffdesk.test',
    name: 'Maya Ruiz',
    role: 'staff',
    password,
  });
  await addPerson(api.pool, {
    email: 'dana@customer.test',
    name: 'Dana Okafor',
    role: 'customer',
    password,
  });
  const dana = await api.as('dana@customer.test');
  const maya = await api.as('maya@staffdesk.test');
  await maya('POST', '/support/macros', {
    name: 'Account closed',
    text: 'Your account is closed.',
    actions: {},
  });
  for (const subject of subjects)
    await dana('POST', '/support/tickets', {
      subject,
      category: 'account',
      message: `About: ${subject}`,
    });
  desk = await startDeskProgram(api.server, home.dir);
  browser = await launchBrowser();
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  page = await context.newPage();
  cdp = await context.newCDPSession(page);
  errors = watchErrors(page);
  await page.goto(desk.readyAt);
  await signIn(page, 'maya@staffdesk.test', password);
  await page
    .getByRole('status', { name: 'Sync' })
    .filter({ hasText: /^Live$/ })
    .waitFor();
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: /^All ?[\d,]*$/ })
    .click();
  // Long enough for a busy machine.
  await bridgeCall(page, 'settings.set', { undo_seconds: 30 });
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
  await api.close();
  home.remove();
});
beforeEach(() => {
  errors.length = 0;
});

const list = () => page.getByRole('listbox', { name: 'Tickets' });
const composer = () => page.getByRole('textbox', { name: 'Message' });
const main = (subject: string) => page.getByRole('main', { name: subject });
const closed = async (): Promise<string[]> =>
  (
    await api.pool.query<{ subject: string }>(
      "select subject from support_tickets where status = 'closed' order by subject",
    )
  ).rows.map((row) => row.subject);
const tagsOf = async (subject: string): Promise<string[]> =>
  (
    await api.pool.query<{ tags: string[] }>(
      'select tags from support_tickets where subject = $1',
      [subject],
    )
  ).rows[0]?.tags ?? [];
const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

async function openTicket(subject: string): Promise<void> {
  await list()
    .getByRole('option', { name: new RegExp(`${subject},`) })
    .click();
  await main(subject).waitFor();
  await page
    .getByRole('complementary', { name: 'Details' })
    .getByRole('combobox', { name: 'Assignee' })
    .waitFor();
}
/** A key that stays down: the browser marks all but the first press as repeats. */
async function hold(key: string, times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) await page.keyboard.down(key);
  await page.keyboard.up(key);
}
async function typeOn(code: string, key: string, modifiers = 0): Promise<void> {
  const windowsVirtualKeyCode = code.charCodeAt(3);
  await cdp.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    code,
    key,
    modifiers,
    windowsVirtualKeyCode,
  });
  await cdp.send('Input.dispatchKeyEvent', {
    type: 'keyUp',
    code,
    key,
    modifiers,
    windowsVirtualKeyCode,
  });
}

test('E that is held down closes one ticket', async () => {
  await openTicket('Ticket 8');
  await list().focus();
  await hold('e', 12);
  await main('Ticket 7').waitFor();
  // Before the server is asked: it stays for some seconds only.
  await expect.poll(() => page.getByText('Ticket closed').count()).toBe(1);
  await expect.poll(closed).toEqual(['Ticket 8']);
  await press('z');
  await page.getByText('Undone: Ticket closed').waitFor();
  // It is on screen again.
  await main('Ticket 8').waitFor();
  await expect.poll(closed).toEqual([]);
  expect(errors).toEqual([]);
});

test('a key that opens a field and stays down writes nothing into it', async () => {
  await openTicket('Ticket 7');
  await list().focus();
  await hold('r', 12);
  await composer().waitFor();
  await expect
    .poll(() => composer().evaluate((area) => area === document.activeElement))
    .toBe(true);
  expect(await composer().inputValue()).toBe('');
  await press('Escape');
  await page.keyboard.down('a');
  const assign = page.getByRole('dialog', { name: 'Assign' });
  await assign.waitFor();
  await hold('a', 12);
  expect(await assign.getByRole('combobox').inputValue()).toBe('');
  await press('Escape');
  await assign.waitFor({ state: 'hidden' });
});

test('Ctrl+A and Ctrl+C in a conversation take its text, and E then closes that ticket alone', async () => {
  await openTicket('Ticket 6');
  await page.getByRole('log').getByText('About: Ticket 6').click();
  await press('Control+a', 'Control+c');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('About: Ticket 6');
  expect(copied).not.toContain('Ticket 5');
  expect(await page.getByRole('toolbar', { name: 'Selection' }).count()).toBe(0);
  await press('e');
  await expect.poll(closed).toEqual(['Ticket 6']);
  await press('Control+z');
  await page.getByText('Undone: Ticket closed').waitFor();
  await main('Ticket 6').waitFor();
  await expect.poll(closed).toEqual([]);
});

test('Enter that ends a composition in the tag field adds nothing, in either order; the next one adds the tag', async () => {
  await openTicket('Ticket 5');
  const field = page.getByRole('textbox', { name: 'Add tag' });
  await field.focus();
  await cdp.send('Input.imeSetComposition', {
    text: 'へんきん',
    selectionStart: 4,
    selectionEnd: 4,
  });
  await cdp.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Enter',
    code: 'Enter',
    windowsVirtualKeyCode: 229,
  });
  expect(await field.inputValue()).toBe('へんきん');
  await cdp.send('Input.insertText', { text: '返金' });
  await field.evaluate((input) =>
    input.dispatchEvent(
      new KeyboardEvent('keydown', {
        key: 'Enter',
        code: 'Enter',
        keyCode: 229,
        bubbles: true,
        cancelable: true,
      }),
    ),
  );
  expect(await field.inputValue()).toBe('返金');
  expect(await tagsOf('Ticket 5')).toEqual([]);
  await press('Enter');
  await expect.poll(() => tagsOf('Ticket 5')).toEqual(['返金']);
});

test('Z and Ctrl+Z take a reply back right after Ctrl+Enter; what begins the next message is typed', async () => {
  await openTicket('Ticket 4');
  await press('r');
  for (const key of ['z', 'Control+z']) {
    await composer().fill('Dear Dana');
    await press('Control+Enter');
    await page.getByText(/^Reply held/).waitFor();
    await press(key);
    await page.getByText(/^Reply held/).waitFor({ state: 'detached' });
    await expect.poll(() => composer().inputValue()).toBe('Dear Dana');
  }
  await press('Control+Enter');
  await page.getByText(/^Reply held/).waitFor();
  const byKey = page.locator('button[aria-keyshortcuts=Z]');
  // Printed where it works, and only there.
  await expect.poll(() => byKey.allTextContents()).toEqual(['UndoZ']);
  await page.keyboard.type('Zum Schluss: zz');
  expect(await composer().inputValue()).toBe('Zum Schluss: zz');
  await expect.poll(() => byKey.count()).toBe(0);
  await composer().fill('');
  await press('z');
  expect(await composer().inputValue()).toBe('z');
  await composer().fill('');
  await press('Escape');
  await expect.poll(() => byKey.count()).toBe(1);
  await press('z');
  await expect.poll(() => composer().inputValue()).toBe('Dear Dana');
  await composer().fill('');
  await press('Escape');
});

test('Enter after a slash in prose ends the line; the list takes it once the agent has moved there', async () => {
  await openTicket('Ticket 3');
  await press('r');
  await page.keyboard.type('Please open /account');
  await page.getByRole('listbox', { name: 'Macros' }).waitFor();
  await press('Enter');
  expect(await composer().inputValue()).toBe('Please open /account\n');
  await page.keyboard.type('/account');
  await page.getByRole('listbox', { name: 'Macros' }).waitFor();
  await press('ArrowDown', 'Enter');
  await expect
    .poll(() => composer().inputValue())
    .toBe('Please open /account\nYour account is closed.');
  await composer().fill('Hello {{customer.email}}');
  await press('Control+Enter');
  await page.getByText(/^Reply held/).waitFor();
  await press('z');
  await expect.poll(() => composer().inputValue()).toBe('Hello {{customer.email}}');
  await composer().fill('');
  await press('Escape');
});

test('Shift+J picks without opening or reading, and Escape leaves the agent at the open ticket', async () => {
  await openTicket('Ticket 3');
  await list().focus();
  await press('Shift+J', 'Shift+J', 'Shift+J');
  await page.getByRole('toolbar', { name: 'Selection' }).getByText('3 selected').waitFor();
  expect(await main('Ticket 3').count()).toBe(1);
  for (const subject of ['Ticket 2', 'Ticket 1']) {
    expect(
      await list()
        .getByRole('option', { name: new RegExp(`${subject},`) })
        .getAttribute('aria-label'),
    ).toMatch(/^unread/);
  }
  await press('Escape');
  await expect
    .poll(() => list().locator('[aria-current=true]').getAttribute('aria-label'))
    .toMatch(/Ticket 3,/);
});

test('commands are where they stand on a Cyrillic keyboard', async () => {
  await openTicket('Ticket 7');
  await list().focus();
  await typeOn('KeyJ', 'о');
  await expect
    .poll(() => list().locator('[aria-current=true]').getAttribute('aria-label'))
    .not.toMatch(/Ticket 7,/);
  await typeOn('KeyK', 'л', 2);
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
  await press('Escape');
  expect(errors).toEqual([]);
});
