import type { FastifyInstance } from 'fastify';
import { staffFor } from '../../feed/load.ts';
import { readRoute, type Services } from '../../http/route.ts';

export function staffRoutes(app: FastifyInstance, services: Services): void {
  readRoute(app, services, 'staff', 'staff', async ({ actor }) => ({
    staff: await staffFor(services.pool, actor, null),
  }));
}
