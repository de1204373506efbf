import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { openTicketAbout, startShop, type Shop } from '../helpers/shop.ts';

/** What a hand, an input method and a keyboard of another script really do, in a real browser. */
let shop: Shop<'maya' | 'dana'>;
let desk: OpenDesk;
let page: Page;
let cdp: CDPSession;
const subjects = Array.from({ length: 8 }, (_, i) => `Ticket ${i + 1}`);

beforeAll(async () => {
  shop = await startShop('maya', 'dana');
  await shop.maya.call('POST', '/support/macros', {
    name: 'Account closed',
    text: 'Your account is closed.',
    actions: {},
  });
  for (const subject of subjects) await openTicketAbout(shop.dana.call, subject);
  desk = await openDesk(shop.api.server, {
    context: { permissions: ['clipboard-read', 'clipboard-write'] },
  });
  ({ page } = desk);
  cdp = await page.context().newCDPSession(page);
  await desk.show();
  await desk.signIn(shop.maya);
  await desk.showAll();
  // Long enough for a busy machine.
  await desk.set({ undo_seconds: 30 });
});
afterAll(async () => {
  await desk.close();
  await shop.close();
});
beforeEach(() => {
  desk.errors.length = 0;
});

const closed = async (): Promise<string[]> =>
  (
    await shop.api.pool.query<{ subject: string }>(
      "select subject from support_tickets where status = 'closed' order by subject",
    )
  ).rows.map((row) => row.subject);
const tagsOf = async (subject: string): Promise<string[]> =>
  (
    await shop.api.pool.query<{ tags: string[] }>(
      'select tags from support_tickets where subject = $1',
      [subject],
    )
  ).rows[0]?.tags ?? [];

async function openTicket(subject: string): Promise<void> {
  await desk.openTicket(subject);
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
  await desk.list.focus();
  await hold('e', 12);
  await desk.thread('Ticket 7').waitFor();
  // Before the server is asked: it stays for some seconds only.
  await expect.poll(() => page.getByText('Ticket closed').count()).toBe(1);
  await expect.poll(closed).toEqual(['Ticket 8']);
  await desk.press('z');
  await page.getByText('Ticket reopened').waitFor();
  // It is on screen again.
  await desk.thread('Ticket 8').waitFor();
  await expect.poll(closed).toEqual([]);
  expect(desk.errors).toEqual([]);
});

test('a key that opens a field and stays down writes nothing into it', async () => {
  await openTicket('Ticket 7');
  await desk.list.focus();
  await hold('r', 12);
  await desk.composer.waitFor();
  await expect
    .poll(() => desk.composer.evaluate((area) => area === document.activeElement))
    .toBe(true);
  expect(await desk.composer.inputValue()).toBe('');
  await desk.press('Escape');
  await desk.focused(desk.list);
  await page.keyboard.down('a');
  const assign = desk.dialog('Assign');
  await assign.waitFor();
  await hold('a', 12);
  expect(await assign.getByRole('combobox').inputValue()).toBe('');
  await desk.press('Escape');
  await assign.waitFor({ state: 'hidden' });
});

test('Ctrl+A and Ctrl+C in a conversation take its text, and E then closes that ticket alone', async () => {
  await openTicket('Ticket 6');
  await page.getByRole('log').getByText('About: Ticket 6').click();
  await desk.press('Control+a', 'Control+c');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('About: Ticket 6');
  expect(copied).not.toContain('Ticket 5');
  expect(await page.getByRole('toolbar', { name: 'Selection' }).count()).toBe(0);
  await desk.press('e');
  await expect.poll(closed).toEqual(['Ticket 6']);
  await desk.press('Control+z');
  await page.getByText('Ticket reopened').waitFor();
  await desk.thread('Ticket 6').waitFor();
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
  await desk.press('Enter');
  await expect.poll(() => tagsOf('Ticket 5')).toEqual(['返金']);
});

test('Z and Ctrl+Z take a reply back right after Ctrl+Enter; what begins the next message is typed', async () => {
  await openTicket('Ticket 4');
  await desk.press('r');
  await desk.focused(desk.composer);
  for (const key of ['z', 'Control+z']) {
    await desk.composer.fill('Dear Dana');
    await desk.press('Control+Enter');
    await page
      .locator('.toast')
      .getByText(/^Sending in/)
      .waitFor();
    await desk.press(key);
    await page
      .locator('.toast')
      .getByText(/^Sending in/)
      .waitFor({ state: 'detached' });
    await expect.poll(() => desk.composer.inputValue()).toBe('Dear Dana');
  }
  await desk.press('Control+Enter');
  await page
    .locator('.toast')
    .getByText(/^Sending in/)
    .waitFor();
  const byKey = page.locator('button[aria-keyshortcuts=Z]');
  // Printed where it works, and only there.
  await expect.poll(() => byKey.allTextContents()).toEqual(['UndoZ']);
  await page.keyboard.type('Zum Schluss: zz');
  expect(await desk.composer.inputValue()).toBe('Zum Schluss: zz');
  await expect.poll(() => byKey.count()).toBe(0);
  await desk.composer.fill('');
  await desk.press('z');
  expect(await desk.composer.inputValue()).toBe('z');
  await desk.composer.fill('');
  await desk.press('Escape');
  await desk.focused(desk.list);
  await expect.poll(() => byKey.count()).toBe(1);
  await desk.press('z');
  await expect.poll(() => desk.composer.inputValue()).toBe('Dear Dana');
  await desk.composer.fill('');
  await desk.press('Escape');
});

test('Enter after a slash in prose ends the line; the list takes it once the agent has moved there', async () => {
  await openTicket('Ticket 3');
  await desk.press('r');
  await desk.focused(desk.composer);
  await page.keyboard.type('Please open /account');
  await page.getByRole('listbox', { name: 'Macros' }).waitFor();
  await desk.press('Enter');
  expect(await desk.composer.inputValue()).toBe('Please open /account\n');
  await page.keyboard.type('/account');
  await page.getByRole('listbox', { name: 'Macros' }).waitFor();
  await desk.press('ArrowDown', 'Enter');
  await expect
    .poll(() => desk.composer.inputValue())
    .toBe('Please open /account\nYour account is closed.');
  await desk.composer.fill('Hello {{customer.email}}');
  await desk.press('Control+Enter');
  await page
    .locator('.toast')
    .getByText(/^Sending in/)
    .waitFor();
  await desk.press('z');
  await expect.poll(() => desk.composer.inputValue()).toBe('Hello {{customer.email}}');
  await desk.composer.fill('');
  await desk.press('Escape');
});

test('Shift+J picks without opening or reading, and Escape leaves the agent at the open ticket', async () => {
  await openTicket('Ticket 3');
  await desk.list.focus();
  await desk.press('Shift+J', 'Shift+J', 'Shift+J');
  await page.getByRole('toolbar', { name: 'Selection' }).getByText('3 selected').waitFor();
  expect(await desk.thread('Ticket 3').count()).toBe(1);
  for (const subject of ['Ticket 2', 'Ticket 1']) {
    expect(
      await desk.list
        .getByRole('option', { name: new RegExp(`${subject},`) })
        .getAttribute('aria-label'),
    ).toMatch(/^unread/);
  }
  await desk.press('Escape');
  await expect
    .poll(() => desk.list.locator('[aria-current=true]').getAttribute('aria-label'))
    .toMatch(/Ticket 3,/);
});

test('commands are where they stand on a Cyrillic keyboard', async () => {
  await openTicket('Ticket 7');
  await desk.list.focus();
  await typeOn('KeyJ', 'о');
  await expect
    .poll(() => desk.list.locator('[aria-current=true]').getAttribute('aria-label'))
    .not.toMatch(/Ticket 7,/);
  await typeOn('KeyK', 'л', 2);
  await desk.dialog('Command palette').waitFor();
  await desk.press('Escape');
  expect(desk.errors).toEqual([]);
});
