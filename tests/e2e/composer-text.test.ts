import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { startShop, type Shop } from '../helpers/shop.ts';

let shop: Shop<'maya' | 'alex' | 'dana'>;
let desk: OpenDesk;
let page: Page;

beforeAll(async () => {
  shop = await startShop('maya', 'alex', 'dana');
  await shop.alex.call('POST', '/support/macros', {
    name: 'Order: shipped',
    text: 'Your order has left,\n{{requester.first_name}}.',
    actions: {},
  });
  await shop.dana.call('POST', '/support/tickets', {
    subject: 'Where is my order',
    category: 'other',
    message: 'Three business days now.',
  });
  desk = await openDesk(shop.api.server);
  ({ page } = desk);
  await desk.show();
  await desk.signIn(shop.maya);
  await openTicket();
  // Long enough for a busy machine.
  await desk.set({ undo_seconds: 30 });
});
afterAll(async () => {
  await desk.close();
  await shop.close();
});

const text = () => desk.composer.inputValue();
async function openTicket(): Promise<void> {
  await desk.showAll();
  await desk.tickets.first().click();
  await desk.thread('Where is my order').waitFor();
}
/** Each text on the way back, one undo after the other, until nothing changes. */
async function undoAll(): Promise<string[]> {
  const seen: string[] = [];
  for (let before = await text(); ;) {
    await desk.press('Control+z');
    const after = await text();
    if (after === before) return seen;
    seen.push(after);
    before = after;
  }
}
const onServer = async (): Promise<string[]> =>
  (
    await shop.api.pool.query<{ message: string }>(
      'select message from support_messages order by created_at, id',
    )
  ).rows.map(({ message }) => message);

beforeEach(async () => {
  await desk.list.focus();
  await desk.press('r');
  await desk.focused(desk.composer);
  await desk.press('Control+a', 'Delete');
  await page.waitForFunction(
    () => document.querySelector<HTMLTextAreaElement>('#message')?.value === '',
  );
});

test('a macro is undone, and what was typed before it too; both are done again', async () => {
  await desk.type('Dear Dana, ');
  await desk.type('/ship');
  await page.getByRole('listbox', { name: 'Macros' }).getByRole('option').first().waitFor();
  await desk.press('Tab');
  const whole = 'Dear Dana, Your order has left,\nDana.';
  await expect.poll(text).toBe(whole);
  await desk.type(' Bye');
  const back = await undoAll();
  expect(back).toContain('Dear Dana, /ship');
  expect(back.indexOf(whole)).toBeLessThan(back.indexOf('Dear Dana, /ship'));
  expect(back).toContain('');
  for (let i = 0; i < back.length + 1; i += 1) await desk.press('Control+Shift+z');
  await expect.poll(text).toBe(`${whole} Bye`);
  // The draft is what the field shows.
  await page.getByText('Draft saved').waitFor();
  await page.reload();
  await openTicket();
  await expect.poll(text).toBe(`${whole} Bye`);
  expect(desk.errors).toEqual([]);
});

test('a mention, a variable that was filled, and a text that was taken back are undone', async () => {
  await desk.press('Escape', 'n');
  await desk.focused(desk.composer);
  await desk.type('Ask @al');
  await page
    .getByRole('listbox', { name: 'Colleagues' })
    .getByRole('option', { name: /Alex Kim/ })
    .waitFor();
  await desk.press('Enter');
  await expect.poll(text).toBe('Ask @Alex Kim ');
  expect(await undoAll()).toEqual(expect.arrayContaining(['Ask @al', '']));

  await desk.press('Escape', 'r');
  await desk.focused(desk.composer);
  await desk.type('Hello {{requester.first_name}}');
  await expect.poll(text).toBe('Hello Dana');
  await desk.press('Control+z');
  // Undone, it stays undone.
  await expect.poll(text).toMatch(/^Hello \{\{requester.first_name\}?\}?$/);
  await desk.press('Control+a', 'Delete');
  await desk.type('Sent too early');
  await desk.press('Control+Enter');
  await expect.poll(text).toBe('');
  await desk.focused(desk.composer);
  await desk.type('Another thought');
  await page.getByText('Draft saved').waitFor();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect.poll(text).toBe('Sent too early\n\nAnother thought');
  await desk.focused(desk.composer);
  await desk.press('Control+z');
  await expect.poll(text).toBe('Another thought');
  expect(desk.errors).toEqual([]);
});

test('a paste from a word processor has its line breaks, and is undone', async () => {
  await desk.type('Before ');
  await page.keyboard.insertText('one\u000Btwo\u2028three\u0007\u0085four');
  await expect.poll(text).toBe('Before one\ntwo\nthree\nfour');
  await desk.type('!');
  expect(await text()).toBe('Before one\ntwo\nthree\nfour!');
  expect(await undoAll()).toContain('');
});

test('120,007 characters are all kept, said to be 20,007 too many, and not sent; the blanks before a first line are sent', async () => {
  const { length } = await onServer();
  await page.keyboard.insertText(`${'word '.repeat(24_001)}12`);
  expect((await text()).length).toBe(120_007);
  await page.getByText('20,007 characters over the limit of 100,000.').first().waitFor();
  await desk.press('Control+Enter');
  await page.getByRole('alert').filter({ hasText: 'Nothing was cut' }).waitFor();
  await page.getByText('Draft saved').waitFor();
  await page.reload();
  await openTicket();
  await expect.poll(async () => (await text()).length).toBe(120_007);
  expect(await onServer()).toHaveLength(length);
  await desk.composer.focus();
  await desk.press('Control+a');
  await page.keyboard.insertText('    if (late) {\n      refund();\n    }\n');
  await desk.press('Control+Enter');
  await expect.poll(text).toBe('');
  await page.getByRole('button', { name: 'Send now' }).first().press('Enter');
  await expect.poll(onServer).toContain('    if (late) {\n      refund();\n    }');
  expect(desk.errors).toEqual([]);
});
