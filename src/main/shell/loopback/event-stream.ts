import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DeskPort } from '../bridge/desk-port.ts';
import type { Bounds } from './bounds.ts';

const heartbeatMs = 15_000;

/**
 * The event streams of all windows, bounded in number and in what each of them may leave unread.
 */
export interface EventStreams {
  /**
   * Sends the desk's events to one window as server-sent events until it goes away; null when there
   * are too many already.
   */
  open(from: From, request: FastifyRequest, reply: FastifyReply): FastifyReply | null;
  /** The name under which the desk knows this window; undefined while no stream of it is open. */
  connected(from: From): string | undefined;
}

/** A window says its own name, which only counts within its session. */
interface From {
  session: string;
  window: string | undefined;
}

export function createEventStreams(
  desk: Pick<DeskPort, 'listen' | 'left'>,
  bounds: Bounds,
): EventStreams {
  const open = new Map<Readable, string>();
  const windows = createWindows(desk);

  function hasRoom(sessionId: string): boolean {
    const ofSession = [...open.values()].filter((id) => id === sessionId).length;
    return open.size < bounds.streams && ofSession < bounds.streamsOfSession;
  }

  return {
    connected(from) {
      const name = nameOf(from);
      return name !== undefined && windows.has(name) ? name : undefined;
    },
    open(from, request, reply) {
      if (!hasRoom(from.session)) return null;
      const window = nameOf(from);
      const stream = new Readable({
        read() {
          /* pushed by events */
        },
      });
      open.set(stream, from.session);
      if (window !== undefined) windows.enter(window, stream);
      const endEvents = pushEvents(desk, stream, window, bounds.unreadBytes);
      stream.once('close', () => {
        open.delete(stream);
        if (window !== undefined) windows.leave(window, stream);
        endEvents();
        request.raw.socket.destroy();
      });
      return sendStream(reply, stream);
    },
  };
}

const nameOf = ({ session, window }: From): string | undefined =>
  window === undefined ? undefined : `${session} ${window}`;

/** The newest stream of each window. */
function createWindows(desk: Pick<DeskPort, 'left'>) {
  const newest = new Map<string, Readable>();
  return {
    has: (window: string) => newest.has(window),
    enter(window: string, stream: Readable) {
      // Results pushed to the previous stream may not have arrived.
      if (newest.has(window)) desk.left(window);
      newest.set(window, stream);
    },
    leave(window: string, stream: Readable) {
      if (newest.get(window) !== stream) return;
      newest.delete(window);
      desk.left(window);
    },
  };
}

/** Pushes the desk's events to a stream, and heartbeats between them; returns how to end that. */
function pushEvents(
  desk: Pick<DeskPort, 'listen'>,
  stream: Readable,
  window: string | undefined,
  unreadBytes: number,
): () => void {
  const send = (text: string): void => {
    // A window that does not read is cut: it opens the stream again and asks for everything again.
    if (stream.readableLength > unreadBytes) stream.destroy();
    else stream.push(text);
  };
  const stop = desk.listen((name, payload, to) => {
    if (name === 'committed' || (to !== undefined && to !== window)) return;
    send(`data: ${JSON.stringify({ name, payload })}\n\n`);
  });
  const heartbeat = setInterval(() => {
    send(': still here\n\n');
  }, heartbeatMs);
  return () => {
    clearInterval(heartbeat);
    stop();
  };
}

function sendStream(reply: FastifyReply, stream: Readable): FastifyReply {
  reply.raw.once('close', () => {
    stream.destroy();
  });
  stream.push(': hello\n\n');
  return reply
    .headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    .send(stream);
}
