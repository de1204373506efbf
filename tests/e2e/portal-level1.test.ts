import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestApi } from '../helpers/api.ts';
import { startApi } from '../helpers/api.ts';
import { apiBase } from '../../src/contract/api.ts';
import { launchBrowser, signIn } from '../helpers/browser.ts';
import type { Level1Server } from '../helpers/level1-server.ts';
import { startLevel1Server } from '../helpers/level1-server.ts';

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
  const dana = level1.addPerson({ email: 'dana@customer.test', password: 'a long enough password', name: 'Dana Okafor', staff: false });
  const maya = level1.addPerson({ email: 'maya@staffdesk.test', password: 'a long enough password', name: 'Maya Ruiz', staff: true });
  const ticket = level1.addTicket(dana, 'Withdrawal has not arrived');
  level1.insertAsStaff(maya, ticket.id, 'We are looking into it.');
  level1.insertAsStaff(maya, ticket.id, 'An internal note that this server hands out', true);
  Object.assign(ticket, { created_at: '2025-11-10T09:12:33.123456' });

  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'America/New_York' });
  const page = await context.newPage();
  await page.route('**/api/v1/**', async (route) => {
    const { pathname, search } = new URL(route.request().url());
    try {
      await route.fulfill({ response: await route.fetch({ url: level1.server + pathname + search, maxRetries: 0 }) });
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

  level1.fail((request) => request === `POST /support/tickets/${ticket.id}/messages`, { kind: 'cut' });
  const box = page.getByRole('textbox', { name: 'Message' });
  await box.fill('Is there any news?');
  await box.press('Enter');
  // The conversation is read again, and it has arrived.
  await conversation.getByText('Is there any news?').waitFor();
  await expect.poll(() => box.inputValue()).toBe('');
  expect(level1.messages(ticket.id).filter(({ message }) => message === 'Is there any news?')).toHaveLength(1);

  await page.getByRole('button', { name: 'Close Ticket' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close ticket', exact: true }).click();
  await page.getByText('This ticket is closed', { exact: true }).waitFor();
  await context.close();
});

/**
 * One address for the page and the other server, as a gateway makes it. A broken answer breaks the browser's own connection, and
 * registration is as that server has it: with a user name, and without a session.
 */
async function startGateway(): Promise<{ server: string; registered: unknown[]; close: () => void }> {
  const registered: unknown[] = [];
  const gateway = createServer((incoming, outgoing) => {
    const url = incoming.url ?? '/';
    if (url === `${apiBase}/auth/register`) {
      void register(incoming, registered).then(({ status, body }) => { outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)); });
      return;
    }
    const target = url.startsWith(apiBase) ? level1.server : api.server;
    const upstream = ask(target + url, { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    upstream.on('error', () => { incoming.socket.resetAndDestroy(); });
    incoming.pipe(upstream);
  });
  await new Promise<void>((done) => { gateway.listen(0, '127.0.0.1', done); });
  return {
    server: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`,
    registered,
    close: () => { gateway.close(); gateway.closeAllConnections(); },
  };
}

async function register(incoming: AsyncIterable<Buffer>, registered: unknown[]): Promise<{ status: number; body: unknown }> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = JSON.parse(Buffer.concat(chunks).toString()) as { email: string; username?: string; full_name: string; password: string };
  if (body.username === undefined) return { status: 422, body: { detail: [{ loc: ['body', 'username'], msg: 'Field required', type: 'missing' }] } };
  if (body.email.startsWith('taken')) return { status: 400, body: { detail: 'Email already registered' } };
  registered.push(body);
  const { id } = level1.addPerson({ email: body.email, password: body.password, name: body.full_name, staff: false });
  return { status: 201, body: { id, email: body.email, username: body.username } };
}

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
  expect(gateway.registered).toEqual([expect.objectContaining({ email: 'Lena.Brandt+help@customer.test', username: expect.stringMatching(/^lena_brandt_help_[\da-f]{8}$/) })]);
  await context.close();
  gateway.close();
});
