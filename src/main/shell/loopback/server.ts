import type { AddressInfo } from 'node:net';
import cookie from '@fastify/cookie';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Fastify from 'fastify';
import type { CallResult } from '../../../contract/bridge.ts';
import { BridgeError } from '../../../contract/errors.ts';
import type { DeskPort } from '../../bridge/desk-port.ts';
import { cacheControl } from '../cache-control.ts';
import { securityHeaders } from '../content-security.ts';
import { streamEvents } from './event-stream.ts';
import { createGate, sessionCookie } from './gate.ts';

export interface LoopbackShell {
  /** The link that opens the window: it carries the secret in its fragment, which no server or referrer ever sees. */
  link: string;
  close(): Promise<void>;
}

const host = '127.0.0.1';
/** A bridge call carries at most one message and its JSON escapes. */
const bodyLimit = 2 * 1024 * 1024;

/** Serves window and bridge on 127.0.0.1. Throws what listen() throws, EADDRINUSE among it. */
export async function startLoopbackShell(desk: DeskPort, options: { rendererDir: string; port: number }): Promise<LoopbackShell> {
  const gate = createGate();
  const app = Fastify({ bodyLimit, forceCloseConnections: true });
  // JSON only: a form or plain-text post is what another site could send without asking.
  app.removeContentTypeParser('text/plain');
  let origin = '';

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders("'self'"));
    // A page that had its name rebound to 127.0.0.1 still sends that name here.
    if (`http://${request.headers.host ?? ''}` !== origin) return refuse(reply, 421);
    if (isForeign(request, origin)) return refuse(reply, 403);
    return undefined;
  });
  await app.register(cookie);
  await app.register(fastifyStatic, { root: options.rendererDir, dotfiles: 'deny', cacheControl: false, setHeaders: (response, path) => { response.header('cache-control', cacheControl(path)); } });
  bridgeRoutes(app, desk, gate);
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ detail: 'Not found' }));
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : 500;
    const result: CallResult = { ok: false, error: new BridgeError(status === 500 ? 'internal' : 'invalid-input').toShape() };
    return reply.code(status).send(result);
  });
  await app.listen({ host, port: options.port });
  // A listening TCP server always has an AddressInfo; the string form is for pipes.
  origin = `http://${host}:${(app.server.address() as AddressInfo).port}`;
  return { link: `${origin}/#key=${gate.key}`, close: () => app.close() };
}

/** Anything that a browser marks as coming from another origin, and any write that does not say where it comes from. */
function isForeign(request: FastifyRequest, origin: string): boolean {
  const { origin: from, 'sec-fetch-site': site } = request.headers;
  if (from !== undefined && from !== origin) return true;
  if (request.method !== 'GET' && request.method !== 'HEAD') return from !== origin;
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function refuse(reply: FastifyReply, status: number): FastifyReply {
  const result: CallResult = { ok: false, error: new BridgeError('refused').toShape() };
  return reply.code(status).send(result);
}

function bridgeRoutes(app: FastifyInstance, desk: DeskPort, gate: ReturnType<typeof createGate>): void {
  const known = (request: FastifyRequest): boolean => gate.hasSession(request.cookies[sessionCookie]);

  app.post<{ Body: unknown }>('/bridge/session', async (request, reply) => {
    const session = gate.exchange(field(request.body, 'key'));
    if (session === null) return refuse(reply, 401);
    return reply.setCookie(sessionCookie, session, { path: '/bridge', httpOnly: true, sameSite: 'strict' }).code(204).send();
  });
  app.post<{ Body: unknown }>('/bridge/call', async (request, reply) => {
    if (!known(request)) return refuse(reply, 401);
    return desk.call('own window', field(request.body, 'name'), field(request.body, 'input'));
  });
  app.get('/bridge/events', async (request, reply) => {
    if (!known(request)) return refuse(reply, 401);
    return streamEvents(desk.listen, request, reply);
  });
}

function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : undefined;
}
