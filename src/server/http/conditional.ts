import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const untagged = new WeakSet<FastifyReply>();

/** For an answer that nobody asks for twice. */
export function withoutTag(reply: FastifyReply): void {
  untagged.add(reply);
}

/**
 * What a reader has already is not sent again: an answer to a GET carries a tag of its bytes, and a
 * request that names the tag gets 304 without them. Made of what the caller may see and of nothing
 * else.
 */
export function conditional(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const bytes = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : null;
  if (bytes === null || reply.statusCode !== 200 || untagged.has(reply))
    return Promise.resolve(payload);
  const tag = `W/"${createHash('sha1').update(bytes).digest('base64url')}"`;
  // A reader may keep it in memory and name the tag. It is `no-store` as every answer is: a
  // browser's cache would leave conversations on a shared computer's disk.
  reply.header('etag', tag);
  if (!named(request.headers['if-none-match']).includes(tag)) return Promise.resolve(payload);
  reply.code(304).removeHeader('content-type').removeHeader('content-length');
  return Promise.resolve(null);
}

const named = (header: string | undefined): string[] =>
  header?.split(',').map((tag) => tag.trim()) ?? [];
