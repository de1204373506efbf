import type { FastifyRequest } from 'fastify';
import { problems } from '../http/problem.ts';

/**
 * Accepts calls of this server's own page, and of programs, which send neither header. A browser
 * reports where a call comes from: exactly on https and on this machine; elsewhere it sends the
 * page's origin with every POST. Throws Problem 403.
 */
export function assertOwnPage(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) {
    // 'same-site' is another port of this host, or a sibling host.
    if (site !== 'same-origin') throw problems.otherOrigin();
    return;
  }
  const { origin } = request.headers;
  if (origin !== undefined && hostOf(origin) !== request.host.toLowerCase())
    throw problems.otherOrigin();
}

/**
 * True if the page was opened over https. A proxy that ends TLS need not report it: the page's own
 * origin shows it.
 */
export function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https' || request.headers.origin?.startsWith('https://') === true;
}

function hostOf(origin: string): string | null {
  return /^https?:\/\/(.+)$/.exec(origin.toLowerCase())?.[1] ?? null;
}
