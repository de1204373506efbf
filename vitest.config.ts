import { defineConfig } from 'vitest/config';
import { workers } from './tests/helpers/workers.ts';

/**
 * Files share what they import: to load it anew for each took a twentieth of the time. Each cleans
 * up what it changes.
 */
const isolate = false;

/**
 * Only for a test that hangs: a machine that does much else may need many times as long as one that
 * does not.
 */
const patienceMs = 300_000;
const pollPatienceMs = 120_000;

/**
 * Four kinds of test: pure and SQLite (unit), real PostgreSQL (integration), desks on virtual time
 * (simulation), real browser, desk and API (e2e).
 */
export default defineConfig({
  test: {
    maxWorkers: workers,
    projects: [
      {
        test: {
          name: 'unit',
          isolate,
          include: [
            'tests/*.test.ts',
            'tests/{contract,core,main,portal,preload,renderer,scripts}/**/*.test.{ts,tsx}',
          ],
          testTimeout: patienceMs,
          hookTimeout: patienceMs,
          expect: { poll: { timeout: pollPatienceMs } },
        },
      },
      {
        test: {
          name: 'integration',
          isolate,
          include: ['tests/{server,integration,crash}/**/*.test.ts'],
          globalSetup: ['tests/helpers/postgres.global.ts'],
          testTimeout: patienceMs,
          expect: { poll: { timeout: pollPatienceMs } },
          hookTimeout: patienceMs,
        },
      },
      {
        test: {
          name: 'simulation',
          include: ['tests/simulation/**/*.test.ts'],
          // One process per core already, and as many histories as its time allows: the others go
          // first.
          sequence: { groupOrder: 1 },
          fileParallelism: false,
          testTimeout: 900_000,
        },
      },
      {
        test: {
          name: 'e2e',
          isolate,
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/helpers/postgres.global.ts'],
          // A browser, a desk and an API take most of a core: three of them beside each other,
          // whatever the machine has.
          sequence: { groupOrder: 2 },
          maxWorkers: 3,
          expect: { poll: { timeout: pollPatienceMs } },
          testTimeout: patienceMs,
          hookTimeout: patienceMs,
        },
      },
    ],
  },
});
