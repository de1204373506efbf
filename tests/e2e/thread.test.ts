import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { maxMessageLength } from '../../src/contract/wire/api.ts';
import { bridgeCall } from '../helpers/browser.ts';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { openTicketAbout, startShopProgram, type ShopProgram } from '../helpers/shop.ts';

const subject = 'Where is my order?';
let shop: ShopProgram<'maya' | 'dana'>;
let desk: OpenDesk;
let page: Page;
let ticketId: string;

beforeAll(async () => {
  shop = await startShopProgram('maya', 'dana');
  ticketId = await openTicketAbout(shop.dana.call, subject);
  desk = await openDesk(shop.server);
  ({ page } = desk);
  await page.setViewportSize({ width: 1280, height: 800 });
  await desk.show();
  await desk.signIn(shop.maya);
  await desk.showAll();
  await desk.openTicket(subject);
});
afterAll(async () => {
  await desk.close();
  await shop.close();
});
beforeEach(async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
});

const boxOf = async (part: Locator) =>
  (await part.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };

test('a short conversation stands at the composer', async () => {
  const { y, height } = await boxOf(desk.conversation);
  const composer = await boxOf(page.locator('.composer'));
  expect(height).toBeLessThan(300);
  expect(composer.y - (y + height)).toBeLessThanOrEqual(1);
});

test.each([640, 900, 1100, 1280, 1700, 1920])('details have a button at %i', async (width) => {
  await page.setViewportSize({ width, height: 800 });
  const button = page.getByRole('button', { name: 'Details', exact: true });
  const isTrue = async (): Promise<boolean> =>
    (await button.getAttribute('aria-expanded')) === String(await desk.details.isVisible());
  // The window learns of its new width a frame later.
  await expect.poll(isTrue).toBe(true);
  const before = await desk.details.isVisible();
  await button.click();
  await expect.poll(() => desk.details.isVisible()).toBe(!before);
  await button.click();
  await expect.poll(() => desk.details.isVisible()).toBe(before);
});

test('a text over the limit is kept, and says by how much it is too long', async () => {
  await desk.composer.fill('a'.repeat(maxMessageLength + 3));
  await page.getByText(/3 characters/).waitFor();
  expect(await page.getByRole('button', { name: 'Send reply' }).isDisabled()).toBe(true);
  expect((await desk.composer.inputValue()).length).toBe(maxMessageLength + 3);
  await desk.composer.fill('');
});

test('the days of a snooze until the reply are chosen in the menu, and remembered', async () => {
  await desk.composer.fill('We have asked the carrier.');
  await page.getByRole('button', { name: 'More ways to send' }).click();
  await page.getByRole('menuitemradio', { name: '1 week' }).click();
  await expect
    .poll(() => page.getByRole('menuitemradio', { name: '1 week' }).getAttribute('aria-checked'))
    .toBe('true');
  await expect
    .poll(async () => (await bridgeCall(page, 'settings.get', {})).value.wait_days)
    .toBe(7);
  await page.getByRole('menuitem', { name: 'Send and snooze until they reply' }).click();
  await desk.sendNow();
  await expect
    .poll(async () => {
      const { value } = await bridgeCall(page, 'thread.get', {
        ticket_id: ticketId,
        before: null,
        limit: 10,
      });
      const until = value.ticket.snooze?.until ?? 0;
      return until - Date.now() > 6 * 86_400_000;
    })
    .toBe(true);
});

test('only the open ticket is printed, with all of its conversation', async () => {
  for (let n = 0; n < 12; n += 1)
    await shop.dana.call('POST', `/support/tickets/${ticketId}/messages`, {
      message: `More about it, part ${n}.\n\n${'It did not come. '.repeat(20)}`,
    });
  await desk.showAll();
  await desk.openTicket(subject);
  await desk.conversation.getByText(/part 11\./).waitFor();
  await page.emulateMedia({ media: 'print' });
  for (const part of [desk.list, desk.composer, desk.views, desk.details, desk.sync])
    expect(await part.isVisible()).toBe(false);
  expect(await page.getByRole('heading', { name: subject }).isVisible()).toBe(true);
  await expect
    .poll(() => desk.conversation.evaluate((log) => log.scrollHeight - log.clientHeight))
    .toBe(0);
  expect((await boxOf(desk.conversation)).height).toBeGreaterThan(1_200);
  await page.emulateMedia({ media: null });
});
