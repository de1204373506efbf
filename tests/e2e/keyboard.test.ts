import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApi, type Call, type TestApi } from '../helpers/api.ts';
import { launchBrowser, signIn, watchErrors } from '../helpers/browser.ts';
import { tempDir } from '../helpers/desk.ts';
import { addPerson } from '../helpers/people.ts';
import { startDeskProgram, type Running } from '../helpers/processes.ts';

/** Nothing here is done with the mouse after the sign-in. */
const password = 'a long enough password';
let api: TestApi;
let desk: Running;
let dana: Call;
let alex: Call;
let browser: Browser;
let page: Page;
let errors: string[];
const home = tempDir();
const subjects = [
  'Withdrawal has not arrived',
  'Two-factor code never comes',
  'Statement is empty',
];

beforeAll(async () => {
  api = await startApi({ perAddress: 1e9 });
  await addPerson(api.pool, {
    email: 'maya@staffdesk.test',
    name: 'Maya Ruiz',
    role: 'staff',
    password,
  });
  await addPerson(api.pool, {
    email: 'alex@staffdesk.test',
    name: 'Alex Kim',
    role: 'staff',
    password,
  });
  await addPerson(api.pool, {
    email: 'dana@customer.test',
    name: 'Dana Okafor',
    role: 'customer',
    password,
  });
  dana = await api.as('dana@customer.test');
  alex = await api.as('alex@staffdesk.test');
  for (const subject of subjects)
    await dana('POST', '/support/tickets', {
      subject,
      category: 'account',
      message: `About: ${subject}`,
    });
  desk = await startDeskProgram(api.server, home.dir);
  browser = await launchBrowser();
  page = await browser.newPage();
  errors = watchErrors(page);
  await page.goto(desk.readyAt);
  await signIn(page, 'maya@staffdesk.test', password);
  await page
    .getByRole('status', { name: 'Sync' })
    .filter({ hasText: /^Live$/ })
    .waitFor();
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
  await api.close();
  home.remove();
});
beforeEach(() => {
  errors.length = 0;
});

const press = (...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
const type = (text: string) => page.keyboard.type(text);
const dialog = (name: string) => page.getByRole('dialog', { name });
const chosen = (name: string) => dialog(name).locator('[role=option][data-highlighted]');
const focused = () => page.evaluate(() => document.activeElement?.id ?? '');
const main = (subject: string) => page.getByRole('main', { name: subject });
const field = (name: string) =>
  page.getByRole('complementary', { name: 'Details' }).getByRole('combobox', { name });
const undone = (what: string) => page.getByText(`Undone: ${what}`).waitFor();
const onServer = async (subject: string) =>
  (
    await api.pool.query(
      'select status, priority, assignee_id, tags, snoozed_until from support_tickets where subject = $1',
      [subject],
    )
  ).rows[0];
const staffId = async (email: string): Promise<string> =>
  (await api.pool.query('select id from users where email = $1', [email])).rows[0].id;

/** By the palette: types, waits until the line is the chosen one and picks it. */
async function run(query: string, label: string | RegExp): Promise<void> {
  await press('Control+k');
  await dialog('Command palette').waitFor();
  await type(query);
  await chosen('Command palette').filter({ hasText: label }).waitFor();
  await press('Enter');
  await dialog('Command palette').waitFor({ state: 'hidden' });
}
/** In a picker: what is typed leads to this line, and Enter picks it. */
async function pick(
  key: string,
  name: string,
  query: string,
  label: string | RegExp,
): Promise<void> {
  await press(key);
  await dialog(name).waitFor();
  await type(query);
  await chosen(name).filter({ hasText: label }).waitFor();
  await press('Enter');
  await dialog(name).waitFor({ state: 'hidden' });
}
async function openBySearch(query: string, subject: string): Promise<void> {
  await press('/');
  await type(query);
  await page.getByRole('option', { name: new RegExp(subject) }).waitFor();
  await expect
    .poll(() => page.getByRole('listbox', { name: 'Tickets' }).getByRole('option').count())
    .toBe(1);
  await press('Enter', 'j');
  await main(subject).waitFor();
}

test('a ticket is found, opened, assigned, prioritised, tagged, snoozed in plain words and each of it taken back', async () => {
  const [maya, alexId] = [
    await staffId('maya@staffdesk.test'),
    await staffId('alex@staffdesk.test'),
  ];
  const subject = 'Two-factor code never comes';
  await openBySearch('factor', subject);
  // The details come with the answer.
  await field('Assignee').waitFor();

  await pick('a', 'Assign', 'al', 'Alex Kim');
  await expect.poll(focused).toBe('tickets');
  await expect.poll(() => onServer(subject)).toMatchObject({ assignee_id: alexId });
  await press('z');
  await undone('Assigned to Alex Kim');
  await expect.poll(() => onServer(subject)).toMatchObject({ assignee_id: null });
  await press('i');
  await expect.poll(() => onServer(subject)).toMatchObject({ assignee_id: maya });

  await pick('p', 'Priority', 'urg', 'Urgent');
  await expect.poll(() => field('Priority').inputValue()).toBe('urgent');
  await expect.poll(() => onServer(subject)).toMatchObject({ priority: 'urgent' });
  await press('z');
  await undone('Priority set to Urgent');
  await expect.poll(() => onServer(subject)).toMatchObject({ priority: 'medium' });

  await pick('l', 'Tags', 'two factor', 'New tag "two-factor"');
  await expect.poll(() => onServer(subject)).toMatchObject({ tags: ['two-factor'] });
  await pick('l', 'Tags', 'two', 'two-factor');
  await expect.poll(() => onServer(subject)).toMatchObject({ tags: [] });

  // Escape changes nothing and leaves the focus where it was.
  await press('s');
  await type('not a time');
  await dialog('Snooze').getByText('That is not a time').waitFor();
  await press('Escape');
  await expect.poll(focused).toBe('tickets');

  await pick('s', 'Snooze', 'tomorrow 9', /09:00$|09:00tomorrow 9$/);
  await main(subject)
    .getByText(/^Until \w+ 09:00$/)
    .waitFor();
  const tomorrow = new Date();
  tomorrow.setDate(tomorrow.getDate() + 1);
  tomorrow.setHours(9, 0, 0, 0);
  await expect
    .poll(async () => (await onServer(subject)).snoozed_until?.getTime())
    .toBe(tomorrow.getTime());
  await press('z');
  await undone(`Snoozed until ${tomorrow.toLocaleDateString('en-GB', { weekday: 'short' })} 09:00`);
  await expect.poll(() => onServer(subject)).toMatchObject({ snoozed_until: null });

  await pick('s', 'Snooze', 'repl', 'When the customer replies');
  await main(subject).getByText('Until a reply').waitFor();
  await press('Shift+S');
  await main(subject).getByText('Until a reply').waitFor({ state: 'hidden' });
  await pick('Shift+C', 'Category', 'bill', 'Billing');
  await expect.poll(() => field('Category').inputValue()).toBe('billing');
  await pick('Shift+P', 'Status', 'wait', 'Waiting');
  await expect.poll(() => onServer(subject)).toMatchObject({ status: 'waiting' });
  expect(errors).toEqual([]);
});

test('a ticket that was snoozed says why it is back', async () => {
  const subject = 'Statement is empty';
  await openBySearch('statement', subject);
  await field('Assignee').waitFor();
  await pick('s', 'Snooze', 'in 3 h', /in 3 h$/);
  await expect.poll(async () => (await onServer(subject)).snoozed_until).not.toBeNull();
  const { body } = await dana('GET', '/support/tickets');
  await dana(
    'POST',
    `/support/tickets/${body.tickets.find((t: { subject: string }) => t.subject === subject).id}/messages`,
    { message: 'It is still empty.' },
  );
  await main(subject).getByText('Customer replied').waitFor();
  await page.getByRole('option', { name: /Statement is empty, .*Customer replied/ }).waitFor();
  expect(errors).toEqual([]);
});

test('an undo that comes after a colleague has changed the field is refused with the reason, and nothing is lost', async () => {
  const subject = 'Withdrawal has not arrived';
  await openBySearch('withdrawal', subject);
  await field('Priority').waitFor();
  await pick('p', 'Priority', 'low', 'Low');
  await expect.poll(() => onServer(subject)).toMatchObject({ priority: 'low' });
  const { body } = await dana('GET', '/support/tickets');
  await alex(
    'PATCH',
    `/support/tickets/${body.tickets.find((t: { subject: string }) => t.subject === subject).id}`,
    { priority: 'high' },
  );
  await expect.poll(() => field('Priority').inputValue()).toBe('high');
  await press('z');
  await page.getByRole('group', { name: 'Needs you: Someone else changed this too' }).waitFor();
  expect(await onServer(subject)).toMatchObject({ priority: 'high' });
  await press('t');
  await page.getByRole('group', { name: /^Needs you/ }).waitFor({ state: 'hidden' });
  expect(errors).toEqual([]);
});

test('the palette runs a command, opens a view, a ticket and a customer, from a text field too', async () => {
  const subject = 'Two-factor code never comes';
  await run('gall', 'Go to All');
  await expect
    .poll(() =>
      page
        .getByRole('navigation', { name: 'Views' })
        .getByRole('button', { name: /^All ?3$/ })
        .getAttribute('aria-current'),
    )
    .toBe('page');
  await run('two-f', subject);
  await main(subject).waitFor();
  await field('Assignee').waitFor();
  await run('asme', 'Assign to me');
  await expect
    .poll(() => field('Assignee').inputValue())
    .toBe(await staffId('maya@staffdesk.test'));

  // A command that opens a picker: one dialog takes the other's place.
  await run('sno', 'Snooze');
  await dialog('Snooze').waitFor();
  await press('Escape');
  await dialog('Snooze').waitFor({ state: 'hidden' });

  await press('r');
  await expect.poll(focused).toBe('message');
  await type('Half a sen');
  await run('dark', 'Use the dark theme');
  await expect
    .poll(() => page.evaluate(() => document.documentElement.dataset['theme']))
    .toBe('dark');
  await expect.poll(focused).toBe('message');
  await type('tence');
  expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('Half a sentence');

  await press('Control+k');
  // What was run lately comes first.
  await expect.poll(() => chosen('Command palette').textContent()).toBe('SnoozeS');
  await type('okafor');
  // A name finds the person before what they wrote.
  await dialog('Command palette')
    .getByRole('group', { name: 'Customers' })
    .getByRole('option', { name: /Dana Okafor/ })
    .waitFor();
  await chosen('Command palette')
    .filter({ hasText: 'Dana Okafordana@customer.test · 3 tickets' })
    .waitFor();
  await press('Enter');
  await expect
    .poll(() => page.getByRole('listbox', { name: 'Tickets' }).getByRole('option').count())
    .toBe(3);
  await expect.poll(focused).toBe('tickets');
  await press('Control+k');
  await type('xqxqxq');
  await dialog('Command palette').getByText('Nothing by that name').waitFor();
  await press('Escape');
  await expect.poll(focused).toBe('tickets');
  expect(errors).toEqual([]);
});

test('in a text field plain keys are letters', async () => {
  const before = await onServer('Two-factor code never comes');
  await press('r');
  await expect.poll(focused).toBe('message');
  await press('Control+a');
  const keys = 'jkeaisplrnzoc/?';
  await type(keys);
  expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe(keys);
  expect(await page.getByRole('dialog').count()).toBe(0);
  await press('Escape');
  await expect.poll(focused).toBe('tickets');
  expect(await onServer('Two-factor code never comes')).toEqual(before);
});

test('? shows every shortcut; a key is changed there, clashes are named and swapped, and the new key works and is shown', async () => {
  await press('?');
  const sheet = dialog('Keyboard shortcuts');
  await sheet.getByText('Assign to someone').waitFor();
  for (const group of ['Moving', 'The ticket', 'Writing', 'Views', 'Staffdesk'])
    await sheet.getByRole('region', { name: group }).waitFor();
  // Edit has the focus.
  await press('Enter');
  const key = (command: string) =>
    sheet.getByRole('button', { name: new RegExp(`^Change the key of ${command},`) });
  await key('Set the priority').focus();
  await press('Enter', 'j');
  await sheet.getByText('J belongs to "Next ticket".').waitFor();
  await press('Escape');
  await sheet.getByText('J belongs to "Next ticket".').waitFor({ state: 'hidden' });
  await press('Enter', 'Control+c');
  await sheet.getByText('Ctrl+C is needed by the window itself').waitFor();
  await press('q');
  await expect.poll(() => key('Set the priority').textContent()).toBe('Q');
  await key('Add or remove a tag').focus();
  await press('Enter', 'a', 'Tab');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Swap');
  await press('Enter');
  await expect.poll(() => key('Assign to someone').textContent()).toBe('L');
  await press('Escape');
  await sheet.waitFor({ state: 'hidden' });

  await page.reload();
  await page
    .getByRole('status', { name: 'Sync' })
    .filter({ hasText: /^Live$/ })
    .waitFor();
  await openBySearch('factor', 'Two-factor code never comes');
  await field('Priority').waitFor();
  await press('p');
  await pick('q', 'Priority', 'hi', 'High');
  await expect.poll(() => field('Priority').inputValue()).toBe('high');
  await press('a');
  await dialog('Tags').waitFor();
  await press('Escape', '?');
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
  await press('Enter');
  await sheet.getByRole('button', { name: 'Reset all' }).focus();
  await press('Enter');
  await expect.poll(() => key('Set the priority').textContent()).toBe('P');
  await press('Escape');
  expect(errors).toEqual([]);
});

test('E closes and goes to the next; the closed one can be opened again by its key', async () => {
  const open = () =>
    page
      .getByRole('main')
      .getAttribute('aria-label')
      .then((label) => label ?? '');
  await run('gall', 'Go to All');
  await expect.poll(focused).toBe('tickets');
  await page.getByRole('option').first().waitFor();
  await press('End', 'Home');
  await field('Status').waitFor();
  await expect.poll(async () => subjects.includes(await open())).toBe(true);
  const first = await open();
  await press('e');
  await expect
    .poll(async () => subjects.filter((subject) => subject !== first).includes(await open()))
    .toBe(true);
  await expect.poll(() => onServer(first)).toMatchObject({ status: 'closed' });
  await press('k');
  await main(first).getByRole('button', { name: 'Reopen', exact: true }).waitFor();
  await press('Shift+E');
  await expect.poll(() => onServer(first)).toMatchObject({ status: 'open' });
  expect(errors).toEqual([]);
});
