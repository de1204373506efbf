import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isStaff, type Actor } from '../auth/actor.ts';
import type { Pool } from '../db/pool.ts';
import { currentHorizon } from '../feed/changes.ts';
import type { Notice } from './listener.ts';
import type { Streams } from './streams.ts';

/**
 * Minimum time between two events on a stream. While a slow transaction holds the horizon back, the
 * horizon is read again as often.
 */
const paceMs = 50;

/**
 * Passes notices on to the streams once their transactions are below the horizon, so that a reader
 * who looks then finds the rows.
 */
export interface Delivery {
  take(notice: Notice): void;
  /** Tells all streams to look again. */
  wakeAll(): void;
  delivered(): number;
  close(): Promise<void>;
}

export function createDelivery(pool: Pool, streams: Streams): Delivery {
  const waiting = createWaiting();
  let horizon = '0';
  let delivered = 0;
  let work: Promise<void> | null = null;
  let closed = false;

  async function deliverWaiting(): Promise<void> {
    while (!waiting.isEmpty() && !closed) {
      const now = await horizonOrNull(pool);
      if (now === null) {
        await sleep(1_000);
        continue;
      }
      horizon = now;
      delivered += passOn(waiting.below(now), now, streams);
      await sleep(paceMs);
    }
  }

  return {
    take(notice) {
      if (closed) return;
      // Kept even if there are no streams: one may open, and its reader look, before the horizon has
      // passed this transaction.
      waiting.add(notice);
      work ??= deliverWaiting().finally(() => {
        work = null;
      });
    },
    wakeAll() {
      streams.changed(() => true, cursorAt(horizon));
    },
    delivered: () => delivered,
    async close() {
      closed = true;
      await work;
    },
  };
}

/** Null: PostgreSQL is away. The notices are kept, and a client that polls meanwhile misses nothing. */
async function horizonOrNull(pool: Pool): Promise<string | null> {
  try {
    return await currentHorizon(pool);
  } catch (error) {
    console.error('Event delivery waits:', error instanceof Error ? error.message : error);
    return null;
  }
}

/** Returns the number of the notices. */
function passOn(notices: readonly Notice[], horizon: string, streams: Streams): number {
  if (notices.length > 0)
    streams.changed(
      (actor) => notices.some((notice) => concerns(notice, actor)),
      cursorAt(horizon),
    );
  return notices.length;
}

interface Waiting {
  isEmpty(): boolean;
  add(notice: Notice): void;
  /** Removes and returns the notices of transactions below the horizon. */
  below(horizon: string): Notice[];
}

function createWaiting(): Waiting {
  let notices: Notice[] = [];
  return {
    isEmpty: () => notices.length === 0,
    add(notice) {
      notices.push(notice);
    },
    below(horizon) {
      const passed = BigInt(horizon);
      const ready = notices.filter(({ xid }) => BigInt(xid) < passed);
      notices = notices.filter(({ xid }) => BigInt(xid) >= passed);
      return ready;
    },
  };
}

/** As for rows: staff hear of everything, a customer of their own public conversations. */
function concerns(notice: Notice, actor: Actor): boolean {
  return isStaff(actor) || (notice.owner === actor.id && !notice.internal);
}

const veil = randomBytes(32);

/**
 * The position of the feed as an event reports it. Staff may count transactions; a customer could
 * infer internal notes from their number, so they get it hashed.
 */
function cursorAt(horizon: string): (actor: Actor) => string {
  const veiled = createHmac('sha256', veil).update(horizon).digest('base64url').slice(0, 22);
  return (actor) => (isStaff(actor) ? horizon : veiled);
}
