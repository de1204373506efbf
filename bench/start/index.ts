import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { BenchOptions } from '../../scripts/bench.ts';
import { buildWindow } from '../../scripts/build.ts';
import { launchBrowser } from '../../tests/helpers/browser.ts';
import type { Running } from '../../tests/helpers/processes.ts';
import { startDeskProgram, startProgram } from '../../tests/helpers/processes.ts';
import { medians, show } from '../numbers.ts';
import { conditions, table, writeSection } from '../report.ts';
import { nobody, prepareDataDir, sizes } from '../window/cache.ts';

/** Milliseconds from starting the process: until it says that it is ready, and until what is waited for has been painted. */
type Start = Record<'readyMs' | 'paintedMs', number>;

/** `npm run bench -- start`: from nothing to the inbox on screen, beside a shell that shows one line. */
export async function benchStart({ size, repeat }: BenchOptions): Promise<void> {
  const [load = 0] = loadavg();
  const dir = mkdtempSync(join(tmpdir(), 'staffdesk-start-'));
  buildWindow();
  prepareDataDir(dir, size);
  const browser = await launchBrowser('whole');
  try {
    const [bare, ours]: [Start[], Start[]] = [[], []];
    // One more than asked for: the first ones find cold files.
    for (let n = 0; n <= repeat; n += 1) {
      bare.push(await start(browser, () => startProgram('bench/start/bare.ts', [], 'Bare ready:'), 'main'));
      ours.push(await start(browser, () => startDeskProgram(nobody, dir), '.row'));
      console.log(`start ${n} of ${repeat}: bare ${JSON.stringify(bare.at(-1))}, Staffdesk ${JSON.stringify(ours.at(-1))}`);
    }
    report(size, repeat, load, medians(bare.slice(1)), medians(ours.slice(1)));
  } finally {
    await browser.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function start(browser: Browser, run: () => Promise<Running>, selector: string): Promise<Start> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const began = performance.now();
  const program = await run();
  const readyMs = performance.now() - began;
  await page.goto(program.readyAt, { waitUntil: 'commit' });
  await page.locator(selector).first().waitFor();
  // The frame after the one that has it: it has been painted by then.
  await page.evaluate(() => new Promise<void>((done) => { requestAnimationFrame(() => { requestAnimationFrame(() => { done(); }); }); }));
  const paintedMs = performance.now() - began;
  await page.close();
  await program.stop();
  return { readyMs, paintedMs };
}

function report(size: BenchOptions['size'], repeat: number, load: number, bare: Start, ours: Start): void {
  const { tickets, messages } = sizes[size];
  const line = (label: string, { readyMs, paintedMs }: Start): string[] => [label, show(readyMs), show(paintedMs - readyMs), show(paintedMs)];
  const text = `From the start of the process to a painted inbox, medians of ${repeat}, milliseconds; ${tickets.toLocaleString('en')} tickets and ${messages.toLocaleString('en')} messages in the cache, no server to be reached. The browser runs already, with a new
profile each time, so that nothing of the page is cached. Bare: a Node process that serves one page with one line of text under the same policy. The goal is at most 1,000 ms over bare.

${table(['', 'process ready', 'then painted', 'together'], [line('Staffdesk', ours), line('bare', bare), ['over bare', show(ours.readyMs - bare.readyMs), show(ours.paintedMs - ours.readyMs - bare.paintedMs + bare.readyMs), show(ours.paintedMs - bare.paintedMs)]])}

${conditions('not used', load)} \`npm run bench -- start --size ${size} --repeat ${repeat}\``;
  console.log(`\n${text}`);
  if (size === 'L') writeSection('Cold start', text);
}
