import { loadavg } from 'node:os';
import type { Page } from 'playwright-core';
import { buildWindow } from '../../scripts/build.ts';
import { conditions, table, writeSection } from '../report.ts';
import { crossingsDuring, type Crossing } from './recorder.ts';
import { openCountedWindow } from './shop.ts';

const reply = 'Thank you, we have changed it now.!';
/** As a quick typist types. */
const betweenLettersMs = 60;

type Journey = [name: string, act: () => Promise<void>, goal: string];

/**
 * `npm run bench -- calls`: counts the calls and events between window and desk as an agent works.
 */
export async function benchCalls(): Promise<void> {
  const [load = 0] = loadavg();
  buildWindow();
  const { page, customerWrites, stop } = await openCountedWindow();
  try {
    const rows: string[][] = [];
    for (const [name, act, goal] of journeys(page, customerWrites)) {
      const crossings = await crossingsDuring(page, act);
      rows.push(rowOf(name, crossings, goal));
      console.log(`${name}: ${namesOf(crossings)}`);
    }
    writeSection('Calls between window and desk', textOf(rows, load));
  } finally {
    await stop();
  }
}

function journeys(page: Page, customerWrites: (text: string) => Promise<void>): Journey[] {
  const composer = page.getByRole('textbox', { name: 'Message' });
  const conversation = page.getByRole('log', { name: 'Conversation' });
  return [
    [
      `typing a reply of ${reply.length} letters`,
      async () => {
        await composer.focus();
        await page.keyboard.type(reply, { delay: betweenLettersMs });
      },
      '9',
    ],
    [
      'sending it, until it has arrived',
      async () => {
        await page.keyboard.press('Control+Enter');
        await conversation
          .getByRole('article')
          .filter({ hasText: reply })
          .getByText(/^Sent/)
          .waitFor();
      },
      '2',
    ],
    [
      "a customer's message in the open ticket",
      () => customerWrites('And when will it be done?'),
      '0',
    ],
    [
      'J, the next ticket',
      async () => {
        await page.getByRole('listbox', { name: 'Tickets' }).focus();
        await page.keyboard.press('j');
      },
      '',
    ],
    ['E, closed and the next one there', () => page.keyboard.press('e'), ''],
  ];
}

/**
 * How many of the crossings say what the one before of the same name, and of the same question,
 * said.
 */
function repeated(crossings: readonly Crossing[]): number {
  const before = new Map<string, string>();
  return crossings.filter(({ kind, name, asked, told }) => {
    // A watched query says the same whether it returns that or pushes it.
    const question = `${kind === 'event' ? name : name.replace(/^watch /, 'push ')} ${asked}`;
    const same = told !== 'null' && before.get(question) === told;
    before.set(question, told);
    return same;
  }).length;
}

function rowOf(name: string, crossings: readonly Crossing[], goal: string): string[] {
  const calls = crossings.filter(({ kind }) => kind === 'call').length;
  return [name, String(calls), goal, String(crossings.length - calls), String(repeated(crossings))];
}

function namesOf(crossings: readonly Crossing[]): string {
  const counts = new Map<string, number>();
  for (const { kind, name } of crossings) {
    const what = kind === 'event' ? `(${name})` : name;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => `${count} ${what}`).join(', ');
}

function textOf(rows: string[][], load: number): string {
  return `A real window on a real desk and API with 2,000 tickets, until the bridge has been quiet for 1.5 s.

${table(['', 'calls', 'goal', 'events', 'said before'], rows)}

${conditions('embedded', load)}`;
}
