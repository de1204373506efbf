import type { FastifyInstance } from 'fastify';
import { apiBase, eventsPath } from '../../contract/api.ts';
import { syncPage } from '../feed/sync.ts';
import type { Services } from './route.ts';
import { admit, readRoute } from './route.ts';

export function feedRoutes(app: FastifyInstance, services: Services): void {
  readRoute(app, services, 'sync', 'signed-in', ({ actor, query }) => syncPage(services.pool, services.settings, actor, { cursor: query.cursor, limit: query.limit }));

  app.get(apiBase + eventsPath, { schema: { operationId: 'events', description: 'Server-sent events: `changed {cursor}` means look again; a heartbeat each 15 s.' } }, async (request, reply) => {
    const actor = await admit(services, request, 'signed-in');
    reply.hijack();
    services.hub.add(actor, reply.raw);
  });
}
