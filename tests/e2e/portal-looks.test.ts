import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedDemo } from '../../src/server/demo/index.ts';
import { startApi, type TestApi } from '../helpers/api.ts';
import { accessibilityFaults } from '../helpers/axe.ts';
import { launchBrowser, signIn } from '../helpers/browser.ts';

const dana = ['dana@customer.test', 'staffdesk-demo'] as const;
let api: TestApi;
let browser: Browser;
beforeAll(async () => {
  api = await startApi({ perAddress: 1e9 });
  await seedDemo(api.pool, 60);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await api.close();
});

const narrow = { width: 360, height: 720 };
const wide = { width: 1280, height: 800 };

for (const [colorScheme, viewport, locale] of [
  ['light', wide, 'en-GB'],
  ['dark', wide, 'de-DE'],
  ['light', narrow, 'de-DE'],
  ['dark', narrow, 'en-GB'],
] as const) {
  test(`each state of the page has no fault that axe knows, and is no wider than its window: ${colorScheme}, ${viewport.width} px, ${locale}`, async () => {
    const context = await browser.newContext({ colorScheme, viewport, locale });
    const page = await context.newPage();
    const faults: string[] = [];
    const look = async (state: string): Promise<void> => {
      // What is fading in has other colours for a moment.
      await page.evaluate(() =>
        Promise.all(document.getAnimations().map((animation) => animation.finished)),
      );
      faults.push(...(await accessibilityFaults(page)).map((fault) => `${state}: ${fault}`));
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
        faults.push(`${state}: wider than the window`);
    };
    await page.goto(`${api.server}/support/register`);
    await page.locator('#name').waitFor();
    await look('registration');
    await page.goto(`${api.server}/support/sign-in`);
    await page.locator('#email').fill(dana[0]);
    await page.locator('#password').fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await look('refused sign-in');
    await page.locator('#password').fill(dana[1]);
    await page.keyboard.press('Enter');
    await page.locator('.tickets').waitFor();
    await look('tickets');
    await page.locator('.page-head .btn').click();
    await page.locator('dialog [type=submit]').click();
    await page.locator('.field-error').first().waitFor();
    await look('new ticket with errors');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.locator('.ticket').first().click();
    await page.locator('.log').waitFor();
    await page.locator('.writer textarea').fill('ab');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await look('ticket with a short message');
    await page.locator('.page-head .btn').click();
    await page.getByRole('dialog').waitFor();
    await look('asked to close');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.locator('.back').click();
    await page
      .locator('.ticket', { has: page.locator('.badge-grey') })
      .first()
      .click();
    await page.locator('.closed').waitFor();
    await look('closed ticket');
    await page.goto(`${api.server}/support/tickets/00000000-0000-4000-8000-000000000000`);
    await page.getByRole('alert').waitFor();
    await look('no such ticket');
    await page.goto(`${api.server}/support/faq`);
    await page.locator('.question summary').first().click();
    await look('questions');
    expect(faults).toEqual([]);
    await context.close();
  });
}

test('the first visit paints soon and stays under 150 kB of script on the wire', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  await client.send('Network.enable');
  const kinds = new Map<string, string>();
  const bytes: Record<string, number> = {};
  client.on('Network.responseReceived', ({ requestId, type }) => {
    kinds.set(requestId, type);
  });
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? 'Other';
    bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
  });
  await page.goto(`${api.server}/support`);
  await signIn(page, ...dana);
  await page.locator('.tickets').waitFor();
  const paint = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
  );
  console.log(
    `the customer's page: first contentful paint after ${Math.round(paint)} ms; bytes on the wire ${JSON.stringify(bytes)}`,
  );
  expect(bytes['Script']).toBeLessThan(150_000);
  await context.close();
});

test('everything is reached by the keyboard, and the focus is seen and follows the page', async () => {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(`${api.server}/support/sign-in`);
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await page.getByRole('textbox', { name: 'Email' }).waitFor();
  expect(await walk(page, 'Email')).toContain('Skip to the content');
  await page.keyboard.type(dana[0]);
  await press('Tab');
  await page.keyboard.type(dana[1]);
  await press('Enter');
  await page.getByRole('link', { name: /Withdrawal shows as sent/ }).waitFor();
  await walk(page, 'Withdrawal shows as sent');
  await press('Enter');
  await page.getByRole('heading', { name: /Withdrawal shows as sent/ }).waitFor();
  await page.getByRole('log').getByRole('article').first().waitFor();
  await walk(page, 'Message');
  await page.keyboard.type('Written without a mouse');
  await press('Enter');
  await page.getByRole('log').getByText('Written without a mouse').waitFor();
  await page.getByRole('heading', { name: /Withdrawal/ }).waitFor();
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('#content')?.focus();
  });
  await walk(page, 'Close Ticket');
  await press('Enter');
  await page.getByRole('dialog').waitFor();
  await press('Escape');
  // Back on what opened the dialog.
  await expect.poll(() => focused(page)).toBe('Close Ticket');
  await context.close();
});

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    return (
      element?.getAttribute('aria-label') ??
      (element instanceof HTMLInputElement
        ? (element.labels?.[0]?.textContent ?? '')
        : (element?.textContent ?? ''))
    ).trim();
  });

/** Presses Tab until what has the focus is called so; answers what was passed. */
async function walk(page: Page, to: string): Promise<string[]> {
  const passed: string[] = [];
  for (let n = 0; n < 40; n += 1) {
    await page.keyboard.press('Tab');
    const name = await focused(page);
    passed.push(name);
    if (name.startsWith(to)) return passed;
  }
  throw new Error(`${to} is not reached by Tab; passed ${passed.join(' > ')}`);
}
