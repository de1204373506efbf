import type { FastifyInstance } from 'fastify';
import { apiBase, routes } from '../../contract/api.ts';
import { withZone } from '../../core/time.ts';
import { withoutTag } from '../http/conditional.ts';
import { syncPage } from './sync.ts';
import { textRoute, type Services } from '../http/route.ts';

export function syncRoutes(app: FastifyInstance, services: Services): void {
  textRoute(app, services, 'sync', 'signed-in', async ({ actor, query, reply }) => {
    const { bytes, isNews, next } = await syncPage(services, actor, {
      cursor: query.cursor,
      limit: query.limit,
      closedSince: query.closed_since === undefined ? undefined : withZone(query.closed_since),
    });
    // Nobody asks twice for the same page: each has a cursor of its own, and the reader goes on
    // from there.
    if (isNews) withoutTag(reply);
    // Who has not read the page yet can ask for the one behind it already (RFC 8288).
    if (next !== null) {
      const { limit, closed_since: since } = query;
      const nextQuery = new URLSearchParams({
        cursor: next,
        limit: String(limit),
        ...(since === undefined ? {} : { closed_since: since }),
      });
      reply.header('link', `<${apiBase}${routes.sync.path}?${nextQuery}>; rel="next"`);
    }
    return bytes;
  });
}
