import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '../metrics.ts';
import { problems } from '../problem.ts';

/** GET /metrics, for whoever holds the token; without one for this machine itself. To all others there is no such path. */
export function metricsRoutes(app: FastifyInstance, metrics: Metrics, token: string | null): void {
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!(token === null ? isFromThisMachine(request) : holds(request, token))) throw problems.notFound();
    const { type, text } = await metrics.read();
    return reply.header('cache-control', 'no-store').type(type).send(text);
  });
}

/** By the connection, since a header can say anything; a proxy on this machine speaks for others and says so. */
function isFromThisMachine({ raw }: FastifyRequest): boolean {
  return /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(raw.socket.remoteAddress ?? '') && raw.headers['x-forwarded-for'] === undefined && raw.headers.forwarded === undefined;
}

function holds(request: FastifyRequest, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`));
}
