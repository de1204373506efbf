import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { apiBase, inCookie, type TokenPair } from '../../contract/wire/api.ts';
import { isSecure } from './own-page.ts';
import type { Tokens } from './tokens.ts';

/**
 * The session of a web page. Over https its refresh token has two halves: one in a cookie that no
 * script can read and only this very host can set, and the key, which the page stores in its
 * origin. Neither is of use without the other: the cookie is sent to every port of the host, and
 * scripts can read the key. Over plain http no cookie can be hidden from other ports, which could
 * even overwrite it, so there the key is the complete token.
 */
const name = '__Host-staffdesk_session';
/**
 * The cookie of earlier versions. It was the complete token, and was sent to every port of the
 * host.
 */
const oldName = 'staffdesk_session';
const days = 30;
const attributes = { path: '/', httpOnly: true, sameSite: 'strict', secure: true } as const;

/** The key for a new session; null if it is to be the complete token. */
export function newPageKey(request: FastifyRequest): string | null {
  return isSecure(request) ? randomBytes(32).toString('base64url') : null;
}

/** Puts one half of a token into the cookie and the other into the response. */
export function intoPage(reply: FastifyReply, pair: TokenPair): TokenPair {
  const [half = '', key] = pair.refresh_token.split('.');
  if (key === undefined) return { ...pair, refresh_token: inCookie, page_key: half };
  reply.setCookie(name, half, { ...attributes, maxAge: days * 86_400 });
  return { ...pair, refresh_token: inCookie, page_key: key };
}

/** The refresh token of the calling page; null if a half is missing. */
export function pageToken(request: FastifyRequest, key: string | undefined): string | null {
  if (key === undefined) return null;
  if (!isSecure(request)) return key;
  const half = request.cookies[name];
  return half === undefined ? null : `${half}.${key}`;
}

export function dropCookie(request: FastifyRequest, reply: FastifyReply): void {
  if (request.cookies[name] !== undefined) reply.clearCookie(name, attributes);
}

/** Ends the session of an old cookie that was the complete token: others may have it. */
export async function retireOldCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  tokens: Tokens,
): Promise<void> {
  const old = request.cookies[oldName];
  if (old === undefined) return;
  reply.clearCookie(oldName, { path: `${apiBase}/auth`, httpOnly: true, sameSite: 'strict' });
  await tokens.revoke(old);
}
