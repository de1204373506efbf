import { afterAll, beforeAll, expect, test } from 'vitest';
import { caller } from '../helpers/api.ts';
import { openDesk, type OpenDesk } from '../helpers/open-desk.ts';
import { testPassword } from '../helpers/people.ts';
import { startShop, type Shop } from '../helpers/shop.ts';

let shop: Shop<'alex' | 'maya'>;
let desk: OpenDesk;

/** As anybody can: the address is free, so the name is what they say. */
async function registered(email: string, name: string) {
  const { body } = await shop.api.call('POST', '/auth/register', {
    email,
    full_name: name,
    password: testPassword,
  });
  return caller(shop.api.server, body.access_token);
}

beforeAll(async () => {
  shop = await startShop('alex', 'maya');
  desk = await openDesk(shop.api.server);
});
afterAll(async () => {
  await desk.close();
  await shop.close();
});

test("a customer who bears a colleague's name, or one that looks like it, is marked in the list and at each message, and nobody else is", async () => {
  // М, а and у are Cyrillic.
  const names = [
    'Maya Ruiz',
    '\u041C\u0430\u0443\u0430 Ruiz',
    'ruiz, maya (Support)',
    'Dana Okafor',
  ];
  for (const [n, name] of names.entries()) {
    const call = await registered(`customer${n}@other.test`, name);
    const { body } = await call('POST', '/support/tickets', {
      subject: `A ticket of number ${n}`,
      category: 'other',
      message: 'I write to you as myself.',
    });
    await shop.maya.call('POST', `/support/tickets/${body.id}/messages`, {
      message: 'And I answer as a colleague.',
    });
  }
  await desk.show();
  await desk.signIn(shop.alex);
  await desk.showAll();

  for (const [n, name] of names.entries()) {
    const isLike = n < 3;
    const row = desk.page.getByRole('option', { name: new RegExp(`A ticket of number ${n}`) });
    await row.waitFor();
    expect(await row.getAttribute('aria-label')).toContain(
      isLike ? `${name} (customer), ` : `${name}, `,
    );
    expect(await row.getByText('Customer', { exact: true }).count()).toBe(isLike ? 1 : 0);
    await row.click();
    await desk.page.getByRole('heading', { name: `A ticket of number ${n}` }).waitFor();
    const theirs = desk.page.locator('.msg-customer');
    await theirs.getByText('I write to you as myself.').waitFor();
    expect(await theirs.getAttribute('aria-label')).toContain(
      isLike ? `${name} (customer), ` : `${name}, `,
    );
    expect(await theirs.getByText('Customer', { exact: true }).count()).toBe(isLike ? 1 : 0);
    const colleagues = desk.page.getByRole('article', { name: /^Maya Ruiz, / });
    await colleagues.getByText('And I answer as a colleague.').waitFor();
    expect(await colleagues.getByText('Customer', { exact: true }).count()).toBe(0);
  }
});
