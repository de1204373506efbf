import { afterAll, beforeAll, expect, test } from 'vitest';
import { deskWindow } from '../helpers/desk-window.ts';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { anotherWindow } from '../helpers/processes.ts';
import { openTicketAbout, startShopProgram, type ShopProgram } from '../helpers/shop.ts';

let shop: ShopProgram<'maya' | 'dana'>;
let desk: OpenDesk;

beforeAll(async () => {
  shop = await startShopProgram('maya', 'dana');
  for (const subject of [
    'Withdrawal has not arrived',
    'Two-factor code never comes',
    'Statement is empty',
  ])
    await openTicketAbout(shop.dana.call, subject);
  desk = await openDesk(shop.server, { browser: 'whole' });
});
afterAll(async () => {
  await desk.close();
  await shop.close();
});

async function reply(text: string): Promise<void> {
  await desk.write('Reply', text);
  // A reply is held for its undo window first.
  await desk.sendNow();
}
/** Without the server an undo window has no end that the agent can bring about. */
async function replyOffline(text: string): Promise<void> {
  await desk.set({ undo_seconds: 0 });
  await desk.write('Reply', text);
}
/** Every message of a ticket as the database has it, in order. */
async function onServer(subject: string): Promise<string[]> {
  const found = await shop.pool.query(
    'select m.message from support_messages m join support_tickets t on t.id = m.ticket_id where t.subject = $1 order by m.created_at, m.id',
    [subject],
  );
  return found.rows.map((row: { message: string }) => row.message);
}

test('an agent works online, then offline through a restart, and each message arrives exactly once and in order', async () => {
  let { page } = desk;
  const { errors } = desk;
  await desk.show();
  await desk.signIn(shop.maya);
  // Long enough for a busy machine.
  await desk.set({ undo_seconds: 30 });
  await desk.views.getByRole('button', { name: /Unassigned/ }).click();

  // Online: open, reply, note, close.
  await desk.openTicket('Withdrawal has not arrived');
  await reply('We have asked the bank to trace it.');
  await desk.write('Internal note', 'Ledger says it left on the 14th.');
  await desk.conversation.getByRole('article', { name: /^Internal note/ }).waitFor();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect.poll(() => desk.field('Status').inputValue()).toBe('closed');
  await expect
    .poll(() => onServer('Withdrawal has not arrived'))
    .toEqual([
      'About: Withdrawal has not arrived',
      'We have asked the bank to trace it.',
      'Ledger says it left on the 14th.',
    ]);
  await expect
    .poll(
      async () =>
        (
          await shop.pool.query(
            "select status from support_tickets where subject = 'Withdrawal has not arrived'",
          )
        ).rows[0].status,
    )
    .toBe('closed');
  await expect.poll(() => desk.sync.textContent()).toBe('Live');

  // The API goes away; the work goes on.
  await shop.stop();
  await expect.poll(() => desk.sync.textContent(), { timeout: 120_000 }).toMatch(/^Offline/);
  await desk.openTicket('Two-factor code never comes');
  await replyOffline('Which phone do you use?');
  await desk.write('Internal note', 'Third one this week, @Jonas?');
  await replyOffline('You can use a recovery code meanwhile.');
  await desk.openTicket('Statement is empty');
  await replyOffline('We see the empty file too.');
  await desk.field('Priority').selectOption('high');
  await expect.poll(() => desk.sync.textContent()).toBe('Offline, 4 to send');
  // The thread follows the status a frame later.
  await expect
    .poll(() => desk.conversation.getByText("Sends when you're back online").count())
    .toBe(1);
  await desk.searchBox.fill('factor cod');
  await expect.poll(() => desk.tickets.count()).toBe(1);
  await desk.ticket('Two-factor code never comes').waitFor();
  await desk.searchBox.fill('');
  await desk.composer.fill('half a sentence');
  await page.getByText('Draft saved').waitFor();

  // The app is quit and started again, still without its server.
  await page.close();
  expect(await desk.program.stop()).toBe(0);
  desk = await desk.restart();
  ({ page } = desk);
  await desk.show();
  await expect.poll(() => desk.sync.textContent()).toMatch(/4 to send$/);
  await desk.showAll();
  await desk.openTicket('Statement is empty');
  await expect.poll(() => desk.composer.inputValue()).toBe('half a sentence');
  expect(await onServer('Statement is empty')).toEqual(['About: Statement is empty']);

  // The server comes back. This test's desk keeps its token in memory, so it asks for the sign-in
  // again.
  await shop.startAgain();
  await desk.signInAgain();
  await expect.poll(() => desk.sync.textContent(), { timeout: 120_000 }).toBe('Live');

  expect(await onServer('Two-factor code never comes')).toEqual([
    'About: Two-factor code never comes',
    'Which phone do you use?',
    'Third one this week, @Jonas?',
    'You can use a recovery code meanwhile.',
  ]);
  expect(await onServer('Statement is empty')).toEqual([
    'About: Statement is empty',
    'We see the empty file too.',
  ]);
  // Changes are sent too, but not counted as to be sent.
  await expect
    .poll(
      async () =>
        (
          await shop.pool.query(
            "select priority from support_tickets where subject = 'Statement is empty'",
          )
        ).rows[0].priority,
    )
    .toBe('high');
  const seenByCustomer = JSON.stringify((await shop.dana.call('GET', '/support/sync')).body);
  expect(seenByCustomer).toContain('You can use a recovery code meanwhile.');
  expect(seenByCustomer).not.toContain('Third one this week');
  expect(seenByCustomer).not.toContain('Ledger says');
  expect([...errors, ...desk.errors]).toEqual([]);
});

test("a customer's message reaches the agent's screen and raises a notification; a click opens the ticket", async () => {
  const context = await desk.browser.newContext({ permissions: ['notifications'] });
  await context.addInitScript(() => {
    // Chromium's real Notification, watched.
    const raised: { title: string; body: string; notification: Notification }[] = [];
    Object.assign(window, { raised });
    window.Notification = class extends Notification {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        raised.push({ title, body: options?.body ?? '', notification: this });
      }
    };
  });
  const page = await context.newPage();
  const other = deskWindow(page);
  await page.goto(await desk.program.nextLine(anotherWindow));
  await expect.poll(() => other.sync.textContent(), { timeout: 120_000 }).toBe('Live');
  await other.views.getByRole('button', { name: /Unassigned/ }).click();
  await other.openTicket('Statement is empty');

  const { body: list } = await shop.dana.call('GET', '/support/tickets');
  const ticket = list.tickets.find(
    (t: { subject: string }) => t.subject === 'Two-factor code never comes',
  );
  for (let n = 1; n <= 5; n += 1) {
    const text = `It is an old phone, message ${n}`;
    await Promise.all([
      page.waitForFunction(
        (wanted) => document.querySelector('#tickets')?.textContent?.includes(wanted),
        text,
        { polling: 'raf' },
      ),
      shop.dana.call('POST', `/support/tickets/${ticket.id}/messages`, { message: text }),
    ]);
    await page.waitForFunction(
      (count) => (window as unknown as { raised: unknown[] }).raised.length === count,
      n,
    );
  }
  const last = await page.evaluate(() =>
    (window as unknown as { raised: { title: string; body: string }[] }).raised.at(-1),
  );
  expect(last).toMatchObject({
    title: 'Dana Okafor (5 new messages)',
    body: expect.stringContaining('It is an old phone, message 5'),
  });
  expect(
    await page.evaluate(async () => {
      const { notification } = (
        window as unknown as { raised: { notification: Notification }[] }
      ).raised.at(-1)!;
      return (await fetch(notification.icon)).headers.get('content-type');
    }),
  ).toBe('image/png');
  await page.evaluate(() => {
    (window as unknown as { raised: { notification: Notification }[] }).raised
      .at(-1)
      ?.notification.dispatchEvent(new Event('click'));
  });
  await other.thread('Two-factor code never comes').waitFor();

  // In front of the agent now: what the customer adds is shown without a banner.
  await page.bringToFront();
  await shop.dana.call('POST', `/support/tickets/${ticket.id}/messages`, {
    message: 'You see this at once',
  });
  await other.conversation.getByText('You see this at once').waitFor();
  expect(
    await page.evaluate(() => (window as unknown as { raised: unknown[] }).raised.length),
  ).toBe(5);
  await context.close();
});
