import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CallResult } from '../../../contract/bridge.ts';
import { BridgeError } from '../../../contract/errors.ts';
import { securityHeaders } from '../content-security.ts';
import { originAt } from './listen.ts';

const headers = securityHeaders("'self'");

/** Refuses a request that does not come from this origin. */
export async function refuseForeign(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  reply.headers(headers);
  const origin = originAt(request.socket.localPort);
  // A page that had its name rebound to 127.0.0.1 still sends that name here.
  if (`http://${request.headers.host ?? ''}` !== origin) return refuse(reply, 421);
  if (isForeign(request, origin)) return refuse(reply, 403);
  return undefined;
}

/**
 * Anything that a browser marks as coming from another origin, and any write that does not say
 * where it comes from.
 */
function isForeign(request: FastifyRequest, origin: string): boolean {
  const { origin: from, 'sec-fetch-site': site } = request.headers;
  if (from !== undefined && from !== origin) return true;
  if (request.method !== 'GET' && request.method !== 'HEAD') return from !== origin;
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

/** Refuses a request in the shape of a failed call. */
export function refuse(
  reply: FastifyReply,
  status: number,
  code: 'refused' | 'invalid-input' | 'internal' = status === 400 ? 'invalid-input' : 'refused',
): FastifyReply {
  const result: CallResult = { ok: false, error: new BridgeError(code).toShape() };
  return reply.headers(headers).code(status).send(result);
}

/**
 * Replies to a request that is not HTTP or came too late, with the same headers as every other
 * response, and closes the connection.
 */
export function closeMalformed(error: { code?: string }, socket: Socket): void {
  const status =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? '408 Request Timeout'
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? '431 Request Header Fields Too Large'
        : '400 Bad Request';
  const lines = Object.entries({ ...headers, connection: 'close', 'content-length': '0' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  if (socket.writable) socket.write(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`);
  socket.destroy();
}
