import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock, systemRandom } from '../../src/main/clock.ts';
import { openDesk } from '../../src/main/desk/desk.ts';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';
import { percentile } from '../numbers.ts';

/**
 * p50 and p95 in milliseconds of the desk's answer, and of the SQL that a bare reader would need
 * for the same screen.
 */
export interface Reading {
  what: string;
  p50: number;
  p95: number;
  rawP50: number;
  rawP95: number;
}

const rounds = 200;
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

/** Reads as a window does, from a synced cache, without a network. */
async function main(dataDir: string): Promise<Reading[]> {
  const desk = openDesk({
    dataDir,
    server: process.argv[3] ?? '',
    clock: systemClock,
    random: systemRandom,
    secrets: createMemorySecrets(),
    standIn: null,
  });
  const { handlers } = desk;
  const me = (await handlers['session.get']({})).account?.id ?? '';
  const raw = new Database(join(dataDir, 'cache.db'), { readonly: true });
  raw.pragma('cache_size = -32000');
  const ids = raw
    .prepare<[], string>('select id from tickets order by random() limit 2000')
    .pluck()
    .all();
  const views = [
    ['mine', 'active = 1 and assignee_id = ?', [me]],
    ['unassigned', 'active = 1 and assignee_id is null', []],
    ['open', 'active = 1', []],
    ['urgent', "active = 1 and priority = 'urgent'", []],
    ['waiting', "status = 'waiting'", []],
    ['closed', 'active = 0', []],
    ['all', '1', []],
  ] as const;
  const result: Reading[] = [];

  async function compare(
    what: string,
    ask: (n: number) => unknown,
    bare: (n: number) => unknown,
  ): Promise<void> {
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let n = 0; n < rounds; n += 1) {
      // Turn by turn, so that whatever else the machine does meets both, and each is as often the
      // first to find a page on the disk.
      const turn = [
        [ours, ask],
        [theirs, bare],
      ] as const;
      for (const [times, run] of n % 2 === 0 ? turn : turn.toReversed()) {
        const began = performance.now();
        await run(n);
        times.push(performance.now() - began);
      }
    }
    result.push({
      what,
      p50: percentile(ours, 0.5),
      p95: percentile(ours, 0.95),
      rawP50: percentile(theirs, 0.5),
      rawP95: percentile(theirs, 0.95),
    });
  }

  const lists = views.map(([, where]) =>
    raw.prepare(
      `select * from tickets where ${where} order by activity_at desc, id desc limit 100`,
    ),
  );
  const counts = views.map(([, where]) =>
    raw.prepare(`select count(*) from tickets where ${where}`).pluck(),
  );
  await compare(
    'view switch: list window and all counts',
    async (n) => {
      await handlers['tickets.list']({
        view: views[n % views.length]?.[0] ?? 'all',
        filter: {},
        sort: 'newest',
        after: null,
        limit: 100,
      });
      await handlers['views.counts']({});
    },
    (n) => {
      lists[n % views.length]?.all(...(views[n % views.length]?.[2] ?? []));
      for (const [i, count] of counts.entries()) count.get(...(views[i]?.[2] ?? []));
    },
  );
  const ticket = raw.prepare('select * from tickets where id = ?');
  const thread = raw.prepare(
    'select * from messages where ticket_id = ? order by key desc limit 100',
  );
  await compare(
    'open a thread',
    (n) => handlers['thread.get']({ ticket_id: ids[n * 7] ?? '', before: null, limit: 100 }),
    (n) => {
      ticket.get(ids[n * 7]);
      thread.all(ids[n * 7]);
    },
  );
  const found = raw.prepare(
    `select m.ticket_id, m.created_at
     from message_search join messages m on m.key = message_search.rowid
     where message_search match ? order by message_search.rowid desc limit 100`,
  );
  const typed = (n: number): string => words[n % words.length]?.slice(0, 2 + (n % 5)) ?? '';
  await compare(
    'search as you type, 2 to 6 letters',
    (n) => handlers['search.query']({ query: typed(n), limit: 100 }),
    (n) => found.all(`"${typed(n)}" *`),
  );
  raw.close();
  await desk.close();
  return result;
}

if (import.meta.main) {
  process.send?.(await main(process.argv[2] ?? ''));
  process.exit(0);
}
