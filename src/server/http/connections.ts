import { randomUUID } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyServerFactory } from 'fastify';
import { apiBase, eventsPath } from '../../contract/wire/api.ts';
import { placeOf } from './addresses.ts';
import { rawRefusal, setSafeHeaders } from './errors.ts';
import { problems } from './problem.ts';

/**
 * The most that callers can use of this process merely by connecting, before they are identified.
 */
export interface ConnectionBounds {
  /**
   * Open connections in total, and from one address. A trusted proxy speaks for many and counts
   * only in total.
   */
  max: number;
  perAddress: number;
  /** From the beginning of a connection, or of its next request, to the end of the headers. */
  headersMs: number;
  /** To the end of the body. */
  requestMs: number;
  /** Time without a byte in either direction. Event streams have a heartbeat every 15 s. */
  silenceMs: number;
  /** From the headers of a request to the last byte of its response, except for event streams. */
  answerMs: number;
  /** The interval at which the first two are checked. */
  checkMs: number;
}

export const defaultConnectionBounds: ConnectionBounds = {
  max: 5_000,
  perAddress: 500,
  headersMs: 15_000,
  requestMs: 60_000,
  silenceMs: 60_000,
  answerMs: 300_000,
  checkMs: 5_000,
};

/**
 * Another port of this host can set 180 cookies of 4 kB in a browser, which are sent with every
 * request: with Node's 16 kB they would block the customer's page. Headers other than cookies keep
 * that limit, in `boundRequests`.
 */
const maxHeaderBytes = 1024 * 1024;
const maxOtherHeaderBytes = 16 * 1024;
const maxUrlBytes = 8 * 1024;
/**
 * Longer than the minute for which balancers keep a connection, so that none sends on one that is
 * being closed.
 */
const keptMs = 72_000;
/**
 * Refused connections have this time to read the reason, at most this many at once. Beyond that
 * they are just dropped.
 */
const farewellMs = 2_000;
const mostFarewells = 200;

/**
 * A server that refuses connections beyond the limits with a response, before it reads anything
 * from them.
 */
export function boundedServer(
  bounds: ConnectionBounds,
  isProxy: (address: string) => boolean,
): FastifyServerFactory {
  // Fastify passes createServer's own options, under a type that omits them.
  return (handler, options) => {
    const server = createServer(
      {
        ...(options as ServerOptions),
        maxHeaderSize: maxHeaderBytes,
        headersTimeout: bounds.headersMs,
        requestTimeout: bounds.requestMs,
        connectionsCheckingInterval: bounds.checkMs,
        // Node's own refusal has no body; `boundRequests` refuses it.
        requireHostHeader: false,
      },
      handler,
    );
    server.keepAliveTimeout = keptMs;
    server.setTimeout(bounds.silenceMs);
    admitConnections(server, bounds, isProxy);
    answerOddRequests(server);
    return server;
  };
}

function admitConnections(
  server: Server,
  { max, perAddress }: ConnectionBounds,
  isProxy: (address: string) => boolean,
): void {
  const serve = server.listeners('connection');
  server.removeAllListeners('connection');
  const open = new Map<string, number>();
  let total = 0;
  server.maxConnections = max + mostFarewells;
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const place = placeOf(address);
    const ofPlace = open.get(place) ?? 0;
    if (total >= max) {
      refuse(socket, 503);
      return;
    }
    if (ofPlace >= perAddress && !isProxy(address)) {
      refuse(socket, 429);
      return;
    }
    total += 1;
    open.set(place, ofPlace + 1);
    socket.once('close', () => {
      total -= 1;
      const left = (open.get(place) ?? 1) - 1;
      if (left === 0) open.delete(place);
      else open.set(place, left);
    });
    for (const listener of serve) listener.call(server, socket);
  });
}

function refuse(socket: Socket, status: 429 | 503): void {
  // It may be gone already, which is the aim.
  socket.on('error', () => {
    socket.destroy();
  });
  socket.setTimeout(farewellMs, () => {
    socket.destroy();
  });
  socket.resume();
  const detail =
    status === 503
      ? 'The service is busy: too many connections'
      : 'Too many connections from your address';
  socket.end(rawRefusal(status, detail, 5));
}

/** Requests that Node does not pass to a request handler, or refuses without a body. */
function answerOddRequests(server: Server): void {
  const refuseSocket = (_request: IncomingMessage, socket: NodeJS.WritableStream): void => {
    socket.end(rawRefusal(405, 'Method Not Allowed'));
  };
  server.on('connect', refuseSocket);
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    setSafeHeaders(response, randomUUID());
    const body = JSON.stringify({ detail: 'Expect takes 100-continue alone' });
    response.writeHead(417, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': body.length,
      connection: 'close',
    });
    response.end(body);
  });
}

const hostPattern = /^(\[[\da-f:.]+\]|[\w.-]{1,255})(:\d{1,5})?$/i;

/**
 * Refuses requests with a host, address or headers that no honest caller sends, and cuts those
 * whose response is not taken.
 */
export function boundRequests(app: FastifyInstance, { answerMs }: ConnectionBounds): void {
  app.addHook('onRequest', async (request, reply) => {
    const { raw } = request;
    if (request.routeOptions.url !== apiBase + eventsPath) {
      const late = setTimeout(() => {
        raw.socket.destroy();
      }, answerMs);
      late.unref();
      reply.raw.once('close', () => {
        clearTimeout(late);
      });
    }
    if ((raw.url ?? '').length > maxUrlBytes) throw problems.addressTooLong();
    if (otherHeaderBytes(raw) > maxOtherHeaderBytes) throw problems.headersTooLarge();
    if (!hasGoodHost(raw)) throw problems.badHost();
  });
}

function otherHeaderBytes({ rawHeaders }: IncomingMessage): number {
  let bytes = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (name.toLowerCase() !== 'cookie') bytes += name.length + (rawHeaders[i + 1] ?? '').length;
  }
  return bytes;
}

/** HTTP/1.0 needs no host. With more than one, two programs on the way may each use another one. */
function hasGoodHost({ rawHeaders, httpVersion }: IncomingMessage): boolean {
  const hosts = rawHeaders.filter(
    (_value, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === 'host',
  );
  if (hosts.length === 0) return httpVersion === '1.0';
  return hosts.length === 1 && hostPattern.test(hosts[0] ?? '');
}
