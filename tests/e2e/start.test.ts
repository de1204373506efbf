import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeLeftovers } from '../../src/server/postgres/places.ts';
import { launchBrowser, watchErrors } from '../helpers/browser.ts';
import { deskWindow } from '../helpers/desk-window.ts';
import { tempDir } from '../helpers/desk.ts';
import { startProgram } from '../helpers/processes.ts';

const home = tempDir();
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  home.remove();
  removeLeftovers();
});

const start = () =>
  startProgram(
    'scripts/start.ts',
    [
      '--shell',
      'loopback',
      '--no-window',
      '--no-demo-traffic',
      '--demo-tickets',
      '2000',
      '--data',
      home.dir,
    ],
    'Staffdesk ready:',
    { DBUS_SESSION_BUS_ADDRESS: '' },
  );

/** Opens the link and waits for the first ticket. */
async function open(link: string) {
  const page = await browser.newPage();
  const window = deskWindow(page);
  const errors = watchErrors(page);
  await page.goto(link);
  await window.showAll();
  await window.tickets.first().waitFor();
  return { page, errors, sync: window.sync };
}

test('the demo shows its inbox of 2,000 tickets, stops without a trace, and the second start shows it from the cache', async () => {
  const first = await start();
  const one = await open(first.readyAt);
  await expect.poll(() => one.sync.textContent(), { timeout: 120_000 }).toBe('Live');
  await expect
    .poll(() =>
      one.page
        .getByRole('navigation', { name: 'Views' })
        .getByRole('button', { name: /^All ?2,000$/ })
        .count(),
    )
    .toBe(1);
  await one.page.close();
  expect(await first.stop()).toBe(0);
  expect(() => process.kill(first.pid, 0)).toThrow('ESRCH');

  const second = await start();
  const two = await open(second.readyAt);
  await two.page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: /^All ?2,000$/ })
    .waitFor();
  await expect.poll(() => two.sync.textContent(), { timeout: 120_000 }).toBe('Live');
  await two.page.close();
  expect(await second.stop()).toBe(0);
  expect([...one.errors, ...two.errors]).toEqual([]);
});
