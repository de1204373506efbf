import type { FastifyInstance } from 'fastify';
import { feedLagSeconds } from '../feed/changes.ts';
import { problems } from '../http/problem.ts';
import type { Services } from '../http/route.ts';

/**
 * For the operator: is the process alive; can it work, and how far does the oldest open writer hold
 * the feed back. A process that is stopping is alive but not ready, so that a balancer uses others.
 */
export function healthRoutes(app: FastifyInstance, { pool, stopping }: Services): void {
  app.get('/healthz', { schema: { hide: true } }, () => ({ status: 'ok' }));
  app.get('/readyz', { schema: { hide: true } }, async (request) => {
    if (stopping.aborted) throw problems.unavailable();
    try {
      return { status: 'ok', feed_lag_seconds: await feedLagSeconds(pool) };
    } catch (error) {
      request.log.error({ err: error }, 'not ready');
      throw problems.unavailable();
    }
  });
}
