import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bridgeCall } from '../helpers/browser.ts';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { openTicketAbout, startShop, type Shop } from '../helpers/shop.ts';

/** Nothing here is done with the mouse after the sign-in. */
let shop: Shop<'maya' | 'alex' | 'dana'>;
let desk: OpenDesk;
let page: Page;
const subjects = [
  'Withdrawal has not arrived',
  'Two-factor code never comes',
  'Statement is empty',
];

beforeAll(async () => {
  shop = await startShop('maya', 'alex', 'dana');
  for (const subject of subjects) await openTicketAbout(shop.dana.call, subject);
  desk = await openDesk(shop.api.server);
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

const focused = () => page.evaluate(() => document.activeElement?.id ?? '');
const undone = (what: string) => page.getByText(`Undone: ${what}`).waitFor();
const onServer = async (subject: string) =>
  (
    await shop.api.pool.query(
      'select status, priority, assignee_id, tags, snoozed_until from support_tickets where subject = $1',
      [subject],
    )
  ).rows[0];

/** In a picker: what is typed leads to this line, and Enter picks it. */
async function pick(
  key: string,
  name: string,
  query: string,
  label: string | RegExp,
): Promise<void> {
  await desk.press(key);
  await desk.choose(name, query, label);
}
async function openBySearch(query: string, subject: string): Promise<void> {
  await desk.press('/');
  await desk.focused(desk.searchBox);
  await desk.type(query);
  await page.getByRole('option', { name: new RegExp(subject) }).waitFor();
  await expect.poll(() => desk.tickets.count()).toBe(1);
  await desk.press('Enter');
  await desk.focused(desk.list);
  await desk.press('j');
  await desk.thread(subject).waitFor();
}

test('a ticket is found, opened, assigned, prioritised, tagged, snoozed in plain words and each of it taken back', async () => {
  const [maya, alexId] = [shop.maya.id, shop.alex.id];
  const subject = 'Two-factor code never comes';
  await openBySearch('factor', subject);
  // The details come with the answer.
  await desk.field('Assignee').waitFor();

  await pick('a', 'Assign', 'al', 'Alex Kim');
  await expect.poll(focused).toBe('tickets');
  await expect.poll(() => onServer(subject)).toMatchObject({ assignee_id: alexId });
  await desk.press('z');
  await undone('Assigned to Alex Kim');
  await expect.poll(() => onServer(subject)).toMatchObject({ assignee_id: null });
  await desk.press('i');
  await expect.poll(() => onServer(subject)).toMatchObject({ assignee_id: maya });

  await pick('p', 'Priority', 'urg', 'Urgent');
  await expect.poll(() => desk.field('Priority').inputValue()).toBe('urgent');
  await expect.poll(() => onServer(subject)).toMatchObject({ priority: 'urgent' });
  await desk.press('z');
  await undone('Set to Urgent priority');
  await expect.poll(() => onServer(subject)).toMatchObject({ priority: 'medium' });

  await pick('l', 'Tags', 'two factor', 'New tag "two-factor"');
  await expect.poll(() => onServer(subject)).toMatchObject({ tags: ['two-factor'] });
  await pick('l', 'Tags', 'two', 'two-factor');
  await expect.poll(() => onServer(subject)).toMatchObject({ tags: [] });

  // Escape changes nothing and leaves the focus where it was.
  await desk.press('s');
  await desk.dialog('Snooze').waitFor();
  await desk.type('not a time');
  await desk.dialog('Snooze').getByText('That is not a time').waitFor();
  await desk.press('Escape');
  await desk.chooserHasGone();
  await expect.poll(focused).toBe('tickets');

  await pick('s', 'Snooze', 'tomorrow 9', /09:00$|09:00tomorrow 9$/);
  await desk
    .thread(subject)
    .getByText(/^Until \w+ 09:00$/)
    .waitFor();
  const tomorrow = new Date();
  tomorrow.setDate(tomorrow.getDate() + 1);
  tomorrow.setHours(9, 0, 0, 0);
  await expect
    .poll(async () => (await onServer(subject)).snoozed_until?.getTime())
    .toBe(tomorrow.getTime());
  await desk.press('z');
  await undone(`Snoozed until ${tomorrow.toLocaleDateString('en-GB', { weekday: 'short' })} 09:00`);
  await expect.poll(() => onServer(subject)).toMatchObject({ snoozed_until: null });

  await pick('s', 'Snooze', 'repl', 'When the customer replies');
  await desk.thread(subject).getByText('Until a reply').waitFor();
  await desk.press('Shift+S');
  await desk.thread(subject).getByText('Until a reply').waitFor({ state: 'hidden' });
  await pick('Shift+C', 'Category', 'bill', 'Billing');
  await expect.poll(() => desk.field('Category').inputValue()).toBe('billing');
  await pick('Shift+P', 'Status', 'need', 'Needs reply');
  await expect.poll(() => onServer(subject)).toMatchObject({ status: 'waiting' });
  expect(desk.errors).toEqual([]);
});

test('a ticket that was snoozed says why it is back', async () => {
  const subject = 'Statement is empty';
  await openBySearch('statement', subject);
  await desk.field('Assignee').waitFor();
  await pick('s', 'Snooze', 'in 3 h', /in 3 h$/);
  await expect.poll(async () => (await onServer(subject)).snoozed_until).not.toBeNull();
  const { body } = await shop.dana.call('GET', '/support/tickets');
  await shop.dana.call(
    'POST',
    `/support/tickets/${body.tickets.find((t: { subject: string }) => t.subject === subject).id}/messages`,
    { message: 'It is still empty.' },
  );
  await desk.thread(subject).getByText('Customer replied').waitFor();
  await page.getByRole('option', { name: /Statement is empty, .*Customer replied/ }).waitFor();
  expect(desk.errors).toEqual([]);
});

test('an undo that comes after a colleague has changed the field is refused with the reason, and nothing is lost', async () => {
  const subject = 'Withdrawal has not arrived';
  await openBySearch('withdrawal', subject);
  await desk.field('Priority').waitFor();
  await pick('p', 'Priority', 'low', 'Low');
  await expect.poll(() => onServer(subject)).toMatchObject({ priority: 'low' });
  const { body } = await shop.dana.call('GET', '/support/tickets');
  await shop.alex.call(
    'PATCH',
    `/support/tickets/${body.tickets.find((t: { subject: string }) => t.subject === subject).id}`,
    { priority: 'high' },
  );
  await expect.poll(() => desk.field('Priority').inputValue()).toBe('high');
  await desk.press('z');
  await page
    .getByRole('group', { name: 'Not sent: Someone else also changed this ticket' })
    .waitFor();
  expect(await onServer(subject)).toMatchObject({ priority: 'high' });
  await desk.press('t');
  await page.getByRole('group', { name: /^Not sent/ }).waitFor({ state: 'hidden' });
  expect(desk.errors).toEqual([]);
});

test('the palette runs a command, opens a view, a ticket and a customer, from a text field too', async () => {
  const subject = 'Two-factor code never comes';
  await desk.run('gall', 'Go to All');
  await expect
    .poll(() => desk.views.getByRole('button', { name: /^All ?3$/ }).getAttribute('aria-current'))
    .toBe('page');
  await desk.run('two-f', subject);
  await desk.thread(subject).waitFor();
  await desk.run('asme', 'Assign to me');
  await expect.poll(() => desk.field('Assignee').inputValue()).toBe(shop.maya.id);

  // A command that asks for something: its choices take the place of everything, and Backspace
  // goes back.
  const palette = desk.dialog('Command palette');
  await desk.openPalette();
  await desk.type('sno');
  await desk.highlighted.filter({ hasText: 'Snooze' }).waitFor();
  await desk.press('Enter');
  await palette.getByRole('option', { name: /^Next week/ }).waitFor();
  expect(await palette.getByRole('option', { name: 'Reply' }).count()).toBe(0);
  await desk.type('x');
  await desk.press('Backspace');
  await palette.getByRole('option', { name: /^Next week/ }).waitFor();
  await desk.press('Backspace');
  await palette
    .getByRole('option', { name: /^Reply/ })
    .first()
    .waitFor();
  await desk.press('Escape');
  await desk.chooserHasGone();

  // Both at once, and step by step.
  await desk.run('priority urgent', 'Set the priority to Urgent');
  await expect.poll(() => desk.field('Priority').inputValue()).toBe('urgent');
  await desk.openPalette();
  await desk.type('set the priority');
  await desk.highlighted.filter({ hasText: 'Set the priority' }).waitFor();
  await desk.press('Enter');
  await palette.getByRole('option', { name: 'Urgent' }).waitFor();
  await desk.type('low');
  await desk.highlighted.filter({ hasText: 'Low' }).waitFor();
  await desk.press('Enter');
  await desk.chooserHasGone();
  await expect.poll(() => desk.field('Priority').inputValue()).toBe('low');

  await desk.press('r');
  await expect.poll(focused).toBe('message');
  await desk.type('Half a sen');
  await desk.run('dark', 'Use the dark theme');
  await expect
    .poll(() => page.evaluate(() => document.documentElement.dataset['theme']))
    .toBe('dark');
  await expect.poll(focused).toBe('message');
  await desk.type('tence');
  expect(await desk.composer.inputValue()).toBe('Half a sentence');

  await desk.openPalette();
  // What was run lately comes first.
  await expect.poll(() => desk.highlighted.textContent()).toBe('Set the priorityP');
  await desk.type('okafor');
  // A name finds the person before what they wrote.
  await desk
    .dialog('Command palette')
    .getByRole('group', { name: 'Customers' })
    .getByRole('option', { name: /Dana Okafor/ })
    .waitFor();
  await desk.highlighted.filter({ hasText: 'Dana Okafordana@customer.test · 3 tickets' }).waitFor();
  await desk.press('Enter');
  await expect.poll(() => desk.tickets.count()).toBe(3);
  await expect.poll(focused).toBe('tickets');
  await desk.openPalette();
  await desk.type('xqxqxq');
  await desk.dialog('Command palette').getByText('No results').waitFor();
  await desk.press('Escape');
  await desk.chooserHasGone();
  await expect.poll(focused).toBe('tickets');
  expect(desk.errors).toEqual([]);
});

test('in a text field plain keys are letters', async () => {
  const before = await onServer('Two-factor code never comes');
  await desk.press('r');
  await expect.poll(focused).toBe('message');
  await desk.press('Control+a');
  const keys = 'jkeaisplrnzoc/?';
  await desk.type(keys);
  expect(await desk.composer.inputValue()).toBe(keys);
  expect(await page.getByRole('dialog').count()).toBe(0);
  await desk.press('Escape');
  await expect.poll(focused).toBe('tickets');
  expect(await onServer('Two-factor code never comes')).toEqual(before);
});

test('? shows every shortcut; a key is changed there, clashes are named and swapped, and the new key works and is shown', async () => {
  await desk.press('?');
  const sheet = desk.dialog('Keyboard shortcuts');
  await sheet.getByText('Assign to someone').waitFor();
  for (const group of ['Moving', 'The ticket', 'Writing', 'Views', 'Staffdesk'])
    await sheet.getByRole('region', { name: group }).waitFor();
  // The search has the focus, and finds by name and by synonym.
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  for (const words of ['delegate', 'assign some']) {
    await desk.type(words);
    await expect.poll(() => sheet.locator('dt').allTextContents()).toEqual(['Assign to someone']);
    await desk.press('Control+a', 'Delete');
  }
  await desk.press('Tab', 'Enter');
  const key = (command: string) =>
    sheet.getByRole('button', { name: new RegExp(`^Change the key of ${command},`) });
  await key('Set the priority').focus();
  await desk.press('Enter', 'j');
  await sheet.getByText('J belongs to "Next ticket".').waitFor();
  await desk.press('Escape');
  await sheet.getByText('J belongs to "Next ticket".').waitFor({ state: 'hidden' });
  await desk.press('Enter', 'Control+c');
  await sheet.getByText('Ctrl+C is reserved').waitFor();
  await desk.press('q');
  await expect.poll(() => key('Set the priority').textContent()).toBe('Q');
  await key('Add or remove a tag').focus();
  await desk.press('Enter', 'a', 'Tab');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Swap');
  await desk.press('Enter');
  await expect.poll(() => key('Assign to someone').textContent()).toBe('L');
  await desk.press('Escape');
  await sheet.waitFor({ state: 'hidden' });

  await expect
    .poll(async () => (await bridgeCall(page, 'settings.get', {})).value.shortcuts)
    .toMatchObject({ priority: 'Q', assign: 'L', tag: 'A' });
  await page.reload();
  await desk.isLive();
  await openBySearch('factor', 'Two-factor code never comes');
  await desk.field('Priority').waitFor();
  await desk.press('p');
  await pick('q', 'Priority', 'hi', 'High');
  await expect.poll(() => desk.field('Priority').inputValue()).toBe('high');
  await desk.press('a');
  await desk.dialog('Tags').waitFor();
  await desk.press('Escape');
  await desk.chooserHasGone();
  await desk.press('?');
  await expect
    .poll(() =>
      sheet
        .getByRole('region', { name: 'The ticket' })
        .locator('div')
        .filter({ hasText: 'Set the priority' })
        .locator('kbd')
        .textContent(),
    )
    .toBe('Q');
  await desk.press('Tab', 'Enter');
  await sheet.getByRole('button', { name: 'Reset all' }).focus();
  await desk.press('Enter');
  await expect.poll(() => key('Set the priority').textContent()).toBe('P');
  await desk.press('Escape');
  await sheet.waitFor({ state: 'hidden' });
  expect(desk.errors).toEqual([]);
});

test('E closes and goes to the next; the closed one can be opened again by its key', async () => {
  const open = () =>
    page
      .getByRole('main')
      .getAttribute('aria-label')
      .then((label) => label ?? '');
  await desk.run('gall', 'Go to All');
  await expect.poll(focused).toBe('tickets');
  await desk.isListed('All');
  const row = (await desk.tickets.first().textContent()) ?? '';
  const first = subjects.find((subject) => row.includes(subject)) ?? '';
  await desk.press('End', 'Home');
  await desk.thread(first).waitFor();
  await desk.press('e');
  await expect
    .poll(async () => subjects.filter((subject) => subject !== first).includes(await open()))
    .toBe(true);
  await expect.poll(() => onServer(first)).toMatchObject({ status: 'closed' });
  await desk.press('k');
  await desk.thread(first).getByRole('button', { name: 'Reopen', exact: true }).waitFor();
  await desk.press('Shift+E');
  await expect.poll(() => onServer(first)).toMatchObject({ status: 'open' });
  expect(desk.errors).toEqual([]);
});
