import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { apiBase } from '../../src/contract/wire/api.ts';
import { signIn, watchErrors } from './browser.ts';
import { testPassword } from './people.ts';

export type PortalPage = ReturnType<typeof portalPage>;

/** The customer's page: its parts by the names that it gives them. */
export function portalPage(page: Page) {
  return {
    page,
    conversation: page.getByRole('log', { name: 'Conversation' }),
    messageBox: page.getByRole('textbox', { name: 'Message' }),
    newTicket: page.getByRole('button', { name: 'New ticket' }),
    newTicketDialog: page.getByRole('dialog', { name: 'New ticket' }),
    /** A word at the edge of the page about what has just happened. */
    toast: (text: string) => page.getByRole('status').getByText(text),
  };
}

export interface PortalVisit extends PortalPage {
  context: BrowserContext;
  /** The calls of the API that were answered: `GET /support/tickets 200`. */
  calls: string[];
  /** Errors that the page reported. */
  errors: string[];
}

/** A customer's own browser at the portal, signed in. */
export async function visitPortal(
  browser: Browser,
  address: string,
  customer: { email: string },
  options: BrowserContextOptions = {},
): Promise<PortalVisit> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const page = await context.newPage();
  const calls = watchCalls(page);
  const errors = watchErrors(page);
  await page.goto(address);
  await signIn(page, customer.email, testPassword);
  return { ...portalPage(page), context, calls, errors };
}

function watchCalls(page: Page): string[] {
  const calls: string[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.startsWith(apiBase)) return;
    calls.push(
      `${response.request().method()} ${pathname.slice(apiBase.length)} ${response.status()}`,
    );
  });
  return calls;
}
