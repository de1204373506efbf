import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { openTicketAbout, startShopProgram, type ShopProgram } from '../helpers/shop.ts';

const subject = 'Who answers this one';
let shop: ShopProgram<'maya' | 'alex' | 'dana'>;
let maya: OpenDesk;
let alex: OpenDesk;

beforeAll(async () => {
  shop = await startShopProgram('maya', 'alex', 'dana');
  for (const one of [subject, 'Another ticket']) await openTicketAbout(shop.dana.call, one);
  [maya, alex] = await Promise.all([openDesk(shop.server), openDesk(shop.server)]);
  await Promise.all([enter(maya, shop.maya), enter(alex, shop.alex)]);
});
afterAll(async () => {
  await Promise.all([maya.close(), alex.close()]);
  await shop.close();
});

async function enter(desk: OpenDesk, agent: { email: string }): Promise<void> {
  await desk.show();
  await desk.signIn(agent);
  await desk.showAll();
  // Long enough for a busy machine.
  await desk.set({ undo_seconds: 30 });
  desk.errors.length = 0;
}
const header = ({ page }: OpenDesk) => page.getByRole('main').locator('header');

/** `seen` is on the other agent's screen after `act`, without any doing of theirs. */
async function after(act: () => Promise<unknown>, seen: () => Promise<unknown>): Promise<void> {
  await Promise.all([act(), seen()]);
}

test("two agents see each other come, reply, change and answer, and a reply that has not seen the other's is stopped", async () => {
  await maya.ticket(subject).click();
  await maya.thread(subject).waitFor();

  await after(
    () => alex.ticket(subject).click(),
    () => header(maya).getByText('Alex is here').waitFor(),
  );
  await header(alex).getByText('Maya is here').waitFor();
  await maya.list.getByRole('option', { name: /Who answers this one.*Alex Kim is here/ }).waitFor();

  await after(
    () => alex.composer.pressSequentially('We '),
    // Both at once: it is said for some seconds only.
    () =>
      Promise.all([
        header(maya).getByText('Alex is replying').waitFor(),
        maya.list.getByRole('option', { name: /Alex Kim is replying/ }).waitFor(),
      ]),
  );
  // It stops nobody: Maya writes too.
  await maya.composer.fill('I will look at it.');
  await header(alex).getByText('Maya is replying').waitFor();

  await after(
    () => alex.field('Status').selectOption('resolved'),
    async () => {
      await expect
        .poll(() => maya.field('Status').inputValue(), {
          interval: 20,
        })
        .toBe('resolved');
    },
  );

  // Alex answers. Maya's reply is held for its undo window meanwhile, and so has not seen it.
  await maya.page.getByRole('button', { name: 'Send reply' }).click();
  await maya.conversation.getByText(/^Sending in/).waitFor();
  await alex.composer.fill('We have fixed it.');
  await alex.page.getByRole('button', { name: 'Send reply' }).click();
  await after(
    () => alex.sendNow(),
    () => maya.conversation.getByText('We have fixed it.').waitFor(),
  );
  await maya.sendNow();
  const card = maya.notSent('New messages arrived before this was sent');
  await card.getByText('We have fixed it.').waitFor();
  const { rows } = await shop.pool.query(
    'select message from support_messages order by created_at',
  );
  expect(rows.map((row) => row.message)).not.toContain('I will look at it.');

  // Whoever goes elsewhere is gone from here.
  await after(
    () => alex.list.getByRole('option', { name: /Another ticket/ }).click(),
    () =>
      header(maya)
        .getByText(/Alex is/)
        .first()
        .waitFor({ state: 'detached' }),
  );

  expect([maya.errors, alex.errors]).toEqual([[], []]);
});

test('a ticket of a colleague whose account is deactivated is marked, counts as unassigned, and can be taken', async () => {
  const unassigned = maya.views.getByRole('button', { name: /^Unassigned/ });
  await maya.ticket(subject).click();
  await maya.field('Assignee').selectOption({ label: 'Alex Kim' });
  await maya.field('Status').selectOption('open');
  await unassigned.filter({ hasText: '1' }).waitFor();
  await expect
    .poll(
      async () =>
        (await shop.pool.query('select 1 from support_tickets where assignee_id is not null'))
          .rowCount,
    )
    .toBe(1);
  await shop.pool.query("update users set is_active = false where email = 'alex@staffdesk.test'");
  await unassigned.filter({ hasText: '2' }).waitFor();
  await expect
    .poll(() => maya.field('Assignee').locator('option:checked').textContent())
    .toBe('Alex Kim (deactivated)');
  await unassigned.click();
  await maya.ticket(subject).getByRole('img', { name: 'Alex Kim (deactivated)' }).waitFor();
  await maya.ticket(subject).click();
  await maya.details.getByRole('button', { name: 'Assign to me' }).click();
  await unassigned.filter({ hasText: '1' }).waitFor();
});

test('offline, nobody is shown as being here', async () => {
  await shop.stop();
  await maya.sync.filter({ hasText: 'Offline' }).waitFor();
  await expect.poll(() => header(maya).locator('.present').textContent()).toBe('');
});
