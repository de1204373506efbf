import type { FastifyInstance } from 'fastify';
import { withZone } from '../../core/time.ts';
import { bytesOf, listParts } from '../domain/json-text.ts';
import { searchTickets } from '../domain/search.ts';
import type { Services } from './route.ts';
import { textRoute } from './route.ts';

export function searchRoutes(app: FastifyInstance, services: Services): void {
  textRoute(app, services, 'searchTickets', 'staff', async ({ actor, query: { q, closed_before: before, limit } }) => {
    const tickets = await searchTickets(services.pool, actor, { q, closedBefore: before === undefined ? undefined : withZone(before), limit });
    return bytesOf(['{', ...listParts('tickets', tickets), '}']);
  });
}
