import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPortal, buildWindow } from './build.ts';
import { root } from './paths.ts';
import type { TestBrowsers } from './test-browser.ts';
import { ensureBrowsers } from './test-browser.ts';

interface Count { passed: number; failed: number; skipped: number }

/** `npm test`: types, lint, then every test; `npm run check` and `npm run e2e` run their part. Closes with the plain count line. */
function main(): number {
  const part = process.argv[2] ?? 'all';
  const counts: Count[] = [];
  if (part !== 'e2e') counts.push(step('Types', 'tsc', ['--noEmit']), step('Lint', 'oxlint', ['--type-aware', '--quiet', 'src', 'tests', 'scripts', 'bench']));
  if (part !== 'check') {
    buildWindow();
    buildPortal();
    const browsers = ensureBrowsers();
    if (browsers === null) console.log('No Chromium or Chrome was found, so the browser tests are skipped. Install one, or set CHROME_PATH.');
    const projects = part === 'e2e' ? ['e2e'] : ['unit', 'integration', 'simulation', ...(browsers === null ? [] : ['e2e'])];
    counts.push(vitest(projects, browsers));
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

function vitest(projects: string[], browsers: TestBrowsers | null): Count {
  console.log(`\nTests (${projects.join(', ')}) ...`);
  const dir = mkdtempSync(join(tmpdir(), 'staffdesk-test-'));
  const report = join(dir, 'report.json');
  const env = { ...process.env, ...(browsers === null ? {} : { STAFFDESK_TEST_BROWSER: browsers.quick }) };
  const args = ['run', ...projects.flatMap((name) => ['--project', name]), '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync(join(root, 'node_modules/.bin/vitest'), args, { cwd: root, stdio: 'inherit', env, shell: process.platform === 'win32' });
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

process.exit(main());
