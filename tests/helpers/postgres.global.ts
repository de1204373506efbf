import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/server/embedded-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the cluster's maintenance database; `inject('postgresUrl')`. */
    postgresUrl: string;
  }
}

/** One real PostgreSQL for all tests of a run: DATABASE_URL's, else an embedded one that is removed afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['DATABASE_URL'];
  if (given) {
    project.provide('postgresUrl', given);
    return () => Promise.resolve();
  }
  const dir = mkdtempSync(join(tmpdir(), 'staffdesk-pg-'));
  const database = await startEmbeddedPostgres({ dir, throwaway: true });
  project.provide('postgresUrl', database.url('postgres'));
  return async () => {
    await database.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
