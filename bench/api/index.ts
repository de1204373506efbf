import { loadavg } from 'node:os';
import type { BenchOptions } from '../../scripts/options.ts';
import { createPool, row, type Pool } from '../../src/server/db/pool.ts';
import { openBenchDatabase, sizes } from '../data.ts';
import { medians, show } from '../numbers.ts';
import { conditions, writeSection } from '../report.ts';
import { checkPlans } from './check-plans.ts';
import { addPerson, type Person } from './client.ts';
import { measureLoad } from './load.ts';
import { loadSize, pacedMs, restSample } from './sizes.ts';
import { startApiProcess, type ApiProcess } from './process.ts';
import { measureReads } from './reads.ts';
import { sectionOf } from './section.ts';
import { measureCopy, measureRaw, measureRest } from './snapshot.ts';

/**
 * `npm run bench -- api`: the support API as a process of its own on a PostgreSQL of its own, over
 * 127.0.0.1.
 */
export async function benchApi({ size, repeat }: BenchOptions): Promise<void> {
  const [load = 0] = loadavg();
  const database = await openBenchDatabase(size);
  try {
    const pool = createPool(database.url, 4);
    try {
      const version = await row<{ v: string }>(
        pool,
        "select current_setting('server_version') as v",
      );
      console.log('Query plans ...');
      const plans = await checkPlans(database.url);
      const api = await startApiProcess(database.url);
      try {
        const figures = await measure(pool, api, database.url, repeat);
        const text = sectionOf({
          ...figures,
          plans,
          size,
          repeat,
          conditions: conditions(version?.v ?? 'unknown', load),
        });
        console.log(`\n${text}`);
        if (size === 'L') writeSection('The support API', text);
        else
          console.log(
            `\nNot written: docs/performance.md has the figures of --size L (${sizes.L.tickets} tickets).`,
          );
      } finally {
        await api.stop();
      }
    } finally {
      await pool.end();
    }
  } finally {
    await database.stop();
  }
}

async function measure(pool: Pool, api: ApiProcess, databaseUrl: string, repeat: number) {
  // Each measurement `repeat` times, and the median of each number: other work on the machine comes
  // and goes.
  const often = async <T extends Record<string, number>>(
    what: string,
    run: (agent: Person, n: number) => Promise<T>,
  ): Promise<Record<keyof T & string, number>> => {
    const runs: T[] = [];
    for (let n = 0; n < repeat; n += 1) {
      console.log(`${what}, ${n + 1} of ${repeat} ...`);
      // A token is good for ten minutes, so each run signs in again.
      const agent = await addPerson(pool, api.server, 'staff');
      try {
        const figures = await run(agent, n);
        console.log(
          `  ${Object.entries(figures)
            .map(([name, value]) => `${name} ${show(value)}`)
            .join(', ')}`,
        );
        runs.push(figures);
      } finally {
        agent.close();
      }
    }
    return medians<keyof T & string>(runs);
  };
  const reader = await addPerson(pool, api.server, 'staff');
  console.log('Single reads ...');
  const reads = await measureReads(pool, reader);
  reader.close();
  const raw = await often('The same rows by copy', () => measureRaw(databaseUrl));
  const brotli = await often('The full copy with brotli', (agent) => measureCopy(api, agent, 'br'));
  const gzip = await often('The full copy with gzip', (agent) => measureCopy(api, agent, 'gzip'));
  const plain = await often('The full copy without compression', (agent) =>
    measureCopy(api, agent, 'identity'),
  );
  const rest = await often('The same rows by one call a thread', (agent) =>
    measureRest(pool, agent, restSample),
  );
  const load = (what: string, pauseMs: number) =>
    often(`${loadSize.agents} agents ${what}`, async (_, n) => {
      const people = await Promise.all(
        Array.from({ length: loadSize.agents }, () => addPerson(pool, api.server, 'staff')),
      );
      try {
        return await measureLoad(pool, api, people, { pauseMs, seed: n + 1 });
      } finally {
        for (const person of people) person.close();
      }
    });
  const paced = await load('at a pace', pacedMs);
  const flatOut = await load('as fast as they can', 0);
  return { reads, raw, copies: { brotli, gzip, plain }, rest, paced, flatOut };
}
