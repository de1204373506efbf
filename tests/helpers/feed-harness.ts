import { setTimeout as wait } from 'node:timers/promises';
import { createPool, rows, transaction, type Pool, type Tx } from '../../src/server/db/pool.ts';

/**
 * A way to follow the messages of one ticket: what to look from, and the next rows after a
 * position.
 */
export interface Reader<P> {
  name: string;
  start: () => Promise<P>;
  next: (from: P) => Promise<{ ids: string[]; position: P }>;
}

export interface FeedRun {
  databaseUrl: string;
  ticketId: string;
  staffId: string;
  writers: number;
  /** At least as many are committed. */
  rows: number;
  readers: readonly Reader<unknown>[];
}

/**
 * Result of one reader. `lag`: milliseconds from a row's commit to the first page that showed it,
 * in order.
 */
export interface Followed {
  name: string;
  missed: number;
  lag: number[];
}

const rowsEach = 10;
const failing = 0.1;
const lingering = 0.2;

/** A deterministic stand-in for chance, so that a run can be repeated. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Writers commit most transactions, roll some back and let some linger after their first rows: the
 * stragglers. All readers follow them at the same time, page after page, until the writers are done
 * and nothing more comes.
 */
export async function runFeed({
  databaseUrl,
  ticketId,
  staffId,
  writers,
  rows: wanted,
  readers,
}: FeedRun): Promise<{ committed: number; followed: Followed[] }> {
  const pool = createPool(databaseUrl, writers + 2);
  const committedAt = new Map<string, number>();
  const insert = (tx: Tx, count: number) =>
    rows<{ id: string }>(
      tx,
      `insert into support_messages (ticket_id, staff_id, message) select $1, $2, 'row' from generate_series(1, $3::int) returning id`,
      [ticketId, staffId, count],
    );
  let writing = true;
  try {
    const starts = await Promise.all(readers.map((reader) => reader.start()));
    const straggler = await certainStraggler(pool, insert, committedAt);
    const following = readers.map((reader, i) => follow(reader, starts[i], () => writing));
    // Readers have looked past the straggler's place before it commits.
    await Promise.all(following.map(({ looked }) => looked));
    await straggler();
    await Promise.all(
      Array.from({ length: writers }, (_, i) =>
        write(pool, insert, committedAt, { seed: i + 1, rows: wanted / writers }),
      ),
    );
    writing = false;
    const seen = await Promise.all(following.map(({ done }) => done));
    return {
      committed: committedAt.size,
      followed: seen.map((times, i) => judge(readers[i]?.name ?? '', times, committedAt)),
    };
  } finally {
    writing = false;
    await pool.end();
  }
}

type Insert = (tx: Tx, count: number) => Promise<{ id: string }[]>;

/**
 * One straggler for certain: it takes its place in any order, another writer overtakes it; the
 * answer lets it commit.
 */
async function certainStraggler(
  pool: Pool,
  insert: Insert,
  committedAt: Map<string, number>,
): Promise<() => Promise<void>> {
  const slow = await pool.connect();
  await slow.query('begin');
  const early = await insert(slow, 1);
  const late = await transaction(pool, (tx) => insert(tx, 1));
  for (const { id } of late) committedAt.set(id, performance.now());
  return async () => {
    await slow.query('commit');
    slow.release();
    for (const { id } of early) committedAt.set(id, performance.now());
  };
}

async function write(
  pool: Pool,
  insert: Insert,
  committedAt: Map<string, number>,
  { seed, rows: wanted }: { seed: number; rows: number },
): Promise<void> {
  const random = chance(seed);
  for (let written = 0; written < wanted;) {
    const [lingers, fails] = [random() < lingering, random() < failing];
    try {
      const made = await transaction(pool, async (tx) => {
        const first = await insert(tx, rowsEach / 2);
        // The straggler itself is the fault under test, so time has to pass inside its transaction.
        if (lingers) await wait(5 + random() * 40);
        const second = await insert(tx, rowsEach / 2);
        if (fails) throw new Error('rolled back on purpose');
        return [...first, ...second];
      });
      const at = performance.now();
      for (const { id } of made) committedAt.set(id, at);
      written += made.length;
    } catch (error) {
      if (!fails) throw error;
    }
  }
}

/**
 * Follows the feed. `done` resolves with the time when each row was first in a page, `looked` after
 * the first page.
 */
function follow<P>(
  reader: Reader<P>,
  start: P,
  writing: () => boolean,
): { looked: Promise<void>; done: Promise<Map<string, number>> } {
  const { promise: looked, resolve } = Promise.withResolvers<void>();
  async function run(): Promise<Map<string, number>> {
    const seen = new Map<string, number>();
    let position = start;
    for (;;) {
      const more = writing();
      const page = await reader.next(position);
      const at = performance.now();
      for (const id of page.ids) if (!seen.has(id)) seen.set(id, at);
      position = page.position;
      resolve();
      if (!more && page.ids.length === 0) return seen;
      if (page.ids.length === 0) await wait(2);
    }
  }
  return { looked, done: run() };
}

function judge(
  name: string,
  seen: Map<string, number>,
  committedAt: Map<string, number>,
): Followed {
  const times = [...committedAt].map(([id, at]) => ({ at, seenAt: seen.get(id) }));
  // A page can show a row before its writer has heard of its own commit: no lag.
  const lag = times
    .flatMap(({ at, seenAt }) => (seenAt === undefined ? [] : [Math.max(0, seenAt - at)]))
    .toSorted((a, b) => a - b);
  return { name, missed: times.length - lag.length, lag };
}

/** The value below which the given share of sorted values lies. */
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
