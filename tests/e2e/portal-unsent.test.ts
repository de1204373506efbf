import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, testPassword, type Person, type TestApi } from '../helpers/api.ts';
import { launchBrowser, signIn } from '../helpers/browser.ts';

let api: TestApi;
let dana: Person;
let omar: Person;
let browser: Browser;
beforeAll(async () => {
  api = await startApi({ perAddress: 1e9 });
  dana = await api.person('customer', 'Dana Okafor');
  omar = await api.person('customer', 'Omar Haddad');
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await api.close();
});

async function visit(
  path = '/support',
  who = dana,
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(api.server + path);
  await signIn(page, who.email, testPassword);
  return { page, context };
}
const box = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'New ticket' });
const newTicket = (page: Page) => page.getByRole('button', { name: 'New ticket' }).click();
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
    const { page, context } = await visit(`/support/tickets/${id}`);
    const release = await holdMessages(page);
    await box(page).pressSequentially('My first sentence');
    await box(page).press('Enter');
    await page.getByRole('button', { name: 'Sending...' }).waitFor();
    await box(page).pressSequentially(' and the later text');
    release();
    await page.getByRole('status').getByText('Message sent successfully').waitFor();
    expect(await box(page).inputValue()).toBe('and the later text');
    await box(page).press('Enter');
    await expect.poll(() => written(id)).toEqual(['My first sentence', 'and the later text']);
    await expect.poll(() => box(page).inputValue()).toBe('');
    expect(await kept(page)).toEqual([]);
    await context.close();
  });

  test('an answer that is lost to a reload: the text is settled by what has arrived', async () => {
    const { id } = await api.ticket(dana, 'Loaded again while sending');
    const { page, context } = await visit(`/support/tickets/${id}`);
    await page.route('**/messages', async (route) => {
      if (route.request().method() !== 'POST') {
        await route.continue();
        return;
      }
      await route.fetch();
      await route.abort('connectionreset');
    });
    await box(page).fill('It arrived, but who knows');
    await box(page).press('Enter');
    // The conversation is read again, and there it is.
    await page.getByRole('log').getByText('It arrived, but who knows').waitFor();
    await expect.poll(() => box(page).inputValue()).toBe('');
    await page.reload();
    await page.getByRole('log').getByText('It arrived, but who knows').waitFor();
    expect(await box(page).inputValue()).toBe('');
    expect(await written(id)).toEqual(['It arrived, but who knows']);
    await context.close();
  });

  test('two tabs of one ticket: each keeps its own text, whatever the other one sends', async () => {
    const { id } = await api.ticket(dana, 'In two tabs');
    const { page, context } = await visit(`/support/tickets/${id}`);
    await box(page).fill('Written in the first tab');
    const second = await context.newPage();
    await second.goto(`${api.server}/support/tickets/${id}`);
    // The first tab still has its text, so the second one lets go of it.
    await expect.poll(() => box(second).inputValue()).toBe('');
    await box(second).fill('Written in the second tab');
    await box(page).press('Enter');
    await expect.poll(() => box(page).inputValue()).toBe('');
    await second.reload();
    await expect.poll(() => box(second).inputValue()).toBe('Written in the second tab');
    await second.close();
    // What a closed tab has left is not lost.
    await page.reload();
    await expect.poll(() => box(page).inputValue()).toBe('Written in the second tab');
    expect(await written(id)).toEqual(['Written in the first tab']);
    await context.close();
  });

  test("Enter sends nothing while it belongs to a composition, in WebKit's order too, and once while it is held down", async () => {
    const { id } = await api.ticket(dana, 'Written in Japanese');
    const { page, context } = await visit(`/support/tickets/${id}`);
    await box(page).fill('こんにちは、元気ですか');
    await box(page).evaluate((field) => {
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
    await box(page).evaluate((field) => {
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
    const { page, context } = await visit(`/support/tickets/${id}`);
    await box(page).evaluate((field, text) => {
      (field as HTMLTextAreaElement).focus();
      document.execCommand('insertText', false, text);
    }, 'x'.repeat(120_007));
    await page.getByRole('alert').getByText('This is too long by 20,007 characters').waitFor();
    await box(page).press('Enter');
    expect((await box(page).inputValue()).length).toBe(120_007);
    await page.reload();
    await page.getByRole('alert').getByText('This is too long by 20,007 characters').waitFor();
    await box(page).fill('y'.repeat(100_000));
    await box(page).press('Enter');
    await page.getByRole('status').getByText('Message sent successfully').waitFor();
    expect(await written(id)).toEqual(['y'.repeat(100_000)]);
    await context.close();
  });
});

describe('a new ticket', () => {
  test('outlives Escape, a reload and a sign-in that has ended; nobody else sees it; signing out asks and removes it', async () => {
    const lena = await api.person('customer', 'Lena Brandt');
    const { page, context } = await visit('/support', lena);
    await newTicket(page);
    await dialog(page).getByRole('textbox', { name: 'Subject' }).fill('Not sent yet');
    await dialog(page)
      .getByRole('textbox', { name: 'Message' })
      .fill('    Indented, and unfinished');
    await page.keyboard.press('Escape');
    await page.getByText('You began a ticket and have not sent it: Not sent yet').waitFor();
    const isThere = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Continue writing' }).click();
      expect(await dialog(page).getByRole('textbox', { name: 'Subject' }).inputValue()).toBe(
        'Not sent yet',
      );
      expect(await dialog(page).getByRole('textbox', { name: 'Message' }).inputValue()).toBe(
        '    Indented, and unfinished',
      );
      await dialog(page).getByRole('button', { name: 'Cancel' }).click();
    };
    await isThere();
    await page.reload();
    await isThere();

    await api.pool.query('update sessions set revoked_at = now() where user_id = $1', [lena.id]);
    await page.reload();
    await signIn(page, omar.email, testPassword);
    await page.getByRole('banner').getByText('Omar Haddad').waitFor();
    await page.getByRole('heading', { name: 'Your tickets' }).waitFor();
    await newTicket(page);
    expect(await dialog(page).getByRole('textbox', { name: 'Subject' }).inputValue()).toBe('');
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
    const { page, context } = await visit();
    await newTicket(page);
    const message = dialog(page).getByRole('textbox', { name: 'Message' });
    await dialog(page).getByRole('textbox', { name: 'Subject' }).fill('Opened in a tunnel');
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
    await dialog(page).getByRole('button', { name: 'Create ticket' }).click();
    await dialog(page).getByRole('alert').getByText('We cannot be reached').waitFor();
    await message.fill('The code never comes.\nNot by mail either.');
    await dialog(page).getByRole('button', { name: 'Create ticket' }).click();
    await page.getByRole('heading', { name: 'Opened in a tunnel' }).waitFor();
    expect(await box(page).inputValue()).toBe('Not by mail either.');
    const { rows } = await api.pool.query(
      "select m.message from support_tickets t join support_messages m on m.ticket_id = t.id where t.subject = 'Opened in a tunnel'",
    );
    expect(rows).toEqual([{ message: 'The code never comes.' }]);
    await context.close();
  });

  test('a subject that is too long is kept whole too', async () => {
    const { page, context } = await visit();
    await newTicket(page);
    const subject = dialog(page).getByRole('textbox', { name: 'Subject' });
    await subject.evaluate((field, text) => {
      (field as HTMLInputElement).focus();
      document.execCommand('insertText', false, text);
    }, 's'.repeat(203));
    await dialog(page).getByText('This is too long by 3 characters').waitFor();
    expect((await subject.inputValue()).length).toBe(203);
    await context.close();
  });
});

test('a conversation of 31 messages is printed whole, dark on light and without what is there to be pressed', async () => {
  const { id } = await api.ticket(dana, 'To be printed');
  await api.pool.query(
    "insert into support_messages (ticket_id, user_id, message, created_at) select $1, $2, 'Message number ' || n, now() - interval '1 day' + make_interval(mins => n) from generate_series(1, 30) n",
    [id, dana.id],
  );
  const { page, context } = await visit(`/support/tickets/${id}`);
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
