import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bridgeCall } from '../helpers/browser.ts';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { openTicketAbout, startShopProgram, type ShopProgram } from '../helpers/shop.ts';

const subject = 'Where is my order?';
const other = 'Another ticket';
let shop: ShopProgram<'maya' | 'dana'>;
let desk: OpenDesk;
let page: Page;
let ticketId: string;

beforeAll(async () => {
  shop = await startShopProgram('maya', 'dana');
  await openTicketAbout(shop.dana.call, other);
  ticketId = await openTicketAbout(shop.dana.call, subject);
  // The quick one gives every page the focus.
  desk = await openDesk(shop.server, { browser: 'whole' });
  ({ page } = desk);
  await page.clock.install();
  await desk.show();
  await desk.signIn(shop.maya);
  await desk.showAll();
  // Playwright lets each page believe that it has the focus.
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
});
afterAll(async () => {
  await desk.close();
  await shop.close();
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

test('a message that comes while the window has no focus stays unread, and is read when the focus comes back', async () => {
  await page.bringToFront();
  await desk.openTicket(subject);
  await expect.poll(isUnread).toBe(false);
  await withoutFocus(async () => {
    await shop.dana.call('POST', `/support/tickets/${ticketId}/messages`, {
      message: 'Are you there?',
    });
    await desk.conversation.getByText('Are you there?').waitFor();
    await page.clock.runFor(60_000);
    expect(await isUnread()).toBe(true);
  });
  await expect.poll(isUnread).toBe(false);
});

test('a ticket that is marked unread is not read by the focus that stays on it, nor by one that comes back', async () => {
  await desk.conversation.focus();
  await page.keyboard.press('u');
  await expect.poll(isUnread).toBe(true);
  await page.getByRole('option', { name: /Where is my order.*/, selected: true }).waitFor();
  await page.clock.runFor(60_000);
  expect(await isUnread()).toBe(true);
  await withoutFocus(() => Promise.resolve());
  await page.clock.runFor(60_000);
  expect(await isUnread()).toBe(true);

  await desk.openTicket(other);
  expect(await isUnread()).toBe(true);
  await desk.openTicket(subject);
  await expect.poll(isUnread).toBe(false);
});
