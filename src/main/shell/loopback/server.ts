import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { DeskPort } from '../bridge/desk-port.ts';
import { cacheControl } from '../cache-control.ts';
import { usualBounds, type Bounds } from './bounds.ts';
import { bridgeRoutes } from './bridge-routes.ts';
import { createConnections, type Connections } from './connections.ts';
import { entryPage } from './entry-page.ts';
import { createGate, type Gate } from './gate.ts';
import { host, listenOn, listenPlain, originAt, portOf } from './listen.ts';
import { closeMalformed, refuse, refuseForeign } from './refusals.ts';

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

/** A bridge call carries at most one draft, in characters of three bytes, and its JSON escapes. */
const bodyLimit = 8 * 1024 * 1024;
const crowded =
  'Another program on this computer keeps opening connections to Staffdesk. The oldest ' +
  'are cut; your window goes on.';

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
    warn(crowded);
  });
  const app = createApp(connections);
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
  await listenOn((port) => app.listen({ host, port }), options.port);
  if (windowServer) await listenNear(windowServer, options.windowPort ?? 0);
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

/** Without routes yet; all that another site could send without asking is refused. */
function createApp(connections: Connections): FastifyInstance {
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
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ detail: 'Not found' }));
  app.setErrorHandler(({ statusCode = 500 }: { statusCode?: number }, _request, reply) => {
    const isTheirs = statusCode >= 400 && statusCode < 500;
    return isTheirs ? refuse(reply, statusCode, 'invalid-input') : refuse(reply, 500, 'internal');
  });
  return app;
}

/**
 * The window opens even where its port is taken: another one only costs it the code that its
 * browser has compiled.
 */
async function listenNear(server: Server, wanted: number): Promise<void> {
  const listen = (port: number): Promise<void> => listenOn((one) => listenPlain(server, one), port);
  await listen(wanted).catch(() => listen(0));
}

function linkOf(app: FastifyInstance, gate: Gate): string {
  return `${originAt(portOf(app.server))}/#key=${gate.mint()}`;
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
