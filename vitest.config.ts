import { defineConfig } from 'vitest/config';

/** Four kinds of test: pure and SQLite (unit), real PostgreSQL (integration), desks on virtual time (simulation), real browser, desk and API (e2e). */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/*.test.ts', 'tests/{contract,core,main,preload,renderer,scripts}/**/*.test.{ts,tsx}'],
        },
      },
      {
        test: {
          name: 'integration',
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
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/helpers/postgres.global.ts'],
          // A browser, a desk and an API need the machine to themselves, and what is measured here should not measure the other tests.
          sequence: { groupOrder: 2 },
          fileParallelism: false,
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
