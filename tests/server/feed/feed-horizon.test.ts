import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../../src/server/auth/actor.ts';
import { readSettings, type ServerSettings } from '../../../src/server/db/settings.ts';
import { createPool, row, rows, type Pool } from '../../../src/server/db/pool.ts';
import type { SyncPage } from '../../../src/contract/wire/api.ts';
import type { Horizon } from '../../../src/server/feed/changes.ts';
import { syncPage } from '../../../src/server/feed/sync.ts';
import { createGate } from '../../../src/server/http/gate.ts';
import { startApi, type TestApi } from '../../helpers/api.ts';
import { percentile, runFeed, type Followed, type Reader } from '../../helpers/feed-harness.ts';

/** About 15 s on two busy cores. FEED_ROWS says another number. */
const wanted = Number(process.env['FEED_ROWS'] ?? 20_000);
const writers = 20;
const pageLength = 500;
const gates = { heavy: createGate(4, 60_000), changes: createGate(8, 60_000) };

let api: TestApi;
let pool: Pool;
let settings: ServerSettings;
let ticketId: string;
let staff: Actor;
beforeAll(async () => {
  api = await startApi();
  pool = createPool(api.databaseUrl, 6);
  settings = await readSettings(pool);
  ticketId = (await api.ticket(await api.person('customer'))).id;
  staff = { id: (await api.person('admin')).id, role: 'admin', sessionId: '' };
  // What a feed without transaction numbers would go by. The time is there already.
  await pool.query(
    'alter table support_messages add column seq bigserial; create index on support_messages (seq); create index on support_messages (created_at, id)',
  );
});
afterAll(async () => {
  await pool.end();
  await api.close();
});

/** The feed as a client reads it: opaque cursors, from the end of a full copy. */
function feed(name: string, horizon: Horizon): Reader<string> {
  const page = async (cursor: string | undefined) =>
    JSON.parse(
      (
        await syncPage({ pool, settings, gates }, staff, { cursor, limit: pageLength, horizon })
      ).bytes.toString(),
    ) as SyncPage;
  return {
    name,
    async start() {
      for (let cursor: string | undefined; ;) {
        const { next_cursor: next, has_more: more } = await page(cursor);
        if (!more) return next;
        cursor = next;
      }
    },
    async next(from) {
      const { messages, next_cursor: position } = await page(from);
      return { ids: messages.map((m) => m.id), position };
    },
  };
}

const sequence: Reader<string> = {
  name: 'a sequence cursor',
  start: async () =>
    (
      await row<{ seq: string }>(
        pool,
        'select coalesce(max(seq), 0)::text as seq from support_messages',
      )
    )?.seq ?? '0',
  async next(from) {
    const found = await rows<{ id: string; seq: string }>(
      pool,
      'select id, seq::text from support_messages where seq > $1 order by seq limit $2',
      [from, pageLength],
    );
    return { ids: found.map((m) => m.id), position: found.at(-1)?.seq ?? from };
  },
};

interface At {
  at: string;
  id: string;
}
const timestamp: Reader<At> = {
  name: 'a timestamp cursor',
  start: async () =>
    (await row<At>(
      pool,
      'select created_at::text as at, id from support_messages order by created_at desc, id desc limit 1',
    )) ?? { at: '-infinity', id: staff.id },
  async next(from) {
    const found = await rows<At>(
      pool,
      'select created_at::text as at, id from support_messages where (created_at, id) > ($1::timestamptz, $2::uuid) order by created_at, id limit $3',
      [from.at, from.id, pageLength],
    );
    return { ids: found.map((m) => m.id), position: found.at(-1) ?? from };
  },
};

test(
  `${writers} writers with stragglers and rollbacks over ${wanted} rows: the feed misses none, and the same readers with a naive cursor do`,
  { timeout: 300_000 + wanted * 100 },
  async () => {
    // The harness asks no reader what its positions are, only to go on from them.
    const readers = [
      feed('the feed', 'xmin'),
      feed('the feed without its horizon', 'none'),
      sequence,
      timestamp,
    ] as unknown as Reader<unknown>[];
    const { committed, followed } = await runFeed({
      databaseUrl: api.databaseUrl,
      ticketId,
      staffId: staff.id,
      writers,
      rows: wanted,
      readers,
    });

    const say = ({ name, missed, lag }: Followed): string =>
      `${name} missed ${missed} (${((100 * missed) / committed).toFixed(1)} %), lag p50 ${Math.round(percentile(lag, 0.5))}, p99 ${Math.round(percentile(lag, 0.99))}, max ${Math.round(lag.at(-1) ?? 0)} ms`;
    const [safe, ...naive] = followed;
    // Both read pages the same way, so the difference is what waiting for the oldest writer costs.
    const added = (share: number): number =>
      Math.round(percentile(safe?.lag ?? [], share) - percentile(naive[0]?.lag ?? [], share));
    console.log(
      `feed: ${committed} rows committed by ${writers} writers; the horizon adds p50 ${added(0.5)}, p99 ${added(0.99)}, max ${added(1)} ms\n  ${followed.map(say).join('\n  ')}`,
    );
    expect(committed).toBeGreaterThanOrEqual(wanted);
    expect(safe?.missed).toBe(0);
    // The proof of the harness: it finds the loss where there is one.
    for (const { name, missed } of naive) expect(missed, name).toBeGreaterThan(0);
  },
);
