import type { FastifyInstance } from 'fastify';
import { syncPage } from '../feed/sync.ts';
import type { Services } from './route.ts';
import { textRoute } from './route.ts';

export function syncRoutes(app: FastifyInstance, services: Services): void {
  textRoute(app, services, 'sync', 'signed-in', ({ actor, query }) => syncPage(services.pool, services.settings, actor, { cursor: query.cursor, limit: query.limit }));
}
