import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Call } from '../helpers/api.ts';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { startShop, type Shop } from '../helpers/shop.ts';

let shop: Shop<'maya' | 'alex' | 'dana' | 'omar'>;
let desk: OpenDesk;
let page: Page;
/** A customer's thread of a thousand messages, the last 600 of them unread. */
let long: string;

beforeAll(async () => {
  shop = await startShop('maya', 'alex', 'dana', 'omar');
  const [alex, dana, omar] = [shop.alex.call, shop.dana.call, shop.omar.call];
  const open = async (who: Call, subject: string, message: string): Promise<string> =>
    (await who('POST', '/support/tickets', { subject, category: 'funding', message })).body.id;
  const refund = await open(
    dana,
    'Refund of a card payment',
    'When will I see the refund of my card payment?',
  );
  for (const message of ['Is the refund under way?', 'Still no refund here.'])
    await dana('POST', `/support/tickets/${refund}/messages`, { message });
  await alex('POST', `/support/tickets/${refund}/notes`, {
    message: 'The bank has the refund since Monday.',
    mentions: [],
  });
  await alex('PATCH', `/support/tickets/${refund}`, {
    status: 'waiting',
    tags: { add: ['bank-trace'], remove: [] },
    base: { status: 'in_progress' },
  });
  const solved = await open(
    omar,
    'Refund of a card payment late',
    'My card payment was not refunded in time.',
  );
  await alex('POST', `/support/tickets/${solved}/close`, {});
  await open(omar, 'Überweisung nach Zürich', 'Die Überweisung ist nicht angekommen.');
  await open(dana, '出金について', '出金がまだ届いていません。');
  for (let n = 1; n <= 6; n += 1)
    await open(dana, `Question ${n} of Dana`, `About question ${n}, please.`);
  long = await open(dana, 'A thread of a thousand messages', 'The first of a thousand.');
  await shop.api.pool.query(
    "update support_messages set created_at = now() - interval '41 days' where ticket_id = $1",
    [long],
  );
  await shop.api.pool.query(
    `insert into support_messages (ticket_id, user_id, message, is_internal, created_at)
    select $1, $2, case when n = 250 then 'a needle in the hay' else 'Message number ' || n end, false, case when n <= 400 then now() - interval '40 days' else now() - interval '20 hours' end + n * interval '70 seconds' from generate_series(2, 1000) n`,
    [long, shop.dana.id],
  );
  desk = await openDesk(shop.api.server, { context: { viewport: { width: 1280, height: 800 } } });
  ({ page } = desk);
  await desk.show();
  await desk.signIn(shop.maya);
});
afterAll(async () => {
  await desk.close();
  await shop.close();
});
beforeEach(() => {
  desk.errors.length = 0;
});

const suggestions = () => page.getByRole('listbox', { name: 'Search suggestions' });
async function finds(query: string, subjects: (string | RegExp)[]): Promise<void> {
  await desk.searchBox.fill(query);
  await expect.poll(() => desk.tickets.count(), { message: query }).toBe(subjects.length);
  for (const subject of subjects) await desk.tickets.filter({ hasText: subject }).first().waitFor();
}
/** Whether any part of an element is inside the part of the conversation that shows. */
const inSight = (of: Locator) =>
  of.evaluate((element) => {
    const [one, log] = [
      element.getBoundingClientRect(),
      element.closest('[role=log]')?.getBoundingClientRect(),
    ];
    return log !== undefined && one.bottom > log.top && one.top < log.bottom;
  });

test('words, phrases, accents, parts and operators find, and one that cannot be used is told in words', async () => {
  await finds('refund', ['Refund of a card payment', 'Refund of a card payment late']);
  await desk.tickets.filter({ hasText: '+3 more matches' }).waitFor();
  await expect
    .poll(() => desk.tickets.first().locator('mark').allTextContents())
    .toContain('refund');
  await finds('refund -late', ['Refund of a card payment']);
  await finds('uberweisung zurich', ['Überweisung nach Zürich']);
  await finds('届いて', ['出金について']);
  await finds('from:omar is:closed', ['Refund of a card payment late']);
  await finds('status:waiting tag:bank-trace', ['Refund of a card payment']);
  await finds('has:note', ['Refund of a card payment']);
  await finds('from:alex refund', ['Refund of a card payment']);
  await finds('refund status:done ', ['Refund of a card payment', 'Refund of a card payment late']);
  await page
    .getByText(
      'No status is called "done". Try open, in-progress, waiting, resolved, closed. Left out of the search.',
    )
    .waitFor();
  await finds('nirgendwo status:open', []);
  await page.getByRole('button', { name: 'Search for the words alone' }).click();
  await expect.poll(() => desk.searchBox.inputValue()).toBe('nirgendwo');
  await page.getByText('Every word must be in one message or subject.').waitFor();
  expect(desk.errors).toEqual([]);
});

test('results have the filters and orders of lists, and are narrowed and left by the keyboard', async () => {
  await finds('refund', ['Refund of a card payment', 'Refund of a card payment late']);
  const head = page.locator('.list-head');
  await head.getByRole('button', { name: 'Sort: Newest match' }).press('Enter');
  await page.getByRole('menuitemradio', { name: 'Oldest activity' }).press('Enter');
  await head.getByRole('button', { name: 'Sort: Oldest activity' }).waitFor();
  await head.getByRole('button', { name: 'Filter' }).press('Enter');
  await desk.focused(page.getByRole('combobox', { name: 'Filter', exact: true }));
  await desk.type('closed');
  await page.locator('.pop-filter').getByRole('option', { name: 'Status: Closed' }).waitFor();
  await desk.press('Enter');
  await desk.press('Escape');
  await expect.poll(() => desk.tickets.count()).toBe(1);
  await expect.poll(() => head.locator('> .quiet').textContent()).toBe('1');
  await page.getByRole('button', { name: 'Remove filter Status: Closed' }).waitFor();
  await finds('uberweisung', []);
  await page.getByText('No tickets match these filters').waitFor();
  await page.locator('.empty').getByRole('button', { name: 'Clear filters' }).press('Enter');
  await expect.poll(() => desk.tickets.count()).toBe(1);
  await desk.searchBox.fill('');
  expect(desk.errors).toEqual([]);
});

test('where nothing is found, the searches to try next are taken by the keyboard', async () => {
  await finds('refnud', []);
  await page.getByRole('button', { name: 'Did you mean "refund"?' }).waitFor();
  await desk.searchBox.press('Enter');
  await desk.focused(page.getByRole('button', { name: 'Did you mean "refund"?' }));
  await page.keyboard.press('Enter');
  await expect.poll(() => desk.searchBox.inputValue()).toBe('refund');
  await expect.poll(() => desk.tickets.count()).toBe(2);
  await finds('zurich refunded', []);
  await page
    .getByRole('button', { name: 'Search for any of these words: zurich OR refunded' })
    .press('Enter');
  await expect.poll(() => desk.tickets.count()).toBe(2);
  await desk.searchBox.fill('');
  expect(desk.errors).toEqual([]);
});

test('what is typed right after a completion was taken stands behind it, also before the next frame', async () => {
  await desk.searchBox.fill('ta');
  await suggestions().getByRole('option', { name: /^tag:/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => desk.searchBox.getAttribute('aria-activedescendant')).not.toBeNull();
  await desk.searchBox.evaluate(async (field) => {
    field.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }),
    );
    // React draws in a microtask; no frame comes between here and the keys.
    while ((field as HTMLInputElement).value !== 'tag:') await Promise.resolve();
    document.execCommand('insertText', false, 'tr');
    await new Promise((done) => {
      requestAnimationFrame(() => {
        requestAnimationFrame(done);
      });
    });
  });
  await page.keyboard.type('ace');
  await expect.poll(() => desk.searchBox.inputValue()).toBe('tag:trace');
  await desk.searchBox.fill('');
});

test('by the keyboard alone: an operator and its value are completed, the results walked, one opened at what was found', async () => {
  await desk.list.focus();
  await page.keyboard.press('/');
  await desk.focused(desk.searchBox);
  // Emptied, the box offers nothing until it is gone to again.
  await desk.searchBox.fill('');
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await suggestions()
    .getByRole('option', { name: /^assignee:/ })
    .waitFor();
  await page.keyboard.type('ta');
  await suggestions().getByRole('option', { name: /^tag:/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  const picked = suggestions().getByRole('option', { selected: true });
  await picked.waitFor();
  await expect
    .poll(() => desk.searchBox.getAttribute('aria-activedescendant'))
    .toBe(await picked.getAttribute('id'));
  await page.keyboard.press('Enter');
  await expect.poll(() => desk.searchBox.inputValue()).toBe('tag:');
  await page.keyboard.type('trace');
  await suggestions().getByRole('option', { name: 'bank-trace' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect.poll(() => desk.searchBox.inputValue()).toBe('tag:bank-trace ');
  await desk.focused(desk.searchBox);
  await page.keyboard.type('still');
  await desk.tickets.locator('mark').filter({ hasText: 'Still' }).waitFor();
  await expect.poll(() => desk.tickets.count()).toBe(1);
  await page.keyboard.press('Enter');
  await desk.focused(desk.list);
  await page.keyboard.press('j');
  await desk.thread('Refund of a card payment').waitFor();
  const hit = desk.conversation.getByRole('article', { name: /found by the search$/ });
  await expect.poll(() => hit.locator('mark').allTextContents()).toEqual(['Still']);
  // It is remembered, and offered where nothing is typed.
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await suggestions().getByRole('option', { name: 'tag:bank-trace still' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => desk.tickets.count()).toBe(1);
  await page.keyboard.press('Escape');
  await expect.poll(() => desk.searchBox.inputValue()).toBe('');
  expect(desk.errors).toEqual([]);
});

test('a thread of a thousand messages opens at its unread line, keeps its place while it grows, and leads to what is new', async () => {
  await desk.showAll();
  await desk.tickets.filter({ hasText: 'A thread of a thousand messages' }).click();
  const first = desk.conversation.getByText('Message number 401', { exact: true });
  await first.waitFor();
  await expect.poll(() => inSight(first)).toBe(true);
  await expect.poll(() => desk.conversation.getByRole('separator').textContent()).toBe('New');
  // All that is loaded becomes part of the page, and what is read stays where it is.
  await expect
    .poll(() => desk.conversation.getByText('Message number 1000', { exact: true }).count())
    .toBe(1);
  expect(await inSight(first)).toBe(true);
  await page.getByRole('button', { name: 'Newest', exact: true }).waitFor();
  await shop.dana.call('POST', `/support/tickets/${long}/messages`, {
    message: 'One more, just now.',
  });
  await page.getByRole('button', { name: '1 new', exact: true }).click();
  await expect.poll(() => inSight(desk.conversation.getByText('One more, just now.'))).toBe(true);
  await desk.focused(desk.conversation);
  await expect.poll(() => page.getByRole('button', { name: /^(Newest|\d+ new)$/ }).count()).toBe(0);
  // Upwards: what is older is read before its beginning is reached.
  await page.keyboard.press('Home');
  await expect
    .poll(async () => {
      await page.keyboard.press('Home');
      return desk.conversation.getByText('The first of a thousand.').count();
    })
    .toBe(1);
  await expect.poll(() => desk.conversation.getByRole('article').count()).toBe(1001);
});

test('a hit far back in a long thread opens the thread there', async () => {
  await desk.tickets.filter({ hasText: 'Refund of a card payment' }).first().click();
  await page.getByRole('main', { name: /^Refund/ }).waitFor();
  await finds('needle', ['A thread of a thousand messages']);
  await desk.tickets.first().click();
  const hit = desk.conversation.getByRole('article', { name: /found by the search$/ });
  await hit.waitFor();
  await expect.poll(() => inSight(hit)).toBe(true);
  await expect.poll(() => hit.locator('mark').allTextContents()).toEqual(['needle']);
});

test("the customer's other tickets and solved ones like this stand beside the thread", async () => {
  await finds('"card payment" -late', ['Refund of a card payment']);
  await desk.tickets.first().click();
  const details = desk.details;
  await details
    .getByRole('button', { name: /Refund of a card payment late$/ })
    .first()
    .waitFor();
  await details.getByRole('button', { name: 'Show all 8' }).click();
  await expect.poll(() => desk.searchBox.inputValue()).toBe('from:dana@customer.test');
  await expect.poll(() => desk.tickets.count()).toBe(9);
  await details
    .getByRole('button', { name: /Refund of a card payment late$/ })
    .first()
    .click();
  await desk.thread('Refund of a card payment late').waitFor();
  expect(desk.errors).toEqual([]);
});
