import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/server/postgres/embedded.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection strings of each worker's maintenance database; `inject('postgresUrls')`. */
    postgresUrls: string[];
  }
}

/**
 * Real PostgreSQL for all tests of a run: DATABASE_URL's, else embedded ones that are removed
 * afterwards. One for each worker: a transaction of another database of the same cluster holds the
 * feed's horizon back as well, and a test must not wait for another.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['DATABASE_URL'];
  if (given) {
    project.provide('postgresUrls', [given]);
    return () => Promise.resolve();
  }
  const clusters = await Promise.all(
    Array.from({ length: project.config.maxWorkers }, async () => {
      const dir = mkdtempSync(join(tmpdir(), 'staffdesk-pg-'));
      return startEmbeddedPostgres({ dir, throwaway: true });
    }),
  );
  project.provide(
    'postgresUrls',
    clusters.map((database) => database.url('postgres')),
  );
  return async () => {
    await Promise.all(clusters.map((database) => database.remove()));
  };
}
