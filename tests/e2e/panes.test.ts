import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
  await openTicketAbout(shop.dana.call, 'Another ticket');
  ticketId = await openTicketAbout(shop.dana.call, subject);
  desk = await openDesk(shop.server);
  ({ page } = desk);
  await desk.resize(1280, 800);
  await desk.show();
  await desk.signIn(shop.maya);
  await desk.showAll();
  await desk.openTicket(subject);
});
afterAll(async () => {
  await desk.close();
  await shop.close();
});

const widthOf = async (pane: Locator): Promise<number> => (await pane.boundingBox())?.width ?? 0;
const heightOf = async (pane: Locator): Promise<number> => (await pane.boundingBox())?.height ?? 0;
const divider = (name: 'list' | 'details' | 'composer') => page.locator(`.divider-${name}`);
const run = (command: string) => desk.run(command, command);
/** Until the desk has stored it. */
async function isStored(setting: object): Promise<void> {
  await expect
    .poll(async () => (await bridgeCall(page, 'settings.get', {})).value)
    .toMatchObject(setting);
}
const list = () => page.locator('.list');

async function drag(on: Locator, by: number): Promise<void> {
  const { x = 0, width = 0 } = (await on.boundingBox()) ?? {};
  const from = x + width / 2;
  await page.mouse.move(from, 400);
  await page.mouse.down();
  await page.mouse.move(from + by, 400, { steps: 5 });
  await page.mouse.up();
}

async function dragUp(by: number): Promise<void> {
  const { x = 0, y = 0, width = 0, height = 0 } = (await divider('composer').boundingBox()) ?? {};
  const from = { x: x + width / 2, y: y + height / 2 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x, from.y - by, { steps: 5 });
  await page.mouse.up();
}

test('the list is as wide as it was dragged, also after a reload, until a double click', async () => {
  const before = await widthOf(list());
  await drag(divider('list'), -40);
  await expect.poll(() => widthOf(list())).toBe(before - 40);
  await isStored({ pane_sizes: { list: before - 40 } });
  await page.reload();
  await desk.isLive();
  await expect.poll(() => widthOf(list())).toBe(before - 40);
  await divider('list').dblclick();
  await expect.poll(() => widthOf(list())).toBe(before);
});

test('the keyboard has commands for the same, and the conversation keeps its room', async () => {
  const before = await widthOf(desk.details);
  await run('Make the details wider');
  await expect.poll(() => widthOf(desk.details)).toBe(before + 48);
  await drag(divider('list'), 600);
  await expect.poll(() => widthOf(page.locator('main.thread'))).toBeGreaterThanOrEqual(420);
  await run('Reset the widths');
  await expect.poll(() => widthOf(desk.details)).toBe(before);
});

describe('the rail', () => {
  const width = () => widthOf(page.locator('.who'));

  test('folds to its icons by key and by button, also after a reload', async () => {
    const open = await width();
    await desk.list.focus();
    await desk.press('b');
    await expect.poll(width).toBe(52);
    await isStored({ rail_folded: true });
    await page.reload();
    await desk.isLive();
    await expect.poll(width).toBe(52);
    await page.getByRole('button', { name: 'Unfold the sidebar' }).click();
    await expect.poll(width).toBe(open);
  });

  test.each([900, 1280])('has no count over an icon at %i', async (at) => {
    await desk.resize(at, 640);
    if (at > 900) await page.getByRole('button', { name: 'Fold the sidebar' }).click();
    await expect.poll(width).toBe(52);
    const all = desk.views.getByRole('button', { name: /^All/ });
    await expect.poll(() => all.getAttribute('title')).toBe('All: 2');
    expect(
      await desk.views.getByRole('button').evaluateAll(
        (buttons) =>
          buttons.filter((button) => {
            const icon = button.querySelector('svg')?.getBoundingClientRect();
            const count = button.querySelector('b')?.getBoundingClientRect();
            return icon && count && count.top < icon.bottom - 1 && count.left < icon.right;
          }).length,
      ),
    ).toBe(0);
    if (at > 900) await page.getByRole('button', { name: 'Unfold the sidebar' }).click();
    await desk.resize(1280, 800);
  });
});

describe('the composer', () => {
  const composer = () => page.locator('.composer-text');
  const conversation = () => page.locator('.conversation');
  const half = async (): Promise<number> => (await heightOf(page.locator('main.thread'))) / 2;

  test('is as high as it was dragged, also after a reload, until a double click', async () => {
    const before = await heightOf(composer());
    await dragUp(120);
    await expect.poll(() => heightOf(composer())).toBe(before + 120);
    await isStored({ pane_sizes: { composer: before + 120 } });
    await page.reload();
    await desk.isLive();
    await expect.poll(() => heightOf(composer())).toBe(before + 120);
    await divider('composer').dblclick();
    await expect.poll(() => heightOf(composer())).toBe(before);
  });

  test('grows with its text to half the pane; dragged lower, it stays so until the text is gone', async () => {
    const before = await heightOf(composer());
    await desk.composer.fill('Another line\n'.repeat(80));
    await expect.poll(() => heightOf(page.locator('.composer'))).toBeGreaterThan(before + 150);
    expect(await heightOf(page.locator('.composer'))).toBeLessThanOrEqual(await half());
    const high = await heightOf(composer());
    await dragUp(-150);
    await expect.poll(() => heightOf(composer())).toBe(high - 150);
    await desk.composer.fill('');
    await desk.composer.fill('Another line\n'.repeat(80));
    await expect.poll(() => heightOf(composer())).toBe(high);
    await desk.composer.fill('');
    await divider('composer').dblclick();
    await expect.poll(() => heightOf(composer())).toBe(before);
  });

  test('has commands for the same', async () => {
    const before = await heightOf(composer());
    await run('Make the composer taller');
    await expect.poll(() => heightOf(composer())).toBe(before + 48);
    await run('Make the composer shorter');
    await expect.poll(() => heightOf(composer())).toBe(before);
    await run('Make the composer taller');
    await run('Reset the height of the composer');
    await expect.poll(() => heightOf(composer())).toBe(before);
  });

  test.each([
    [1280, 800],
    [900, 640],
    [640, 400],
  ])('leaves the conversation its room, and Send in sight, at %i x %i', async (width, height) => {
    await desk.resize(width, height);
    await dragUp(height);
    await expect.poll(() => heightOf(conversation())).toBeGreaterThanOrEqual(119);
    const send = page.getByRole('button', { name: 'Send reply' });
    const { y = 0, height: high = 0 } = (await send.boundingBox()) ?? {};
    expect(y + high).toBeLessThanOrEqual(height);
    await divider('composer').dblclick();
    await desk.resize(1280, 800);
  });
});

test('a wide window lists in columns, on lines of one height', async () => {
  await desk.showAll();
  await desk.resize(1920, 1080);
  const row = desk.ticket(subject);
  await expect.poll(async () => (await row.boundingBox())?.height).toBe(38);
  const middles = await row.locator('.row-name, .row-subject, .row-age').evaluateAll((parts) =>
    parts.map((part) => {
      const { top, bottom } = part.getBoundingClientRect();
      return (top + bottom) / 2;
    }),
  );
  expect(Math.max(...middles) - Math.min(...middles)).toBeLessThanOrEqual(2);
  await desk.resize(1280, 800);
  await expect.poll(async () => (await row.boundingBox())?.height).toBe(70);
});

test('G and a letter lead to a view, and do nothing in a text', async () => {
  await desk.list.focus();
  await desk.press('g', 'c');
  await page.getByRole('heading', { name: 'Closed' }).waitFor();
  await desk.press('g', 'n');
  await page.getByRole('heading', { name: 'Needs reply' }).waitFor();
  await desk.press('g', 'x');
  await desk.outbox.waitFor();
  await desk.press('Escape');
  await desk.outbox.waitFor({ state: 'detached' });
  await desk.press('g', 'a');
  await page.getByRole('heading', { name: 'All', exact: true }).waitFor();
  await desk.openTicket(subject);
  await desk.composer.focus();
  await desk.type('gc');
  expect(await desk.composer.inputValue()).toBe('gc');
  await desk.composer.fill('');
});

test('a reply comes into sight, wherever the conversation was being read', async () => {
  for (let n = 0; n < 12; n += 1)
    await shop.dana.call('POST', `/support/tickets/${ticketId}/messages`, {
      message: `More about it, part ${n}.\n\n${'It did not come. '.repeat(20)}`,
    });
  await desk.conversation.getByText(/part 11\./).waitFor();
  await desk.conversation.evaluate((log) => {
    log.scrollTop = 0;
  });
  await desk.composer.fill('It is on its way.');
  await desk.press('Control+Enter');
  const bubble = desk.conversation.getByText('It is on its way.', { exact: true });
  await expect
    .poll(() =>
      bubble.evaluate((element) => {
        const log = element.closest('[role=log]')?.getBoundingClientRect();
        return (log?.bottom ?? 0) >= element.getBoundingClientRect().bottom;
      }),
    )
    .toBe(true);
});
