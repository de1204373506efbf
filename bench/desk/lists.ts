import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bulk, CallInput, CallName } from '../../src/contract/bridge.ts';
import { handleCall } from '../../src/main/shell/bridge/handle.ts';
import { systemClock, systemRandom } from '../../src/main/clock.ts';
import { openDesk } from '../../src/main/desk/desk.ts';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';
import { fillDataFolder, maya, nowhere } from '../../tests/helpers/filled-cache.ts';
import { percentile, show } from '../numbers.ts';
import { conditions, table, writeSection } from '../report.ts';
import { listedId, listedTickets } from './listed-tickets.ts';

const sizes = { S: 10_000, L: 100_000 } as const;
type List = Omit<CallInput<'tickets.list'>, 'after' | 'limit'>;

const lists: readonly [name: string, input: List][] = [
  ['mine, newest', { view: 'mine' }],
  ['unassigned, waiting longest', { view: 'unassigned', sort: 'waiting' }],
  ['open, by priority', { view: 'open', sort: 'priority' }],
  ['closed, newest', { view: 'closed' }],
  ['all, oldest, one category', { view: 'all', sort: 'oldest', filter: { category: ['billing'] } }],
  [
    'closed, by priority, one tag and assignee',
    { view: 'closed', sort: 'priority', filter: { tag: ['vip'], assignee: [maya] } },
  ],
  ['all, a filter that nothing passes', { view: 'all', filter: { status: ['unheard'] } }],
  ['all, from the middle on', { view: 'all', at: 5_000 }],
];

/** Lists, counts and bulks of the desk alone: what the window waits for. */
export async function benchLists({
  size,
  repeat,
}: {
  size: 'S' | 'L';
  repeat: number;
}): Promise<void> {
  const load = loadavg()[0] ?? 0;
  const dir = mkdtempSync(join(tmpdir(), 'staffdesk-bench-'));
  const run = `${dir}-run`;
  try {
    console.log(`Filling a cache of ${sizes[size].toLocaleString('en')} tickets ...`);
    fillDataFolder(dir, listedTickets(sizes[size]));
    cpSync(dir, run, { recursive: true });
    const desk = openDesk({
      dataDir: run,
      server: nowhere,
      clock: systemClock,
      random: systemRandom,
      secrets: createMemorySecrets(),
      standIn: null,
    });
    const call = async (name: CallName, input: unknown): Promise<unknown> => {
      const result = await handleCall(desk, 'own window', name, input);
      if (!result.ok) throw new Error(`${name}: ${result.error.sentence}`);
      return result.value;
    };
    let acts = 0;
    const act = (): Promise<unknown> => {
      acts += 1;
      return call('triage.change', {
        ticket_id: listedId((acts % 200) + 1),
        change: { priority: acts % 2 === 0 ? 'high' : 'low' },
      });
    };
    const rows: string[][] = [];
    async function measure(what: string, name: CallName, input: unknown): Promise<void> {
      const times: number[] = [];
      for (let i = 0; i < 60 * repeat; i += 1) {
        await act();
        const began = performance.now();
        await call(name, input);
        times.push(performance.now() - began);
      }
      rows.push([what, show(percentile(times, 0.5)), show(percentile(times, 0.95))]);
    }
    await measure('counts of all views', 'views.counts', {});
    for (const [name, input] of lists)
      await measure(name, 'tickets.list', { ...input, after: null, limit: 150 });
    const bulks = [await bulkOf(call, 300), await bulkOf(call, 2_000)];
    await measure('counts, with 2,300 operations waiting', 'views.counts', {});
    await measure('mine, with 2,300 operations waiting', 'tickets.list', {
      view: 'mine',
      after: null,
      limit: 150,
    });
    await desk.close();
    const text = `From the window's call to the desk's answer at ${sizes[size].toLocaleString('en')}
tickets, 150 rows each, after an action of the agent before each call, milliseconds.

${table(['what', 'p50', 'p95'], rows)}

Many at once, offline: until the call is answered, until every operation is queued,
and the longest that the desk answered nothing meanwhile, milliseconds.

${table(['tickets', 'answered', 'all queued', 'longest'], bulks)}

${conditions('not used', load)} \`npm run bench -- lists --size ${size} --repeat ${repeat}\``;
    console.log(text);
    writeSection('The desk: lists and many at once', text);
  } finally {
    for (const one of [dir, run]) rmSync(one, { recursive: true, force: true });
  }
}

async function bulkOf(
  call: (name: CallName, input: unknown) => Promise<unknown>,
  count: number,
): Promise<string[]> {
  let [longest, last, on] = [0, performance.now(), true];
  const beat = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (on) setImmediate(beat);
  };
  setImmediate(beat);
  const began = performance.now();
  const ids = Array.from({ length: count }, (_, i) => listedId(1_000 + i + count));
  // The desk's own answer, which has this shape.
  const { id } = (await call('bulk.start', {
    target: { ids },
    action: { kind: 'change', change: { tags: { add: ['moved'], remove: [] } } },
  })) as Bulk;
  const answered = performance.now() - began;
  for (;;) {
    const { bulk } = (await call('bulk.get', { bulk_id: id, limit: 1 })) as { bulk: Bulk };
    if (bulk.counts.todo === 0) break;
    await new Promise((done) => {
      setTimeout(done, 20);
    });
  }
  on = false;
  return [
    count.toLocaleString('en'),
    show(answered),
    show(performance.now() - began),
    show(longest),
  ];
}
