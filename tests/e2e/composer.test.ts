import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type Call, type TestApi } from '../helpers/api.ts';
import { bridgeCall, launchBrowser, signIn, watchErrors } from '../helpers/browser.ts';
import { tempDir } from '../helpers/desk.ts';
import { addPerson } from '../helpers/people.ts';
import { startDeskProgram, type Running } from '../helpers/processes.ts';

const password = 'a long enough password';
let api: TestApi;
let desk: Running;
let dana: Call;
let alex: Call;
let alexId: string;
let browser: Browser;
let page: Page;
let errors: string[];
const home = tempDir();

beforeAll(async () => {
  api = await startApi({ perAddress: 1e9 });
  await addPerson(api.pool, {
    email: 'maya@staffdesk.test',
    name: 'Maya Ruiz',
    role: 'staff',
    password,
  });
  alexId = (
    await addPerson(api.pool, {
      email: 'alex@staffdesk.test',
      name: 'Alex Kim',
      role: 'staff',
      password,
    })
  ).id;
  await addPerson(api.pool, {
    email: 'dana@customer.test',
    name: 'Dana Okafor',
    role: 'customer',
    password,
  });
  const gone = await addPerson(api.pool, {
    email: 'alexa@staffdesk.test',
    name: 'Alexa Gone',
    role: 'staff',
    password,
  });
  await api.pool.query('update users set is_active = false where id = $1', [gone.id]);
  dana = await api.as('dana@customer.test');
  alex = await api.as('alex@staffdesk.test');
  await alex('POST', '/support/macros', {
    name: 'Withdrawal: released',
    text: 'Hello {{requester.first_name|there}},\n\nabout "{{ticket.subject}}": it is on its way.\n\n{{agent.first_name}}',
    actions: {
      status: 'resolved',
      priority: 'high',
      assignee: 'me',
      tags: { add: ['withdrawal'], remove: [] },
    },
  });
  await alex('POST', '/support/macros', {
    name: 'Order: shipped',
    text: 'Your order {{order.number}} has left.',
    actions: {},
  });
  await dana('POST', '/support/tickets', {
    subject: 'Where is my money',
    category: 'funding',
    message: 'Three business days now.',
  });
  await dana('POST', '/support/tickets', {
    subject: 'The next ticket',
    category: 'account',
    message: 'It is about the account.',
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
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: /^All ?[\d,]*$/ })
    .click();
  // Long enough for a busy machine.
  await bridgeCall(page, 'settings.set', { undo_seconds: 30 });
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
  await api.close();
  home.remove();
});

const conversation = () => page.getByRole('log', { name: 'Conversation' });
const composer = () => page.getByRole('textbox', { name: 'Message' });
const chips = () => page.getByRole('group', { name: 'Goes with it' }).getByRole('button');
const status = () =>
  page.getByRole('complementary', { name: 'Details' }).getByRole('combobox', { name: 'Status' });
const press = (...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
const type = (text: string) => page.keyboard.type(text);
const onServer = async (subject: string) => {
  const { rows } = await api.pool.query(
    `select t.status, t.priority, t.tags, t.assignee_id, (select array_agg(m.message order by m.created_at, m.id) from support_messages m where m.ticket_id = t.id) as messages,
    (select m.mentions from support_messages m where m.ticket_id = t.id order by m.created_at desc limit 1) as mentions from support_tickets t where t.subject = $1`,
    [subject],
  );
  return rows[0];
};
async function focused(on: Locator): Promise<void> {
  await expect.poll(() => on.evaluate((element) => element === document.activeElement)).toBe(true);
}
async function goTo(subject: string): Promise<void> {
  const options = page.getByRole('listbox', { name: 'Tickets' }).getByRole('option');
  await options.filter({ hasText: subject }).waitFor();
  const at = await options.evaluateAll(
    (all, wanted) => all.findIndex((one) => one.textContent.includes(wanted)),
    subject,
  );
  await page.getByRole('listbox', { name: 'Tickets' }).focus();
  await press('Home', ...Array.from({ length: at }, () => 'ArrowDown'));
  await page.getByRole('main', { name: subject }).waitFor();
}

test('a macro is chosen by typing, its variables are filled, a chip is taken off, and reply and changes go out together', async () => {
  await goTo('Where is my money');
  await press('r');
  await focused(composer());
  await type('Dear Dana, /wit');
  const list = page.getByRole('listbox', { name: 'Macros' });
  await list.getByRole('option', { name: /Withdrawal: released/ }).waitFor();
  // Escape leaves what was typed; a new word opens the list anew.
  await press('Escape');
  await expect.poll(() => list.count()).toBe(0);
  await focused(composer());
  expect(await composer().inputValue()).toBe('Dear Dana, /wit');
  await press(...Array.from({ length: 15 }, () => 'Backspace'));
  await type('P.S. stays');
  await press('Home');
  await type('/rel');
  await press('Tab');
  await expect
    .poll(() => composer().inputValue())
    .toBe('Hello Dana,\n\nabout "Where is my money": it is on its way.\n\nMayaP.S. stays');
  expect(
    await chips().evaluateAll((all) => all.map((one) => one.getAttribute('aria-label'))),
  ).toEqual([
    'Take off: Status: Resolved',
    'Take off: Priority: High',
    'Take off: Assignee: Maya Ruiz',
    'Take off: Add tag withdrawal',
  ]);
  await press('Tab', 'ArrowRight', 'Delete');
  await expect.poll(() => chips().count()).toBe(3);
  await focused(chips().nth(1));
  await press('Shift+Tab', 'Shift+Tab');
  await focused(composer());

  // The draft with its chips outlives the window.
  await page.reload();
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: /^All ?[\d,]*$/ })
    .click();
  await goTo('Where is my money');
  await expect.poll(() => chips().count()).toBe(3);
  await press('r');
  await focused(composer());
  await press('Control+Enter');
  await conversation()
    .getByText(/^Held, goes in/)
    .waitFor();
  await expect.poll(() => status().inputValue()).toBe('resolved');

  // Undo brings text, chips and status back.
  await page.getByRole('listbox', { name: 'Tickets' }).focus();
  await press('z');
  await expect.poll(() => composer().inputValue()).toMatch(/^Hello Dana,/);
  await expect.poll(() => chips().count()).toBe(3);
  await expect.poll(() => status().inputValue()).toBe('open');
  await press('Control+Enter');
  await conversation().getByRole('button', { name: 'Send now' }).press('Enter');
  await page.getByText('Reply sent').waitFor();
  expect(await onServer('Where is my money')).toMatchObject({
    status: 'resolved',
    priority: 'medium',
    tags: ['withdrawal'],
    messages: ['Three business days now.', expect.stringContaining('it is on its way.')],
  });
  expect(errors).toEqual([]);
});

test('a variable without a value stops the send and is selected, so that the agent writes over it', async () => {
  await goTo('The next ticket');
  await press('r');
  await type('/ship');
  await press('ArrowDown', 'Enter');
  await expect.poll(() => composer().inputValue()).toBe('Your order {{order.number}} has left.');
  await page.getByRole('main').getByText('{{order.number}} has no value').waitFor();
  await press('Control+Enter');
  await page.getByRole('alert').filter({ hasText: '{{order.number}} has no value' }).waitFor();
  await expect
    .poll(() =>
      composer().evaluate((area: HTMLTextAreaElement) => area.selectionEnd - area.selectionStart),
    )
    .toBe('{{order.number}}'.length);
  await type('4711');
  expect(await composer().inputValue()).toBe('Your order 4711 has left.');
  expect((await onServer('The next ticket')).messages).toHaveLength(1);
  await press('Control+a', 'Delete');
});

test('a note mentions a colleague who is there; in a reply @ is a letter; switching keeps both texts and carets', async () => {
  await goTo('The next ticket');
  await press('r');
  await focused(composer());
  await type('write to @al');
  expect(await page.getByRole('listbox', { name: 'Colleagues' }).count()).toBe(0);
  await press('ArrowLeft', 'ArrowLeft', 'Escape', 'n');
  await focused(composer());
  await type('Ask @al');
  const list = page.getByRole('listbox', { name: 'Colleagues' });
  await list.getByRole('option', { name: /Alex Kim alex@staffdesk.test/ }).waitFor();
  expect(await list.getByRole('option').count()).toBe(1);
  await press('Enter');
  await type('about this.');
  expect(await composer().inputValue()).toBe('Ask @Alex Kim about this.');
  await press('Escape', 'r');
  await expect.poll(() => composer().inputValue()).toBe('write to @al');
  await expect
    .poll(() => composer().evaluate((area: HTMLTextAreaElement) => area.selectionStart))
    .toBe(10);
  await press('Escape', 'n');
  await press('Control+Enter');
  const note = conversation().getByRole('article', { name: /^Internal note/ });
  await note.getByText('@Alex Kim', { exact: true }).waitFor();
  await expect
    .poll(() => onServer('The next ticket'))
    .toMatchObject({
      messages: ['It is about the account.', 'Ask @Alex Kim about this.'],
      mentions: [alexId],
    });
  expect(errors).toEqual([]);
});

test('reply and close is one key and one undo; the menu beside Send reply offers to wait for the customer', async () => {
  await goTo('The next ticket');
  await press('r');
  await press('Control+a');
  await type('All done.');
  await press('Control+Shift+Enter');
  await page.getByText(/^Reply held, goes in/).waitFor();
  await focused(page.getByRole('listbox', { name: 'Tickets' }));
  await press('z');
  await page.getByRole('main', { name: 'The next ticket' }).waitFor();
  await expect.poll(() => composer().inputValue()).toBe('All done.');
  await expect.poll(() => status().inputValue()).toBe('open');
  await focused(composer());
  expect((await onServer('The next ticket')).status).toBe('open');

  await page.getByRole('button', { name: 'More ways to send' }).focus();
  await press('Enter', 'ArrowDown');
  await focused(page.getByRole('menuitem', { name: 'Reply and wait for the customer' }));
  await press('Enter');
  await page.getByRole('button', { name: 'Send now' }).first().press('Enter');
  await page.getByText('Snoozed until the customer writes').waitFor();
  await expect.poll(() => onServer('The next ticket')).toMatchObject({ status: 'in_progress' });
  await goTo('The next ticket');
  await press('r');
  await focused(composer());
  await type('Closing this.');
  await press('Control+Shift+Enter');
  await page.getByRole('button', { name: 'Send now' }).first().press('Enter');
  await expect.poll(async () => (await onServer('The next ticket')).status).toBe('closed');
  await goTo('The next ticket');
  await page.getByRole('button', { name: 'Reopen to reply' }).press('Enter');
  await focused(composer());
  expect(errors).toEqual([]);
});
