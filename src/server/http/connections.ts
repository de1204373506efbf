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
import { apiBase, eventsPath } from '../../contract/api.ts';
import { placeOf } from './addresses.ts';
import { rawRefusal, setSafeHeaders } from './errors.ts';
import { problems } from './problem.ts';

/** What callers can hold of this process by connecting alone, before anybody knows who they are. */
export interface ConnectionBounds {
  /**
   * Open connections in all, and from one address. A trusted proxy speaks for many and counts in
   * all only.
   */
  max: number;
  perAddress: number;
  /** From the first moment of a connection, or of its next request, to the end of the headers. */
  headersMs: number;
  /** To the end of the body. */
  requestMs: number;
  /** Without a byte in either direction. Event streams have a heartbeat each 15 s. */
  silenceMs: number;
  /** From the headers of a request to the last byte of its answer, event streams left out. */
  answerMs: number;
  /** How often the first two are looked at. */
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
 * Another port of this host can give a browser 180 cookies of 4 kB, which come with every request:
 * with Node's 16 kB that would keep the customer's page shut. What is not a cookie keeps that
 * bound, in `boundRequests`.
 */
const maxHeaderBytes = 1024 * 1024;
const maxOtherHeaderBytes = 16 * 1024;
const maxUrlBytes = 8 * 1024;
/**
 * Longer than the minute for which balancers keep a connection, so that none sends into one that is
 * being closed.
 */
const keptMs = 72_000;
/**
 * Refused connections get this long to read why, and up to this many do at once. Beyond, they are
 * just dropped.
 */
const farewellMs = 2_000;
const mostFarewells = 200;

/**
 * A server that refuses connections beyond the bounds in words, before anything of them is read.
 */
export function boundedServer(
  bounds: ConnectionBounds,
  isProxy: (address: string) => boolean,
): FastifyServerFactory {
  // What Fastify passes are createServer's own options, under a type that leaves them out.
  return (handler, options) => {
    const server = createServer(
      {
        ...(options as ServerOptions),
        maxHeaderSize: maxHeaderBytes,
        headersTimeout: bounds.headersMs,
        requestTimeout: bounds.requestMs,
        connectionsCheckingInterval: bounds.checkMs,
        // Node's own refusal has no words; `boundRequests` refuses it.
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
  // It may be gone already, which is what is wanted.
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

/** Requests that Node does not hand to a request handler, or answers without words. */
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
 * Refuses requests whose host, address or headers no honest caller sends, and cuts those whose
 * answer is not taken.
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

/**
 * HTTP/1.0 needs no host; more than one means that two programs on the way may each take another
 * one.
 */
function hasGoodHost({ rawHeaders, httpVersion }: IncomingMessage): boolean {
  const hosts = rawHeaders.filter(
    (_value, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === 'host',
  );
  if (hosts.length === 0) return httpVersion === '1.0';
  return hosts.length === 1 && hostPattern.test(hosts[0] ?? '');
}
