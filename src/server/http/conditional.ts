import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const untagged = new WeakSet<FastifyReply>();

/** For a response that nobody requests twice. */
export function withoutTag(reply: FastifyReply): void {
  untagged.add(reply);
}

/**
 * A response that the reader already has is not sent again: the response to a GET has an ETag of
 * its bytes, and a request with that tag gets 304 without them. The bytes contain only what the
 * caller may see, and so does the tag.
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
  // A client may keep it in memory and send its tag. It is `no-store` like every response: a
  // browser's cache would leave conversations on a shared computer's disk.
  reply.header('etag', tag);
  if (!named(request.headers['if-none-match']).includes(tag)) return Promise.resolve(payload);
  reply.code(304).removeHeader('content-type').removeHeader('content-length');
  return Promise.resolve(null);
}

const named = (header: string | undefined): string[] =>
  header?.split(',').map((tag) => tag.trim()) ?? [];
