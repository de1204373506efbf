import type { FastifyInstance } from 'fastify';
import { apiBase, routes } from '../../contract/wire/api.ts';
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
    // No page is requested twice: each has its own cursor, and the reader continues from there.
    if (isNews) withoutTag(reply);
    // A client can request the next page before it has read this one (RFC 8288).
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
