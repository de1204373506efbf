import type { FastifyInstance } from 'fastify';
import { routes, type RouteName } from '../../src/contract/wire/api.ts';

export const routeNames = Object.keys(routes) as RouteName[];

/**
 * Every route of the app as `METHOD /path`, read from its router, so that none can be forgotten.
 * HEAD comes with GET.
 */
export function registeredRoutes(app: FastifyInstance): string[] {
  const found: string[] = [];
  const parents: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    // Four characters a level, then the rest of the path and its methods.
    const [, indent = '', part = '', methods = ''] =
      /^((?:[│ ] {3})*[├└]── )(.*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (indent === '') continue;
    const depth = indent.length / 4 - 1;
    const path = (parents[depth - 1] ?? '') + part;
    parents.splice(depth, parents.length, path);
    for (const method of methods.split(', '))
      if (method !== '' && method !== 'HEAD') found.push(`${method} ${path}`);
  }
  return found.toSorted();
}
