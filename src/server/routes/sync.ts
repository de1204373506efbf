import type { FastifyInstance } from 'fastify';
import { withZone } from '../../core/time.ts';
import { syncPage } from '../feed/sync.ts';
import type { Services } from './route.ts';
import { textRoute } from './route.ts';

export function syncRoutes(app: FastifyInstance, services: Services): void {
  textRoute(app, services, 'sync', 'signed-in', async ({ actor, query, reply }) => {
    const { bytes, isNews } = await syncPage(services.pool, services.settings, actor, {
      cursor: query.cursor, limit: query.limit, closedSince: query.closed_since === undefined ? undefined : withZone(query.closed_since),
    });
    // Nobody asks twice for the same page: each has a cursor of its own, and the reader goes on from there.
    if (isNews) reply.header('cache-control', 'no-store');
    return bytes;
  });
}
