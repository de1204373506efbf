import type { FastifyInstance } from 'fastify';
import { withZone } from '../../../core/time.ts';
import { searchTickets } from './search.ts';
import { openPlace, sealPlace, type ListScope } from '../tickets/list-cursor.ts';
import { longList } from '../tickets/long-list.ts';
import { textRoute, type Services } from '../../http/route.ts';

export function searchRoutes(app: FastifyInstance, services: Services): void {
  const { pool, settings, gates } = services;
  textRoute(
    app,
    services,
    'searchTickets',
    'staff',
    ({ actor, query: { q, closed_before: before, limit, cursor } }) => {
      const closedBefore = before === undefined ? undefined : withZone(before);
      const scope: ListScope = {
        settings,
        actor,
        route: 'searchTickets',
        question: [q, closedBefore ?? null],
      };
      return longList({
        head: '{',
        name: 'tickets',
        limit,
        gate: gates.heavy,
        from: openPlace(scope, cursor),
        cursorOf: (place) => sealPlace(scope, place),
        batch: (after, rows) => searchTickets(pool, actor, { q, closedBefore, after, rows }),
      });
    },
  );
}
