import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Events } from '../../desk/events.ts';
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
  open(sessionId: string, request: FastifyRequest, reply: FastifyReply): FastifyReply | null;
}

export function createEventStreams(listen: Events['listen'], bounds: Bounds): EventStreams {
  const open = new Map<Readable, string>();

  function hasRoom(sessionId: string): boolean {
    const ofSession = [...open.values()].filter((id) => id === sessionId).length;
    return open.size < bounds.streams && ofSession < bounds.streamsOfSession;
  }

  return {
    open(sessionId, request, reply) {
      if (!hasRoom(sessionId)) return null;
      const stream = new Readable({
        read() {
          /* pushed by events */
        },
      });
      open.set(stream, sessionId);
      const send = (text: string): void => {
        // A window that does not read is cut: it opens the stream again and asks for everything
        // anew.
        if (stream.readableLength > bounds.unreadBytes) stream.destroy();
        else stream.push(text);
      };
      const stop = listen((name, payload) => {
        send(`data: ${JSON.stringify({ name, payload })}\n\n`);
      });
      const heartbeat = setInterval(() => {
        send(': still here\n\n');
      }, heartbeatMs);
      stream.once('close', () => {
        open.delete(stream);
        clearInterval(heartbeat);
        stop();
        request.raw.socket.destroy();
      });
      reply.raw.once('close', () => {
        stream.destroy();
      });
      stream.push(': hello\n\n');
      return reply
        .headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
        .send(stream);
    },
  };
}
