import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { testPassword } from '../helpers/people.ts';
import { openTicketAbout, startShop, type Shop } from '../helpers/shop.ts';

/**
 * An agent's morning from sign-in to sign-out without a mouse, and how many keys its moments take.
 */
let shop: Shop<'maya' | 'alex' | 'dana'>;
let desk: OpenDesk;
let page: Page;
const subjects = [
  'Withdrawal has not arrived',
  'Two-factor code never comes',
  'Statement is empty',
  'Rechnung zeigt falsche Adresse',
  'بطاقتي مرفوضة في الخارج',
  'Card was charged twice',
];
const ids: Record<string, string> = {};
/** More than a toast stays (ms). */
const aMinute = 60_000;

beforeAll(async () => {
  shop = await startShop('maya', 'alex', 'dana');
  for (const subject of subjects) ids[subject] = await openTicketAbout(shop.dana.call, subject);
  desk = await openDesk(shop.api.server, { context: { viewport: { width: 1280, height: 800 } } });
  ({ page } = desk);
  // The window's clock alone: the desk and the server keep theirs.
  await page.clock.install();
  await desk.show();
});
afterAll(async () => {
  await desk.close();
  await shop.close();
});

const onServer = async (subject: string) =>
  (
    await shop.api.pool.query<{ status: string; priority: string; assignee_id: string | null }>(
      'select status, priority, assignee_id from support_tickets where id = $1',
      [ids[subject]],
    )
  ).rows[0];
const messages = async (subject: string): Promise<string[]> =>
  (
    await shop.api.pool.query<{ message: string }>(
      'select message from support_messages where ticket_id = $1 order by created_at, id',
      [ids[subject]],
    )
  ).rows.map(({ message }) => message);
const open = async (): Promise<string> =>
  (await page.getByRole('main').getAttribute('aria-label')) ?? '';
/** Until the desk has the message: a frame later the composer has the focus. */
async function send(): Promise<void> {
  await desk.press('Control+Enter');
  await expect.poll(() => desk.composer.inputValue()).toBe('');
  await desk.isDrawn();
}
/** Of the ticket at the top of the list. */
async function firstSubject(): Promise<string> {
  const row = (await desk.tickets.first().textContent()) ?? '';
  return subjects.find((subject) => row.includes(subject)) ?? '';
}

test('a morning by keyboard: sign in, triage, answer, undo, close, search, work offline, sign out', async () => {
  await desk.focused(page.getByRole('textbox', { name: 'Email' }));
  await desk.type(shop.maya.email);
  await desk.press('Tab');
  await desk.type(testPassword);
  await desk.press('Enter');
  await desk.isLive();

  // Two keys to a view.
  await desk.press('g', 'u');
  await desk.isListed('Unassigned');
  await expect.poll(() => desk.tickets.count()).toBe(subjects.length);

  // Six keys for one ticket: open it, urgent, mine.
  await desk.press('j');
  await desk.field('Priority').waitFor();
  const first = await open();
  expect(subjects).toContain(first);
  await desk.press('p');
  await desk.choose('Priority', 'ur', 'Urgent');
  await desk.press('i');
  await expect
    .poll(() => onServer(first))
    .toMatchObject({ priority: 'urgent', assignee_id: shop.maya.id });
  await expect.poll(() => desk.tickets.count()).toBe(subjects.length - 1);

  // The agent replies to the ticket; one key takes the reply back into the composer.
  await desk.press('g', 'm');
  await desk.isListed('Mine');
  await desk.ticket(first).waitFor();
  await desk.press('j');
  await desk.thread(first).waitFor();
  await desk.press('r');
  await desk.focused(desk.composer);
  await desk.type('We are looking into it.');
  await send();
  await desk.conversation.getByText('We are looking into it.').waitFor();
  await desk.press('z');
  await expect.poll(() => desk.composer.inputValue()).toBe('We are looking into it.');
  await desk.focused(desk.composer);
  await desk.type(' It takes a day.');
  await send();
  await desk.conversation.getByText('We are looking into it. It takes a day.').waitFor();
  await desk.press('Escape', 'n');
  await desk.focused(desk.composer);
  await desk.type('Payments know of it.');
  await send();
  await expect.poll(() => messages(first)).toContain('Payments know of it.');
  await expect.poll(() => messages(first)).toContain('We are looking into it. It takes a day.');
  await desk.press('Escape');

  // A close goes to the next; a minute later one key opens it again, and it is on screen.
  await desk.press('g', 'a');
  await desk.isListed('All');
  await expect.poll(() => desk.tickets.count()).toBe(subjects.length);
  const closed = await firstSubject();
  await desk.press('End', 'Home');
  await desk.thread(closed).waitFor();
  const before = await onServer(closed);
  await desk.press('e');
  await expect.poll(open).not.toBe(closed);
  await expect.poll(() => onServer(closed)).toMatchObject({ status: 'closed' });
  await page.locator('.toast').getByText('Ticket closed').waitFor();
  await page.clock.fastForward(aMinute);
  await expect.poll(() => page.locator('.toast').getByText('Ticket closed').count()).toBe(0);
  await desk.press('z');
  await desk.thread(closed).waitFor();
  await expect.poll(() => onServer(closed)).toEqual(before);

  await desk.press('/');
  await desk.focused(desk.searchBox);
  await desk.type('rechnung');
  await desk.ticket('Rechnung zeigt falsche Adresse').waitFor();
  await expect.poll(() => desk.tickets.count()).toBe(1);
  await desk.press('Enter');
  await desk.focused(desk.list);
  await desk.press('j');
  await desk.thread('Rechnung zeigt falsche Adresse').waitFor();

  // Without the network the same keys do the same; it is sent once, when the network is back.
  await desk.goOffline();
  await desk.press('r');
  await desk.focused(desk.composer);
  await desk.type('Die Adresse ist berichtigt.');
  await send();
  await desk.conversation.getByText('Die Adresse ist berichtigt.').waitFor();
  await desk.press('Escape');
  await desk.focused(desk.list);
  await desk.press('e');
  await expect.poll(() => desk.sync.textContent()).toBe('Offline, 1 to send');
  await desk.goOnline();
  await expect
    .poll(() => onServer('Rechnung zeigt falsche Adresse'))
    .toMatchObject({ status: 'closed' });
  expect(
    (await messages('Rechnung zeigt falsche Adresse')).filter(
      (text) => text === 'Die Adresse ist berichtigt.',
    ),
  ).toHaveLength(1);

  await desk.run('sign out', 'Sign out');
  await page.getByRole('textbox', { name: 'Email' }).waitFor();
  expect(desk.errors.filter((error) => !error.includes('ERR_'))).toEqual([]);
});
