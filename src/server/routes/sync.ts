import type { FastifyInstance } from 'fastify';
import { withZone } from '../../core/time.ts';
import { syncPage } from '../feed/sync.ts';
import type { Services } from './route.ts';
import { readRoute } from './route.ts';

export function syncRoutes(app: FastifyInstance, services: Services): void {
  readRoute(app, services, 'sync', 'signed-in', ({ actor, query }) => syncPage(services.pool, services.settings, actor, {
    cursor: query.cursor, limit: query.limit, closedSince: query.closed_since === undefined ? undefined : withZone(query.closed_since),
  }));
}
