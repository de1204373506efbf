import type { FastifyRequest } from 'fastify';
import { problems } from '../http/problem.ts';

/**
 * Lets through what a page of this very server asks, and programs, which send neither header. A
 * browser says where a call comes from: on https and this machine exactly; elsewhere it names the
 * page's origin with every POST. Throws Problem 403.
 */
export function assertOwnPage(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) {
    // 'same-site' is another port of this host, or its sibling.
    if (site !== 'same-origin') throw problems.otherOrigin();
    return;
  }
  const { origin } = request.headers;
  if (origin !== undefined && hostOf(origin) !== request.host.toLowerCase())
    throw problems.otherOrigin();
}

/**
 * Whether the page was opened over https. A proxy that ends TLS need not say so: the page's own
 * origin does.
 */
export function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https' || request.headers.origin?.startsWith('https://') === true;
}

function hostOf(origin: string): string | null {
  return /^https?:\/\/(.+)$/.exec(origin.toLowerCase())?.[1] ?? null;
}
