import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Call } from '../helpers/api.ts';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { openTicketAbout, startShop, type Shop } from '../helpers/shop.ts';

let shop: Shop<'maya' | 'alex' | 'dana'>;
let dana: Call;
let alex: Call;
let desk: OpenDesk;
let page: Page;

beforeAll(async () => {
  shop = await startShop('maya', 'alex', 'dana');
  dana = shop.dana.call;
  alex = shop.alex.call;
  desk = await openDesk(shop.api.server);
  ({ page } = desk);
  await desk.show();
  await desk.signIn(shop.maya);
  await desk.showAll();
  // Long enough for a busy machine.
  await desk.set({ undo_seconds: 30 });
});
afterAll(async () => {
  await desk.close();
  await shop.close();
});
/** Offline an undo window has no end that the agent can bring about. */
async function replyAtOnce(text: string): Promise<void> {
  await desk.set({ undo_seconds: 0 });
  await desk.reply(text);
  await desk.set({ undo_seconds: 30 });
}

beforeEach(() => {
  desk.errors.length = 0;
});

/** A new ticket of the customer, open on the screen. Returns its id. */
async function openNewTicket(subject: string): Promise<string> {
  const id = await openTicketAbout(dana, subject);
  await desk.openTicket(subject);
  return id;
}
/** Out of every text field, where plain keys are commands. */
const leaveText = () => desk.list.focus();
const messages = async (ticketId: string): Promise<string[]> =>
  (await alex('GET', `/support/tickets/${ticketId}/messages`)).body.messages.map(
    (m: { message: string }) => m.message,
  );
const ticketField = async (ticketId: string, field: string): Promise<string> =>
  (await alex('GET', `/support/tickets/${ticketId}`)).body.ticket[field];

async function setUndoWindow(choice: string): Promise<void> {
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = desk.dialog('Settings');
  await settings.getByRole('tab', { name: 'Undo send' }).click();
  await settings.getByRole('radio', { name: choice, exact: true }).check();
  await settings.getByRole('button', { name: 'Done' }).click();
  await settings.waitFor({ state: 'detached' });
}

test('a held reply comes back with Z, with its text and the caret at its end, and Send now lets one go', async () => {
  const id = await openNewTicket('Undo send');
  await desk.reply('We will look at it.');
  await page
    .locator('.toast')
    .getByText(/^Sending in \d+ s$/)
    .waitFor();
  await desk.conversation.getByText(/^Sending in \d+ s$/).waitFor();
  // Where something is written it is a letter.
  await desk.composer.press('a');
  await desk.composer.press('z');
  expect(await desk.composer.inputValue()).toBe('az');
  await desk.composer.fill('');
  await leaveText();
  await page.keyboard.press('z');
  await expect.poll(() => desk.composer.inputValue()).toBe('We will look at it.');
  await desk.focused(desk.composer);
  expect(
    await desk.composer.evaluate((area: HTMLTextAreaElement) => [
      area.selectionStart,
      area.selectionEnd,
    ]),
  ).toEqual([19, 19]);
  await expect.poll(() => desk.conversation.getByText('We will look at it.').count()).toBe(0);

  await page.getByRole('button', { name: 'Send reply' }).click();
  await desk.sendNow();
  await expect.poll(() => messages(id)).toEqual(['About: Undo send', 'We will look at it.']);
  await desk.conversation.getByRole('button', { name: /^Sent/ }).click();
  await desk.dialog('How this was sent').getByText('Delivered once').waitFor();
  await page.keyboard.press('Escape');
  expect(desk.errors).toEqual([]);
});

test('a reply that waited offline stops where the customer wrote meanwhile, and goes when the agent says so', async () => {
  const id = await openNewTicket('Stale reply');
  await desk.goOffline();
  await replyAtOnce('Have you tried it again?');
  await desk.conversation.getByText("Sends when you're back online").waitFor();
  await dana('POST', `/support/tickets/${id}/messages`, { message: 'It works now, thank you.' });
  await desk.goOnline();
  const stale = desk.notSent('New messages arrived before this was sent');
  await stale.getByText('It works now, thank you.').waitFor();
  expect(await messages(id)).toEqual(['About: Stale reply', 'It works now, thank you.']);
  await leaveText();
  await page.keyboard.press('g');
  await expect
    .poll(() => messages(id))
    .toEqual(['About: Stale reply', 'It works now, thank you.', 'Have you tried it again?']);
  await expect.poll(() => stale.count()).toBe(0);
  expect(desk.errors.filter((error) => !error.includes('ERR_'))).toEqual([]);
});

test('a field that two agents changed is one card with base, mine and theirs; T takes theirs and keeps the focus in the window', async () => {
  const id = await openNewTicket('Conflict');
  await desk.goOffline();
  await page.getByRole('combobox', { name: 'Priority' }).selectOption('urgent');
  await alex('PATCH', `/support/tickets/${id}`, { priority: 'low', base: { priority: 'medium' } });
  await desk.goOnline();
  const conflict = desk.notSent('Someone else also changed this ticket');
  await conflict.waitFor();
  await expect
    .poll(() => conflict.getByRole('row', { name: /Priority/ }).textContent())
    .toBe('PriorityMediumUrgentLow');
  await conflict.getByRole('button', { name: 'Use theirs' }).focus();
  await page.keyboard.press('t');
  await expect.poll(() => conflict.count()).toBe(0);
  await desk.focused(desk.list);
  await expect
    .poll(() => page.getByRole('combobox', { name: 'Priority' }).inputValue())
    .toBe('low');
  expect(await ticketField(id, 'priority')).toBe('low');
});

test('M sends mine over theirs', async () => {
  const id = await openNewTicket('Conflict for mine');
  await desk.goOffline();
  await page.getByRole('combobox', { name: 'Priority' }).selectOption('high');
  await alex('PATCH', `/support/tickets/${id}`, { priority: 'low', base: { priority: 'medium' } });
  await desk.goOnline();
  await desk.notSent('Someone else also changed this ticket').waitFor();
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
  await page.getByText('Ticket reopened').waitFor();
  await expect.poll(() => ticketField(id, 'status')).toBe('open');
  await expect.poll(() => desk.field('Status').inputValue()).toBe('open');
});

test('an undo that someone else has overtaken is refused with both values', async () => {
  const id = await openNewTicket('Undo refused');
  await page.getByRole('combobox', { name: 'Priority' }).selectOption('low');
  await page.getByText('Set to Low priority').waitFor();
  await expect.poll(() => ticketField(id, 'priority')).toBe('low');
  await expect.poll(() => desk.sync.textContent()).toBe('Live');
  await alex('PATCH', `/support/tickets/${id}`, { priority: 'urgent', base: { priority: 'low' } });
  await leaveText();
  await page.keyboard.press('z');
  await desk.notSent('Someone else also changed this ticket').waitFor();
  expect(await ticketField(id, 'priority')).toBe('urgent');
  await page.keyboard.press('t');
  await expect.poll(() => desk.notSent('Someone else also changed this ticket').count()).toBe(0);
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
  await desk.goOffline();
  await replyAtOnce('We are on it.');
  expect((await alex('POST', `/support/tickets/${id}/merge`, { into })).status).toBe(200);
  await desk.goOnline();
  // The ticket has left the list; what was meant for it waits in the outbox.
  await page.getByRole('button', { name: 'Open Outbox' }).click();
  await desk.outbox
    .getByRole('group', { name: 'Not sent: This ticket was merged' })
    .getByRole('button', { name: 'Post to "Where it goes on"' })
    .click();
  await expect.poll(() => messages(into)).toContain('We are on it.');
  expect((await messages(into)).filter((text) => text === 'We are on it.')).toHaveLength(1);
  await page.keyboard.press('Escape');
});

test('a reply to a ticket that was closed meanwhile is offered with reopening, and both arrive', async () => {
  const id = await openNewTicket('Closed meanwhile');
  await desk.goOffline();
  await replyAtOnce('One more question.');
  await alex('POST', `/support/tickets/${id}/close`, {});
  await desk.goOnline();
  await desk
    .notSent('The ticket was closed before this was sent')
    .getByRole('button', { name: 'Reopen and send' })
    .click();
  await desk.sendNow();
  await expect.poll(() => messages(id)).toEqual(['About: Closed meanwhile', 'One more question.']);
  expect(await ticketField(id, 'status')).not.toBe('closed');
});

test('the outbox says why each waits, is worked by keyboard, and its bin gives a discarded reply back', async () => {
  const id = await openNewTicket('Bin and back');
  await desk.goOffline();
  await replyAtOnce('Said too soon.');
  await page.getByRole('radio', { name: 'Internal note' }).click();
  await desk.composer.fill('And a note behind it.');
  await page.getByRole('button', { name: 'Add note' }).click();
  await desk.conversation.getByText('And a note behind it.').waitFor();
  await page.getByRole('button', { name: 'Open Outbox' }).click();
  const [first, second] = [
    desk.outbox.getByRole('article', { name: 'Reply: Bin and back' }),
    desk.outbox.getByRole('article', { name: 'Internal note: Bin and back' }),
  ];
  await first.getByText("Sends when you're back online").waitFor();
  await second.getByText('Sends after the change before it').waitFor();
  await desk.focused(first);
  await page.keyboard.press('j');
  await desk.focused(second);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Delete');
  await expect.poll(() => first.count()).toBe(0);
  await desk.focused(second);
  await page.keyboard.press('Delete');
  await desk.outbox.getByText('Nothing to send').waitFor();

  await desk.outbox.getByRole('tab', { name: 'Discarded' }).click();
  await desk.outbox
    .getByRole('article', { name: 'Reply: Bin and back' })
    .getByRole('button', { name: 'Restore' })
    .click();
  await expect.poll(() => desk.composer.inputValue()).toBe('Said too soon.');
  await desk.focused(desk.composer);
  await page.getByRole('radio', { name: 'Reply', checked: true }).waitFor();
  await desk.goOnline();
  expect(await messages(id)).toEqual(['About: Bin and back']);
});

test('an earlier version of a draft comes back, and the text that it replaces becomes one', async () => {
  await openNewTicket('Versions');
  await desk.reply('First thoughts.');
  await desk.conversation.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => desk.composer.inputValue()).toBe('First thoughts.');
  await desk.composer.fill('');
  await desk.composer.blur();
  await desk.composer.fill('Second thoughts.');
  await desk.composer.blur();
  await page.getByText('Draft saved').waitFor();
  const restore = async (text: string): Promise<void> => {
    await page.getByRole('button', { name: 'Earlier versions' }).click();
    await desk
      .dialog('Earlier versions')
      .getByRole('button', { name: new RegExp(text) })
      .first()
      .click();
    await expect.poll(() => desk.composer.inputValue()).toBe(text);
  };
  await restore('First thoughts.');
  await restore('Second thoughts.');
});

test('the sent journal shows one line for each message, and the undo window can be turned off', async () => {
  await setUndoWindow('Off');
  const before = await openNewTicket('Sent before');
  await desk.reply('The first of two.');
  await expect.poll(() => messages(before)).toEqual(['About: Sent before', 'The first of two.']);
  const id = await openNewTicket('Journal');
  await desk.reply('Straight away.');
  await expect.poll(() => messages(id)).toEqual(['About: Journal', 'Straight away.']);
  await expect.poll(() => desk.sync.textContent()).toBe('Live');
  await page.getByRole('button', { name: 'Open Outbox' }).click();
  await desk.outbox.getByRole('tab', { name: /^Sent/ }).click();
  const line = desk.outbox.getByRole('article', { name: 'Reply: Journal' });
  await line.getByText('Straight away.').waitFor();
  expect(await line.count()).toBe(1);
  expect(await desk.outbox.getByRole('article', { name: 'Reply: Sent before' }).count()).toBe(1);
  await line.getByRole('button', { name: /^Copy Key [0-9a-f-]{36}$/ }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => desk.outbox.count()).toBe(0);
});

test('what a quit left held is offered at the next start and goes only when the agent says so', async () => {
  await setUndoWindow('30 s');
  await desk.set({ held_at_quit: 'ask' });
  const id = await openNewTicket('Quit while held');
  await desk.reply('Held over the quit.');
  await desk.conversation.getByText(/^Sending in/).waitFor();
  desk = await desk.restart();
  ({ page } = desk);
  await desk.show();
  await page.getByText('1 reply was not sent before you quit').waitFor();
  await page.locator('.toasts').getByRole('button', { name: 'Open Outbox' }).click();
  await desk.outbox.getByText('Not sent: Staffdesk was closed. Send it now?').waitFor();
  await desk.outbox
    .getByRole('article', { name: 'Reply: Quit while held' })
    .getByRole('button', { name: 'Send now' })
    .click();
  // This test's desk keeps its token in memory, so it asks for the sign-in again.
  await desk.signInAgain();
  await expect.poll(() => messages(id)).toEqual(['About: Quit while held', 'Held over the quit.']);
});
