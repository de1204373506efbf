import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../../src/main/clock.ts';
import { openDesk } from '../../src/main/desk/index.ts';
import { copyThreadOf } from '../../src/main/sync/copy-thread.ts';
import { createMemorySecrets } from '../../src/main/sync/secrets.ts';

/** What the program below says of a first sync: milliseconds, megabytes and counts. */
export interface FirstSync { usableMs: number; completeMs: number; /** Until a search finds everything, too. */ searchableMs: number; lagP99Ms: number; lagMaxMs: number; peakMb: number; diskMb: number; tickets: number }

/** A desk in a process of its own that makes its first sync from an API and stops once everything is durable here. */
async function main(copyProgram: string, dataDir: string, server: string, email: string, password: string): Promise<FirstSync> {
  const began = performance.now();
  const startCopyThread = copyThreadOf(pathToFileURL(copyProgram));
  const desk = openDesk({ dataDir, server, clock: systemClock, random: Math.random, secrets: createMemorySecrets(), standIn: null, startCopyThread });
  const { handlers, events } = desk;
  let peak = 0;
  const memory = setInterval(() => { peak = Math.max(peak, process.memoryUsage.rss()); }, 50);
  const until = (holds: () => boolean | Promise<boolean>): Promise<void> => new Promise((done) => {
    const stop = events.listen(() => { void look(); });
    async function look(): Promise<void> {
      if (!(await holds())) return;
      stop();
      done();
    }
    void look();
  });
  await handlers['session.signIn']({ email, password });
  // Every row of the server, not only those that a desk of this size keeps by itself.
  await handlers['settings.set']({ keep_closed_days: 'all' });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await until(async () => (await handlers['tickets.list']({ view: 'all', filter: {}, sort: 'newest', after: null, limit: 100 })).rows.length > 0);
  const usableMs = performance.now() - began;
  let tickets = 0;
  await until(async () => {
    const state = await handlers['sync.get']({});
    tickets = state.tickets_cached;
    return state.phase === 'live';
  });
  const completeMs = performance.now() - began;
  delay.disable();
  while ((await handlers['search.query']({ query: 'refund', limit: 1 })).indexing) await new Promise((done) => { setTimeout(done, 50); });
  const searchableMs = performance.now() - began;
  clearInterval(memory);
  await desk.close();
  const size = (suffix: string): number => statSync(join(dataDir, `cache.db${suffix}`), { throwIfNoEntry: false })?.size ?? 0;
  return { usableMs, completeMs, searchableMs, lagP99Ms: delay.percentile(99) / 1e6, lagMaxMs: delay.max / 1e6, peakMb: peak / 1e6, diskMb: (size('') + size('-wal')) / 1e6, tickets };
}

if (import.meta.main) {
  const [copyProgram = '', dataDir = '', server = '', email = '', password = ''] = process.argv.slice(2);
  process.send?.(await main(copyProgram, dataDir, server, email, password));
  process.exit(0);
}
