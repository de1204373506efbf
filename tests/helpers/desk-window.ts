import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { bridgeCall, signIn } from './browser.ts';
import { testPassword } from './people.ts';

export type DeskWindow = ReturnType<typeof deskWindow>;

/** An agent's window: its parts by the names that it gives them, and what an agent does there. */
export function deskWindow(page: Page) {
  const parts = partsOf(page);
  return { page, ...parts, ...keyboardOf(page), ...choosingOf(page), ...verbsOf(page, parts) };
}

type Parts = ReturnType<typeof partsOf>;

function partsOf(page: Page) {
  const list = page.getByRole('listbox', { name: 'Tickets' });
  const details = page.getByRole('complementary', { name: 'Details' });
  return {
    sync: page.getByRole('status', { name: 'Sync' }),
    views: page.getByRole('navigation', { name: 'Views' }),
    searchBox: page.getByRole('searchbox', { name: 'Search' }),
    list,
    tickets: list.getByRole('option'),
    ticket: (subject: string) => list.getByRole('option', { name: subject }),
    /** The open ticket. */
    thread: (subject: string) => page.getByRole('main', { name: subject }),
    conversation: page.getByRole('log', { name: 'Conversation' }),
    composer: page.getByRole('textbox', { name: 'Message' }),
    details,
    field: (name: string) => details.getByRole('combobox', { name }),
    outbox: page.getByRole('region', { name: 'Outbox' }),
    /** A card in the open ticket. */
    notSent: (title: string) =>
      page.getByRole('main').getByRole('group', { name: `Not sent: ${title}` }),
    dialog: (name: string) => page.getByRole('dialog', { name }),
  };
}

function keyboardOf(page: Page) {
  return {
    async press(...keys: string[]): Promise<void> {
      for (const key of keys) await page.keyboard.press(key);
    },
    type: (text: string) => page.keyboard.type(text),
    async focused(on: Locator): Promise<void> {
      await expect
        .poll(() => on.evaluate((element) => element === document.activeElement))
        .toBe(true);
    },
  };
}

/** The palette and the pickers, by the keyboard. */
function choosingOf(page: Page) {
  const highlighted = page.locator('dialog.filter [role=option][data-highlighted]');
  /** Until it is out of the page: keys are its own as long as it is there. */
  async function chooserHasGone(): Promise<void> {
    await page.locator('dialog.filter').waitFor({ state: 'detached' });
  }
  /** In one that is opening: types, and picks the line once it is the highlighted one. */
  async function choose(name: string, typed: string, label: string | RegExp): Promise<void> {
    await page.getByRole('dialog', { name }).waitFor();
    await page.keyboard.type(typed);
    await highlighted.filter({ hasText: label }).waitFor();
    await page.keyboard.press('Enter');
    await chooserHasGone();
  }
  return {
    highlighted,
    chooserHasGone,
    choose,
    async openPalette(): Promise<void> {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
    },
    /** A command by the palette. */
    async run(typed: string, label: string | RegExp): Promise<void> {
      await page.keyboard.press('Control+k');
      await choose('Command palette', typed, label);
    },
  };
}

function verbsOf(page: Page, { sync, views, ticket, thread, conversation, composer }: Parts) {
  async function isLive(): Promise<void> {
    await sync.filter({ hasText: /^Live$/ }).waitFor();
  }
  /** All that the window has put off to its next frame has been done. */
  async function isDrawn(): Promise<void> {
    await page.evaluate(
      () =>
        new Promise((done) => {
          requestAnimationFrame(() => {
            requestAnimationFrame(done);
          });
        }),
    );
  }
  /** The list of this view is shown, and not asked for any more. */
  async function isListed(view: string): Promise<void> {
    // Also where a workspace without tickets has it as the main part of the window.
    await page
      .locator('.list[aria-busy=false]')
      .and(page.getByLabel(view, { exact: true }))
      .waitFor();
  }
  return {
    isLive,
    isListed,
    isDrawn,
    /** From the sign-in to the first sync. */
    async signIn({ email }: { email: string }): Promise<void> {
      await signIn(page, email, testPassword);
      await isLive();
    },
    /** After a start without the network: a desk without a keyring keeps its token in memory. */
    async signInAgain(): Promise<void> {
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('textbox', { name: 'Password' }).fill(testPassword);
      await page.locator('form').getByRole('button', { name: 'Sign in', exact: true }).click();
    },
    set: (settings: Record<string, unknown>) => bridgeCall(page, 'settings.set', settings),
    /** With the layout of the new size, which the window learns of a frame later. */
    async resize(width: number, height: number): Promise<void> {
      await page.setViewportSize({ width, height });
      await isDrawn();
    },
    async showAll(): Promise<void> {
      await views.getByRole('button', { name: /^All ?[\d,]*$/ }).click();
      await isListed('All');
    },
    /** Until it is read, with its messages: before that the pane has another name. */
    async openTicket(subject: string): Promise<void> {
      await ticket(subject).click();
      await thread(subject).waitFor();
    },
    /** Until it is in the conversation: sent, or held for its undo window. */
    async reply(text: string): Promise<void> {
      await composer.fill(text);
      await page.getByRole('button', { name: 'Send reply' }).click();
      await conversation.getByText(text, { exact: true }).waitFor();
    },
    async write(kind: 'Reply' | 'Internal note', text: string): Promise<void> {
      await page
        .getByRole('radiogroup', { name: 'Message type' })
        .getByRole('radio', { name: kind })
        .click();
      await composer.fill(text);
      await page
        .getByRole('button', { name: kind === 'Reply' ? 'Send reply' : 'Add note' })
        .click();
      await conversation.getByText(text, { exact: true }).waitFor();
    },
    /** Sends a reply that is held for its undo window. */
    async sendNow(): Promise<void> {
      await conversation.getByRole('button', { name: 'Send now' }).click();
    },
  };
}
