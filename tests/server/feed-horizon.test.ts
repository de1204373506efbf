import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../src/server/auth/actor.ts';
import { createPool, row, rows, transaction } from '../../src/server/db/pool.ts';
import type { Pool, Tx } from '../../src/server/db/pool.ts';
import type { Change, Horizon } from '../../src/server/feed/changes.ts';
import { beforeAll as feedStart, changesAfter } from '../../src/server/feed/changes.ts';
import type { TestApi } from '../helpers/api.ts';
import { startApi } from '../helpers/api.ts';

const writers = 20;
const transactionsEach = 50;
const rowsEach = 10;

let api: TestApi;
let pool: Pool;
let ticketId: string;
let staff: Actor;
beforeAll(async () => {
  api = await startApi();
  pool = createPool(api.databaseUrl, writers + 6);
  const customer = await api.person('customer');
  ticketId = (await api.ticket(customer)).id;
  const maya = await api.person('admin');
  staff = { id: maya.id, role: 'admin', sessionId: '' };
});
afterAll(async () => {
  await pool.end();
  await api.close();
});

/** A deterministic stand-in for chance, so that a run can be repeated. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

async function insertRows(tx: Tx, count: number, from: number): Promise<void> {
  await tx.query(`insert into support_messages (ticket_id, staff_id, message, is_internal) select $1, $2, 'row ' || n, true from generate_series($3::int, $4::int) n`, [ticketId, staff.id, from, from + count - 1]);
}

/** Commits most transactions, rolls some back and lets some linger after their first rows: the stragglers. */
async function writeAll(writer: number): Promise<void> {
  const random = chance(writer + 1);
  for (let n = 0; n < transactionsEach; n += 1) {
    const lingers = random() < 0.2;
    const fails = random() < 0.1;
    await transaction(pool, async (tx) => {
      await insertRows(tx, rowsEach / 2, n * rowsEach);
      // The straggler itself is the fault under test, so time has to pass inside its transaction.
      if (lingers) await wait(5 + random() * 40);
      await insertRows(tx, rowsEach / 2, n * rowsEach + rowsEach / 2);
      if (fails) throw new Error('rolled back on purpose');
    }).catch((error: unknown) => { if (!fails) throw error; });
  }
}

/** Follows the feed like a client: page after page from the last position, until `done` and then until nothing is left. */
async function follow(horizon: Horizon, from: Change, done: () => boolean): Promise<Set<string>> {
  const seen = new Set<string>();
  let position = from;
  for (;;) {
    const last = done();
    const changes = await transaction(pool, (tx) => changesAfter(tx, staff, position, 500, horizon), 'repeatable read read only');
    for (const change of changes) seen.add(change.id);
    position = changes.at(-1) ?? position;
    if (last && changes.length === 0) return seen;
    if (changes.length === 0) await wait(2);
  }
}

test('20 writers with stragglers and rollbacks lose no row through the feed, and lose rows without the horizon predicate', { timeout: 120_000 }, async () => {
  const start: Change = { xid: (await row<{ x: string }>(pool, 'select pg_snapshot_xmax(pg_current_snapshot())::text as x'))?.x ?? '0', ...feedStart };

  // One straggler for certain: it takes its place in the order, another one overtakes it, the readers look, then it commits.
  const straggler = await pool.connect();
  await straggler.query('begin');
  await insertRows(straggler, 1, -1);
  await transaction(pool, (tx) => insertRows(tx, 1, -2));

  let writing = true;
  const safe = follow('xmin', start, () => !writing);
  const unsafe = follow('none', start, () => !writing);
  await wait(50);
  await straggler.query('commit');
  straggler.release();

  await Promise.all(Array.from({ length: writers }, (_, i) => writeAll(i)));
  writing = false;
  const committed = (await rows<{ id: string }>(pool, "select id from support_messages where message like 'row %'")).map((r) => r.id);
  const [safeSeen, unsafeSeen] = await Promise.all([safe, unsafe]);
  const lost = (seen: Set<string>): number => committed.filter((id) => !seen.has(id)).length;

  console.log(`feed: ${committed.length} rows committed; lost with the horizon ${lost(safeSeen)}, without it ${lost(unsafeSeen)}`);
  expect(committed.length).toBeGreaterThan(8_000);
  expect(lost(safeSeen)).toBe(0);
  expect(lost(unsafeSeen)).toBeGreaterThan(0);
});
