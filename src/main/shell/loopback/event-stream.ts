import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Events } from '../../desk/events.ts';

const heartbeatMs = 15_000;

/** Sends the desk's events to one window as server-sent events until it goes away. */
export function streamEvents(listen: Events['listen'], request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const stream = new Readable({ read() { /* pushed by events */ } });
  const stop = listen((name, payload) => { stream.push(`data: ${JSON.stringify({ name, payload })}\n\n`); });
  const heartbeat = setInterval(() => { stream.push(': still here\n\n'); }, heartbeatMs);
  request.raw.on('close', () => {
    clearInterval(heartbeat);
    stop();
    stream.destroy();
  });
  stream.push(': hello\n\n');
  return reply.headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).send(stream);
}
