import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type Person, type TestApi } from '../helpers/api.ts';
import { accessibilityFaults } from '../helpers/axe.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { visitPortal, type PortalPage } from '../helpers/portal-page.ts';

let api: TestApi;
let dana: Person;
let maya: Person;
let browser: Browser;
beforeAll(async () => {
  const portal = {
    name: 'Lumen Support',
    phone: '+44 20 7946 0142',
    asksPriority: false,
    minMessageLength: 12,
  };
  api = await startApi({ perAddress: 1e9 }, { portal });
  dana = await api.person('customer', 'Dana Okafor');
  maya = await api.person('staff', 'Maya Ruiz');
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await api.close();
});

/** A ticket whose conversation is longer than any window here. */
async function longTicket(): Promise<string> {
  const { id } = await api.ticket(dana, 'A conversation of many messages');
  await api.pool.query(
    `insert into support_messages (ticket_id, user_id, message, created_at)
    select $1, $2, 'message ' || n, now() - interval '1 day' + make_interval(mins => n)
    from generate_series(1, 24) n`,
    [id, dana.id],
  );
  return id;
}

const lastOf = ({ conversation }: PortalPage) => conversation.getByRole('article').last();
const distanceToEnd = (page: Page) =>
  page.evaluate(() =>
    Math.round(
      document.documentElement.scrollHeight - scrollY - document.documentElement.clientHeight,
    ),
  );
/** Scrolls as the reader would, and waits until the page has noticed it. */
const scrollUp = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((done) => {
        addEventListener('scrollend', () => requestAnimationFrame(() => done()), { once: true });
        scrollTo(0, 300);
      }),
  );

describe.each([
  ['a small phone', { width: 360, height: 640 }],
  ['a phone', { width: 390, height: 844 }],
  ['a zoom of 200 %', { width: 640, height: 400 }],
  ['a desktop', { width: 1280, height: 800 }],
])('at the size of %s', (_name, viewport) => {
  test('the page scrolls, begins at the last message, and the form stays in sight', async () => {
    const id = await longTicket();
    const portal = await visitPortal(browser, `${api.server}/support/tickets/${id}`, dana, {
      viewport,
    });
    const { page, context, errors } = portal;
    await lastOf(portal).waitFor();
    await expect.poll(() => distanceToEnd(page)).toBe(0);
    const panes = await page
      .locator('main, main *:not(textarea)')
      .evaluateAll(
        (all) =>
          all.filter(
            (one) =>
              one.scrollHeight > one.clientHeight + 1 &&
              getComputedStyle(one).overflowY !== 'visible' &&
              !one.classList.contains('sr-only'),
          ).length,
      );
    expect(panes).toBe(0);
    const [last, form] = [
      await lastOf(portal).boundingBox(),
      await page.locator('.writer').boundingBox(),
    ];
    if (!last || !form) throw new Error('not drawn');
    expect(last.y + last.height).toBeLessThanOrEqual(form.y + 1);
    await scrollUp(page);
    for (const part of [portal.messageBox, page.getByRole('button', { name: 'Send' })]) {
      const box = await part.boundingBox();
      if (!box) throw new Error('not drawn');
      expect(box.y).toBeGreaterThan(0);
      expect(box.y + box.height).toBeLessThanOrEqual(viewport.height);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
      true,
    );
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  });
});

test('a new message is followed at the end, and disturbs nobody who reads further up', async () => {
  const id = await longTicket();
  const portal = await visitPortal(browser, `${api.server}/support/tickets/${id}`, dana);
  const { page, context } = portal;
  await lastOf(portal).waitFor();
  await expect.poll(() => distanceToEnd(page)).toBe(0);
  const answer = (message: string) =>
    maya.call('POST', `/support/tickets/${id}/messages`, { message });
  await answer('Followed at the end');
  await portal.conversation.getByText('Followed at the end').waitFor();
  await expect.poll(() => distanceToEnd(page)).toBe(0);
  // A text of many lines makes the form higher, and covers nothing.
  await portal.messageBox.fill('line\n'.repeat(8));
  await expect.poll(() => distanceToEnd(page)).toBe(0);
  await scrollUp(page);
  await answer('Not seen yet');
  await portal.conversation.getByText('Not seen yet').waitFor({ state: 'attached' });
  expect(await page.evaluate(() => scrollY)).toBe(300);
  await context.close();
});

test("the server's settings show: its name and phone, its minimum, and no priority", async () => {
  const { id } = await api.ticket(dana, 'What the server tells');
  await maya.call('PATCH', `/support/tickets/${id}`, { priority: 'urgent' });
  await dana.call('POST', `/support/tickets/${id}/messages`, { message: 'Is there any news?' });
  const portal = await visitPortal(browser, `${api.server}/support/tickets/${id}`, dana);
  const { page, context } = portal;
  await page.getByRole('link', { name: 'Lumen Support' }).waitFor();
  await expect.poll(() => page.title()).toBe('Tickets · Lumen Support');
  const side = page.getByRole('complementary', { name: 'Ticket details' });
  await side.getByText('Waiting for us').waitFor();
  expect(await side.getByRole('link', { name: '+44 20 7946 0142' }).getAttribute('href')).toBe(
    'tel:+442079460142',
  );
  await page.getByText('Minimum 12 characters').waitFor();
  await portal.messageBox.fill('Eleven char');
  await portal.messageBox.press('Enter');
  await page.getByRole('alert').getByText('Please write at least 12 characters.').waitFor();
  expect(await page.getByText(/Priority|Urgent/).count()).toBe(0);
  await page.getByRole('link', { name: 'Back to tickets' }).click();
  await page.getByRole('link', { name: /What the server tells/ }).waitFor();
  expect(await page.getByText(/Urgent/).count()).toBe(0);
  await portal.newTicket.click();
  await portal.newTicketDialog.getByRole('combobox', { name: 'Category' }).waitFor();
  expect(await portal.newTicketDialog.getByRole('combobox').count()).toBe(1);
  await context.close();
});
