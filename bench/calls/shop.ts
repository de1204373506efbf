import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser, signIn } from '../../tests/helpers/browser.ts';
import { startApiProgram, startDeskProgram } from '../../tests/helpers/processes.ts';
import { caller } from '../../tests/helpers/api.ts';
import { startEmbeddedPostgres } from '../../src/server/postgres/embedded.ts';
import { installRecorder } from './recorder.ts';

const password = 'staffdesk-demo';
const subject = 'Where the calls are counted';

/** A signed-in window with one ticket open, on a real desk and a real API with 2,000 tickets. */
export interface CountedWindow {
  page: Page;
  /** The customer of the open ticket writes. */
  customerWrites(text: string): Promise<void>;
  stop(): Promise<void>;
}

export async function openCountedWindow(): Promise<CountedWindow> {
  const dir = mkdtempSync(join(tmpdir(), 'staffdesk-calls-'));
  const cluster = await startEmbeddedPostgres({ dir: join(dir, 'postgres') });
  await cluster.createDatabase('calls');
  const api = await startApiProgram(cluster.url('calls'), 0, ['--demo-tickets', '2000']);
  const server = new URL(api.readyAt).origin;
  const { body } = await caller(server)('POST', '/auth/login', {
    email: 'dana@customer.test',
    password,
  });
  const customer = caller(server, body.access_token);
  const created = await customer('POST', '/support/tickets', {
    subject,
    category: 'account',
    message: 'How many calls does it take?',
  });
  if (created.status !== 200)
    throw new Error(`The ticket was refused: ${JSON.stringify(created.body)}`);
  const desk = await startDeskProgram(server, join(dir, 'data'));
  const browser = await launchBrowser('whole');
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await installRecorder(page);
  await page.goto(desk.readyAt);
  await signIn(page, 'maya@staffdesk.test', password);
  await page
    .getByRole('status', { name: 'Sync' })
    .filter({ hasText: /^Live$/ })
    .waitFor();
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: /^Open/ })
    .click();
  await page.getByRole('option', { name: new RegExp(subject) }).click();
  await page
    .getByRole('log', { name: 'Conversation' })
    .getByText('How many calls does it take?')
    .waitFor();
  return {
    page,
    async customerWrites(text) {
      await customer('POST', `/support/tickets/${created.body.id}/messages`, { message: text });
      await page.getByRole('log', { name: 'Conversation' }).getByText(text).waitFor();
    },
    async stop() {
      await browser.close();
      await desk.stop();
      await api.stop();
      await cluster.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
