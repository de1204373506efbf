import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { visitPortal } from '../helpers/portal-page.ts';
import { startShop, type Shop } from '../helpers/shop.ts';

let shop: Shop<'dana' | 'maya'>;
let desk: OpenDesk;
beforeAll(async () => {
  shop = await startShop('dana', 'maya');
  desk = await openDesk(shop.api.server, {
    browser: 'whole',
    context: { permissions: ['notifications'] },
  });
});
afterAll(async () => {
  await desk.close();
  await shop.close();
});

test('a customer writes on the web, the agent is notified, notes and replies without a network, the customer reads the reply live and never the note, and sees the ticket closed without a reload', async () => {
  const portal = await visitPortal(desk.browser, `${shop.api.server}/support`, shop.dana);
  const { page: agent } = desk;
  await agent.addInitScript(() => {
    // Chromium's real Notification, watched.
    const raised: string[] = [];
    Object.assign(window, { raised });
    window.Notification = class extends Notification {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        raised.push(`${title}: ${options?.body ?? ''}`);
      }
    };
  });
  await desk.show();
  await desk.signIn(shop.maya);
  // Long enough for a busy machine.
  await desk.set({ undo_seconds: 30 });

  // The customer opens a ticket and writes once more.
  await portal.newTicket.click();
  const dialog = portal.newTicketDialog;
  await dialog.getByRole('textbox', { name: 'Subject' }).fill('Withdrawal has not arrived');
  await dialog
    .getByRole('textbox', { name: 'Message' })
    .fill('It has been three business days now.');
  await dialog.getByRole('button', { name: 'Create ticket' }).click();
  await portal.page.getByRole('heading', { name: 'Withdrawal has not arrived' }).waitFor();
  await portal.messageBox.fill('My bank sees nothing either.');
  await portal.messageBox.press('Enter');
  await portal.toast('Message sent successfully').waitFor();

  // The agent hears of it and opens it.
  await expect
    .poll(() => agent.evaluate(() => (window as unknown as { raised: string[] }).raised.join('\n')))
    .toContain('My bank sees nothing either.');
  await agent.getByRole('button', { name: /^Unassigned/ }).click();
  await desk.ticket('Withdrawal has not arrived').click();
  await desk.conversation.getByText('My bank sees nothing either.').waitFor();

  // Without a network: a note and a reply.
  desk.network.set('down');
  await desk.sync.getByText(/^Offline/).waitFor();
  await desk.write('Internal note', 'Barclays rejected it: do not tell before we know why.');
  await desk.write('Reply', 'We have asked your bank and write again today.');
  expect(await desk.conversation.getByRole('button', { name: 'Send now' }).count()).toBe(0);
  await desk.sync.getByText('Offline, 2 to send').waitFor();

  // It comes back: the customer reads the reply without doing anything.
  desk.network.set('up');
  await desk.sendNow();
  await portal.conversation
    .getByRole('article', { name: /^Support Team/ })
    .getByText('We have asked your bank and write again today.')
    .waitFor();
  await desk.sync.getByText('Live', { exact: true }).waitFor();
  expect(await portal.page.content()).not.toContain('Barclays');
  const { rows } = await shop.api.pool.query<{ message: string; is_internal: boolean }>(
    'select message, is_internal from support_messages where staff_id = $1 order by created_at',
    [shop.maya.id],
  );
  expect(rows).toEqual([
    { message: 'Barclays rejected it: do not tell before we know why.', is_internal: true },
    { message: 'We have asked your bank and write again today.', is_internal: false },
  ]);

  // The agent closes, the customer's page shows it as it stands.
  await desk
    .thread('Withdrawal has not arrived')
    .getByRole('button', { name: 'Close', exact: true })
    .click();
  await portal.page.getByText('This ticket is closed', { exact: true }).waitFor();
  expect(await portal.messageBox.isDisabled()).toBe(true);
});
