import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWindow } from './build.ts';
import { ChildEndedError, startChild } from './child.ts';
import { readShotsOptions } from './options.ts';
import { root } from './paths.ts';
import { endWithParent } from './run.ts';
import { takeShots } from './shots/take.ts';
import { ensureBrowsers } from './test-browser.ts';

/**
 * `npm run shots`: every screen of the window, in both themes and densities, and of the
 * customer's page, into shots/. `--docs`
 * renews docs/images too; other words select the shots whose name contains all of them.
 */
async function main(): Promise<void> {
  endWithParent();
  const { docs, wanted } = readShotsOptions(process.argv.slice(2));
  buildWindow();
  const browser = ensureBrowsers()?.quick ?? null;
  if (browser === null)
    throw new Error('No Chromium or Chrome was found. Install one, or set CHROME_PATH.');
  const folder = join(root, 'shots');
  mkdirSync(folder, { recursive: true });
  const data = mkdtempSync(join(tmpdir(), 'staffdesk-shots-'));
  const api = startApi(join(data, 'demo'), 400);
  const empty = startApi(join(data, 'nothing'), 0);
  try {
    const made = await takeShots({
      server: new URL(await api.ready).origin,
      emptyServer: new URL(await empty.ready).origin,
      data,
      browser,
      folder,
      docs: docs ? join(root, 'docs/images') : null,
      wanted,
    });
    if (made.length === 0)
      throw new Error(
        `No shot has a name that holds ${wanted.join(' and ')}. Without words all are taken.`,
      );
    console.log(made.map((name) => `shots/${name}`).join('\n'));
  } finally {
    await Promise.all([api.stop(), empty.stop()]);
    rmSync(data, { recursive: true, force: true });
  }
}

const startApi = (data: string, tickets: number) =>
  startChild(
    process.execPath,
    [
      join(root, 'src/server/listen.ts'),
      '--data',
      data,
      '--port',
      '0',
      '--demo-tickets',
      String(tickets),
    ],
    'Support API ready:',
  );

main().catch((error: unknown) => {
  if (!(error instanceof ChildEndedError))
    console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
