import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testPassword, type Person, type TestApi } from '../helpers/api.ts';
import { launchBrowser, signIn } from '../helpers/browser.ts';
import { visitPortal } from '../helpers/portal-page.ts';
import { startShop, type Shop } from '../helpers/shop.ts';

let shop: Shop<'dana' | 'omar' | 'maya'>;
let api: TestApi;
let dana: Person;
let omar: Person;
let maya: Person;
let browser: Browser;
beforeAll(async () => {
  shop = await startShop('dana', 'omar', 'maya');
  ({ api, dana, omar, maya } = shop);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await shop.close();
});

const visit = (customer: Person, path = '/support') =>
  visitPortal(browser, api.server + path, customer);

describe('the tests of the report, as they were written', () => {
  test('1: a ticket is opened in the dialog, and its page shows details, conversation and the first message', async () => {
    const portal = await visit(dana);
    const { page, context, calls, errors } = portal;
    await page
      .getByRole('navigation', { name: 'Support sections' })
      .getByRole('link', { name: 'Tickets' })
      .click();
    await page.getByRole('heading', { name: 'Your tickets' }).waitFor();
    await page.getByText('No tickets yet').waitFor();
    await page.getByRole('button', { name: 'New ticket' }).click();
    const dialog = page.getByRole('dialog', { name: 'New ticket' });
    // Errors stand beside their fields before anything goes out.
    await dialog.getByRole('button', { name: 'Create ticket' }).click();
    await dialog.getByText('Use 5 to 200 characters for the subject.').waitFor();
    await dialog.getByText('Use at least 10 characters, so that we can help.').waitFor();
    await dialog.getByRole('textbox', { name: 'Subject' }).fill('Withdrawal has not arrived');
    await dialog.getByRole('combobox', { name: 'Category' }).selectOption('funding');
    await dialog.getByRole('combobox', { name: 'Priority' }).selectOption('high');
    await dialog
      .getByRole('textbox', { name: 'Message' })
      .fill('It has been three business days now.');
    await dialog.getByRole('button', { name: 'Create ticket' }).click();
    await page.getByRole('heading', { name: 'Withdrawal has not arrived' }).waitFor();
    await page.goto(`${api.server}/support`);
    await page.getByRole('link', { name: /Withdrawal has not arrived/ }).click();
    await page.getByRole('heading', { name: 'Withdrawal has not arrived' }).waitFor();
    const side = page.getByRole('complementary', { name: 'Ticket details' });
    for (const text of ['Funding', 'Open', 'High', 'Created', 'Last updated', '+1 (555) 010-0142'])
      await side.getByText(text, { exact: true }).waitFor();
    await portal.conversation.getByText('It has been three business days now.').waitFor();
    const [{ id } = { id: '' }] = (await dana.call('GET', '/support/tickets')).body.tickets as {
      id: string;
    }[];
    await expect.poll(() => calls).toContain(`GET /support/tickets/${id} 200`);
    await expect.poll(() => calls).toContain(`GET /support/tickets/${id}/messages 200`);
    // A ticket whose messages are gone has a conversation as well.
    await api.pool.query('delete from support_messages where ticket_id = $1', [id]);
    await page.reload();
    await portal.conversation.getByText('No messages yet').waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });

  test('2: Enter sends a message: Sending..., then it stands right with its time, the box is empty, a green word says so, and the row is in the database', async () => {
    const { id } = await api.ticket(dana, 'Two-factor code never comes');
    const portal = await visit(dana, `/support/tickets/${id}`);
    const { page, context, calls, errors } = portal;
    await portal.conversation.getByText('It has been three business days now.').waitFor();
    await page.getByText(/Minimum 5 characters/).waitFor();
    await portal.messageBox.fill('abcd');
    await portal.messageBox.press('Enter');
    await page.getByRole('alert').getByText('Please write at least 5 characters.').waitFor();
    // Held for a moment, so that the state can be seen.
    let release: () => void = () => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    await page.route(`**/support/tickets/${id}/messages`, async (route) => {
      if (route.request().method() === 'POST') await held;
      await route.continue();
    });
    await portal.messageBox.fill('First line');
    await portal.messageBox.press('Shift+Enter');
    await portal.messageBox.pressSequentially('second line');
    await portal.messageBox.press('Enter');
    await page.getByRole('button', { name: 'Sending...' }).waitFor();
    expect(await portal.messageBox.inputValue()).toBe('First line\nsecond line');
    release();
    await portal.toast('Message sent successfully').waitFor();
    const mine = portal.conversation.getByRole('article', { name: /^You, / }).last();
    await mine.getByText('First line').waitFor();
    expect(await mine.getByRole('time').or(mine.locator('time')).first().textContent()).toMatch(
      /\d{2}:\d{2}/,
    );
    await expect.poll(() => portal.messageBox.inputValue()).toBe('');
    await expect
      .poll(() => calls.slice(calls.indexOf(`POST /support/tickets/${id}/messages 200`)))
      .toContain(`GET /support/tickets/${id}/messages 200`);
    const { rows } = await api.pool.query<{
      message: string;
      user_id: string;
      staff_id: string | null;
    }>('SELECT * FROM support_messages WHERE ticket_id = $1 ORDER BY created_at', [id]);
    expect(rows.map(({ message, user_id, staff_id }) => [message, user_id, staff_id])).toEqual([
      ['It has been three business days now.', dana.id, null],
      ['First line\nsecond line', dana.id, null],
    ]);
    expect(errors).toEqual([]);
    await context.close();
  });

  test('3: own messages stand right on blue as You, those of staff left on grey as Support Team, each with its time', async () => {
    const { id } = await api.ticket(dana, 'Statement is empty');
    await maya.call('POST', `/support/tickets/${id}/messages`, {
      message: 'We are looking into it.',
    });
    const portal = await visit(dana, `/support/tickets/${id}`);
    const team = portal.conversation.getByRole('article', { name: /^Support Team, / });
    await team.getByText('We are looking into it.').waitFor();
    const own = portal.conversation.getByRole('article', { name: /^You, / });
    const [left, right, log] = await Promise.all([
      team.boundingBox(),
      own.boundingBox(),
      portal.conversation.boundingBox(),
    ]);
    if (!left || !right || !log) throw new Error('not drawn');
    expect(left.x - log.x).toBeLessThan(40);
    expect(log.x + log.width - (right.x + right.width)).toBeLessThan(40);
    const colour = (of: typeof own) =>
      of
        .locator('.bubble')
        .evaluate(
          (element) => getComputedStyle(element).backgroundColor.match(/\d+/g)?.map(Number) ?? [],
        );
    const [[red = 0, , blue = 0], grey] = await Promise.all([colour(own), colour(team)]);
    expect(blue - red).toBeGreaterThan(80);
    expect(Math.max(...grey.slice(0, 3)) - Math.min(...grey.slice(0, 3))).toBeLessThan(10);
    for (const message of [team, own])
      expect(await message.locator('time').textContent()).toMatch(/\d{2}:\d{2}/);
    await portal.context.close();
  });

  test('4: Close Ticket asks, says so in green, goes back after 1.5 s, and the database has status and time', async () => {
    const { id } = await api.ticket(dana, 'Close this one please');
    const portal = await visit(dana, `/support/tickets/${id}`);
    const { page, context, calls } = portal;
    await page.getByRole('button', { name: 'Close Ticket' }).waitFor();
    // The page's clock stands still until the word has been seen.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 10_000);
    await page.getByRole('button', { name: 'Close Ticket' }).click();
    await page
      .getByRole('dialog', { name: 'Close this ticket?' })
      .getByRole('button', { name: 'Close ticket', exact: true })
      .click();
    await portal.toast('Ticket closed successfully').waitFor();
    await page.clock.runFor(1_499);
    expect(new URL(page.url()).pathname).toBe(`/support/tickets/${id}`);
    await page.clock.runFor(1);
    await page.waitForURL(`${api.server}/support`);
    await page.clock.resume();
    await page
      .getByRole('link', { name: /Close this one please/ })
      .getByText('Closed')
      .waitFor();
    await expect.poll(() => calls).toContain(`POST /support/tickets/${id}/close 200`);
    const { rows } = await api.pool.query<{ status: string; resolved_at: Date | null }>(
      'SELECT status, resolved_at FROM support_tickets WHERE id = $1',
      [id],
    );
    expect(rows[0]?.status).toBe('closed');
    expect(rows[0]?.resolved_at).not.toBeNull();
    await context.close();
  });

  test('5: a closed ticket says so, takes no text, has neither Send nor Close Ticket, and its history can be read', async () => {
    const { id } = await api.ticket(dana, 'Closed and opened again');
    await dana.call('POST', `/support/tickets/${id}/close`);
    const portal = await visit(dana, `/support/tickets/${id}`);
    const { page, context } = portal;
    await page.getByText('This ticket is closed', { exact: true }).waitFor();
    expect(await portal.messageBox.isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Send' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Close Ticket' }).count()).toBe(0);
    await portal.conversation.getByText('It has been three business days now.').waitFor();
    await context.close();
  });
});

describe('the table of errors', () => {
  test("404: a ticket that is none, or someone else's, is said to be not found, and the page stays", async () => {
    const foreign = await api.ticket(omar, 'A ticket of Omar');
    const portal = await visit(dana, `/support/tickets/${foreign.id}`);
    const { page, context } = portal;
    await page.getByRole('alert').getByText('Ticket not found').waitFor();
    for (const id of ['00000000-0000-4000-8000-000000000000', 'no-uuid', foreign.id]) {
      await page.goto(`${api.server}/support/tickets/${id}`);
      await page.getByRole('alert').getByText('Ticket not found').waitFor();
      expect(new URL(page.url()).pathname).toBe(`/support/tickets/${id}`);
    }
    expect(await page.content()).not.toContain('A ticket of Omar');
    await page.getByRole('link', { name: 'Back to tickets' }).click();
    await page.getByRole('heading', { name: 'Your tickets' }).waitFor();
    await context.close();
  });

  test('not signed in: the way leads to the sign-in and back; a session that ends meanwhile does the same', async () => {
    const ida = await api.person('customer', 'Ida Lindqvist');
    const { id } = await api.ticket(ida, 'Where I wanted to go');
    const portal = await visit(ida, `/support/tickets/${id}`);
    const { page, context } = portal;
    await page.getByRole('heading', { name: 'Where I wanted to go' }).waitFor();
    // A reload needs no second sign-in.
    await page.reload();
    await page.getByRole('heading', { name: 'Where I wanted to go' }).waitFor();
    const learnsOfIt = [
      // It may read first, and then has no button any more.
      () =>
        page
          .getByRole('button', { name: 'Send' })
          .evaluateAll((buttons) => buttons.forEach((button) => (button as HTMLElement).click())),
      () => page.evaluate(() => window.dispatchEvent(new Event('online'))),
    ];
    for (const learn of learnsOfIt) {
      await portal.messageBox.fill('Kept over the sign-in');
      await api.pool.query('update sessions set revoked_at = now() where user_id = $1', [ida.id]);
      await learn();
      await page.getByRole('heading', { name: 'Sign in to support' }).waitFor();
      await signIn(page, ida.email, testPassword);
      await page.getByRole('heading', { name: 'Where I wanted to go' }).waitFor();
      await expect.poll(() => portal.messageBox.inputValue()).toBe('Kept over the sign-in');
    }
    await context.close();
  });

  test('500: said in words with a way to try again, and nothing of the fault is shown', async () => {
    const { id } = await api.ticket(dana, 'When the server breaks');
    const portal = await visit(dana, `/support/tickets/${id}`);
    const { page, context } = portal;
    await page.getByRole('heading', { name: 'When the server breaks' }).waitFor();
    await api.pool.query('alter table support_messages rename to support_messages_away');
    try {
      await portal.messageBox.fill('Does this arrive?');
      await page.getByRole('button', { name: 'Send' }).click();
      await page
        .getByRole('alert')
        .getByText('Your message was not sent. It is still here.')
        .waitFor();
      await page
        .getByRole('alert')
        .getByText(/Something went wrong on our side/)
        .first()
        .waitFor();
      expect(await page.content()).not.toContain('relation');
    } finally {
      await api.pool.query('alter table support_messages_away rename to support_messages');
    }
    expect(await portal.messageBox.inputValue()).toBe('Does this arrive?');
    await page
      .getByRole('alert')
      .filter({ hasText: 'not sent' })
      .getByRole('button', { name: 'Try again' })
      .click();
    await portal.toast('Message sent successfully').waitFor();
    await portal.conversation.getByText('Does this arrive?').waitFor();
    await context.close();
  });

  test('no network: the text stays, and trying again sends it once, also when only the answer was lost', async () => {
    const { id } = await api.ticket(dana, 'On a train');
    const portal = await visit(dana, `/support/tickets/${id}`);
    const { page, context } = portal;
    await page.getByRole('heading', { name: 'On a train' }).waitFor();
    let lost = false;
    await page.route(`**/support/tickets/${id}/messages`, async (route) => {
      if (route.request().method() !== 'POST' || lost) {
        await route.continue();
        return;
      }
      lost = true;
      await route.fetch();
      await route.abort('connectionreset');
    });
    await portal.messageBox.fill('Sent from a tunnel');
    await page.getByRole('button', { name: 'Send' }).click();
    // Its answer is lost, so the conversation is read again: it has arrived.
    await portal.conversation.getByText('Sent from a tunnel').waitFor();
    await expect.poll(() => portal.messageBox.inputValue()).toBe('');
    await context.setOffline(true);
    await portal.messageBox.fill('Sent outside of it');
    await page.getByRole('button', { name: 'Send' }).click();
    await page
      .getByRole('alert')
      .getByText('Your message was not sent. It is still here.')
      .waitFor();
    await page
      .getByRole('alert')
      .getByText(/We cannot be reached/)
      .first()
      .waitFor();
    await context.setOffline(false);
    await page
      .getByRole('alert')
      .filter({ hasText: 'not sent' })
      .getByRole('button', { name: 'Try again' })
      .click();
    await portal.toast('Message sent successfully').waitFor();
    const { rows } = await api.pool.query(
      'select message from support_messages where ticket_id = $1 order by created_at offset 1',
      [id],
    );
    expect(rows).toEqual([{ message: 'Sent from a tunnel' }, { message: 'Sent outside of it' }]);
    await context.close();
  });
});

test('a customer registers, finds an answer in the questions and opens a ticket', async () => {
  await api.pool.query(
    `insert into support_faq (category, question, answer, "order") values ('funding', 'How long does a withdrawal take?', 'Up to three business days.', 1), ('account', 'Can I rename myself?', 'Yes, in the settings.', 2)`,
  );
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 360, height: 720 },
  });
  const page = await context.newPage();
  await page.goto(`${api.server}/support/faq`);
  await page.getByRole('button', { name: 'Funding' }).click();
  expect(await page.getByText('Can I rename myself?').count()).toBe(0);
  await page.getByRole('searchbox', { name: 'Search the questions' }).fill('rename');
  await page.getByText('Can I rename myself?').click();
  await page.getByText('Yes, in the settings.').waitFor();
  await page.getByRole('link', { name: 'Tickets' }).click();
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByRole('textbox', { name: 'Full name' }).fill('Lena Brandt');
  await page.getByRole('textbox', { name: 'Email' }).fill(dana.email);
  await page.getByRole('textbox', { name: 'Password' }).fill('a long enough password');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('alert').getByText('The account could not be created').waitFor();
  await page.getByRole('textbox', { name: 'Email' }).fill('lena@customer.test');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByText('No tickets yet').waitFor();
  const { rows } = await api.pool.query<{ role: string }>(
    "select role from users where email = 'lena@customer.test'",
  );
  expect(rows).toEqual([{ role: 'customer' }]);
  // Nothing is wider than a small phone.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await context.close();
});

test('the access token is nowhere that lasts, and the key of the session is in the storage of this origin alone', async () => {
  const portal = await visit(dana);
  const { page, context } = portal;
  await page.getByRole('heading', { name: 'Your tickets' }).waitFor();
  const [kept, ...readable] = await page.evaluate(
    () => [{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href] as const,
  );
  expect(kept).toEqual({ session: expect.stringMatching(/^[\da-f]{16} [\w-]{43}$/) });
  expect(JSON.stringify([kept, ...readable])).not.toContain('eyJ');
  expect(JSON.stringify(readable)).not.toContain(kept['session']?.split(' ')[1]);
  expect(await context.cookies(`${api.server}/api/v1/auth/refresh`)).toEqual([]);
  // Signed out, the session is over at the server too.
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in to support' }).waitFor();
  await page.goto(`${api.server}/support`);
  await page.getByRole('heading', { name: 'Sign in to support' }).waitFor();
  await context.close();
  dana = { ...dana, ...(await freshSession(dana)) };
});

test('hostile text is shown as text', async () => {
  const { id } = await api.ticket(dana, '<img src=x onerror=alert(1)> & "subject"');
  await maya.call('POST', `/support/tickets/${id}/messages`, {
    message: `<script>window.hacked = 1</script><base href="//evil.test"> \u202Egnp.exe ${'W'.repeat(3_000)}`,
  });
  const portal = await visit(dana, `/support/tickets/${id}`);
  const { page, context, errors } = portal;
  await portal.conversation.getByText(/<script>window.hacked/).waitFor();
  expect(
    await page.evaluate(() => [
      Object.hasOwn(window, 'hacked'),
      document.querySelectorAll('main img, main script, base').length,
      document.documentElement.scrollWidth <= innerWidth,
    ]),
  ).toEqual([false, 0, true]);
  expect(errors).toEqual([]);
  await context.close();
});

test('an address that its author wrote is a link that opens beside the page; what only looks like one, and what leads to this computer, is text', async () => {
  const { id } = await api.ticket(dana, 'Links of all kinds');
  const safe = [
    'https://help.example.com/refund?a=1&b=2',
    'www.example.com/faq',
    'me@example.com',
    'http://xn--pple-43d.com/',
  ];
  const text = [
    'javascript:alert(1)',
    'JaVaScRiPt://example.com/%0aalert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://example.com/x',
    'tel:+15550100142',
    'intent://scan/#Intent;end',
    '//example.com/x',
    'https://user:secret@example.com/',
    'README.md',
    'example.com',
    'http://127.0.0.1:8080/',
    'http://localhost/',
    'http://[::1]/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://127.1/',
    'http://x.localhost/',
    'http://[::ffff:127.0.0.1]/',
    'http://0/',
    '<a href="https://evil.test">x</a>'.replace('https://', 'https:'),
    '[x](javascript:alert(1))',
  ];
  await maya.call('POST', `/support/tickets/${id}/messages`, {
    message: [...safe.slice(0, 3), 'http://\u0430pple.com/', ...text].join('\n'),
  });
  await dana.call('POST', `/support/tickets/${id}/messages`, {
    message: `Is it https://example.com/mine\u202E, or (www.example.com/a_(b))?`,
  });
  await api.pool.query(
    `insert into support_faq (category, question, answer, "order") values ('other', 'Where is the manual?', 'See https://example.com/manual.', 9)`,
  );

  const portal = await visit(dana, `/support/tickets/${id}`);
  const { page, context, errors } = portal;
  const team = portal.conversation.getByRole('article', { name: /^Support Team, / });
  await team.getByText('README.md').waitFor();
  expect(await team.getByRole('link').allTextContents()).toEqual(safe);
  const own = portal.conversation.getByRole('article', { name: /^You, / }).last();
  expect(await own.getByRole('link').allTextContents()).toEqual([
    'https://example.com/mine',
    'www.example.com/a_(b)',
  ]);
  const shown = (await team.locator('.bubble').textContent())?.split('\n');
  expect(shown).toEqual([...safe.slice(0, 3), safe[3], ...text]);

  const ways = await page
    .locator('.bubble a')
    .evaluateAll((all) =>
      all.map((a) =>
        [a.getAttribute('target'), a.getAttribute('rel'), (a as HTMLAnchorElement).protocol].join(
          ' ',
        ),
      ),
    );
  expect(new Set(ways)).toEqual(
    new Set([
      '_blank noopener noreferrer nofollow https:',
      '_blank noopener noreferrer nofollow http:',
      '_blank noopener noreferrer nofollow mailto:',
    ]),
  );
  await context.route('https://help.example.com/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>there</title>' }),
  );
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    team.getByRole('link').first().click(),
  ]);
  await opened.waitForURL(safe[0] ?? '');
  expect(await opened.evaluate(() => [window.opener === null, document.referrer])).toEqual([
    true,
    '',
  ]);
  expect(new URL(page.url()).pathname).toBe(`/support/tickets/${id}`);

  await page.getByRole('link', { name: 'FAQ', exact: true }).click();
  await page.getByText('Where is the manual?').click();
  expect(
    await page
      .getByRole('link', { name: 'https://example.com/manual', exact: true })
      .getAttribute('href'),
  ).toBe('https://example.com/manual');
  expect(errors).toEqual([]);
  await context.close();
});

test("a customer who edits the page's requests gets nothing and changes nothing", async () => {
  const foreign = await api.ticket(omar, 'A private matter');
  await maya.call('POST', `/support/tickets/${foreign.id}/notes`, {
    message: 'Canary of an internal note',
  });
  const own = await api.ticket(dana, 'My own matter');
  await maya.call('POST', `/support/tickets/${own.id}/notes`, {
    message: 'Canary of an internal note',
  });
  const portal = await visit(dana, `/support/tickets/${own.id}`);
  const { page, context } = portal;
  await page.getByRole('heading', { name: 'My own matter' }).waitFor();
  const token = dana.token;
  const ask = (method: string, path: string, body?: unknown) =>
    page.evaluate(
      async ([verb, to, content, bearer]) => {
        const response = await fetch(`/api/v1${to}`, {
          method: verb,
          headers: {
            authorization: `Bearer ${bearer}`,
            ...(content === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(content === undefined ? {} : { body: JSON.stringify(content) }),
        });
        return {
          status: response.status,
          text: response.headers.get('content-type')?.startsWith('text/event-stream')
            ? ''
            : await response.text(),
        };
      },
      [method, path, body, token] as const,
    );
  const before = await rowsOf();
  const answers = [
    await ask('GET', `/support/tickets/${foreign.id}`),
    await ask('GET', `/support/tickets/${foreign.id}/messages`),
    await ask('POST', `/support/tickets/${foreign.id}/messages`, { message: 'hello there' }),
    await ask('POST', `/support/tickets/${foreign.id}/close`, {}),
    await ask('POST', `/support/tickets/${own.id}/messages`, {
      message: 'with more',
      is_internal: true,
    }),
    await ask('POST', `/support/tickets/${own.id}/messages`, {
      message: 'with more',
      staff_id: maya.id,
    }),
    await ask('POST', `/support/tickets/${own.id}/notes`, { message: 'a note of mine' }),
    await ask('PATCH', `/support/tickets/${own.id}`, { priority: 'urgent' }),
    await ask('POST', '/support/tickets', {
      subject: 'For someone else',
      category: 'other',
      message: 'long enough text',
      user_id: omar.id,
    }),
    await ask('GET', '/support/staff'),
    await ask('GET', '/support/macros'),
    await ask('POST', '/auth/register', {
      email: 'x@customer.test',
      full_name: 'X',
      password: 'a long enough password',
      role: 'admin',
    }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([
    404, 404, 404, 404, 422, 422, 403, 403, 422, 403, 403, 422,
  ]);
  for (const path of [
    '/support/tickets?limit=1000',
    `/support/tickets/${own.id}`,
    `/support/tickets/${own.id}/messages`,
    '/support/sync',
  ])
    answers.push(await ask('GET', path));
  const everything = answers.map(({ text }) => text).join('\n');
  for (const secret of ['Canary', 'A private matter', 'Omar'])
    expect(everything).not.toContain(secret);
  expect(await rowsOf()).toEqual(before);
  await context.close();
});

async function rowsOf(): Promise<unknown[]> {
  const { rows } = await api.pool.query(
    "select (select count(*) from support_tickets) as tickets, (select count(*) from support_messages) as messages, (select count(*) from users) as users, (select string_agg(status || version, ',' order by id) from support_tickets) as states",
  );
  return rows;
}

async function freshSession({
  email,
}: Person): Promise<Pick<Person, 'token' | 'refreshToken' | 'call'>> {
  const { body } = await api.call('POST', '/auth/login', { email, password: testPassword });
  const { caller } = await import('../helpers/api.ts');
  return {
    token: body.access_token,
    refreshToken: body.refresh_token,
    call: caller(api.server, body.access_token),
  };
}
