import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from './metrics.ts';
import { problems } from '../http/problem.ts';

/**
 * GET /metrics, for callers with the token; without one, for this machine only. For everybody else
 * the path does not exist.
 */
export function metricsRoutes(app: FastifyInstance, metrics: Metrics, token: string | null): void {
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!(token === null ? isFromThisMachine(request) : holds(request, token)))
      throw problems.notFound();
    const { type, text } = await metrics.read();
    return reply.type(type).send(text);
  });
}

/**
 * A program on this machine that calls in its own name. The connection shows it, because a header
 * can contain anything, and so does the absence of headers that a proxy, or a page in a browser,
 * always sends. A page under a name that was pointed at 127.0.0.1 has that name as host.
 */
function isFromThisMachine({ raw }: FastifyRequest): boolean {
  const { headers, socket } = raw;
  if (!/^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(socket.remoteAddress ?? '')) return false;
  if (!/^(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?$/i.test(headers.host ?? '')) return false;
  if (passedOn.some((name) => headers[name] !== undefined)) return false;
  // A browser sends 'none' for its address bar.
  return headers.origin === undefined && (headers['sec-fetch-site'] ?? 'none') === 'none';
}

const passedOn = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];

function holds(request: FastifyRequest, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`));
}
