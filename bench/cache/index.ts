import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchOptions } from '../../scripts/options.ts';
import { buildWindow } from '../../scripts/build.ts';
import { root } from '../../scripts/paths.ts';
import { createPool } from '../../src/server/db/pool.ts';
import { addUser } from '../../src/server/areas/people/users.ts';
import { bundle } from '../../tests/helpers/bundle.ts';
import { startApiProcess } from '../api/process.ts';
import { openBenchDatabase, type Size } from '../data.ts';
import { medians, show } from '../numbers.ts';
import { conditions, table, writeSection } from '../report.ts';
import { memoryAtRest } from './at-rest.ts';
import type { Applying } from './applying.ts';
import type { FirstSync } from './first-sync.ts';
import type { Raw } from './raw.ts';
import type { Reading } from './reading.ts';
import type { Rest } from './rest.ts';
import { restSection, type Linked } from './rest-section.ts';
import { openSlowLink } from './slow-link.ts';

const password = 'a long enough password';
/** To a server on the same continent and back. */
const farMs = 40;
/** Threads that the client without a copy calls; its time for all is scaled. */
const restSample = 1_000;

/**
 * Each measurement is a process of its own, so that none inherits another's memory: a program of
 * this folder, or the path of one that was built.
 */
async function run<T>(program: string, ...args: string[]): Promise<T> {
  const child = fork(
    program.includes('.') ? program : join(import.meta.dirname, `${program}.ts`),
    args,
  );
  const said = new Promise<T>((done) => {
    child.once('message', (message) => {
      done(message as T);
    });
  });
  const ended = new Promise<never>((_, fail) => {
    child.once('exit', (code) => {
      fail(new Error(`${program} ended with ${code} and said nothing`));
    });
  });
  ended.catch(() => undefined);
  return Promise.race([said, ended]);
}

/** The arguments of first-sync.ts besides a folder. */
interface Account {
  server: string;
  email: string;
}

/** A PostgreSQL with the data of a size and an API on it, in use while `work` runs. */
async function withApi<T>(size: Size, work: (account: Account) => Promise<T>): Promise<T> {
  const database = await openBenchDatabase(size);
  try {
    const pool = createPool(database.url, 2);
    const email = `cache-${Date.now()}@staffdesk.test`;
    await addUser(pool, { email, name: 'Bench Agent', role: 'staff', password });
    await pool.end();
    const api = await startApiProcess(database.url);
    try {
      return await work({ server: api.server, email });
    } finally {
      await api.stop();
    }
  } finally {
    await database.stop();
  }
}

/**
 * `npm run bench -- cache`: the desk's copy of the server beside what bare SQLite needs for the
 * same rows.
 */
export async function benchCache({ size, repeat }: BenchOptions): Promise<void> {
  const [load = 0] = loadavg();
  const dir = mkdtempSync(join(tmpdir(), 'staffdesk-bench-'));
  buildWindow();
  // As it is shipped: sources that run as they are bring the compiler's memory with them.
  const firstSync = await bundle(join(import.meta.dirname, 'first-sync.ts'), 'bench-first-sync');
  const watchedDesk = await bundle(
    join(import.meta.dirname, 'watched-desk.ts'),
    'bench-watched-desk',
  );
  const sync = (home: string, { server, email }: Account): Promise<FirstSync> =>
    run<FirstSync>(
      firstSync,
      watchedDesk,
      join(root, 'out/main/desk.js'),
      home,
      server,
      email,
      password,
    );
  const syncs: FirstSync[] = [];
  const raws: Raw[] = [];
  const home = join(dir, 'desk');
  try {
    const { linked, server } = await withApi(size, async (account) => {
      for (let n = 0; n < repeat; n += 1) {
        rmSync(home, { recursive: true, force: true });
        syncs.push(await sync(home, account));
        raws.push(await run<Raw>('raw', join(home, 'cache.db'), join(dir, 'raw.db')));
        console.log(
          `first sync ${n + 1} of ${repeat}: ${JSON.stringify(syncs.at(-1))}\nraw: ${JSON.stringify(raws.at(-1))}`,
        );
      }
      console.log('The same from far away, and by a client without a copy ...');
      const link = await openSlowLink(account.server, farMs);
      try {
        const far = await sync(join(dir, 'far'), { ...account, server: link.server });
        const requests = link.requests();
        const rest = (address: string): Promise<Rest> =>
          run<Rest>('rest', address, account.email, password, String(restSample));
        const near = medians(syncs as unknown as Record<keyof FirstSync, number>[]);
        const both: Record<'near' | 'far', Linked> = {
          near: { sync: near, requests, rest: await rest(account.server) },
          far: { sync: far, requests, rest: await rest(link.server) },
        };
        console.log(JSON.stringify(both));
        return { linked: both, server: account.server };
      } finally {
        link.close();
      }
    });
    // The server is gone: they read what is here.
    const readings = await run<Reading[]>('reading', home, server);
    const restMb = await memoryAtRest(home, server);
    const applying = await run<Applying>('applying', join(home, 'cache.db'), join(dir, 'applying'));
    const small = join(dir, 'small');
    if (size === 'L') await withApi('S', (account) => sync(small, account));
    const applyingSmall =
      size === 'L'
        ? await run<Applying>('applying', join(small, 'cache.db'), join(dir, 'applying-small'))
        : null;
    const text = section({
      size,
      sync: medians(syncs as unknown as Record<keyof FirstSync, number>[]),
      raw: medians(raws as unknown as Record<keyof Raw, number>[]),
      readings,
      restMb,
      applying,
      applyingSmall,
      rest: restSection({ ...linked, farMs, sample: restSample, readings }),
      under: `${conditions('18', load)} \`npm run bench -- cache --size ${size} --repeat ${repeat}\``,
    });
    console.log(`\n${text}`);
    if (size === 'L') writeSection('The desk: its copy beside bare SQLite', text);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

interface Measured {
  size: Size;
  sync: Record<keyof FirstSync, number>;
  raw: Record<keyof Raw, number>;
  readings: readonly Reading[];
  /** Memory of the whole program after use. */
  restMb: number | null;
  applying: Applying;
  /** In a copy a tenth as large. */
  applyingSmall: Applying | null;
  rest: string;
  under: string;
}

function section({
  size,
  sync,
  raw,
  readings,
  restMb,
  applying,
  applyingSmall,
  rest,
  under,
}: Measured): string {
  const ms = (value: number): string => (value < 10 ? value.toFixed(2) : show(Math.round(value)));
  const ratio = (ours: number, bare: number): string => `${(ours / bare).toFixed(2)} x`;
  const rows = [
    [
      'first sync, everything durable',
      ms(sync.completeMs),
      ms(raw.totalMs),
      ratio(sync.completeMs, raw.totalMs),
    ],
    ...readings.map(({ what, p50, p95, rawP50, rawP95 }) => [
      `${what} (p50 / p95)`,
      `${ms(p50)} / ${ms(p95)}`,
      `${ms(rawP50)} / ${ms(rawP95)}`,
      ratio(p95, rawP95),
    ]),
    [
      '100 changed tickets and 300 messages, of the 2,000 newest',
      ms(applying.p50),
      ms(applying.rawP50),
      ratio(applying.p50, applying.rawP50),
    ],
    [
      'the same, of all tickets',
      ms(applying.anyP50),
      ms(applying.anyRawP50),
      ratio(applying.anyP50, applying.anyRawP50),
    ],
    [
      'disk, MB',
      show(Math.round(sync.diskMb)),
      show(Math.round(raw.diskMb)),
      ratio(sync.diskMb, raw.diskMb),
    ],
  ];
  return `Size ${size}: ${show(sync.tickets)} tickets. Raw is better-sqlite3 with the same
rows, indexes and search index, written the fastest way that we know (rows, then
indexes, then each search index in one go); for reading it is the bare SQL of the same
screen. Milliseconds; the first sync comes from the API on 127.0.0.1, its server's work
included.

${table(['', 'Staffdesk', 'raw', 'ratio'], rows)}

The inbox was usable after ${ms(sync.usableMs)} ms. While the first sync ran the
event loop of the desk's thread was late by ${ms(sync.lagP99Ms)} ms at p99 and
${ms(sync.lagMaxMs)} ms at most,
that of the main thread, which has the window, by ${ms(sync.shellLagP99Ms)} ms at p99 and
${ms(sync.shellLagMaxMs)} ms at most (five threads and PostgreSQL share two cores;
it had something to do ${(sync.shellBusy * 100).toFixed(1)} % of the time); the
process took ${show(Math.round(sync.peakMb))} MB.
${
  restMb === null
    ? ''
    : `At rest, after lists, threads and searches, the loopback program with its HTTP server had
${show(Math.round(restMb))} MB.`
}
${
  applyingSmall === null
    ? ''
    : `
In a copy of a tenth of the rows the 100 tickets and 300 messages take
${ms(applyingSmall.p50)} ms (of all tickets ${ms(applyingSmall.anyP50)} ms, bare
SQLite ${ms(applyingSmall.anyRawP50)} ms): ten times the history is
${ratio(applying.p50, applyingSmall.p50)}, of all tickets
${ratio(applying.anyP50, applyingSmall.anyP50)} (bare SQLite
${ratio(applying.anyRawP50, applyingSmall.anyRawP50)}).`
}

${rest}

${under}`;
}
