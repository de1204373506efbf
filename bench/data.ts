import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { root } from '../scripts/paths.ts';
import { migrate } from '../src/server/db/migrate.ts';
import { createPool } from '../src/server/db/pool.ts';
import { generateDemo } from '../src/server/demo/generate.ts';
import { insertDemo } from '../src/server/demo/seed.ts';
import { startEmbeddedPostgres } from '../src/server/postgres/embedded.ts';
import { withMoreTalk } from './more-talk.ts';

export const sizes = {
  S: { tickets: 10_000, messages: 100_000 },
  L: { tickets: 100_000, messages: 1_000_000 },
} as const;
export type Size = keyof typeof sizes;

/** A PostgreSQL of its own that holds the data, and a copy of it that a run may write to. */
export interface BenchDatabase {
  url: string;
  stop: () => Promise<void>;
}

const seed = 20_251_123;
/** Of the data: what is kept of another one is not used. */
export const edition = 2;
/** Fixed, so that every run has the same rows. */
const anchor = new Date('2026-06-01T08:00:00Z');
const home = join(root, '.staffdesk', 'bench');

/**
 * Starts PostgreSQL with its defaults and everything synced to disk, fills a database of the size
 * on first use (it is kept for the next run) and returns a fresh copy.
 */
export async function openBenchDatabase(size: Size): Promise<BenchDatabase> {
  if (!existsSync(home)) mkdirSync(home, { recursive: true });
  const cluster = await startEmbeddedPostgres({ dir: join(home, 'postgres') });
  try {
    const filled = `data_${edition}_${size.toLowerCase()}`;
    await cluster.createDatabase(filled);
    await fill(cluster.url(filled), size);
    await admin(cluster.url('postgres'), [
      'drop database if exists bench_run with (force)',
      `create database bench_run template ${filled} strategy file_copy`,
    ]);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return {
    url: cluster.url('bench_run'),
    async stop() {
      await admin(cluster.url('postgres'), ['drop database if exists bench_run with (force)']);
      await cluster.stop();
    },
  };
}

async function fill(url: string, size: Size): Promise<void> {
  const { tickets, messages } = sizes[size];
  const pool = createPool(url, 2);
  try {
    await migrate(pool);
    const began = performance.now();
    const isNew = await insertDemo(pool, () => {
      console.log(
        `Making ${tickets} tickets with ${messages} messages (kept for the next run) ...`,
      );
      const demo = generateDemo({ seed, tickets, customers: Math.round(tickets / 4), anchor });
      return { ...demo, tickets: withMoreTalk(demo.tickets, { seed, messages }) };
    });
    if (!isNew) return;
    // As autovacuum would: without a visibility map every index-only scan also reads the table.
    // Frozen, so that it does not begin to during a run.
    for (const table of ['support_tickets', 'support_messages', 'users'])
      await admin(url, [`vacuum (freeze, analyze) ${table}`]);
    console.log(`Made in ${Math.round((performance.now() - began) / 1000)} s.`);
  } finally {
    await pool.end();
  }
}

async function admin(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
