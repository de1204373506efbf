import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, testPassword, type TestApi } from '../helpers/api.ts';
import { bridgeCall, launchBrowser, signIn } from '../helpers/browser.ts';
import { tempDir } from '../helpers/desk.ts';
import { startDeskProgram, type Running } from '../helpers/processes.ts';
import { startProxy } from '../helpers/proxy.ts';

let api: TestApi;
let network: Awaited<ReturnType<typeof startProxy>>;
let desk: Running;
let browser: Browser;
const home = tempDir();
beforeAll(async () => {
  api = await startApi({ perAddress: 1e9 });
  network = await startProxy(api.server);
  desk = await startDeskProgram(network.server, home.dir);
  browser = await launchBrowser('whole');
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
  await network.close();
  await api.close();
  home.remove();
});

test('a customer writes on the web, the agent is notified, notes and replies without a network, the customer reads the reply live and never the note, and sees the ticket closed without a reload', async () => {
  const dana = await api.person('customer', 'Dana Okafor');
  const maya = await api.person('staff', 'Maya Ruiz');

  const portal = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await portal.goto(`${api.server}/support`);
  await signIn(portal, dana.email, testPassword);

  const agentContext = await browser.newContext({ permissions: ['notifications'] });
  const agent = await agentContext.newPage();
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
  await agent.goto(desk.readyAt);
  await signIn(agent, maya.email, testPassword);
  const sync = agent.getByRole('status', { name: 'Sync' });
  await sync.getByText('Live').waitFor();
  // Long enough for a busy machine.
  await bridgeCall(agent, 'settings.set', { undo_seconds: 30 });

  // The customer opens a ticket and writes once more.
  await portal.getByRole('button', { name: 'New ticket' }).click();
  const dialog = portal.getByRole('dialog', { name: 'New ticket' });
  await dialog.getByRole('textbox', { name: 'Subject' }).fill('Withdrawal has not arrived');
  await dialog
    .getByRole('textbox', { name: 'Message' })
    .fill('It has been three business days now.');
  await dialog.getByRole('button', { name: 'Create ticket' }).click();
  await portal.getByRole('heading', { name: 'Withdrawal has not arrived' }).waitFor();
  await portal.getByRole('textbox', { name: 'Message' }).fill('My bank sees nothing either.');
  await portal.getByRole('textbox', { name: 'Message' }).press('Enter');
  await portal.getByRole('status').getByText('Message sent successfully').waitFor();

  // The agent hears of it and opens it.
  await expect
    .poll(() => agent.evaluate(() => (window as unknown as { raised: string[] }).raised.join('\n')))
    .toContain('My bank sees nothing either.');
  await agent.getByRole('button', { name: /^Unassigned/ }).click();
  await agent.getByRole('option', { name: /Withdrawal has not arrived/ }).click();
  const thread = agent.getByRole('log', { name: 'Conversation' });
  await thread.getByText('My bank sees nothing either.').waitFor();

  // Without a network: a note and a reply.
  network.set('down');
  await sync.getByText(/^Offline/).waitFor();
  const write = async (kind: 'Reply' | 'Internal note', text: string): Promise<void> => {
    await agent
      .getByRole('radiogroup', { name: 'Message type' })
      .getByRole('radio', { name: kind })
      .click();
    await agent.getByRole('textbox', { name: 'Message' }).fill(text);
    await agent.getByRole('button', { name: kind === 'Reply' ? 'Send reply' : 'Add note' }).click();
    await thread.getByText(text, { exact: true }).waitFor();
  };
  await write('Internal note', 'Barclays rejected it: do not tell before we know why.');
  await write('Reply', 'We have asked your bank and write again today.');
  await thread.getByRole('button', { name: 'Send now' }).click();
  await sync.getByText('Offline, 2 waiting').waitFor();

  // It comes back: the customer reads the reply without doing anything.
  network.set('up');
  const conversation = portal.getByRole('log', { name: 'Conversation' });
  await conversation
    .getByRole('article', { name: /^Support Team/ })
    .getByText('We have asked your bank and write again today.')
    .waitFor();
  await sync.getByText('Live', { exact: true }).waitFor();
  expect(await portal.content()).not.toContain('Barclays');
  const { rows } = await api.pool.query<{ message: string; is_internal: boolean }>(
    'select message, is_internal from support_messages where staff_id = $1 order by created_at',
    [maya.id],
  );
  expect(rows).toEqual([
    { message: 'Barclays rejected it: do not tell before we know why.', is_internal: true },
    { message: 'We have asked your bank and write again today.', is_internal: false },
  ]);

  // The agent closes, the customer's page shows it as it stands.
  await agent
    .getByRole('main', { name: 'Withdrawal has not arrived' })
    .getByRole('button', { name: 'Close', exact: true })
    .click();
  await portal.getByText('This ticket is closed', { exact: true }).waitFor();
  expect(await portal.getByRole('textbox', { name: 'Message' }).isDisabled()).toBe(true);
});
