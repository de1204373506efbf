import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testPassword, type Person, type TestApi } from '../helpers/api.ts';
import { launchBrowser, signIn } from '../helpers/browser.ts';
import { portalPage, visitPortal } from '../helpers/portal-page.ts';
import { startShop, type Shop } from '../helpers/shop.ts';

let shop: Shop<'dana' | 'omar'>;
let api: TestApi;
let dana: Person;
let omar: Person;
let browser: Browser;
beforeAll(async () => {
  shop = await startShop('dana', 'omar');
  ({ api, dana, omar } = shop);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await shop.close();
});

const visit = (path = '/support', who = dana) => visitPortal(browser, api.server + path, who);
const kept = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('unsent ')));

async function written(id: string): Promise<string[]> {
  const { rows } = await api.pool.query<{ message: string }>(
    'select message from support_messages where ticket_id = $1 order by created_at offset 1',
    [id],
  );
  return rows.map(({ message }) => message);
}

/** Messages wait here until they are let go. */
async function holdMessages(page: Page): Promise<() => void> {
  let release: () => void = () => undefined;
  const held = new Promise<void>((done) => {
    release = done;
  });
  await page.route('**/messages', async (route) => {
    if (route.request().method() === 'POST') await held;
    await route.continue();
  });
  return release;
}

describe('a message', () => {
  test('what is typed while one is being sent stays, and is the next one', async () => {
    const { id } = await api.ticket(dana, 'Typed on meanwhile');
    const portal = await visit(`/support/tickets/${id}`);
    const { page, context } = portal;
    const release = await holdMessages(page);
    await portal.messageBox.pressSequentially('My first sentence');
    await portal.messageBox.press('Enter');
    await page.getByRole('button', { name: 'Sending...' }).waitFor();
    await portal.messageBox.pressSequentially(' and the later text');
    release();
    await page.getByRole('status').getByText('Message sent successfully').waitFor();
    await expect.poll(() => portal.messageBox.inputValue()).toBe('and the later text');
    await portal.messageBox.press('Enter');
    await expect.poll(() => written(id)).toEqual(['My first sentence', 'and the later text']);
    await expect.poll(() => portal.messageBox.inputValue()).toBe('');
    await expect.poll(() => kept(page)).toEqual([]);
    await context.close();
  });

  test('an answer that is lost to a reload: the text is settled by what has arrived', async () => {
    const { id } = await api.ticket(dana, 'Loaded again while sending');
    const portal = await visit(`/support/tickets/${id}`);
    const { page, context } = portal;
    await page.route('**/messages', async (route) => {
      if (route.request().method() !== 'POST') {
        await route.continue();
        return;
      }
      await route.fetch();
      await route.abort('connectionreset');
    });
    await portal.messageBox.fill('It arrived, but who knows');
    await portal.messageBox.press('Enter');
    // The conversation is read again, and there it is.
    await page.getByRole('log').getByText('It arrived, but who knows').waitFor();
    await expect.poll(() => portal.messageBox.inputValue()).toBe('');
    await page.reload();
    await page.getByRole('log').getByText('It arrived, but who knows').waitFor();
    expect(await portal.messageBox.inputValue()).toBe('');
    expect(await written(id)).toEqual(['It arrived, but who knows']);
    await context.close();
  });

  test('two tabs of one ticket: each keeps its own text, whatever the other one sends', async () => {
    const { id } = await api.ticket(dana, 'In two tabs');
    const portal = await visit(`/support/tickets/${id}`);
    const { page, context } = portal;
    await portal.messageBox.fill('Written in the first tab');
    const second = await context.newPage();
    await second.goto(`${api.server}/support/tickets/${id}`);
    // The first tab still has its text, so the second one lets go of it.
    await expect.poll(() => portalPage(second).messageBox.inputValue()).toBe('');
    await portalPage(second).messageBox.fill('Written in the second tab');
    await portal.messageBox.press('Enter');
    await expect.poll(() => portal.messageBox.inputValue()).toBe('');
    await second.reload();
    await expect
      .poll(() => portalPage(second).messageBox.inputValue())
      .toBe('Written in the second tab');
    await second.close();
    // What a closed tab has left is not lost.
    await page.reload();
    await expect.poll(() => portal.messageBox.inputValue()).toBe('Written in the second tab');
    expect(await written(id)).toEqual(['Written in the first tab']);
    await context.close();
  });

  test("Enter sends nothing while it belongs to a composition, in WebKit's order too, and once while it is held down", async () => {
    const { id } = await api.ticket(dana, 'Written in Japanese');
    const portal = await visit(`/support/tickets/${id}`);
    const { page, context } = portal;
    await portal.messageBox.fill('こんにちは、元気ですか');
    await portal.messageBox.evaluate((field) => {
      const press = (keyCode: number, isComposing: boolean): void => {
        field.dispatchEvent(
          new KeyboardEvent('keydown', {
            key: 'Enter',
            keyCode,
            isComposing,
            bubbles: true,
            cancelable: true,
          }),
        );
      };
      field.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
      press(229, true);
      // WebKit ends the composition before the key that ended it.
      field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
      press(229, false);
    });
    expect(await page.getByRole('button', { name: 'Send', exact: true }).count()).toBe(1);
    await portal.messageBox.evaluate((field) => {
      for (let n = 0; n < 20; n += 1)
        field.dispatchEvent(
          new KeyboardEvent('keydown', {
            key: 'Enter',
            keyCode: 13,
            repeat: n > 0,
            bubbles: true,
            cancelable: true,
          }),
        );
    });
    await page.getByRole('status').getByText('Message sent successfully').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await written(id)).toEqual(['こんにちは、元気ですか']);
    await context.close();
  });

  test('a text that is too long is kept whole, and it is said by how much', async () => {
    const { id } = await api.ticket(dana, 'A long paste');
    const portal = await visit(`/support/tickets/${id}`);
    const { page, context } = portal;
    await portal.messageBox.evaluate((field, text) => {
      (field as HTMLTextAreaElement).focus();
      document.execCommand('insertText', false, text);
    }, 'x'.repeat(120_007));
    await page.getByRole('alert').getByText('This is too long by 20,007 characters').waitFor();
    await portal.messageBox.press('Enter');
    expect((await portal.messageBox.inputValue()).length).toBe(120_007);
    await page.reload();
    await page.getByRole('alert').getByText('This is too long by 20,007 characters').waitFor();
    await portal.messageBox.fill('y'.repeat(100_000));
    await portal.messageBox.press('Enter');
    await page.getByRole('status').getByText('Message sent successfully').waitFor();
    expect(await written(id)).toEqual(['y'.repeat(100_000)]);
    await context.close();
  });
});

describe('a new ticket', () => {
  test('outlives Escape, a reload and a sign-in that has ended; nobody else sees it; signing out asks and removes it', async () => {
    const lena = await api.person('customer', 'Lena Brandt');
    const portal = await visit('/support', lena);
    const { page, context } = portal;
    await portal.newTicket.click();
    await portal.newTicketDialog.getByRole('textbox', { name: 'Subject' }).fill('Not sent yet');
    await portal.newTicketDialog
      .getByRole('textbox', { name: 'Message' })
      .fill('    Indented, and unfinished');
    await page.keyboard.press('Escape');
    await page.getByText('You began a ticket and have not sent it: Not sent yet').waitFor();
    const isThere = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Continue writing' }).click();
      await expect
        .poll(() => portal.newTicketDialog.getByRole('textbox', { name: 'Subject' }).inputValue())
        .toBe('Not sent yet');
      await expect
        .poll(() => portal.newTicketDialog.getByRole('textbox', { name: 'Message' }).inputValue())
        .toBe('    Indented, and unfinished');
      await portal.newTicketDialog.getByRole('button', { name: 'Cancel' }).click();
    };
    await isThere();
    await page.reload();
    await isThere();

    await api.pool.query('update sessions set revoked_at = now() where user_id = $1', [lena.id]);
    await page.reload();
    await signIn(page, omar.email, testPassword);
    await page.getByRole('banner').getByText('Omar Haddad').waitFor();
    await page.getByRole('heading', { name: 'Your tickets' }).waitFor();
    await portal.newTicket.click();
    expect(
      await portal.newTicketDialog.getByRole('textbox', { name: 'Subject' }).inputValue(),
    ).toBe('');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signIn(page, lena.email, testPassword);
    await isThere();

    await page.getByRole('button', { name: 'Sign out' }).click();
    const asked = page.getByRole('dialog', { name: 'Sign out with unsent text?' });
    await asked.getByText('Not sent yet').waitFor();
    await asked.getByRole('button', { name: 'Stay signed in' }).click();
    await isThere();
    await page.getByRole('button', { name: 'Sign out' }).first().click();
    await asked.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to support' }).waitFor();
    expect(await kept(page)).toEqual([]);
    await context.close();
  });

  test('whose answer is lost is opened once; text that was added since waits in its conversation', async () => {
    const portal = await visit();
    const { page, context } = portal;
    await portal.newTicket.click();
    const message = portal.newTicketDialog.getByRole('textbox', { name: 'Message' });
    await portal.newTicketDialog
      .getByRole('textbox', { name: 'Subject' })
      .fill('Opened in a tunnel');
    await message.fill('The code never comes.');
    let lost = 0;
    // The list of tickets has the same address and may be read at any time.
    await page.route('**/support/tickets', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) {
        await route.continue();
        return;
      }
      lost += 1;
      await route.fetch();
      await route.abort('connectionreset');
    });
    await portal.newTicketDialog.getByRole('button', { name: 'Create ticket' }).click();
    await portal.newTicketDialog.getByRole('alert').getByText('We cannot be reached').waitFor();
    await message.fill('The code never comes.\nNot by mail either.');
    await portal.newTicketDialog.getByRole('button', { name: 'Create ticket' }).click();
    await page.getByRole('heading', { name: 'Opened in a tunnel' }).waitFor();
    await expect.poll(() => portal.messageBox.inputValue()).toBe('Not by mail either.');
    const { rows } = await api.pool.query(
      "select m.message from support_tickets t join support_messages m on m.ticket_id = t.id where t.subject = 'Opened in a tunnel'",
    );
    expect(rows).toEqual([{ message: 'The code never comes.' }]);
    await context.close();
  });

  test('a subject that is too long is kept whole too', async () => {
    const portal = await visit();
    await portal.newTicket.click();
    const subject = portal.newTicketDialog.getByRole('textbox', { name: 'Subject' });
    await subject.evaluate((field, text) => {
      (field as HTMLInputElement).focus();
      document.execCommand('insertText', false, text);
    }, 's'.repeat(203));
    await portal.newTicketDialog.getByText('This is too long by 3 characters').waitFor();
    expect((await subject.inputValue()).length).toBe(203);
    await portal.context.close();
  });
});

test('a conversation of 31 messages is printed whole, dark on light and without what is there to be pressed', async () => {
  const { id } = await api.ticket(dana, 'To be printed');
  await api.pool.query(
    "insert into support_messages (ticket_id, user_id, message, created_at) select $1, $2, 'Message number ' || n, now() - interval '1 day' + make_interval(mins => n) from generate_series(1, 30) n",
    [id, dana.id],
  );
  const portal = await visit(`/support/tickets/${id}`);
  const { page, context } = portal;
  await page.emulateMedia({ colorScheme: 'dark' });
  const articles = page.getByRole('log').getByRole('article');
  await expect.poll(() => articles.count()).toBe(30);
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
  await expect.poll(() => articles.count()).toBe(31);
  const paper = await page.getByRole('log').evaluate((log) => {
    const bubble = getComputedStyle(log.querySelector('.msg-own .bubble')!);
    return {
      whole: log.scrollHeight <= log.clientHeight,
      ink: bubble.color,
      ground: bubble.backgroundColor,
    };
  });
  expect(paper).toEqual({ whole: true, ink: 'rgb(29, 29, 26)', ground: 'rgb(255, 255, 255)' });
  for (const pressed of await page.locator('button, textarea, nav a').all())
    expect(await pressed.isVisible()).toBe(false);
  await page.emulateMedia({ media: 'screen' });
  await expect.poll(() => articles.count()).toBe(30);
  await context.close();
});
