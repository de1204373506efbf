import type { FastifyInstance } from 'fastify';
import type { ApiRoute, RouteName } from '../../src/contract/api.ts';
import { apiBase, routes } from '../../src/contract/api.ts';

export const routeNames = Object.keys(routes) as RouteName[];

/** A call of the contract as `METHOD /path`, the path as the router knows it. */
export function lineOf(name: RouteName): string {
  const { method, path }: ApiRoute = routes[name];
  return `${method} ${apiBase}${path}`;
}

/** Calls of the contract that this app does not answer yet. Their rows in the tables wait; empty once all are served. */
export function notYetServed(app: FastifyInstance): RouteName[] {
  return routeNames.filter((name) => !app.hasRoute({ method: routes[name].method, url: apiBase + routes[name].path }));
}

/** Every route of the app as `METHOD /path`, read from its router, so that none can be forgotten. HEAD comes with GET. */
export function registeredRoutes(app: FastifyInstance): string[] {
  const found: string[] = [];
  const parents: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    // Four characters a level, then the rest of the path and its methods.
    const [, indent = '', part = '', methods = ''] = /^((?:[│ ] {3})*[├└]── )(.*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (indent === '') continue;
    const depth = indent.length / 4 - 1;
    const path = (parents[depth - 1] ?? '') + part;
    parents.splice(depth, parents.length, path);
    for (const method of methods.split(', ')) if (method !== '' && method !== 'HEAD') found.push(`${method} ${path}`);
  }
  return found.sort();
}
