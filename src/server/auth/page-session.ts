import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { apiBase, inCookie, type TokenPair } from '../../contract/api.ts';
import { isSecure } from './own-page.ts';
import type { Tokens } from './tokens.ts';

/**
 * The session of a web page. Over https its refresh token has two halves: one in a cookie that no
 * script can read and only this very host can set, and the key, which the page keeps in the storage
 * of its origin. Neither is of use without the other: the cookie goes to every port of the host,
 * and the key can be read by a script. Over plain http no cookie can be kept from other ports,
 * which could also write over it, so the key is the whole token there.
 */
const name = '__Host-staffdesk_session';
/** Of servers before this one. It was the whole token, and every port of the host was sent it. */
const oldName = 'staffdesk_session';
const days = 30;
const attributes = { path: '/', httpOnly: true, sameSite: 'strict', secure: true } as const;

/** The key for a new session; null: of this one it is the whole token. */
export function newPageKey(request: FastifyRequest): string | null {
  return isSecure(request) ? randomBytes(32).toString('base64url') : null;
}

/** Puts each half of a token in its place. */
export function intoPage(reply: FastifyReply, pair: TokenPair): TokenPair {
  const [half = '', key] = pair.refresh_token.split('.');
  if (key === undefined) return { ...pair, refresh_token: inCookie, page_key: half };
  reply.setCookie(name, half, { ...attributes, maxAge: days * 86_400 });
  return { ...pair, refresh_token: inCookie, page_key: key };
}

/** The refresh token of the page that asks; null: a half is missing. */
export function pageToken(request: FastifyRequest, key: string | undefined): string | null {
  if (key === undefined) return null;
  if (!isSecure(request)) return key;
  const half = request.cookies[name];
  return half === undefined ? null : `${half}.${key}`;
}

export function dropCookie(request: FastifyRequest, reply: FastifyReply): void {
  if (request.cookies[name] !== undefined) reply.clearCookie(name, attributes);
}

/** Ends the session of a cookie that was the whole token: others may have it. */
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
