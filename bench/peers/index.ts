import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchOptions } from '../../scripts/options.ts';
import { sizes, type Size } from '../data.ts';
import { medians, show } from '../numbers.ts';
import { conditions, table, writeSection } from '../report.ts';
import { installPeers, versions } from './install.ts';
import type { Loaded, StoreName, Used } from './program.ts';
import { views } from './store.ts';

/** Each with what it does differently, in one sentence. */
const stores: Record<StoreName, { title: string; says: string }> = {
  staffdesk: {
    title: 'Staffdesk',
    says:
      'the rows of a first sync through `applyPage`, read through the calls of the desk: ' +
      'SQLite with wide indexes and search, waiting operations laid over, rows as the ' +
      'window shows them; counts are kept until something changes.',
  },
  raw: {
    title: 'raw SQLite',
    says:
      'better-sqlite3 by hand with the fewest tables, indexes and one search index that the ' +
      'same screens need, each built after the rows.',
  },
  watermelon: {
    title: 'WatermelonDB',
    says:
      `${versions['@nozbe/watermelondb']}, its SQLite adapter for Node: one index a column, ` +
      `every fetched row a model object in a cache; its search is \`like\`, which reads ` +
      'every row.',
  },
  pouchdb: {
    title: 'PouchDB',
    says:
      `${versions.pouchdb} on LevelDB, one revision a document kept: documents with ` +
      'revisions made for syncing peers; a persistent view holds the lists, and its counts ' +
      'are reduced when asked; LevelDB does not wait for the disk at each write.',
  },
  tinybase: {
    title: 'TinyBase',
    says:
      `${versions.tinybase} with its SQLite persister: every row in memory and indexed ` +
      'there; the file is one JSON, read whole at the start and written whole at each save, ' +
      'since the mode with tables cannot save so many rows.',
  },
};
const names = Object.keys(stores) as StoreName[];
type Figures = Loaded & Used;

/**
 * `npm run bench -- peers`: the same rows and screens in other local-first stores that run under
 * Node, each in processes of its own. Always of size S.
 */
export async function benchPeers({ repeat }: BenchOptions): Promise<void> {
  const [load = 0] = loadavg();
  const size: Size = 'S';
  installPeers();
  const runs: Record<StoreName, Figures[]> = {
    staffdesk: [],
    raw: [],
    watermelon: [],
    pouchdb: [],
    tinybase: [],
  };
  const dir = mkdtempSync(join(tmpdir(), 'staffdesk-peers-'));
  try {
    // Turn by turn, so that whatever else the machine does meets all of them.
    for (let n = 0; n < repeat; n += 1) {
      for (const name of names) {
        const home = join(dir, `${name}-${n}`);
        mkdirSync(home);
        const figures = {
          ...(await run<Loaded>('load', name, home, size)),
          ...(await run<Used>('use', name, home, size)),
        };
        console.log(`${name} ${n + 1} of ${repeat}: ${JSON.stringify(figures)}`);
        runs[name].push(figures);
        rmSync(home, { recursive: true, force: true });
      }
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  const figures = new Map(names.map((name) => [name, medians<keyof Figures>(runs[name])]));
  assertSameCounts(figures);
  const text = section(
    size,
    figures,
    `${conditions('not used', load)} \`npm run bench -- peers --repeat ${repeat}\``,
  );
  console.log(`\n${text}`);
  writeSection('The desk: its copy beside other local-first stores', text);
}

/** A store that counts otherwise has other rows, and its times say nothing. */
function assertSameCounts(figures: ReadonlyMap<StoreName, Record<keyof Figures, number>>): void {
  for (const [name, counted] of figures) {
    for (const view of views) {
      const [here, there] = [counted[`count ${view}`], figures.get('raw')?.[`count ${view}`]];
      if (here !== there)
        throw new Error(`${name} counts ${here} tickets in "${view}", raw SQLite ${there}.`);
    }
  }
}

async function run<T>(what: string, ...args: string[]): Promise<T> {
  const child = fork(join(import.meta.dirname, 'program.ts'), [what, ...args], {
    serialization: 'advanced',
  });
  return new Promise((done, fail) => {
    child.once('message', (message) => {
      done(message as T);
    });
    child.once('exit', (code) => {
      fail(new Error(`${what} ${args[0]} ended with ${code} and said nothing`));
    });
  });
}

function section(
  size: Size,
  figures: ReadonlyMap<StoreName, Record<keyof Figures, number>>,
  under: string,
): string {
  const ms = (value: number): string =>
    Number.isNaN(value) ? '-' : value < 10 ? value.toFixed(2) : show(Math.round(value));
  const line = (what: string, key: keyof Figures): string[] => [
    what,
    ...names.map((name) => ms(figures.get(name)?.[key] ?? Number.NaN)),
  ];
  return `${show(sizes[size].tickets)} tickets and ${show(sizes[size].messages)} messages of
the demo in each, milliseconds, medians. None of the stores is part of Staffdesk;
the bench installs them into a folder of its own.

${table(
  ['', ...names.map((name) => stores[name].title)],
  [
    line('all rows in, durable, lists ready', 'loadMs'),
    line('opened anew until the first list', 'coldMs'),
    line('memory of that process, MB', 'memoryMb'),
    line('a view, newest 50', 'listMs'),
    line('the counts of 7 views', 'countsMs'),
    line('a thread, newest 100', 'threadMs'),
    line('messages with a word that begins so', 'searchMs'),
    line('100 changed tickets and 300 messages', 'applyMs'),
    line('disk, MB', 'diskMb'),
  ],
)}

${names.map((name) => `- ${stores[name].title}: ${stores[name].says}`).join('\n')}
- RxDB is not in the table: its free SQLite storage stops at 500 documents, and its
  other free storages for Node keep nothing on disk or need a server.

${under}`;
}
