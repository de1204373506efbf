import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPortal, buildWindow } from './build.ts';
import { root } from './paths.ts';
import type { TestBrowsers } from './test-browser.ts';
import { ensureBrowsers } from './test-browser.ts';

interface Count { passed: number; failed: number; skipped: number }

/** `npm test`: types, lint, then every test; `npm run check` and `npm run e2e` run their part. Closes with the plain count line. */
async function main(): Promise<number> {
  const part = process.argv[2] ?? 'all';
  const counts: Count[] = [];
  if (part !== 'e2e') counts.push(step('Types', 'tsc', ['--noEmit']), step('Lint', 'oxlint', ['--type-aware', '--quiet', 'src', 'tests', 'scripts', 'bench']));
  if (part !== 'check') {
    buildWindow();
    buildPortal();
    const browsers = ensureBrowsers();
    if (browsers === null) console.log('No Chromium or Chrome was found, so the browser tests are skipped. Install one, or set CHROME_PATH.');
    const simulation = part === 'e2e' ? null : runTests(['simulation'], 'behind the others', browsers);
    counts.push(await runTests(part === 'e2e' ? ['e2e'] : ['unit', 'integration', ...(browsers === null ? [] : ['e2e'])], 'in front', browsers));
    if (simulation) {
      console.log('\nWaiting for the simulation ...');
      counts.push(await simulation);
    }
  }
  const sum = (key: keyof Count): number => counts.reduce((total, count) => total + count[key], 0);
  const skipped = sum('skipped');
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return sum('failed') === 0 ? 0 : 1;
}

function step(title: string, program: string, args: string[]): Count {
  console.log(`\n${title} ...`);
  const { status } = spawnSync(join(root, 'node_modules/.bin', program), args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
}

/**
 * Runs vitest's projects. `behind the others`: on what time of the processors the others leave, which wait for a database, a
 * network or a browser much of theirs; what it prints comes in one piece at its end.
 */
async function runTests(projects: string[], place: 'in front' | 'behind the others', browsers: TestBrowsers | null): Promise<Count> {
  if (place === 'in front') console.log(`\nTests (${projects.join(', ')}) ...`);
  const dir = mkdtempSync(join(tmpdir(), 'staffdesk-test-'));
  const report = join(dir, 'report.json');
  const env = { ...process.env, ...(browsers === null ? {} : { STAFFDESK_TEST_BROWSER: browsers.quick }) };
  const args = ['run', ...projects.flatMap((name) => ['--project', name]), '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const child = spawn(join(root, 'node_modules/.bin/vitest'), args, { cwd: root, stdio: place === 'in front' ? 'inherit' : ['ignore', 'pipe', 'pipe'], env, shell: process.platform === 'win32' });
  if (place === 'behind the others' && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  const status = await new Promise<number | null>((done) => { child.on('close', done); });
  if (said !== '') console.log(`\nTests (${projects.join(', ')}):\n${said}`);
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
    // A file that could not be loaded fails without a failed test of its own.
    const failed = numFailedTests === 0 && status !== 0 ? 1 : numFailedTests;
    return { passed: numPassedTests, failed, skipped: numPendingTests };
  } catch {
    console.error('The tests ended without a report.');
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

process.exit(await main());
