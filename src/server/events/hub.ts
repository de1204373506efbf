import type { ServerResponse } from 'node:http';
import pg from 'pg';
import { z } from 'zod';
import type { Actor } from '../auth/actor.ts';
import { isStaff } from '../auth/actor.ts';
import type { Pool } from '../db/pool.ts';
import { rows } from '../db/pool.ts';
import { horizonPassed } from '../feed/sync.ts';

/** Tells open event streams that there is something new. Works over any number of API processes by LISTEN/NOTIFY. */
export interface EventHub {
  add(actor: Actor, response: ServerResponse): void;
  close(): Promise<void>;
}

const Notice = z.object({ xid: z.string(), owner: z.uuid().nullable(), internal: z.boolean() });
type Notice = z.infer<typeof Notice>;
interface Stream { actor: Actor; response: ServerResponse; due: boolean }

const heartbeatMs = 15_000;
const sessionCheckMs = 5_000;
/** A straggling transaction holds the horizon; what was announced behind it is looked at again this often. */
const recheckMs = 25;
const reconnectMs = 1_000;

export async function openEventHub(pool: Pool, connectionString: string): Promise<EventHub> {
  const streams = new Set<Stream>();
  let waiting: Notice[] = [];
  let newest = '0';
  let working = false;
  let closed = false;
  let listener: pg.Client | null = null;

  async function listen(): Promise<void> {
    const client = new pg.Client({ connectionString, application_name: 'staffdesk-events' });
    listener = client;
    client.on('notification', ({ payload }) => { heard(payload); });
    client.on('error', () => { void lost(client); });
    client.on('end', () => { void lost(client); });
    await client.connect();
    await client.query('listen staffdesk_changes');
  }

  async function lost(client: pg.Client): Promise<void> {
    if (closed || listener !== client) return;
    listener = null;
    await new Promise((resolve) => { setTimeout(resolve, reconnectMs).unref(); });
    if (closed) return;
    await listen().catch((error: unknown) => { console.error('Event listener cannot reconnect:', error instanceof Error ? error.message : error); });
    // What was said in between is unknown, so everyone looks again.
    for (const stream of streams) send(stream);
  }

  function heard(payload: string | undefined): void {
    const notice = Notice.safeParse(JSON.parse(payload ?? 'null'));
    if (!notice.success) return;
    waiting.push(notice.data);
    if (!working) void work();
  }

  /** Passes a notice on once its transaction is below the horizon, so that whoever looks then finds it. */
  async function work(): Promise<void> {
    working = true;
    try {
      while (waiting.length > 0 && !closed) {
        const batch = waiting;
        const highest = batch.reduce((max, n) => (BigInt(n.xid) > BigInt(max) ? n.xid : max), '0');
        if (await horizonPassed(pool, highest)) {
          waiting = waiting.slice(batch.length);
          newest = highest;
          deliver(batch);
        } else await new Promise((resolve) => { setTimeout(resolve, recheckMs); });
      }
    } catch (error) {
      // The database is away: streams hear again when the listener has reconnected, and clients poll meanwhile.
      console.error('Event delivery failed:', error instanceof Error ? error.message : error);
      waiting = [];
    } finally {
      working = false;
    }
  }

  function deliver(batch: readonly Notice[]): void {
    for (const stream of streams) if (batch.some((notice) => concerns(notice, stream.actor))) send(stream);
  }

  function send(stream: Stream): void {
    // A reader that is behind gets one event for all that it missed.
    if (stream.due) return;
    const roomLeft = stream.response.write(`event: changed\ndata: ${JSON.stringify({ cursor: newest })}\n\n`);
    if (roomLeft) return;
    stream.due = true;
    stream.response.once('drain', () => { stream.due = false; send(stream); });
  }

  /** Ends the streams of sessions that are over: signed out, disabled or with another role. */
  async function checkSessions(): Promise<void> {
    if (streams.size === 0) return;
    const good = await rows<{ id: string; role: string }>(pool, `
      select s.id, u.role from sessions s join users u on u.id = s.user_id where s.id = any($1) and s.revoked_at is null and u.is_active`,
    [[...new Set([...streams].map((stream) => stream.actor.sessionId))]]);
    const roles = new Map(good.map((session) => [session.id, session.role]));
    for (const stream of streams) if (roles.get(stream.actor.sessionId) !== stream.actor.role) stream.response.end();
  }

  const heartbeat = setInterval(() => { for (const { response } of streams) response.write(`event: heartbeat\ndata: {}\n\n`); }, heartbeatMs);
  const sessionCheck = setInterval(() => { checkSessions().catch((error: unknown) => { console.error('Session check failed:', error instanceof Error ? error.message : error); }); }, sessionCheckMs);
  await listen();

  return {
    add(actor, response) {
      const stream: Stream = { actor, response, due: false };
      streams.add(stream);
      response.on('close', () => { streams.delete(stream); });
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
      response.write('event: heartbeat\ndata: {}\n\n');
    },
    async close() {
      closed = true;
      clearInterval(heartbeat);
      clearInterval(sessionCheck);
      for (const { response } of streams) response.end();
      await listener?.end();
    },
  };
}

/** The same rule as for rows: staff hear of all, a customer of their own public conversation. */
function concerns(notice: Notice, actor: Actor): boolean {
  return isStaff(actor) || (notice.owner === actor.id && !notice.internal);
}
