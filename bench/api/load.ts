import { setTimeout as wait } from 'node:timers/promises';
import { SyncPage } from '../../src/contract/wire/api.ts';
import { rows, type Pool } from '../../src/server/db/pool.ts';
import { between, pick, seeded, subSeed, type Random } from '../../src/server/demo/random.ts';
import { percentile } from '../numbers.ts';
import { cursorNow, type Person, type Reply } from './client.ts';
import { loadSize } from './sizes.ts';
import type { ApiProcess } from './process.ts';
import { firstCovering, openStreams, type OpenStreams } from './streams.ts';

/** `pauseMs`: the mean time between an agent's writes; 0: as fast as the answers come. */
export interface LoadPlan {
  pauseMs: number;
  seed: number;
}

const kinds = ['pull', 'reply', 'note', 'patch'] as const;
type Kind = (typeof kinds)[number];
type Numbers = Record<
  | `${Kind} ${'n' | 'p50' | 'p99'}`
  | 'event p50'
  | 'event p99'
  | 'seconds'
  | 'requests/s'
  | 'errors'
  | 'api busy',
  number
>;
export type LoadFigures = Numbers;

/** A write that can be found again in the database by its message. */
interface Written {
  id: string;
  sentAt: number;
}
interface Log {
  ms: Record<Kind, number[]>;
  written: Written[];
  errors: string[];
}

/**
 * Agents who each pull the feed to its end and write, again and again, while event streams are
 * open.
 */
export async function measureLoad(
  pool: Pool,
  api: ApiProcess,
  people: readonly Person[],
  { pauseMs, seed }: LoadPlan,
): Promise<LoadFigures> {
  const tickets = (
    await rows<{ id: string }>(
      pool,
      "select id from support_tickets where status <> 'closed' order by activity_at desc, id desc limit 2000",
    )
  ).map((t) => t.id);
  const streams = await openStreams(api.server, people, loadSize.streams);
  try {
    const before = await api.usage();
    const log: Log = { ms: { pull: [], reply: [], note: [], patch: [] }, written: [], errors: [] };
    const cursors = await Promise.all(people.map((person) => cursorNow(pool, person.actor)));
    const began = performance.now();
    await Promise.all(
      people.map((person, i) =>
        shift(
          { person, tickets, pauseMs, log, random: seeded(subSeed(seed, 1, i)) },
          cursors[i] ?? '',
        ),
      ),
    );
    const seconds = (performance.now() - began) / 1000;
    const after = await api.usage();
    const waits = await eventWaits(pool, streams, log);
    for (const text of new Set(log.errors)) console.log(`  error: ${text}`);
    const requests = kinds.reduce((sum, kind) => sum + log.ms[kind].length, 0);
    return {
      ...of('pull', log),
      ...of('reply', log),
      ...of('note', log),
      ...of('patch', log),
      'event p50': percentile(waits.ms, 0.5),
      'event p99': percentile(waits.ms, 0.99),
      seconds,
      'requests/s': requests / seconds,
      errors: log.errors.length + waits.unheard + streams.lost(),
      'api busy': (after.cpuMs - before.cpuMs) / seconds / 1000,
    };
  } finally {
    streams.close();
  }
}

interface Shift {
  person: Person;
  tickets: readonly string[];
  pauseMs: number;
  random: Random;
  log: Log;
}

async function shift(work: Shift, start: string): Promise<void> {
  const { random, pauseMs, log } = work;
  let cursor = start;
  for (let n = 0; n < loadSize.writesEach; n += 1) {
    if (pauseMs > 0) await wait(random() * 2 * pauseMs);
    try {
      cursor = await pull(work, cursor);
      await write(work);
    } catch (error) {
      log.errors.push(error instanceof Error ? error.message : String(error));
    }
  }
}

async function pull({ person, log }: Shift, from: string): Promise<string> {
  for (let cursor = from; ;) {
    const reply = accepted(
      await person.call('GET', `/support/sync?limit=200&cursor=${cursor}`, { encoding: 'br' }),
    );
    log.ms.pull.push(reply.ms);
    const page = SyncPage.pick({ next_cursor: true, has_more: true }).parse(JSON.parse(reply.text));
    cursor = page.next_cursor;
    if (!page.has_more) return cursor;
  }
}

/** Half replies, a quarter notes, a quarter changes of priority and tags. */
async function write({ person, tickets, random, log }: Shift): Promise<void> {
  const ticket = `/support/tickets/${pick(random, tickets)}`;
  const choice = between(random, 0, 3);
  const sentAt = performance.now();
  if (choice === 3) {
    const body = {
      priority: pick(random, ['low', 'medium', 'high', 'urgent']),
      tags: { add: [pick(random, ['vip', 'phone', 'refund'])] },
    };
    log.ms.patch.push(accepted(await person.call('PATCH', ticket, { body })).ms);
    return;
  }
  const kind = choice === 2 ? 'note' : 'reply';
  const reply = accepted(
    await person.call('POST', `${ticket}/${kind === 'note' ? 'notes' : 'messages'}`, {
      body: {
        message:
          `Thank you for the details, number ${between(random, 1, 9999)}. We look into it and ` +
          'write again today.',
      },
    }),
  );
  log.ms[kind].push(reply.ms);
  log.written.push({ id: String(JSON.parse(reply.text).id), sentAt });
}

function accepted(reply: Reply): Reply {
  if (reply.status !== 200) throw new Error(`${reply.status} ${reply.text.slice(0, 200)}`);
  return reply;
}

/**
 * From sending a message to the event on each stream that covers it; waits for those still on their
 * way.
 */
async function eventWaits(
  pool: Pool,
  streams: OpenStreams,
  { written }: Log,
): Promise<{ ms: number[]; unheard: number }> {
  const xids = new Map(
    (
      await rows<{ id: string; xid: string }>(
        pool,
        'select id, xid::text from support_messages where id = any($1)',
        [written.map((w) => w.id)],
      )
    ).map((m) => [m.id, Number(m.xid)]),
  );
  const last = Math.max(...xids.values());
  const deadline = performance.now() + 10_000;
  while (
    performance.now() < deadline &&
    streams.heard.some((heard) => firstCovering(heard, last) === null)
  )
    await wait(50);
  const ms: number[] = [];
  let unheard = 0;
  for (const heard of streams.heard) {
    for (const { id, sentAt } of written) {
      const at = firstCovering(heard, xids.get(id) ?? Infinity);
      if (at === null) unheard += 1;
      else ms.push(at - sentAt);
    }
  }
  return { ms, unheard };
}

function of<K extends Kind>(kind: K, { ms }: Log) {
  return {
    [`${kind} n`]: ms[kind].length,
    [`${kind} p50`]: percentile(ms[kind], 0.5),
    [`${kind} p99`]: percentile(ms[kind], 0.99),
  } as Record<`${K} ${'n' | 'p50' | 'p99'}`, number>;
}
