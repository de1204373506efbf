import type { FastifyInstance } from 'fastify';
import { withZone } from '../../core/time.ts';
import { searchTickets } from '../domain/search.ts';
import type { Services } from './route.ts';
import { readRoute } from './route.ts';

export function searchRoutes(app: FastifyInstance, services: Services): void {
  readRoute(app, services, 'searchTickets', 'staff', async ({ actor, query: { q, closed_before: before, limit } }) => ({
    tickets: await searchTickets(services.pool, actor, { q, closedBefore: before === undefined ? undefined : withZone(before), limit }),
  }));
}
