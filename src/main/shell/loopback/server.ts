import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { CallResult } from '../../../contract/bridge.ts';
import { BridgeError } from '../../../contract/errors.ts';
import type { DeskPort } from '../bridge/desk-port.ts';
import { cacheControl } from '../cache-control.ts';
import { securityHeaders } from '../content-security.ts';
import { usualBounds, type Bounds } from './bounds.ts';
import { createConnections, type Connections } from './connections.ts';
import { entryPage } from './entry-page.ts';
import { createEventStreams } from './event-stream.ts';
import { createGate, type Gate } from './gate.ts';
import { host, listenOn, listenPlain, portOf } from './listen.ts';

export interface LoopbackOptions {
  rendererDir: string;
  /** Of the printed links; 0: a random one. */
  port: number;
  /**
   * A second port, for a browser profile that opens nothing else; absent: none. 0: a random one.
   */
  windowPort?: number | undefined;
  bounds?: Bounds;
  /** Called with a fresh link each time that one was used, for another window. */
  onNextLink?: (link: string) => void;
  /** Something that the owner of this desk should know. */
  warn?: (sentence: string) => void;
}

export interface LoopbackShell {
  /** Opens one window: it carries a key in its fragment, which no server or referrer ever sees. */
  link: string;
  /**
   * The address of the second port and a key for it, to be handed over in secret; null without that
   * port.
   */
  ownWindow: { origin: string; key: string } | null;
  close(): Promise<void>;
}

const sessionHeader = 'x-staffdesk-session';
/** The window's own name, which it chooses again for each page. */
const windowHeader = 'x-staffdesk-window';
/** A bridge call carries at most one draft, in characters of three bytes, and its JSON escapes. */
const bodyLimit = 8 * 1024 * 1024;
/** Typing mistakes stay below it. */
const manyWrong = 20;
const headers = securityHeaders("'self'");

/** Serves window and bridge on 127.0.0.1. Throws what listen() throws, EADDRINUSE among it. */
export async function startLoopbackShell(
  desk: DeskPort,
  options: LoopbackOptions,
): Promise<LoopbackShell> {
  const {
    rendererDir,
    bounds = usualBounds,
    onNextLink = () => undefined,
    warn = () => undefined,
  } = options;
  const gate = createGate();
  const connections = createConnections(bounds, () => {
    warn(
      'Another program on this computer keeps opening connections to Staffdesk. The oldest ' +
        'are cut; your window goes on.',
    );
  });
  const app = Fastify({
    bodyLimit,
    forceCloseConnections: true,
    serverFactory: (handler) => connections.createServer(handler),
    frameworkErrors: (_error, _request, reply) => {
      void refuse(reply, 400);
    },
    clientErrorHandler: closeMalformed,
  });
  // JSON only: a form or plain-text post is what another site could send without asking.
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', refuseForeign);
  const windowServer =
    options.windowPort === undefined
      ? null
      : connections.createServer((request, response) => {
          app.routing(request, response);
        });
  await windowRoutes(app, rendererDir, windowServer);
  const onEntered = (port: number | undefined): void => {
    if (port === portOf(app.server)) onNextLink(linkOf(app, gate));
  };
  bridgeRoutes(app, { desk, gate, connections, bounds, warn, onEntered });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ detail: 'Not found' }));
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const status =
      error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
        ? error.statusCode
        : 500;
    return refuse(reply, status, status === 500 ? 'internal' : 'invalid-input');
  });
  await listenOn((port) => app.listen({ host, port }), options.port);
  if (windowServer) {
    const listen = (port: number): Promise<void> =>
      listenOn((one) => listenPlain(windowServer, one), port);
    // The window opens even where its port is taken: another one only costs it the code that its
    // browser has compiled.
    await listen(options.windowPort ?? 0).catch(() => listen(0));
  }
  return {
    link: linkOf(app, gate),
    ownWindow: windowServer && { origin: originAt(portOf(windowServer)), key: gate.mint() },
    async close() {
      windowServer?.close();
      windowServer?.closeAllConnections();
      await app.close();
    },
  };
}

function originAt(port: number | undefined): string {
  return `http://${host}:${port}`;
}

function linkOf(app: FastifyInstance, gate: Gate): string {
  return `${originAt(portOf(app.server))}/#key=${gate.mint()}`;
}

async function refuseForeign(
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

function refuse(
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
function closeMalformed(error: { code?: string }, socket: Socket): void {
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

/**
 * The window's files. Only what is served on `windowServer` has addresses that outlive the launch,
 * and so keeps its compiled code.
 */
async function windowRoutes(
  app: FastifyInstance,
  rendererDir: string,
  windowServer: Server | null,
): Promise<void> {
  const launch = randomBytes(16).toString('base64url');
  const files = {
    root: rendererDir,
    dotfiles: 'deny',
    cacheControl: false,
    index: false as const,
    setHeaders: (reply: FastifyReply, path: string) => {
      reply.header('cache-control', cacheControl(path));
    },
  } as const;
  await app.register(fastifyStatic, { ...files, prefix: '/' });
  await app.register(fastifyStatic, { ...files, prefix: `/${launch}/`, decorateReply: false });
  for (const path of ['/', '/index.html']) {
    app.get(path, async (request, reply) => {
      const isOwn =
        windowServer?.listening === true && request.socket.localPort === portOf(windowServer);
      return reply
        .headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
        .send(await entryPage(rendererDir, isOwn ? null : launch));
    });
  }
}

interface Bridge {
  desk: DeskPort;
  gate: Gate;
  connections: Connections;
  bounds: Bounds;
  warn: (sentence: string) => void;
  /** A key was used at this port. */
  onEntered: (port: number | undefined) => void;
}

function bridgeRoutes(
  app: FastifyInstance,
  { desk, gate, connections, bounds, warn, onEntered }: Bridge,
): void {
  const streams = createEventStreams(desk, bounds);

  /**
   * 401 and the end of the connection: each guess costs a new one. Nobody else waits for it, and
   * the right key always opens.
   */
  function refuseGuess(reply: FastifyReply): FastifyReply {
    if (gate.wrong === manyWrong)
      warn(
        'Someone on this computer tries keys at Staffdesk. None was right, and none can be guessed.',
      );
    return refuse(reply.header('connection', 'close'), gate.wrong > manyWrong ? 429 : 401);
  }
  function sessionOf(request: FastifyRequest): string | null {
    const given = request.headers[sessionHeader];
    const session = gate.sessionOf(typeof given === 'string' ? given : undefined);
    if (session !== null) connections.trust(request.raw.socket);
    return session;
  }

  app.post<{ Body: unknown }>('/bridge/session', async (request, reply) => {
    const session = gate.exchange(field(request.body, 'key'));
    if (session === null) return refuseGuess(reply);
    connections.trust(request.raw.socket);
    onEntered(request.socket.localPort);
    return { session };
  });
  app.post<{ Body: unknown }>('/bridge/proof', async (request, reply) => {
    const proof = gate.prove(field(request.body, 'session'), field(request.body, 'challenge'));
    return proof === null ? refuse(reply, 401) : { proof };
  });
  app.post<{ Body: unknown }>('/bridge/call', async (request, reply) => {
    const session = sessionOf(request);
    if (session === null) return refuseGuess(reply);
    const window = streams.connected({ session, window: windowOf(request) });
    const [name, input] = [field(request.body, 'name'), field(request.body, 'input')];
    return desk.call('own window', name, input, window);
  });
  app.get('/bridge/events', async (request, reply) => {
    const session = sessionOf(request);
    if (session === null) return refuseGuess(reply);
    const from = { session, window: windowOf(request) };
    return streams.open(from, request, reply) ?? refuse(reply, 503);
  });
}

function windowOf({ headers: { [windowHeader]: name } }: FastifyRequest): string | undefined {
  return typeof name === 'string' && /^[\w-]{1,64}$/.test(name) ? name : undefined;
}

function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, name)
    ? (body as Record<string, unknown>)[name]
    : undefined;
}
