import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TokenPair } from '../../contract/api.ts';
import { apiBase, inCookie } from '../../contract/api.ts';

const name = 'staffdesk_session';
const days = 30;

// Sent to the calls of sign-in alone, by pages of this very site alone, and never to a script.
const attributes = (request: FastifyRequest) => ({ path: `${apiBase}/auth`, httpOnly: true, sameSite: 'strict' as const, secure: request.protocol === 'https' });

/** For a web page: moves the refresh token out of the answer into its cookie. */
export function intoCookie(request: FastifyRequest, reply: FastifyReply, pair: TokenPair): TokenPair {
  reply.setCookie(name, pair.refresh_token, { ...attributes(request), maxAge: days * 86_400 });
  return { ...pair, refresh_token: inCookie };
}

/** The refresh token of the page that asks; null: it has none. */
export function cookieToken(request: FastifyRequest): string | null {
  return request.cookies[name] ?? null;
}

export function dropCookie(request: FastifyRequest, reply: FastifyReply): void {
  if (request.cookies[name] !== undefined) reply.clearCookie(name, attributes(request));
}
