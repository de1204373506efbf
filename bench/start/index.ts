import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchOptions } from '../../scripts/options.ts';
import { buildWindow } from '../../scripts/build.ts';
import { freePort } from '../../scripts/ports.ts';
import { startDeskProgram, startProgram, type Running } from '../../tests/helpers/processes.ts';
import { inboxPainted } from '../../src/renderer/kit/after-paint.ts';
import { medians, show } from '../numbers.ts';
import { conditions, table, writeSection } from '../report.ts';
import { nobody, prepareDataDir, sizes } from '../window/cache.ts';
import { launchPlainBrowser, type PlainBrowser } from './plain-browser.ts';

/**
 * Milliseconds from starting the process: until it says that it is ready, and until what is waited
 * for has been painted.
 */
type Start = Record<'readyMs' | 'paintedMs', number>;
type Profile = Parameters<PlainBrowser['paintedAt']>[2];
/** The first start on a computer, and every later one. */
const profiles: readonly Profile[] = ['new', 'kept'];

/**
 * `npm run bench -- start`: from nothing to the inbox on screen, beside a shell that shows one
 * line.
 */
export async function benchStart({ size, repeat }: BenchOptions): Promise<void> {
  const [load = 0] = loadavg();
  const dir = mkdtempSync(join(tmpdir(), 'staffdesk-start-'));
  const dataDir = join(dir, 'data');
  mkdirSync(dataDir);
  buildWindow();
  prepareDataDir(dataDir, size);
  const browser = await launchPlainBrowser(join(dir, 'profile'));
  // A browser keeps what it has compiled by the page's address: any free port the first time, the
  // same one from then on. The window that Staffdesk opens itself has such a port; the printed
  // links have not (docs/decisions/0002).
  const ports = { bare: 0, ours: 0 };
  const starts: Record<Profile, Record<'bare' | 'ours', Start[]>> = {
    new: { bare: [], ours: [] },
    kept: { bare: [], ours: [] },
  };
  try {
    // Two more than asked for: the first ones find cold files and an empty profile.
    for (let n = -1; n <= repeat; n += 1) {
      for (const profile of profiles) {
        const bare = await start(
          browser,
          profile,
          () => startProgram('bench/start/bare.ts', [String(ports.bare)], 'Bare ready:'),
          "document.querySelector('main')",
        );
        const ours = await start(
          browser,
          profile,
          () => startOwnWindow(dataDir, ports.ours),
          `performance.getEntriesByName('${inboxPainted}').length > 0`,
        );
        Object.assign(ports, { bare: bare.port, ours: ours.port });
        console.log(
          `start ${n} of ${repeat}, ${profile} profile: bare ${JSON.stringify(bare)}, ` +
            `Staffdesk ${JSON.stringify(ours)}`,
        );
        if (n < 1) continue;
        starts[profile].bare.push(bare);
        starts[profile].ours.push(ours);
      }
    }
    report(
      size,
      repeat,
      load,
      profiles.map((profile) => ({
        profile,
        bare: medians<keyof Start>(starts[profile].bare),
        ours: medians<keyof Start>(starts[profile].ours),
      })),
    );
  } finally {
    await browser.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function start(
  browser: PlainBrowser,
  profile: Profile,
  run: () => Promise<Running>,
  isThere: string,
): Promise<Start & { port: number }> {
  const began = performance.timeOrigin + performance.now();
  const program = await run();
  const readyMs = performance.timeOrigin + performance.now() - began;
  const paintedMs = (await browser.paintedAt(program.readyAt, isThere, profile)) - began;
  await program.stop();
  return { readyMs, paintedMs, port: Number(new URL(program.readyAt).port) };
}

/** The desk, ready at the port that the browser of its own window has. */
async function startOwnWindow(dataDir: string, known: number): Promise<Running> {
  const port = known === 0 ? await freePort() : known;
  const program = await startDeskProgram(nobody, dataDir, 0, ['--window-port', String(port)]);
  const link = new URL(program.readyAt);
  link.port = String(port);
  return { ...program, readyAt: link.href };
}

function report(
  size: BenchOptions['size'],
  repeat: number,
  load: number,
  measured: readonly { profile: Profile; bare: Start; ours: Start }[],
): void {
  const { tickets, messages } = sizes[size];
  const line = (label: string, { readyMs, paintedMs }: Start): string[] => [
    label,
    show(readyMs),
    show(paintedMs - readyMs),
    show(paintedMs),
  ];
  const over = (ours: Start, bare: Start): Start => ({
    readyMs: ours.readyMs - bare.readyMs,
    paintedMs: ours.paintedMs - bare.paintedMs,
  });
  const titles = { new: 'the first on a computer', kept: 'every later one' };
  const rows = measured.flatMap(({ profile, bare, ours }) => [
    line(`Staffdesk, ${titles[profile]}`, ours),
    line('bare', bare),
    line('over bare', over(ours, bare)),
  ]);
  const text = `From the start of the process to a painted inbox, medians of ${repeat},
milliseconds; ${tickets.toLocaleString('en')} tickets and
${messages.toLocaleString('en')} messages in the cache, no server to be reached. The
browser runs already; it is asked for nothing but when it has painted, since a driver of tests
slows a page down. First: its profile is new and has nothing of the page. Later: it has seen it
before. Bare: a Node process that
serves one page with one line of text under the same policy. The goal is at most 1,000 ms over bare.

${table(['', 'process ready', 'then painted', 'together'], rows)}

${conditions('not used', load)} \`npm run bench -- start --size ${size} --repeat ${repeat}\``;
  console.log(`\n${text}`);
  if (size === 'L') writeSection('Cold start', text);
}
