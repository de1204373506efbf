import type { Browser, Page } from 'playwright-core';

/** Saves what is shown under a name without its ending. */
export type Save = (page: Page, name: string) => Promise<void>;

/** A laptop, a phone, and a laptop at 200 % zoom. */
const sizes = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
  { width: 640, height: 400 },
];

interface PortalScene {
  name: string;
  show: (page: Page) => Promise<void>;
}

const ticket = async (page: Page, status: 'open' | 'closed'): Promise<void> => {
  const links = page.getByRole('link');
  await (
    status === 'open'
      ? links.filter({ hasText: 'Withdrawal shows as sent' })
      : links.filter({ hasText: 'Closed' })
  )
    .first()
    .click();
  await page.getByRole('log').waitFor();
};

const scenes: readonly PortalScene[] = [
  { name: 'tickets', show: async () => Promise.resolve() },
  {
    name: 'new-ticket',
    async show(page) {
      await page.getByRole('button', { name: 'New ticket' }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'Subject' }).fill('Card');
      await dialog.getByRole('button', { name: 'Create ticket' }).click();
    },
  },
  { name: 'ticket', show: (page) => ticket(page, 'open') },
  { name: 'closed', show: (page) => ticket(page, 'closed') },
  {
    name: 'writing',
    async show(page) {
      await ticket(page, 'open');
      await page
        .getByRole('textbox', { name: 'Message' })
        .fill('Thank you!\nThe bank asks for the reference of the transfer. Where do I find it?');
    },
  },
];

/** Takes the customer's page at `server`, signed in as a customer of the demo. */
export async function takePortal(browser: Browser, server: string, save: Save): Promise<void> {
  const page = await browser.newPage({ locale: 'en-GB' });
  const inEverySize = async (name: string): Promise<void> => {
    for (const size of sizes) {
      await page.setViewportSize(size);
      await save(page, `portal-${name}-${size.width}x${size.height}`);
    }
  };
  await page.goto(`${server}/support`);
  await page.getByRole('textbox', { name: 'Password' }).waitFor();
  await inEverySize('sign-in');
  await page.getByRole('textbox', { name: 'Email' }).fill('dana@customer.test');
  await page.getByRole('textbox', { name: 'Password' }).fill('staffdesk-demo');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Your tickets' }).waitFor();
  for (const { name, show } of scenes) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${server}/support`);
    await page.getByRole('link', { name: /Withdrawal shows as sent/ }).waitFor();
    await show(page);
    await inEverySize(name);
  }
  await page.close();
}
