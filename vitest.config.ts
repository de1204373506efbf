import { defineConfig } from 'vitest/config';
import { workers } from './tests/helpers/workers.ts';

/** Files share what they import: to load it anew for each took a twentieth of the time. Each cleans up what it changes. */
const isolate = false;

/** Four kinds of test: pure and SQLite (unit), real PostgreSQL (integration), desks on virtual time (simulation), real browser, desk and API (e2e). */
export default defineConfig({
  test: {
    maxWorkers: workers,
    projects: [
      {
        test: {
          name: 'unit',
          isolate,
          include: ['tests/*.test.ts', 'tests/{contract,core,main,preload,renderer,scripts}/**/*.test.{ts,tsx}'],
          // The longest takes some seconds; a machine that does other work beside it may need many.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          isolate,
          include: ['tests/{server,integration,crash}/**/*.test.ts'],
          globalSetup: ['tests/helpers/postgres.global.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'simulation',
          include: ['tests/simulation/**/*.test.ts'],
          // One process per core already, and as many histories as its time allows: the others go first.
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
          // A browser, a desk and an API take a core: two of them beside each other, whatever the machine has.
          sequence: { groupOrder: 2 },
          maxWorkers: 2,
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
