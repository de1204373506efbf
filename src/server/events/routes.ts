import type { FastifyInstance } from 'fastify';
import { apiBase, eventsPath } from '../../contract/wire/api.ts';
import { actorOf, admission, type Services } from '../http/route.ts';

/**
 * The stream outlives the access token that opened it: it ends with the session, the account or the
 * role.
 */
export function eventRoutes(app: FastifyInstance, services: Services): void {
  app.get(
    apiBase + eventsPath,
    {
      schema: {
        operationId: 'events',
        description:
          'Server-sent events: `changed {cursor}` means look again; `presence {ticket_id, ' +
          'staff_id, state}`, for staff, is who has which ticket in front of them, to be ' +
          'forgotten 25 s after it was last heard; a heartbeat each 15 s.',
      },
      exposeHeadRoute: false,
      onRequest: admission(services, 'signed-in'),
    },
    async (request, reply) => {
      services.hub.assertRoom(actorOf(request));
      reply.hijack();
      services.hub.add(actorOf(request), reply.raw);
    },
  );
}
