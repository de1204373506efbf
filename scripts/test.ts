import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPortal, buildWindow } from './build.ts';
import { readTestPart } from './options.ts';
import { runPackage } from './run.ts';
import { ensureBrowsers, type TestBrowsers } from './test-browser.ts';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * `npm test`: format, types, lint, unused code, then every test; `npm run check` and `npm run e2e`
 * run their part of it. The last line has the counts.
 */
async function main(): Promise<number> {
  const part = readTestPart(process.argv.slice(2));
  const counts: Count[] = [];
  if (part !== 'e2e') {
    counts.push(await step('Format', 'oxfmt', 'oxfmt', ['--check']));
    // It takes Node's place with every signal blocked that can be, and has nothing to finish.
    counts.push(await step('Types', 'typescript', 'tsc', ['--noEmit'], 'SIGKILL'));
    counts.push(
      await step('Lint', 'oxlint', 'oxlint', [
        '--type-aware',
        '--deny-warnings',
        'src',
        'tests',
        'scripts',
        'bench',
      ]),
    );
    counts.push(await step('Unused code', 'knip', 'knip', []));
  }
  if (part !== 'check') {
    buildWindow();
    buildPortal();
    const browsers = ensureBrowsers();
    if (browsers === null)
      console.log(
        'No Chromium or Chrome was found, so the browser tests are skipped. Install one, or set CHROME_PATH.',
      );
    const projects =
      part === 'e2e'
        ? ['e2e']
        : ['unit', 'integration', 'simulation', ...(browsers === null ? [] : ['e2e'])];
    counts.push(await vitest(projects, browsers));
  }
  const sum = (key: keyof Count): number => counts.reduce((total, count) => total + count[key], 0);
  const skipped = sum('skipped');
  console.log(
    `\n${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  );
  return sum('failed') === 0 ? 0 : 1;
}

async function step(
  title: string,
  name: string,
  bin: string,
  args: string[],
  endBy?: 'SIGKILL',
): Promise<Count> {
  console.log(`\n${title} ...`);
  const code = await runPackage(name, bin, args, process.env, endBy);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

async function vitest(projects: string[], browsers: TestBrowsers | null): Promise<Count> {
  console.log(`\nTests (${projects.join(', ')}) ...`);
  const dir = mkdtempSync(join(tmpdir(), 'staffdesk-test-'));
  const report = join(dir, 'report.json');
  const env = {
    ...process.env,
    ...(browsers === null ? {} : { STAFFDESK_TEST_BROWSER: browsers.quick }),
  };
  const args = [
    'run',
    ...projects.flatMap((name) => ['--project', name]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const code = await runPackage('vitest', 'vitest', args, env);
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    // A file that could not be loaded has no failed test of its own, but still fails.
    const failed = numFailedTests === 0 && code !== 0 ? 1 : numFailedTests;
    return { passed: numPassedTests, failed, skipped: numPendingTests };
  } catch {
    console.error('The tests ended without a report.');
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

main().then(
  (code) => {
    process.exit(code);
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
