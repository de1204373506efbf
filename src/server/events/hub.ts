import type { ServerResponse } from 'node:http';
import type { Clock } from '../../core/clock.ts';
import { createPresence } from '../areas/presence/presence.ts';
import { isStaff, type Actor } from '../auth/actor.ts';
import { rows, type Pool } from '../db/pool.ts';
import { problems } from '../http/problem.ts';
import { createDelivery } from './delivery.ts';
import { openListener } from './listener.ts';
import { createStreams, type Streams } from './streams.ts';

/** Tells open event streams of changes, across any number of API processes, by LISTEN/NOTIFY. */
export interface EventHub {
  /**
   * Throws Problem 429 if the person has too many streams open, 503 if this process has too many or
   * is stopping.
   */
  assertRoom(actor: Actor): void;
  add(actor: Actor, response: ServerResponse): void;
  /** Throws Problem 429 if the person reports their presence too often. */
  admitPresence(actor: Actor): void;
  stats(): { streams: number; noticesDelivered: number };
  close(): Promise<void>;
}

const heartbeatMs = 15_000;
/** A closed account loses its streams within 5 s; this leaves room for a slow query. */
const sessionCheckMs = 2_000;
const streamsPerPerson = 20;
const mostStreams = 4_000;

export async function openEventHub(
  pool: Pool,
  connectionString: string,
  clock: Clock,
  most = mostStreams,
): Promise<EventHub> {
  const streams = createStreams();
  const delivery = createDelivery(pool, streams);
  const presence = createPresence(clock, (event) => {
    streams.presence((actor) => hearsPresence(actor, event.staff_id), event);
  });
  let closed = false;

  const listener = await openListener(connectionString, {
    onNotice: delivery.take,
    onPresence: (said) => {
      if (!closed) presence.heard(said);
    },
    onGap: delivery.wakeAll,
  });
  const stopChecks = keepChecking(pool, streams);

  return {
    assertRoom(actor) {
      if (closed) throw problems.unavailable();
      assertRoomIn(streams, actor, most);
    },
    add(actor, response) {
      const others = presence.known().filter((event) => hearsPresence(actor, event.staff_id));
      streams.add(actor, response, others);
    },
    admitPresence(actor) {
      presence.admit(actor.id);
    },
    stats: () => ({ streams: streams.actors().length, noticesDelivered: delivery.delivered() }),
    async close() {
      closed = true;
      const delivered = delivery.close();
      stopChecks();
      presence.close();
      streams.end(() => true);
      await listener.close();
      await delivered;
    },
  };
}

function assertRoomIn(streams: Streams, actor: Actor, most: number): void {
  const actors = streams.actors();
  if (actors.length >= most) throw problems.busy();
  if (actors.filter(({ id }) => id === actor.id).length >= streamsPerPerson)
    throw problems.tooMany(60);
}

/** Presence is for colleagues: customers must not learn who reads their ticket. */
function hearsPresence(actor: Actor, staffId: string): boolean {
  return isStaff(actor) && actor.id !== staffId;
}

/** Sends heartbeats and ends streams whose session is over. Returns the function that stops this. */
function keepChecking(pool: Pool, streams: Streams): () => void {
  const heartbeat = setInterval(() => {
    streams.heartbeat();
  }, heartbeatMs);
  const sessionCheck = setInterval(() => {
    endLostSessions(pool, streams).catch((error: unknown) => {
      console.error('Session check failed:', error instanceof Error ? error.message : error);
    });
  }, sessionCheckMs);
  return () => {
    clearInterval(heartbeat);
    clearInterval(sessionCheck);
  };
}

/** Ends the streams of sessions that are over: signed out, disabled or with another role. */
async function endLostSessions(pool: Pool, streams: Streams): Promise<void> {
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
