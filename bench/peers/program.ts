import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { percentile } from '../numbers.ts';
import type { Size } from '../data.ts';
import { peer } from './install.ts';
import { openPouch } from './pouchdb.ts';
import { openRaw } from './raw.ts';
import { changesOf, rowsOf } from './rows.ts';
import { openStaffdesk } from './staffdesk.ts';
import { views, type OpenStore, type Store, type View } from './store.ts';
import { openTinyBase } from './tinybase.ts';
import { openWatermelon } from './watermelon.ts';

const stores = {
  staffdesk: openStaffdesk,
  raw: openRaw,
  watermelon: openWatermelon,
  pouchdb: openPouch,
  tinybase: openTinyBase,
} satisfies Record<string, OpenStore>;
export type StoreName = keyof typeof stores;

/** Milliseconds and megabytes. `searchMs` is NaN for a store that has no such search. */
export type Loaded = Record<'loadMs' | 'diskMb', number>;
export type Used = Record<
  | 'coldMs'
  | 'memoryMb'
  | 'listMs'
  | 'countsMs'
  | 'threadMs'
  | 'searchMs'
  | 'applyMs'
  | `count ${View}`,
  number
>;

const [lists, counted, reads, rounds, changed] = [14, 5, 100, 8, 100];
const words = [
  'withdrawal',
  'account',
  'refund',
  'transfer',
  'verification',
  'statement',
  'please',
  'order',
  'bank',
  'login',
  'invoice',
  'margin',
];

/** Fills an empty folder. */
async function load(open: OpenStore, dir: string, size: Size): Promise<Loaded> {
  const { pages, me } = rowsOf(size);
  // For `use`, which must not make the rows before it has measured its memory.
  writeFileSync(join(dir, '..', 'me'), me);
  const began = performance.now();
  const store = await open({ dir, me, peer });
  await store.load(pages);
  await store.close();
  const loadMs = performance.now() - began;
  return { loadMs, diskMb: sizeOf(dir) / 1e6 };
}

/** Opens what `load` left, as a program that starts, and reads and changes it. */
async function use(open: OpenStore, dir: string, size: Size): Promise<Used> {
  const me = readFileSync(join(dir, '..', 'me'), 'utf8');
  const began = performance.now();
  const store = await open({ dir, me, peer });
  const first = await store.list('open');
  const coldMs = performance.now() - began;
  // Before the rows for changes are made again here.
  const memoryMb = process.memoryUsage.rss() / 1e6;
  if (first.length === 0) throw new Error('The store has lost its rows.');
  const tickets = rowsOf(size).pages.flatMap((page) => page.tickets);
  const listMs = await median(lists, (n) => store.list(views[n % views.length] ?? 'all'));
  const counts = await store.counts();
  const countsMs = await median(counted, () => store.counts());
  const threadMs = await median(reads, (n) =>
    store.thread(tickets[(n * 7) % tickets.length]?.id ?? ''),
  );
  const searchMs = await searching(store);
  const applyMs = await median(rounds, (n) =>
    store.apply(changesOf(tickets.slice(n * changed, (n + 1) * changed), n)),
  );
  await store.close();
  return {
    coldMs,
    memoryMb,
    listMs,
    countsMs,
    threadMs,
    searchMs,
    applyMs,
    ...(Object.fromEntries(views.map((view) => [`count ${view}`, counts[view]])) as Record<
      `count ${View}`,
      number
    >),
  };
}

async function searching({ search }: Store): Promise<number> {
  return search
    ? median(reads, (n) => search(words[n % words.length]?.slice(0, 2 + (n % 5)) ?? ''))
    : Number.NaN;
}

async function median(times: number, run: (n: number) => Promise<unknown>): Promise<number> {
  const ms: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const began = performance.now();
    await run(n);
    ms.push(performance.now() - began);
  }
  return percentile(ms, 0.5);
}

function sizeOf(dir: string): number {
  return readdirSync(dir, { recursive: true, withFileTypes: true }).reduce(
    (sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0),
    0,
  );
}

if (import.meta.main) {
  const [what = '', name = '', dir = '', size = ''] = process.argv.slice(2);
  const open = stores[name as StoreName];
  process.send?.(
    what === 'load' ? await load(open, dir, size as Size) : await use(open, dir, size as Size),
  );
  process.exit(0);
}
