import { Readable } from 'node:stream';
import type { WireAnswer } from '../../src/main/desk/feed/transport.ts';
import type { Notice } from './model/transaction.ts';
import { isStaff, type Actor } from './model/rows.ts';
import type { ServerModel } from './server-model.ts';
import type { VirtualTime } from './virtual-time.ts';

interface Stream {
  line: string;
  actor: Actor;
  body: Readable;
}

/**
 * The server's event streams: says 'look again' once what was written is below the horizon, and a
 * heartbeat each 15 s.
 */
export interface EventHub {
  open(line: string, authorization: string | undefined): WireAnswer;
  committed(notices: Notice[], horizon: number): void;
  /** Ends the streams of sessions that are over, within the server's 2 s. */
  sessionsChanged(): void;
  /** Breaks the streams of one machine, or all. */
  cut(line: string | null): void;
  /**
   * A machine was killed: nothing reaches it any more, not even the news that its stream is over.
   */
  abandon(line: string): void;
  burst(events: number): void;
  serverNow(): number;
}

const heartbeatMs = 15_000;
const sessionCheckMs = 2_000;
const event = (name: string, data: object): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

export function createEventHub(
  time: VirtualTime,
  model: () => ServerModel,
  serverNow: () => number,
): EventHub {
  const streams = new Set<Stream>();
  let waiting: Notice[] = [];

  function say(fits: (actor: Actor) => boolean): void {
    const chosen = [...streams].filter(({ actor }) => fits(actor));
    if (chosen.length > 0)
      time.plan(10, () => {
        for (const { body } of chosen)
          if (!body.destroyed) body.push(event('changed', { cursor: 'look' }));
      });
  }

  const beat = (): void => {
    for (const { body } of streams) if (!body.destroyed) body.push(event('heartbeat', {}));
    time.plan(heartbeatMs, beat);
  };
  time.plan(heartbeatMs, beat);

  return {
    serverNow,
    open(line, authorization) {
      const actor = model().whoIs(authorization);
      if (!actor)
        return {
          status: 401,
          headers: { 'content-type': 'application/json' },
          body: '{"detail":"Could not validate credentials"}',
        };
      const body = new Readable({ read: () => undefined });
      const stream = { line, actor, body };
      streams.add(stream);
      body.on('close', () => {
        streams.delete(stream);
      });
      // A cut stream errors on the reader's side; the hub itself has nothing to do with it.
      body.on('error', () => undefined);
      body.push(event('heartbeat', {}));
      return { status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8' }, body };
    },
    committed(notices, horizon) {
      waiting.push(...notices);
      const ready = waiting.filter(({ xid }) => xid < horizon);
      waiting = waiting.filter(({ xid }) => xid >= horizon);
      if (ready.length > 0)
        say((actor) =>
          ready.some(
            (notice) => isStaff(actor) || (notice.ownerId === actor.id && !notice.internal),
          ),
        );
    },
    sessionsChanged() {
      time.plan(sessionCheckMs, () => {
        const state = model().state();
        for (const { actor, body } of streams) {
          const user = state.users.get(actor.id);
          const session = state.sessions.get(actor.sessionId);
          if (!session || session.revoked || user?.role !== actor.role) body.push(null);
        }
      });
    },
    cut(line) {
      for (const stream of streams)
        if (line === null || stream.line === line)
          stream.body.destroy(new Error('connection reset'));
    },
    abandon(line) {
      for (const stream of streams) if (stream.line === line) streams.delete(stream);
    },
    burst(events) {
      const text = event('changed', { cursor: 'look' }).repeat(events);
      for (const { body } of streams) if (!body.destroyed) body.push(text);
    },
  };
}
