import type { FastifyInstance } from 'fastify';
import { presenceSeconds } from '../../../contract/wire/api.ts';
import { getTicket } from '../tickets/tickets.ts';
import { sayPresence } from './presence.ts';
import { readRoute, type Services } from '../../http/route.ts';

/**
 * Changes no row, because presence is kept in the memory of the API processes; for the database it
 * is a read.
 */
export function presenceRoutes(app: FastifyInstance, services: Services): void {
  readRoute(app, services, 'putPresence', 'staff', async ({ actor, params, body }) => {
    services.hub.admitPresence(actor);
    await getTicket(services.pool, actor, params.id);
    await sayPresence(services.pool, {
      ticket_id: params.id,
      staff_id: actor.id,
      state: body.state,
    });
    return { expires_in: presenceSeconds };
  });
}
