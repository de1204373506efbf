import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { startShop, type Shop } from '../helpers/shop.ts';

let shop: Shop<'maya' | 'alex' | 'dana'>;
let desk: OpenDesk;
let page: Page;

beforeAll(async () => {
  shop = await startShop('maya', 'alex', 'dana');
  const { id: goneId } = await shop.api.person('staff', 'Alexa Gone', 'alexa@staffdesk.test');
  await shop.api.pool.query('update users set is_active = false where id = $1', [goneId]);
  const [alex, dana] = [shop.alex.call, shop.dana.call];
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

const chips = () => page.getByRole('group', { name: 'Also applies' }).getByRole('button');
const onServer = async (subject: string) => {
  const { rows } = await shop.api.pool.query(
    `select t.status, t.priority, t.tags, t.assignee_id, (select array_agg(m.message order by m.created_at, m.id) from support_messages m where m.ticket_id = t.id) as messages,
    (select m.mentions from support_messages m where m.ticket_id = t.id order by m.created_at desc limit 1) as mentions from support_tickets t where t.subject = $1`,
    [subject],
  );
  return rows[0];
};
async function goTo(subject: string): Promise<void> {
  const options = desk.tickets;
  await options.filter({ hasText: subject }).waitFor();
  const at = await options.evaluateAll(
    (all, wanted) => all.findIndex((one) => one.textContent.includes(wanted)),
    subject,
  );
  await desk.list.focus();
  await desk.press('Home', ...Array.from({ length: at }, () => 'ArrowDown'));
  await desk.thread(subject).waitFor();
}
/** The field of a reply or a note, from wherever plain keys are commands. */
async function beginWriting(key: 'r' | 'n'): Promise<void> {
  await desk.press(key);
  await page
    .getByRole('radio', { name: key === 'r' ? 'Reply' : 'Internal note', checked: true })
    .waitFor();
  await desk.focused(desk.composer);
}
/** The desk has the message; a frame later the composer has the focus again. */
async function isSent(): Promise<void> {
  await expect.poll(() => desk.composer.inputValue()).toBe('');
  await desk.isDrawn();
}

test('a macro is chosen by typing, its variables are filled, a chip is taken off, and reply and changes go out together', async () => {
  await goTo('Where is my money');
  await beginWriting('r');
  await desk.type('Dear Dana, /wit');
  const list = page.getByRole('listbox', { name: 'Macros' });
  await list.getByRole('option', { name: /Withdrawal: released/ }).waitFor();
  // Escape leaves what was typed; a new word opens the list anew.
  await desk.press('Escape');
  await expect.poll(() => list.count()).toBe(0);
  await desk.focused(desk.composer);
  expect(await desk.composer.inputValue()).toBe('Dear Dana, /wit');
  await desk.press(...Array.from({ length: 15 }, () => 'Backspace'));
  await desk.type('P.S. stays');
  await desk.press('Home');
  await desk.type('/rel');
  await list.getByRole('option', { name: /Withdrawal: released/ }).waitFor();
  await desk.press('Tab');
  await expect
    .poll(() => desk.composer.inputValue())
    .toBe('Hello Dana,\n\nabout "Where is my money": it is on its way.\n\nMayaP.S. stays');
  expect(
    await chips().evaluateAll((all) => all.map((one) => one.getAttribute('aria-label'))),
  ).toEqual([
    'Remove Status: Resolved',
    'Remove Priority: High',
    'Remove Assignee: Maya Ruiz',
    'Remove Add tag withdrawal',
  ]);
  await desk.press('Tab', 'ArrowRight', 'Delete');
  await expect.poll(() => chips().count()).toBe(3);
  await desk.focused(chips().nth(1));
  await desk.press('Shift+Tab', 'Shift+Tab');
  await desk.focused(desk.composer);

  // The draft with its chips outlives the window.
  await page.reload();
  await desk.showAll();
  await goTo('Where is my money');
  await expect.poll(() => chips().count()).toBe(3);
  await beginWriting('r');
  await desk.press('Control+Enter');
  await isSent();
  await expect.poll(() => desk.field('Status').inputValue()).toBe('resolved');

  // Undo brings text, chips and status back.
  await desk.list.focus();
  await desk.press('z');
  await expect.poll(() => desk.composer.inputValue()).toMatch(/^Hello Dana,/);
  await expect.poll(() => chips().count()).toBe(3);
  await expect.poll(() => desk.field('Status').inputValue()).toBe('open');
  await desk.press('Control+Enter');
  await isSent();
  await desk.conversation.getByRole('button', { name: 'Send now' }).press('Enter');
  await page.getByText('Reply sent').waitFor();
  expect(await onServer('Where is my money')).toMatchObject({
    status: 'resolved',
    priority: 'medium',
    tags: ['withdrawal'],
    messages: ['Three business days now.', expect.stringContaining('it is on its way.')],
  });
  expect(desk.errors).toEqual([]);
});

test('a variable without a value stops the send and is selected, so that the agent writes over it', async () => {
  await goTo('The next ticket');
  await beginWriting('r');
  await desk.type('/ship');
  await page.getByRole('listbox', { name: 'Macros' }).getByRole('option').first().waitFor();
  await desk.press('ArrowDown', 'Enter');
  await expect.poll(() => desk.composer.inputValue()).toBe('Your order {{order.number}} has left.');
  await page.getByRole('main').getByText('{{order.number}} has no value').waitFor();
  await desk.press('Control+Enter');
  await page.getByRole('alert').filter({ hasText: '{{order.number}} has no value' }).waitFor();
  await expect
    .poll(() =>
      desk.composer.evaluate(
        (area: HTMLTextAreaElement) => area.selectionEnd - area.selectionStart,
      ),
    )
    .toBe('{{order.number}}'.length);
  await desk.type('4711');
  await expect.poll(() => desk.composer.inputValue()).toBe('Your order 4711 has left.');
  expect((await onServer('The next ticket')).messages).toHaveLength(1);
  await desk.press('Control+a', 'Delete');
});

test('a note mentions a colleague who is there; in a reply @ is a letter; switching keeps both texts and carets', async () => {
  await goTo('The next ticket');
  await beginWriting('r');
  await desk.type('write to @al');
  // By now a list would be there.
  await page.getByText('Draft saved').waitFor();
  expect(await page.getByRole('listbox', { name: 'Colleagues' }).count()).toBe(0);
  await desk.press('ArrowLeft', 'ArrowLeft', 'Escape');
  await beginWriting('n');
  await desk.type('Ask @al');
  const list = page.getByRole('listbox', { name: 'Colleagues' });
  await list.getByRole('option', { name: /Alex Kim alex@staffdesk.test/ }).waitFor();
  expect(await list.getByRole('option').count()).toBe(1);
  await desk.press('Enter');
  await expect.poll(() => desk.composer.inputValue()).toBe('Ask @Alex Kim ');
  await desk.type('about this.');
  await expect.poll(() => desk.composer.inputValue()).toBe('Ask @Alex Kim about this.');
  await desk.press('Escape');
  await beginWriting('r');
  await expect.poll(() => desk.composer.inputValue()).toBe('write to @al');
  await expect
    .poll(() => desk.composer.evaluate((area: HTMLTextAreaElement) => area.selectionStart))
    .toBe(10);
  await desk.press('Escape');
  await beginWriting('n');
  await expect.poll(() => desk.composer.inputValue()).toBe('Ask @Alex Kim about this.');
  await desk.press('Control+Enter');
  const note = desk.conversation.getByRole('article', { name: /^Internal note/ });
  await note.getByText('@Alex Kim', { exact: true }).waitFor();
  await isSent();
  await expect
    .poll(() => onServer('The next ticket'))
    .toMatchObject({
      messages: ['It is about the account.', 'Ask @Alex Kim about this.'],
      mentions: [shop.alex.id],
    });
  expect(desk.errors).toEqual([]);
});

test('reply and close is one key and one undo; the menu beside Send reply offers to wait for the customer', async () => {
  await goTo('The next ticket');
  await beginWriting('r');
  await desk.press('Control+a');
  await desk.type('All done.');
  await desk.press('Control+Shift+Enter');
  await page
    .locator('.toast')
    .getByText(/^Sending in/)
    .waitFor();
  await desk.focused(desk.list);
  await desk.press('z');
  await desk.thread('The next ticket').waitFor();
  await expect.poll(() => desk.composer.inputValue()).toBe('All done.');
  await expect.poll(() => desk.field('Status').inputValue()).toBe('open');
  await desk.focused(desk.composer);
  expect((await onServer('The next ticket')).status).toBe('open');

  await page.getByRole('button', { name: 'More ways to send' }).focus();
  await desk.press('Enter');
  const items = page.getByRole('menu').getByRole('menuitem');
  await desk.focused(items.first());
  await desk.press('ArrowDown');
  await desk.focused(items.filter({ hasText: 'Send and snooze until they reply' }));
  await desk.press('Enter');
  // A frame after the desk has it.
  await desk.focused(desk.list);
  await page.getByRole('button', { name: 'Send now' }).first().press('Enter');
  await page.getByText('Snoozed until the customer replies').waitFor();
  await expect.poll(() => onServer('The next ticket')).toMatchObject({ status: 'in_progress' });
  await goTo('The next ticket');
  await beginWriting('r');
  await desk.type('Closing this.');
  await desk.press('Control+Shift+Enter');
  // A frame after the desk has it.
  await desk.focused(desk.list);
  await page.getByRole('button', { name: 'Send now' }).first().press('Enter');
  await expect.poll(async () => (await onServer('The next ticket')).status).toBe('closed');
  await goTo('The next ticket');
  await page.getByRole('button', { name: 'Reopen to reply' }).press('Enter');
  await desk.focused(desk.composer);
  expect(desk.errors).toEqual([]);
});
