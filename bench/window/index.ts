import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { buildWindow } from '../../scripts/build.ts';
import { launchBrowser } from '../../tests/helpers/browser.ts';
import { startDeskProgram } from '../../tests/helpers/processes.ts';
import { percentile, show } from '../numbers.ts';
import { conditions, table, writeSection } from '../report.ts';
import { longSubject, nobody, prepareDataDir, sizes } from './cache.ts';
import { framesDuring, installStopwatch, timed } from './in-page.ts';
import { memoryOverSwitches } from './memory.ts';

const presses = 100;
const usual = { width: 1280, height: 800 };
const searches = [
  'withdrawal bank',
  'refund card',
  'status:open password',
  'from:me transfer',
  '"two-factor"',
  'verification',
  '出金が',
];
const longFrame = 50;

type Row = [label: string, times: number[], goal: number];

/**
 * Key press to paint, frames while scrolling, and memory, in a real browser on a real desk that is
 * offline.
 */
export async function benchWindow({ size }: { size: 'S' | 'L' }): Promise<void> {
  const load = loadavg()[0] ?? 0;
  const dir = mkdtempSync(join(tmpdir(), 'staffdesk-window-'));
  buildWindow();
  prepareDataDir(dir, size);
  const desk = await startDeskProgram(nobody, dir);
  const browser = await launchBrowser('whole');
  try {
    const page = await browser.newPage({ viewport: usual });
    await installStopwatch(page);
    await page.goto(desk.readyAt);
    await page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('button', { name: /^Open/ })
      .click();
    await page.getByRole('listbox', { name: 'Tickets' }).getByRole('option').first().click();
    await page.locator('[data-message]').first().waitFor();
    const rows: Row[] = [
      ...(await measureKeys(page)),
      ...(await measureWide(page)),
      ['search, a letter typed', await measureSearch(page), 100],
      ...(await measurePalette(page)),
    ];
    console.log(
      rows
        .map(
          ([label, all]) =>
            `${label}: ${show(percentile(all, 0.5))} / ${show(percentile(all, 0.95))} ms`,
        )
        .join('\n'),
    );
    const list = await scrollList(page);
    const thread = await scrollThread(page);
    console.log(
      `Scrolled: longest frames ${show(Math.max(...list))} and ${show(Math.max(...thread))} ` +
        'ms. Switching tickets 10,000 times ...',
    );
    const memory = await measureMemory(page);
    report(
      size,
      load,
      rows,
      [
        ['the list, 30,000 pixels', list],
        ['a thread of 1,000 messages, opened and walked to its beginning and end', thread],
      ],
      memory,
    );
  } finally {
    await browser.close();
    await desk.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function times(count: number, run: (n: number) => Promise<number>): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < count; n += 1) all.push(await run(n));
  // The first ones compile code.
  return all.slice(10);
}

async function measureKeys(page: Page): Promise<Row[]> {
  const press = (key: string) => timed(page, 'keydown', 'thread', () => page.keyboard.press(key));
  const down = await times(presses + 10, () => press('j'));
  const up = await times(presses + 10, () => press('k'));
  const options = page.getByRole('listbox', { name: 'Tickets' }).getByRole('option');
  const open = await times(presses + 10, async (n) => {
    const row = options.nth(n % 2 === 0 ? 4 : 1);
    // A hand brings the pointer to rest before it presses; `timed` waits as long as between two
    // keys.
    await row.hover();
    return timed(page, 'pointerdown', 'thread', () => row.click({ noWaitAfter: true }));
  });
  await page.getByRole('listbox', { name: 'Tickets' }).focus();
  const close = await times(presses + 10, () => press('e'));
  return [
    ['J, the next ticket and its thread', down, 50],
    ['K, the one before', up, 50],
    ['a click on a ticket under the resting pointer', open, 50],
    ['E, closed and the next one there', close, 50],
  ];
}

/** A wide window lists in columns, and shows more rows. */
async function measureWide(page: Page): Promise<Row[]> {
  await page.setViewportSize({ width: 1920, height: 1080 });
  const rows = await measureKeys(page);
  await page.setViewportSize(usual);
  return rows.map(([label, all, goal]) => [`${label}, at 1,920 pixels`, all, goal]);
}

async function measureSearch(page: Page): Promise<number[]> {
  const box = page.getByRole('searchbox', { name: 'Search' });
  const all: number[] = [];
  for (const query of searches) {
    await box.fill('');
    for (const letter of query) all.push(await typed(page, letter));
  }
  await box.fill('');
  await page.keyboard.press('Escape');
  return all;
}

const inPalette = ['close', 'snooze', 'unassigned', 'withdrawal', 'settings'];

async function measurePalette(page: Page): Promise<Row[]> {
  const opened: number[] = [];
  const letters: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    opened.push(await timed(page, 'keydown', 'palette', () => page.keyboard.press('Control+k')));
    for (const letter of n < 10 ? (inPalette[n % inPalette.length] ?? '') : '')
      letters.push(await timed(page, 'keydown', 'palette', () => page.keyboard.press(letter)));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  return [
    ['the palette opened', opened, 50],
    ['the palette, a letter typed', letters, 50],
  ];
}

/** A letter that no keyboard of ours has comes as an input method hands it over: without a key. */
function typed(page: Page, letter: string): Promise<number> {
  if (/[^\u0020-\u007e]/.test(letter))
    return timed(page, 'input', 'search', () => page.keyboard.insertText(letter));
  return timed(page, 'keydown', 'search', () =>
    page.keyboard.press(letter === ' ' ? 'Space' : letter),
  );
}

async function scrollList(page: Page): Promise<number[]> {
  const box = await page.getByRole('listbox', { name: 'Tickets' }).boundingBox();
  await page.mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 200);
  return framesDuring(page, async () => {
    for (let n = 0; n < 150; n += 1) await page.mouse.wheel(0, n < 100 ? 200 : -200);
  });
}

async function scrollThread(page: Page): Promise<number[]> {
  await page.getByRole('searchbox', { name: 'Search' }).fill(longSubject);
  const option = page
    .getByRole('listbox', { name: 'Tickets' })
    .getByRole('option', { name: new RegExp(longSubject) });
  await option.waitFor();
  const frames = await framesDuring(page, async () => {
    await option.click();
    const log = page.getByRole('log', { name: 'Conversation' });
    await log.getByRole('article').first().waitFor();
    const box = await log.boundingBox();
    await page.mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 200);
    for (let n = 0; n < 600; n += 1) await page.mouse.wheel(0, n < 400 ? -300 : 600);
  });
  await page.getByRole('searchbox', { name: 'Search' }).press('Escape');
  return frames;
}

async function measureMemory(page: Page) {
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: /^All [\d,]/ })
    .click();
  await page.getByRole('listbox', { name: 'Tickets' }).getByRole('option').nth(1).click();
  await page.locator('[data-message]').first().waitFor();
  await page.getByRole('listbox', { name: 'Tickets' }).focus();
  return memoryOverSwitches(page);
}

function report(
  size: 'S' | 'L',
  load: number,
  rows: Row[],
  scrolls: [string, number[]][],
  memory: Awaited<ReturnType<typeof memoryOverSwitches>>,
): void {
  const { tickets, messages } = sizes[size];
  const text = `A real Chromium on a real desk that is offline, with ${tickets.toLocaleString('en')}
tickets and ${messages.toLocaleString('en')} messages in its cache. From the time
stamp of the event to the frame that shows what it asked for, milliseconds:
for a ticket its thread, not only its name. Without a graphics card, so every pixel
is drawn by the processor that also runs the desk.

${table(
  ['', 'times', 'p50', 'p95', 'goal for p95'],
  rows.map(([label, all, goal]) => [
    label,
    String(all.length),
    show(percentile(all, 0.5)),
    show(percentile(all, 0.95)),
    `< ${goal}`,
  ]),
)}

Frames while scrolling; the goal is none over ${longFrame} ms.

${table(
  ['', 'frames', 'p50 ms', 'p99 ms', 'longest ms', `over ${longFrame} ms`],
  scrolls.map(([label, all]) => [
    label,
    String(all.length),
    show(percentile(all, 0.5)),
    show(percentile(all, 0.99)),
    show(Math.max(...all)),
    String(all.filter((ms) => ms > longFrame).length),
  ]),
)}

The window's memory over ticket switches, garbage collected before each look.

${table(
  ['switches', 'heap MB', 'DOM nodes', 'listeners'],
  memory.map(({ switches, heapMb, nodes, listeners }) => [
    switches.toLocaleString('en'),
    show(heapMb),
    show(nodes),
    show(listeners),
  ]),
)}

${conditions('not used', load)} \`npm run bench -- window --size ${size}\``;
  console.log(text);
  writeSection('The window: key press to paint', text);
}
