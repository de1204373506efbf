import {
  createServer,
  request as ask,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import type { Writable } from 'node:stream';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from '../helpers/api.ts';
import { apiBase } from '../../src/contract/wire/api.ts';
import { launchBrowser, signIn } from '../helpers/browser.ts';
import { startLevel1Server, type Level1Server } from '../helpers/level1-server.ts';
import { selfSigned } from '../helpers/self-signed.ts';

let api: TestApi;
let level1: Level1Server;
let browser: Browser;
beforeAll(async () => {
  // Serves the page; each call of the page goes to the other server.
  api = await startApi();
  level1 = await startLevel1Server();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await level1.close();
  await api.close();
});

test('with a server of level 1 the page works as well: times are UTC, an internal note is not shown, and a lost answer is not sent twice', async () => {
  const dana = level1.addPerson({
    email: 'dana@customer.test',
    password: 'a long enough password',
    name: 'Dana Okafor',
    staff: false,
  });
  const maya = level1.addPerson({
    email: 'maya@staffdesk.test',
    password: 'a long enough password',
    name: 'Maya Ruiz',
    staff: true,
  });
  const ticket = level1.addTicket(dana, 'Withdrawal has not arrived');
  level1.insertAsStaff(maya, ticket.id, 'We are looking into it.');
  level1.insertAsStaff(maya, ticket.id, 'An internal note that this server hands out', true);
  Object.assign(ticket, { created_at: '2025-11-10T09:12:33.123456' });

  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'America/New_York' });
  const page = await context.newPage();
  await page.route('**/api/v1/**', async (route) => {
    const { pathname, search } = new URL(route.request().url());
    try {
      await route.fulfill({
        response: await route.fetch({ url: level1.server + pathname + search, maxRetries: 0 }),
      });
    } catch {
      await route.abort('connectionreset');
    }
  });
  await page.goto(`${api.server}/support`);
  await signIn(page, dana.email, dana.password);
  await page.getByRole('link', { name: /Withdrawal has not arrived/ }).click();
  const conversation = page.getByRole('log', { name: 'Conversation' });
  await conversation.getByText('We are looking into it.').waitFor();
  expect(await page.content()).not.toContain('An internal note');
  await page.getByRole('complementary').getByText('10 Nov 2025, 04:12').waitFor();

  level1.fail((request) => request === `POST /support/tickets/${ticket.id}/messages`, {
    kind: 'cut',
  });
  const box = page.getByRole('textbox', { name: 'Message' });
  await box.fill('Is there any news?');
  await box.press('Enter');
  // The conversation is read again, and it has arrived.
  await conversation.getByText('Is there any news?').waitFor();
  await expect.poll(() => box.inputValue()).toBe('');
  expect(
    level1.messages(ticket.id).filter(({ message }) => message === 'Is there any news?'),
  ).toHaveLength(1);

  await page.getByRole('button', { name: 'Close Ticket' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close ticket', exact: true }).click();
  await page.getByText('This ticket is closed', { exact: true }).waitFor();
  await context.close();
});

/**
 * One address for the page and the other server, as a gateway makes it. A broken answer breaks the
 * browser's own connection, and registration is as that server has it: with a user name, and
 * without a session.
 */
async function startGateway(
  protocol: 'http/1.1' | 'h2' = 'http/1.1',
): Promise<{ server: string; registered: unknown[]; close: () => void }> {
  const registered: unknown[] = [];
  const connections = new Map<number | undefined, Socket>();
  const forward = (
    incoming: IncomingMessage | Http2ServerRequest,
    outgoing: ServerResponse | Http2ServerResponse,
  ): void => {
    const url = incoming.url ?? '/';
    if (url === `${apiBase}/auth/register`) {
      void register(incoming, registered).then(({ status, body }) => {
        answerWith(outgoing, status, { 'content-type': 'application/json' }).end(
          JSON.stringify(body),
        );
      });
      return;
    }
    const target = url.startsWith(apiBase) ? level1.server : api.server;
    // A connection of its own: one that the server closes for its age is no break.
    const upstream = ask(
      target + url,
      { method: incoming.method, headers: ofOneHop(incoming.headers), agent: false },
      (answer) => {
        answer.pipe(answerWith(outgoing, answer.statusCode ?? 500, ofOneHop(answer.headers)));
      },
    );
    upstream.on('error', () => {
      connections.get(incoming.socket.remotePort)?.resetAndDestroy();
    });
    incoming.pipe(upstream);
  };
  const gateway =
    protocol === 'h2' ? createSecureServer(selfSigned, forward) : createServer(forward);
  gateway.on('connection', (connection: Socket) => {
    connections.set(connection.remotePort, connection);
  });
  await new Promise<void>((done) => {
    gateway.listen(0, '127.0.0.1', done);
  });
  return {
    server: `${protocol === 'h2' ? 'https' : 'http'}://127.0.0.1:${(gateway.address() as AddressInfo).port}`,
    registered,
    close: () => {
      gateway.close();
      for (const connection of connections.values()) connection.destroy();
    },
  };
}

function answerWith(
  outgoing: ServerResponse | Http2ServerResponse,
  status: number,
  headers: IncomingHttpHeaders,
): Writable {
  outgoing.statusCode = status;
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) outgoing.setHeader(name, value);
  return outgoing;
}

/** Headers without those that are about one connection alone, which HTTP/2 does not have. */
const ofOneHop = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) =>
        !name.startsWith(':') &&
        !['connection', 'keep-alive', 'transfer-encoding', 'host'].includes(name),
    ),
  );

async function register(
  incoming: AsyncIterable<Buffer>,
  registered: unknown[],
): Promise<{ status: number; body: unknown }> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = JSON.parse(Buffer.concat(chunks).toString()) as {
    email: string;
    username?: string;
    full_name: string;
    password: string;
  };
  if (body.username === undefined)
    return {
      status: 422,
      body: { detail: [{ loc: ['body', 'username'], msg: 'Field required', type: 'missing' }] },
    };
  if (body.email.startsWith('taken'))
    return { status: 400, body: { detail: 'Email already registered' } };
  registered.push(body);
  const { id } = level1.addPerson({
    email: body.email,
    password: body.password,
    name: body.full_name,
    staff: false,
  });
  return { status: 201, body: { id, email: body.email, username: body.username } };
}

/**
 * As many connections as the browser opens to one host, of both its kinds, all used before and
 * idle.
 */
function fillWithConnections(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const one = async (credentials: RequestCredentials): Promise<void> => {
      await (await fetch('/support', { credentials, cache: 'no-store' })).text();
    };
    await Promise.all(
      Array.from({ length: 12 }, (_, n) => one(n % 2 === 0 ? 'omit' : 'same-origin')),
    );
  });
}

test('a connection that breaks behind the commit: the browser does not send again by itself, and the page sees that it has arrived', async () => {
  const gateway = await startGateway();
  const omar = level1.addPerson({
    email: 'omar@customer.test',
    password: 'a long enough password',
    name: 'Omar Haddad',
    staff: false,
  });
  const ticket = level1.addTicket(omar, 'The line is bad here');
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(`${gateway.server}/support/tickets/${ticket.id}`);
  await signIn(page, omar.email, omar.password);
  const log = page.getByRole('log');
  const box = page.getByRole('textbox', { name: 'Message' });
  for (const text of ['The first of three', 'The second of three', 'The third of three']) {
    await log.getByText('It has been three business days now.').waitFor();
    await fillWithConnections(page);
    level1.fail((request) => request === `POST /support/tickets/${ticket.id}/messages`, {
      kind: 'cut',
    });
    await box.fill(text);
    await box.press('Enter');
    await log.getByText(text).waitFor();
    await expect.poll(() => box.inputValue()).toBe('');
    expect(level1.messages(ticket.id).filter(({ message }) => message === text)).toHaveLength(1);
  }
  const text = 'One that nothing happens to';
  await box.fill(text);
  await box.press('Enter');
  await page.getByRole('status').getByText('Message sent successfully').waitFor();
  expect(level1.messages(ticket.id).at(-1)?.message).toBe(text);

  await page.getByRole('link', { name: 'Back to tickets' }).click();
  await page.getByRole('button', { name: 'New ticket' }).click();
  const dialog = page.getByRole('dialog', { name: 'New ticket' });
  await dialog.getByRole('textbox', { name: 'Subject' }).fill('Another ticket');
  await dialog.getByRole('textbox', { name: 'Message' }).fill('The words of another ticket');
  await fillWithConnections(page);
  const before = level1.log.length;
  level1.fail((request) => request === 'POST /support/tickets', { kind: 'never' });
  await dialog.getByRole('button', { name: 'Create ticket' }).click();
  await dialog.getByRole('alert').getByText('We cannot be reached').waitFor();
  expect(
    level1.log.slice(before).filter((request) => request === 'POST /support/tickets'),
  ).toHaveLength(1);
  await context.close();
  gateway.close();
});

test('over HTTP/2, where all requests share one connection, a message that the browser has repeated is told', async () => {
  const gateway = await startGateway('h2');
  const lena = level1.addPerson({
    email: 'lena@two.test',
    password: 'a long enough password',
    name: 'Lena Brandt',
    staff: false,
  });
  const ticket = level1.addTicket(lena, 'The line is bad here too');
  const context = await browser.newContext({ locale: 'en-GB', ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.goto(`${gateway.server}/support/tickets/${ticket.id}`);
  await signIn(page, lena.email, lena.password);
  const box = page.getByRole('textbox', { name: 'Message' });
  for (const [text, fault] of [
    ['One that nothing happens to', null],
    ['One whose connection breaks', { kind: 'cut' }],
  ] as const) {
    if (fault)
      level1.fail((request) => request === `POST /support/tickets/${ticket.id}/messages`, fault);
    await box.fill(text);
    await box.press('Enter');
    await page.getByRole('log').getByText(text).first().waitFor();
    await expect.poll(() => box.inputValue()).toBe('');
    const rows = level1.messages(ticket.id).filter(({ message }) => message === text).length;
    await expect.poll(() => page.getByRole('log').getByText(text).count()).toBe(rows);
    await expect
      .poll(() => page.getByRole('status').getByText('Your message is here twice').count())
      .toBe(rows - 1);
  }

  for (const [subject, fault] of [
    ['Nothing happens to it', null],
    ['A ticket whose connection breaks', { kind: 'cut' }],
  ] as const) {
    await page.getByRole('link', { name: 'Back to tickets' }).click();
    await page.getByRole('button', { name: 'New ticket' }).click();
    const dialog = page.getByRole('dialog', { name: 'New ticket' });
    await dialog.getByRole('textbox', { name: 'Subject' }).fill(subject);
    await dialog.getByRole('textbox', { name: 'Message' }).fill('The words of a new ticket');
    if (fault) level1.fail((request) => request === 'POST /support/tickets', fault);
    await dialog.getByRole('button', { name: 'Create ticket' }).click();
    await page.getByRole('heading', { name: subject }).waitFor();
    const rows = [...level1.tickets.values()].filter((one) => one.subject === subject).length;
    await expect
      .poll(() => page.getByRole('status').getByText('Your ticket is here twice').count())
      .toBe(rows - 1);
    // Chromium repeats over HTTP/2; one that does not has written it once, and is told nothing.
    if (rows === 2) await page.getByRole('link', { name: 'Open the other one' }).waitFor();
  }
  await context.close();
  gateway.close();
});

test('registration with a user name, which nobody is asked for; a refusal is said in the words of the server', async () => {
  const gateway = await startGateway();
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(`${gateway.server}/support/register`);
  await page.getByRole('textbox', { name: 'Full name' }).fill('Lena Brandt');
  await page.getByRole('textbox', { name: 'Email' }).fill('taken@customer.test');
  await page.getByRole('textbox', { name: 'Password' }).fill('a long enough password');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('alert').getByText('The server says: Email already registered').waitFor();
  await page.getByRole('textbox', { name: 'Email' }).fill('Lena.Brandt+help@customer.test');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByText('No tickets yet').waitFor();
  expect(gateway.registered).toEqual([
    expect.objectContaining({
      email: 'Lena.Brandt+help@customer.test',
      username: expect.stringMatching(/^lena_brandt_help_[\da-f]{8}$/),
    }),
  ]);
  await context.close();
  gateway.close();
});
