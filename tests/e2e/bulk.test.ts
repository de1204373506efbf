import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call } from '../helpers/api.ts';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { startShop, type Shop } from '../helpers/shop.ts';

/** Open ones of which a tenth is urgent, and a tenth is funding. */
const tickets = 200;
const shots = process.env['STAFFDESK_SHOTS'];
let shop: Shop<'maya' | 'alex' | 'dana'>;
let dana: Call;
let desk: OpenDesk;
let page: Page;

beforeAll(async () => {
  shop = await startShop('maya', 'alex', 'dana');
  dana = shop.dana.call;
  await shop.api.pool.query(
    `insert into support_tickets (user_id, subject, category, priority, created_at)
    select $1, 'Ticket ' || lpad(n::text, 3, '0'), case when n % 10 = 3 then 'funding' else 'other' end, case when n % 10 = 7 then 'urgent' else 'medium' end, now() - make_interval(hours => n)
    from generate_series(1, ${tickets}) n`,
    [shop.dana.id],
  );
  await shop.api.pool.query(
    "insert into support_messages (ticket_id, user_id, message, created_at) select id, user_id, 'Where is ' || subject || '?', created_at from support_tickets",
  );
  desk = await openDesk(shop.api.server);
  ({ page } = desk);
  await desk.show();
  await desk.signIn(shop.maya);
});
afterAll(async () => {
  await desk.close();
  await shop.close();
});

const bar = () => page.getByRole('toolbar', { name: 'Selection' });
const bulk = () => page.getByRole('region', { name: 'Bulk action' });
const count = () => page.locator('.list-head .quiet').textContent();
const current = () =>
  desk.list.evaluate(
    (box) =>
      document
        .getElementById(box.getAttribute('aria-activedescendant') ?? '')
        ?.getAttribute('aria-label') ?? '',
  );
const openOnServer = async (): Promise<number> =>
  (
    await shop.api.pool.query<{ n: number }>(
      "select count(*)::int as n from support_tickets where status <> 'closed'",
    )
  ).rows[0]?.n ?? 0;
const shoot = async (name: string): Promise<void> => {
  if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png` });
};

/** What has opened takes letters. */
async function typing(): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
}
/** To a button and onto it, by the keyboard. */
async function activate(button: Locator): Promise<void> {
  await button.focus();
  await page.keyboard.press('Enter');
}

test('a view is narrowed, ordered and saved, with a live count in the rail', async () => {
  await activate(desk.views.getByRole('button', { name: /^Unassigned/ }));
  await expect.poll(count).toBe('200');
  await activate(page.getByRole('button', { name: 'Filter', exact: true }));
  await desk.focused(page.getByRole('combobox', { name: 'Filter', exact: true }));
  // By its first letter, as in any menu.
  await page.keyboard.press('f');
  await page
    .locator('.pop-filter [role=option][data-highlighted]')
    .filter({ hasText: 'Funding' })
    .waitFor();
  await page.keyboard.press('Enter');
  await shoot('filter-menu');
  await page.keyboard.press('Escape');
  await expect.poll(count).toBe('20');
  await page.getByRole('button', { name: 'Remove filter Category: Funding' }).waitFor();
  await activate(page.getByRole('button', { name: 'Sort: Newest' }));
  await desk.focused(page.getByRole('menu').getByRole('menuitemradio', { checked: true }));
  await desk.press('ArrowDown', 'Enter');
  await expect
    .poll(() => desk.list.getByRole('option').first().getAttribute('aria-label'))
    .toContain('Ticket 193');
  await activate(page.getByRole('button', { name: 'Save view' }));
  await typing();
  await page.keyboard.type('Funding, oldest');
  await page.keyboard.press('Enter');
  const saved = desk.views.getByRole('button', { name: /^Funding, oldest.*20$/ });
  await saved.waitFor();
  await shoot('saved-view');
  await expect.poll(() => saved.getAttribute('aria-current')).toBe('page');
  await page.getByRole('region', { name: 'Funding, oldest' }).waitFor();

  await activate(desk.views.getByRole('button', { name: /^Unassigned/ }));
  await expect.poll(count).toBe('200');
  await expect.poll(() => page.getByRole('button', { name: /^Remove filter/ }).count()).toBe(0);
  await activate(desk.views.getByRole('button', { name: 'Change Funding, oldest' }));
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('role')))
    .toBe('menuitem');
  await page.keyboard.press('r');
  await page.keyboard.press('Enter');
  await typing();
  await page.keyboard.type('Money');
  await page.keyboard.press('Enter');
  await desk.views.getByRole('button', { name: /^Money.*20$/ }).waitFor();
});

test('the list keeps its place while customers write, and J goes on from where the ticket was', async () => {
  await desk.list.focus();
  await page.keyboard.press('j');
  for (let i = 0; i < 30; i += 1) await page.keyboard.press('j');
  await desk.thread('Ticket 031').waitFor();
  const top = async (subject: string): Promise<number | null> =>
    (await desk.ticket(subject).boundingBox())?.y ?? null;
  const isInSight = async (subject: string): Promise<boolean> => {
    const [box, row] = await Promise.all([
      desk.list.boundingBox(),
      desk.ticket(subject).boundingBox(),
    ]);
    return (
      box !== null && row !== null && row.y >= box.y && row.y + row.height <= box.y + box.height
    );
  };
  await expect.poll(() => isInSight('Ticket 031')).toBe(true);
  const before = await top('Ticket 031');
  expect(before).not.toBeNull();
  const idOf = async (subject: string): Promise<string> =>
    (
      await shop.api.pool.query<{ id: string }>(
        'select id from support_tickets where subject = $1',
        [subject],
      )
    ).rows[0]?.id ?? '';
  await dana('POST', `/support/tickets/${await idOf('Ticket 200')}/messages`, {
    message: 'Is anybody there?',
  });
  await dana('POST', '/support/tickets', {
    subject: 'Brand new',
    category: 'other',
    message: 'This one has just come in.',
  });
  await expect.poll(count).toBe('201');
  await page.getByRole('button', { name: '2 new above' }).waitFor();
  await shoot('new-above');
  expect(await top('Ticket 031')).toBe(before);
  // The ticket itself, which is in sight, stays where it is, refreshed.
  await dana('POST', `/support/tickets/${await idOf('Ticket 031')}/messages`, {
    message: 'Something more.',
  });
  await desk.ticket('Ticket 031').getByText('Something more.').waitFor();
  expect(await top('Ticket 031')).toBe(before);
  await page.getByRole('button', { name: '2 new above' }).waitFor();
  await page.keyboard.press('j');
  await desk.thread('Ticket 032').waitFor();
  // Another view and back: the list is in its order again, and at the place where the agent was.
  await activate(desk.views.getByRole('button', { name: /^Urgent/ }));
  await expect.poll(count).toBe('20');
  await activate(desk.views.getByRole('button', { name: /^Unassigned/ }));
  await desk.isListed('Unassigned');
  await expect.poll(() => isInSight('Ticket 032')).toBe(true);
  // Opened, it is in the list as it is now, not only in the one that was kept.
  await desk.openTicket('Ticket 032');
});

test('X picks, Shift+J extends, and what is picked is changed by a key at once', async () => {
  await desk.list.focus();
  await page.keyboard.press('Home');
  await expect.poll(current).toMatch(/Ticket 031/);
  await desk.press('x', 'j', 'x', 'j', 'x');
  await bar().getByText('3 selected').waitFor();
  await page.keyboard.press('Shift+J');
  await bar().getByText('4 selected').waitFor();
  await expect.poll(() => desk.list.getByRole('option', { selected: true }).count()).toBe(4);
  await desk.press('x');
  await bar().getByText('3 selected').waitFor();
  await shoot('selection');
  await page.keyboard.press('Escape');
  await expect.poll(() => bar().count()).toBe(0);
  await page.keyboard.press('Home');
  await desk.press('x', 'Shift+J', 'Shift+J');
  await page.keyboard.press('p');
  await desk.choose('Priority', 'high', 'High');
  // A few have one toast, and no line at the foot of the list.
  await page.locator('.toast').getByText('3 tickets set to High priority').waitFor();
  expect(await page.locator('.toast').getByRole('button', { name: 'Undo' }).count()).toBe(1);
  expect(await bulk().count()).toBe(0);
  await expect
    .poll(
      async () =>
        (await shop.api.pool.query("select 1 from support_tickets where priority = 'high'"))
          .rowCount,
    )
    .toBe(3);
});

test("the selection bar prints the agent's own keys, and none where a command has none", async () => {
  const own = async (shortcuts: Record<string, string | null>): Promise<void> => {
    await desk.set({ shortcuts });
    await page.reload();
    await activate(desk.views.getByRole('button', { name: /^Unassigned/ }));
    await desk.isListed('Unassigned');
    await desk.list.getByRole('option').first().waitFor();
  };
  await own({ close: 'Y', assign: null });
  await desk.list.focus();
  await desk.press('Home', 'x');
  const titleOf = (name: string) =>
    bar().getByRole('button', { name, exact: true }).getAttribute('title');
  await bar().waitFor();
  expect([await titleOf('Close'), await titleOf('Assign'), await titleOf('Priority')]).toEqual([
    'Close (Y)',
    'Assign',
    'Priority (P)',
  ]);
  await page.keyboard.press('Escape');
  await own({});
});

test('all in a view are closed offline, not only the loaded ones; one Z takes all of it back', async () => {
  // The desk has heard of what the server has done before this.
  await expect.poll(() => desk.sync.textContent()).toBe('Live');
  await desk.goOffline();
  await desk.list.focus();
  await page.keyboard.press('Control+a');
  await bar()
    .getByText(/^\d+ selected$/)
    .waitFor();
  await shoot('select-loaded');
  await page.keyboard.press('Control+a');
  await bar().getByText('201 selected').waitFor();
  await page.keyboard.press('e');
  await bulk().getByText('201 tickets closed').waitFor();
  await bulk().getByRole('status').filter({ hasText: '201 to send' }).waitFor();
  // Changes are listed and not counted.
  await expect.poll(() => desk.sync.textContent()).toBe('Offline');
  await expect.poll(count).toBe('0');
  await shoot('bulk-offline');
  await page.keyboard.press('z');
  await bulk().getByRole('status').filter({ hasText: '201 undone' }).waitFor();
  await expect.poll(count).toBe('201');
  expect(await openOnServer()).toBe(201);
});

test('two hundred are closed in the background; who wrote meanwhile is shown and can be closed anyway', async () => {
  const wrote = (
    await shop.api.pool.query<{ id: string }>(
      "select id from support_tickets where subject in ('Ticket 050', 'Ticket 051')",
    )
  ).rows;
  await desk.list.focus();
  await desk.press('Home', 'Control+a', 'Control+a');
  await bar().getByText('201 selected').waitFor();
  // One of them stays out.
  await page.keyboard.press('x');
  await bar().getByText('200 selected').waitFor();
  await page.keyboard.press('e');
  await bulk().getByRole('status').filter({ hasText: '200 to send' }).waitFor();
  for (const { id } of wrote)
    await dana('POST', `/support/tickets/${id}/messages`, { message: 'One more thing.' });
  await activate(desk.views.getByRole('button', { name: /^Outbox/ }));
  await desk.outbox.getByRole('button', { name: 'Show 160 more' }).waitFor();
  await page.keyboard.press('Escape');
  desk.network.set('up');
  await page.evaluate(() => {
    window.dispatchEvent(new Event('online'));
  });
  await expect
    .poll(() => bulk().getByRole('status').textContent(), { timeout: 120_000 })
    .toBe('2 not sent, 198 done');
  expect(await openOnServer()).toBe(3);
  await shoot('bulk-done');
  await activate(bulk().getByRole('button', { name: 'Show results' }));
  const results = page.getByRole('dialog', { name: /200 tickets closed/ });
  await results.getByText('New messages arrived before this was sent').first().waitFor();
  expect(
    (await results.getByRole('listitem').allTextContents())
      .slice(0, 2)
      .every((text) => text.startsWith('Not sent')),
  ).toBe(true);
  await shoot('bulk-results');
  await activate(results.getByRole('button', { name: 'Try 2 again' }));
  await results.getByText('200 done').waitFor();
  expect(await openOnServer()).toBe(1);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true);
  expect(desk.errors.filter((error) => !error.includes('ERR_'))).toEqual([]);
});
