import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/**
 * Makes an empty database for one test file, or a copy of one that nobody is connected to, and
 * returns its connection string and a function that drops it.
 */
export async function freshDatabase(
  template = 'template1',
): Promise<{ url: string; drop: () => Promise<void> }> {
  const urls = inject('postgresUrls');
  // Workers count from 1; nobody else uses this one's cluster at the same time.
  const admin = urls[(Number(process.env['VITEST_POOL_ID']) - 1) % urls.length] ?? '';
  const name = `test_${randomBytes(6).toString('hex')}`;
  await run(admin, `create database ${name} template ${template}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(admin, `drop database if exists ${name} with (force)`) };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
