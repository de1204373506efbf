import { createHmac, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../core/clock.ts';
import { isStaff, type Actor } from '../auth/actor.ts';
import { rows, type Pool } from '../db/pool.ts';
import { currentHorizon } from '../feed/changes.ts';
import { problems } from '../http/problem.ts';
import { openListener, type Notice } from './listener.ts';
import { createPresence } from '../areas/presence/presence.ts';
import { createStreams } from './streams.ts';

/**
 * Tells open event streams that there is something new. Works over any number of API processes by
 * LISTEN/NOTIFY.
 */
export interface EventHub {
  /**
   * Throws Problem 429 when the person has too many streams open, 503 when this process has too
   * many or is stopping.
   */
  assertRoom(actor: Actor): void;
  add(actor: Actor, response: ServerResponse): void;
  /** Throws Problem 429 when the person says where they are more often than anyone can see. */
  admitPresence(actor: Actor): void;
  stats(): { streams: number; noticesDelivered: number };
  close(): Promise<void>;
}

const heartbeatMs = 15_000;
/** An account that is closed loses its streams within 5 s; this leaves room for a slow query. */
const sessionCheckMs = 2_000;
/**
 * At most one event per stream in this time. A straggling transaction holds the horizon, which is
 * then asked as often.
 */
const paceMs = 50;
const streamsPerPerson = 20;
const mostStreams = 4_000;

export async function openEventHub(
  pool: Pool,
  connectionString: string,
  clock: Clock,
  most = mostStreams,
): Promise<EventHub> {
  const streams = createStreams();
  // Nobody has to be told where they are themselves, on whichever of their devices.
  const presence = createPresence(clock, (event) => {
    streams.presence((actor) => hearsPresence(actor, event.staff_id), event);
  });
  let waiting: Notice[] = [];
  let horizon = '0';
  let noticesDelivered = 0;
  let work: Promise<void> | null = null;
  let closed = false;

  const listener = await openListener(connectionString, {
    onNotice(notice) {
      if (closed) return;
      // Kept also while nobody listens: a stream may open, and its reader look, before the horizon
      // has passed this one.
      waiting.push(notice);
      work ??= deliverWaiting().finally(() => {
        work = null;
      });
    },
    onPresence: (said) => {
      if (!closed) presence.heard(said);
    },
    onGap: () => {
      streams.changed(() => true, cursorAt(horizon));
    },
  });

  /**
   * Passes notices on once their transactions are below the horizon, so that whoever looks then
   * finds the rows.
   */
  async function deliverWaiting(): Promise<void> {
    while (waiting.length > 0 && !closed) {
      try {
        horizon = await currentHorizon(pool);
      } catch (error) {
        // The database is away. The notices stay; whoever polls meanwhile misses nothing.
        console.error('Event delivery waits:', error instanceof Error ? error.message : error);
        await sleep(1_000);
        continue;
      }
      const passed = BigInt(horizon);
      const ready = waiting.filter(({ xid }) => BigInt(xid) < passed);
      waiting = waiting.filter(({ xid }) => BigInt(xid) >= passed);
      if (ready.length > 0)
        streams.changed(
          (actor) => ready.some((notice) => concerns(notice, actor)),
          cursorAt(horizon),
        );
      noticesDelivered += ready.length;
      await sleep(paceMs);
    }
  }

  /** Ends the streams of sessions that are over: signed out, disabled or with another role. */
  async function endLostSessions(): Promise<void> {
    const ids = [...new Set(streams.actors().map((actor) => actor.sessionId))];
    if (ids.length === 0) return;
    const good = await rows<{ id: string; role: string }>(
      pool,
      `
      select s.id, u.role
      from sessions s join users u on u.id = s.user_id
      where s.id = any($1) and s.revoked_at is null and u.is_active`,
      [ids],
    );
    const roles = new Map(good.map((session) => [session.id, session.role]));
    streams.end(
      (actor) => ids.includes(actor.sessionId) && roles.get(actor.sessionId) !== actor.role,
    );
  }

  const heartbeat = setInterval(() => {
    streams.heartbeat();
  }, heartbeatMs);
  const sessionCheck = setInterval(() => {
    endLostSessions().catch((error: unknown) => {
      console.error('Session check failed:', error instanceof Error ? error.message : error);
    });
  }, sessionCheckMs);

  return {
    assertRoom(actor) {
      if (closed) throw problems.unavailable();
      if (streams.actors().length >= most) throw problems.busy();
      if (streams.actors().filter(({ id }) => id === actor.id).length >= streamsPerPerson)
        throw problems.tooMany(60);
    },
    add(actor, response) {
      streams.add(
        actor,
        response,
        presence.known().filter((event) => hearsPresence(actor, event.staff_id)),
      );
    },
    admitPresence(actor) {
      presence.admit(actor.id);
    },
    stats: () => ({ streams: streams.actors().length, noticesDelivered }),
    async close() {
      closed = true;
      clearInterval(heartbeat);
      clearInterval(sessionCheck);
      presence.close();
      streams.end(() => true);
      await listener.close();
      await work;
    },
  };
}

/** The same rule as for rows: staff hear of all, a customer of their own public conversation. */
function concerns(notice: Notice, actor: Actor): boolean {
  return isStaff(actor) || (notice.owner === actor.id && !notice.internal);
}

/** Presence is for colleagues: no customer learns who reads their ticket. */
function hearsPresence(actor: Actor, staffId: string): boolean {
  return isStaff(actor) && actor.id !== staffId;
}

const veil = randomBytes(32);

/**
 * What an event says of where the feed stands. Staff may count transactions; to a customer their
 * number would tell of notes, so it is veiled.
 */
function cursorAt(horizon: string): (actor: Actor) => string {
  const veiled = createHmac('sha256', veil).update(horizon).digest('base64url').slice(0, 22);
  return (actor) => (isStaff(actor) ? horizon : veiled);
}
