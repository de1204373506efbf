import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { performance } from 'node:perf_hooks';
import { BroadcastChannel } from 'node:worker_threads';
import { startDeskThread } from '../../src/main/shell/bridge/desk-thread.ts';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';
import { callsOn } from '../../tests/helpers/desk-calls.ts';
import { lagChannel, programVariable, watchLag, type Lag } from './watched-desk.ts';

/**
 * The figures of a first sync in milliseconds, megabytes and counts. `lag` is the delay of the
 * desk's thread, `shellLag` that of the thread with the window.
 */
export interface FirstSync {
  usableMs: number;
  completeMs: number;
  /** Until a search finds everything, too. */ searchableMs: number;
  lagP99Ms: number;
  lagMaxMs: number;
  shellLagP99Ms: number;
  shellLagMaxMs: number;
  /** Of its time (0 to 1) in which it was at anything at all. */ shellBusy: number;
  peakMb: number;
  diskMb: number;
  tickets: number;
}

/**
 * A desk on its thread, in a process of its own, that makes its first sync from an API and stops
 * once everything is durable here.
 */
async function main(
  watchedDesk: string,
  deskProgram: string,
  dataDir: string,
  server: string,
  email: string,
  password: string,
): Promise<FirstSync> {
  const began = performance.now();
  process.env[programVariable] = pathToFileURL(deskProgram).href;
  const port = await startDeskThread(pathToFileURL(watchedDesk)).open(
    { dataDir, server, standIn: null },
    createMemorySecrets(),
  );
  const { call, until } = callsOn(port);
  let peak = 0;
  const memory = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  await call('session.signIn', { email, password });
  // Every row of the server, not only those that a desk of this size keeps automatically.
  await call('settings.set', { keep_closed_days: 'all' });
  const endLag = watchLags();
  const before = performance.eventLoopUtilization();
  await until(
    async () =>
      (await call('tickets.list', { view: 'all', after: null, limit: 100 })).rows.length > 0,
  );
  const usableMs = performance.now() - began;
  let tickets = 0;
  await until(async () => {
    const state = await call('sync.get', {});
    tickets = state.tickets_cached;
    return state.phase === 'live';
  });
  const completeMs = performance.now() - began;
  const { utilization: shellBusy } = performance.eventLoopUtilization(before);
  const { desk, shell } = await endLag();
  while ((await call('search.query', { query: 'refund', limit: 1 })).indexing)
    await new Promise((done) => {
      setTimeout(done, 50);
    });
  const searchableMs = performance.now() - began;
  clearInterval(memory);
  await port.close();
  const size = (suffix: string): number =>
    statSync(join(dataDir, `cache.db${suffix}`), { throwIfNoEntry: false })?.size ?? 0;
  return {
    usableMs,
    completeMs,
    searchableMs,
    lagP99Ms: desk.p99,
    lagMaxMs: desk.max,
    shellLagP99Ms: shell.p99,
    shellLagMaxMs: shell.max,
    shellBusy,
    peakMb: peak / 1e6,
    diskMb: (size('') + size('-wal')) / 1e6,
    tickets,
  };
}

/** Watches the loops of both threads; the function ends it. */
function watchLags(): () => Promise<{ desk: Lag; shell: Lag }> {
  const channel = new BroadcastChannel(lagChannel);
  channel.postMessage('begin');
  const endShell = watchLag();
  return () =>
    new Promise((done) => {
      const shell = endShell();
      channel.onmessage = ({ data }: { data: unknown }) => {
        channel.close();
        done({ desk: data as Lag, shell });
      };
      channel.postMessage('end');
    });
}

if (import.meta.main) {
  const [watchedDesk = '', deskProgram = '', dataDir = '', server = '', email = '', password = ''] =
    process.argv.slice(2);
  process.send?.(await main(watchedDesk, deskProgram, dataDir, server, email, password));
  process.exit(0);
}
