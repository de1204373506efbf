import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, test } from 'vitest';
import { findTimings, timingRules } from './helpers/timing-rules.ts';

const top = join(import.meta.dirname, '..');

/** Where time is the matter itself, and what fails does not depend on it. */
const allowed: Record<string, string> = {
  'tests/helpers/faulty-network.ts': 'slow networks are slow',
  'tests/helpers/feed-harness.ts':
    'writers hold their transactions open for a while; lags are said, not asserted',
  'tests/crash/kill-loop.ts': 'a process is killed at a random moment',
  'tests/simulation/crew.ts': 'how many histories are lived depends on the time that is given',
  'tests/simulation/guard.ts': 'takes the clocks away from a simulation',
  'tests/simulation/simulation.test.ts':
    'tries the clocks that a simulation must not have, and says its time',
};

test('no test measures elapsed time, sleeps, or waits too short', () => {
  const paths = globSync('tests/**/*.ts', { cwd: top }).map((path) => path.split(sep).join('/'));
  const found = paths
    .filter((path) => !(path in allowed))
    .flatMap((path) => findTimings(path, readFileSync(join(top, path), 'utf8')));
  expect(found).toEqual([]);
});

test('every exception is needed', () => {
  for (const path of Object.keys(allowed))
    expect(findTimings(path, readFileSync(join(top, path), 'utf8')), path).not.toEqual([]);
});

test.each([
  ['elapsed', 'const began = performance.now();'],
  ['elapsed', 'process.hrtime.bigint();'],
  ['elapsed', 'expect(Date.now() - began).toBeLessThan(5_000);'],
  ['elapsed', "import { monitorEventLoopDelay } from 'node:perf_hooks';"],
  ['sleep', 'await new Promise((done) => setTimeout(done, 50));'],
  ['sleep', "import { setTimeout as wait } from 'node:timers/promises';"],
  ['patience', 'await expect.poll(read, { timeout: 5_000 }).toBe(1);'],
  ['patience', 'page.setDefaultTimeout(10_000);'],
] as const)('the rule "%s" finds: %s', (rule, source) => {
  expect(findTimings('x.test.ts', source).map((one) => one.rule)).toContain(timingRules[rule]);
});

test.each([
  'const yesterday = Date.now() - 86_400_000;',
  'const before = Date.now() - days * 86_400_000;',
  'await new Promise((done) => setTimeout(done, 0));',
  "import { setImmediate } from 'node:timers/promises';",
  "test('long', { timeout: 300_000 + count * 4_000 }, () => undefined);",
])('what does not depend on the clock is let through: %s', (source) => {
  expect(findTimings('x.test.ts', source)).toEqual([]);
});
