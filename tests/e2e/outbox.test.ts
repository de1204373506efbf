import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApi, type Call, type TestApi } from '../helpers/api.ts';
import { bridgeCall, launchBrowser, signIn, watchErrors } from '../helpers/browser.ts';
import { tempDir } from '../helpers/desk.ts';
import { addPerson } from '../helpers/people.ts';
import { startDeskProgram, type Running } from '../helpers/processes.ts';
import { startProxy } from '../helpers/proxy.ts';

const password = 'a long enough password';
let api: TestApi;
let network: Awaited<ReturnType<typeof startProxy>>;
let desk: Running;
let dana: Call;
let alex: Call;
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
  network = await startProxy(api.server);
  desk = await startDeskProgram(network.server, home.dir);
  browser = await launchBrowser();
  page = await browser.newPage();
  errors = watchErrors(page);
  await page.goto(desk.readyAt);
  await signIn(page, 'maya@staffdesk.test', password);
  await sync()
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
  await network.close();
  await api.close();
  home.remove();
});
beforeEach(() => {
  errors.length = 0;
});

const sync = () => page.getByRole('status', { name: 'Sync' });
const conversation = () => page.getByRole('log', { name: 'Conversation' });
const composer = () => page.getByRole('textbox', { name: 'Message' });
const card = (title: string) =>
  page.getByRole('main').getByRole('group', { name: `Needs you: ${title}` });
const outbox = () => page.getByRole('region', { name: 'Outbox' });
const status = () =>
  page.getByRole('complementary', { name: 'Details' }).getByRole('combobox', { name: 'Status' });

/** A new ticket of the customer, open on the screen. Answers its id. */
async function openNewTicket(subject: string): Promise<string> {
  const { body } = await dana('POST', '/support/tickets', {
    subject,
    category: 'account',
    message: `About: ${subject}`,
  });
  await page
    .getByRole('listbox', { name: 'Tickets' })
    .getByRole('option', { name: new RegExp(subject) })
    .click();
  await page.getByRole('main', { name: subject }).waitFor();
  return body.id;
}
async function reply(text: string): Promise<void> {
  await composer().fill(text);
  await page.getByRole('button', { name: 'Send reply' }).click();
  await conversation().getByText(text, { exact: true }).waitFor();
}
const sendNow = () => conversation().getByRole('button', { name: 'Send now' }).click();
/** Out of every text field, where plain keys are commands. */
const leaveText = () => page.getByRole('listbox', { name: 'Tickets' }).focus();
const messages = async (ticketId: string): Promise<string[]> =>
  (await alex('GET', `/support/tickets/${ticketId}/messages`)).body.messages.map(
    (m: { message: string }) => m.message,
  );
const ticketField = async (ticketId: string, field: string): Promise<string> =>
  (await alex('GET', `/support/tickets/${ticketId}`)).body.ticket[field];

async function offline(): Promise<void> {
  network.set('down');
  await expect.poll(() => sync().textContent()).toMatch(/^Offline/);
}
async function online(): Promise<void> {
  network.set('up');
  await page.evaluate(() => {
    window.dispatchEvent(new Event('online'));
  });
  await expect.poll(() => sync().textContent()).toMatch(/^Live/);
}
async function setUndoWindow(choice: string): Promise<void> {
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('tab', { name: 'Undo send' }).click();
  await settings.getByRole('radio', { name: choice, exact: true }).check();
  await settings.getByRole('button', { name: 'Done' }).click();
}
async function focused(on: Locator): Promise<void> {
  await expect.poll(() => on.evaluate((element) => element === document.activeElement)).toBe(true);
}

test('a held reply comes back with Z, with its text and the caret at its end, and Send now lets one go', async () => {
  const id = await openNewTicket('Undo send');
  await reply('We will look at it.');
  await page.getByText(/^Reply held, goes in \d+ s$/).waitFor();
  await conversation()
    .getByText(/^Held, goes in \d+ s$/)
    .waitFor();
  // Where something is written it is a letter.
  await composer().press('a');
  await composer().press('z');
  expect(await composer().inputValue()).toBe('az');
  await composer().fill('');
  await leaveText();
  await page.keyboard.press('z');
  await expect.poll(() => composer().inputValue()).toBe('We will look at it.');
  await focused(composer());
  expect(
    await composer().evaluate((area: HTMLTextAreaElement) => [
      area.selectionStart,
      area.selectionEnd,
    ]),
  ).toEqual([19, 19]);
  expect(await conversation().getByText('We will look at it.').count()).toBe(0);

  await page.getByRole('button', { name: 'Send reply' }).click();
  await sendNow();
  await expect.poll(() => messages(id)).toEqual(['About: Undo send', 'We will look at it.']);
  await conversation().getByRole('button', { name: /^Sent/ }).click();
  await page
    .getByRole('dialog', { name: 'How this was sent' })
    .getByText('Went out once')
    .waitFor();
  await page.keyboard.press('Escape');
  expect(errors).toEqual([]);
});

test('a reply that waited offline stops where the customer wrote meanwhile, and goes when the agent says so', async () => {
  const id = await openNewTicket('Stale reply');
  await offline();
  await reply('Have you tried it again?');
  await sendNow();
  await conversation().getByText('Queued, goes out when you are online').waitFor();
  await dana('POST', `/support/tickets/${id}/messages`, { message: 'It works now, thank you.' });
  await online();
  const stale = card('Something new was written');
  await stale.getByText('It works now, thank you.').waitFor();
  expect(await messages(id)).toEqual(['About: Stale reply', 'It works now, thank you.']);
  await leaveText();
  await page.keyboard.press('g');
  await expect
    .poll(() => messages(id))
    .toEqual(['About: Stale reply', 'It works now, thank you.', 'Have you tried it again?']);
  await expect.poll(() => stale.count()).toBe(0);
  expect(errors.filter((error) => !error.includes('ERR_'))).toEqual([]);
});

test('a field that two agents changed is one card with base, mine and theirs; T takes theirs and keeps the focus in the window', async () => {
  const id = await openNewTicket('Conflict');
  await offline();
  await page.getByRole('combobox', { name: 'Priority' }).selectOption('urgent');
  await alex('PATCH', `/support/tickets/${id}`, { priority: 'low', base: { priority: 'medium' } });
  await online();
  const conflict = card('Someone else changed this too');
  await conflict.waitFor();
  expect(await conflict.getByRole('row', { name: /Priority/ }).textContent()).toBe(
    'PriorityMediumUrgentLow',
  );
  await conflict.getByRole('button', { name: 'Use theirs' }).focus();
  await page.keyboard.press('t');
  await expect.poll(() => conflict.count()).toBe(0);
  await focused(page.getByRole('listbox', { name: 'Tickets' }));
  expect(await page.getByRole('combobox', { name: 'Priority' }).inputValue()).toBe('low');
  expect(await ticketField(id, 'priority')).toBe('low');
});

test('M sends mine over theirs', async () => {
  const id = await openNewTicket('Conflict for mine');
  await offline();
  await page.getByRole('combobox', { name: 'Priority' }).selectOption('high');
  await alex('PATCH', `/support/tickets/${id}`, { priority: 'low', base: { priority: 'medium' } });
  await online();
  await card('Someone else changed this too').waitFor();
  await leaveText();
  await page.keyboard.press('m');
  await expect.poll(() => ticketField(id, 'priority')).toBe('high');
});

test('closing is taken back with Z, also where the server has it already', async () => {
  const id = await openNewTicket('Undo close');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByText('Ticket closed', { exact: true }).waitFor();
  await expect.poll(() => ticketField(id, 'status')).toBe('closed');
  await leaveText();
  await page.keyboard.press('z');
  await page.getByText('Undone: Ticket closed').waitFor();
  await expect.poll(() => ticketField(id, 'status')).toBe('open');
  await expect.poll(() => status().inputValue()).toBe('open');
});

test('an undo that someone else has overtaken is refused with both values', async () => {
  const id = await openNewTicket('Undo refused');
  await page.getByRole('combobox', { name: 'Priority' }).selectOption('low');
  await page.getByText('Priority set to Low').waitFor();
  await expect.poll(() => ticketField(id, 'priority')).toBe('low');
  await expect.poll(() => sync().textContent()).toBe('Live');
  await alex('PATCH', `/support/tickets/${id}`, { priority: 'urgent', base: { priority: 'low' } });
  await leaveText();
  await page.keyboard.press('z');
  await card('Someone else changed this too').waitFor();
  expect(await ticketField(id, 'priority')).toBe('urgent');
  await page.keyboard.press('t');
  await expect.poll(() => card('Someone else changed this too').count()).toBe(0);
});

test('a reply to a ticket that was merged away is offered to the one that took over', async () => {
  const into = (
    await dana('POST', '/support/tickets', {
      subject: 'Where it goes on',
      category: 'account',
      message: 'The same again.',
    })
  ).body.id;
  const id = await openNewTicket('Merged away');
  await offline();
  await reply('We are on it.');
  await sendNow();
  expect((await alex('POST', `/support/tickets/${id}/merge`, { into })).status).toBe(200);
  await online();
  // The ticket has left the list; what was meant for it waits in the outbox.
  await page.getByRole('button', { name: 'Open Outbox' }).click();
  await outbox()
    .getByRole('group', { name: 'Needs you: The ticket was merged' })
    .getByRole('button', { name: 'Post to "Where it goes on"' })
    .click();
  await expect.poll(() => messages(into)).toContain('We are on it.');
  expect((await messages(into)).filter((text) => text === 'We are on it.')).toHaveLength(1);
  await page.keyboard.press('Escape');
});

test('a reply to a ticket that was closed meanwhile is offered with reopening, and both arrive', async () => {
  const id = await openNewTicket('Closed meanwhile');
  await offline();
  await reply('One more question.');
  await sendNow();
  await alex('POST', `/support/tickets/${id}/close`, {});
  await online();
  await card('The ticket was closed before this went out')
    .getByRole('button', { name: 'Reopen and send' })
    .click();
  await sendNow();
  await expect.poll(() => messages(id)).toEqual(['About: Closed meanwhile', 'One more question.']);
  expect(await ticketField(id, 'status')).not.toBe('closed');
});

test('the outbox says why each waits, is worked by keyboard, and its bin gives a discarded reply back', async () => {
  const id = await openNewTicket('Bin and back');
  await offline();
  await reply('Said too soon.');
  await sendNow();
  await page.getByRole('radio', { name: 'Internal note' }).click();
  await composer().fill('And a note behind it.');
  await page.getByRole('button', { name: 'Add note' }).click();
  await conversation().getByText('And a note behind it.').waitFor();
  await page.getByRole('button', { name: 'Open Outbox' }).click();
  const [first, second] = [
    outbox().getByRole('article', { name: 'Reply: Bin and back' }),
    outbox().getByRole('article', { name: 'Internal note: Bin and back' }),
  ];
  await first.getByText('Offline, goes out by itself').waitFor();
  await second.getByText('Waits behind an earlier one of this ticket').waitFor();
  await focused(first);
  await page.keyboard.press('j');
  await focused(second);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Delete');
  await expect.poll(() => first.count()).toBe(0);
  await focused(second);
  await page.keyboard.press('Delete');
  await outbox().getByText('Everything has been sent').waitFor();

  await outbox().getByRole('tab', { name: 'Bin' }).click();
  await outbox()
    .getByRole('article', { name: 'Reply: Bin and back' })
    .getByRole('button', { name: 'Restore' })
    .click();
  await expect.poll(() => composer().inputValue()).toBe('Said too soon.');
  await focused(composer());
  expect(await page.getByRole('radio', { name: 'Reply' }).getAttribute('aria-checked')).toBe(
    'true',
  );
  await online();
  expect(await messages(id)).toEqual(['About: Bin and back']);
});

test('an earlier version of a draft comes back, and the text that it replaces becomes one', async () => {
  await openNewTicket('Versions');
  await reply('First thoughts.');
  await conversation().getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => composer().inputValue()).toBe('First thoughts.');
  await composer().fill('');
  await composer().blur();
  await composer().fill('Second thoughts.');
  await composer().blur();
  await page.getByText('Draft saved').waitFor();
  const restore = async (text: string): Promise<void> => {
    await page.getByRole('button', { name: 'Earlier versions' }).click();
    await page
      .getByRole('dialog', { name: 'Earlier versions' })
      .getByRole('button', { name: new RegExp(text) })
      .first()
      .click();
    await expect.poll(() => composer().inputValue()).toBe(text);
  };
  await restore('First thoughts.');
  await restore('Second thoughts.');
});

test('the sent journal shows one line for each message, and the undo window can be turned off', async () => {
  await setUndoWindow('Off');
  const id = await openNewTicket('Journal');
  await reply('Straight away.');
  await expect.poll(() => messages(id)).toEqual(['About: Journal', 'Straight away.']);
  await expect.poll(() => sync().textContent()).toBe('Live');
  await page.getByRole('button', { name: 'Open Outbox' }).click();
  await outbox().getByRole('tab', { name: 'Sent' }).click();
  const line = outbox().getByRole('article', { name: 'Reply: Journal' });
  await line.getByText('Straight away.').waitFor();
  expect(await line.count()).toBe(1);
  expect(await outbox().getByRole('article', { name: 'Reply: Stale reply' }).count()).toBe(1);
  await line.getByRole('button', { name: /^Copy Key [0-9a-f-]{36}$/ }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => outbox().count()).toBe(0);
});

test('what a quit left held is offered at the next start and goes only when the agent says so', async () => {
  await setUndoWindow('30 s');
  await bridgeCall(page, 'settings.set', { held_at_quit: 'ask' });
  const id = await openNewTicket('Quit while held');
  await reply('Held over the quit.');
  await conversation()
    .getByText(/^Held, goes in/)
    .waitFor();
  await page.close();
  await desk.stop();
  desk = await startDeskProgram(network.server, home.dir);
  page = await browser.newPage();
  await page.goto(desk.readyAt);
  await page.getByText('1 reply was held when Staffdesk was closed').waitFor();
  await page.locator('.toasts').getByRole('button', { name: 'Open Outbox' }).click();
  await outbox().getByText('Held since Staffdesk was closed, goes when you say so').waitFor();
  await outbox()
    .getByRole('article', { name: 'Reply: Quit while held' })
    .getByRole('button', { name: 'Send now' })
    .click();
  // This test's desk keeps its token in memory, so it asks for the sign-in again.
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.locator('form').getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect.poll(() => messages(id)).toEqual(['About: Quit while held', 'Held over the quit.']);
});
