import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DeskPort } from '../bridge/desk-port.ts';
import type { Bounds } from './bounds.ts';
import type { Connections } from './connections.ts';
import { createEventStreams } from './event-stream.ts';
import type { Gate } from './gate.ts';
import { refuse } from './refusals.ts';

const sessionHeader = 'x-staffdesk-session';
/** The window's own name, which it chooses again for each page. */
const windowHeader = 'x-staffdesk-window';
/** Typing mistakes stay below it. */
const manyWrong = 20;

interface Bridge {
  desk: DeskPort;
  gate: Gate;
  connections: Connections;
  bounds: Bounds;
  warn: (sentence: string) => void;
  /** A key was used at this port. */
  onEntered: (port: number | undefined) => void;
}

/** The way into the desk, for windows that have a session. */
export function bridgeRoutes(app: FastifyInstance, bridge: Bridge): void {
  const { desk, gate, connections, bounds, onEntered } = bridge;
  const streams = createEventStreams(desk, bounds);

  app.post<{ Body: unknown }>('/bridge/session', async (request, reply) => {
    const session = gate.exchange(field(request.body, 'key'));
    if (session === null) return refuseGuess(bridge, reply);
    connections.trust(request.raw.socket);
    onEntered(request.socket.localPort);
    return { session };
  });
  app.post<{ Body: unknown }>('/bridge/proof', async (request, reply) => {
    const proof = gate.prove(field(request.body, 'session'), field(request.body, 'challenge'));
    return proof === null ? refuse(reply, 401) : { proof };
  });
  app.post<{ Body: unknown }>('/bridge/call', async (request, reply) => {
    const session = sessionOf(bridge, request);
    if (session === null) return refuseGuess(bridge, reply);
    const window = streams.connected({ session, window: windowOf(request) });
    const [name, input] = [field(request.body, 'name'), field(request.body, 'input')];
    return desk.call('own window', name, input, window);
  });
  app.get('/bridge/events', async (request, reply) => {
    const session = sessionOf(bridge, request);
    if (session === null) return refuseGuess(bridge, reply);
    const from = { session, window: windowOf(request) };
    return streams.open(from, request, reply) ?? refuse(reply, 503);
  });
}

/**
 * 401 and the end of the connection: each guess costs a new one. Nobody else waits for it, and the
 * right key always opens.
 */
function refuseGuess({ gate, warn }: Bridge, reply: FastifyReply): FastifyReply {
  if (gate.wrong === manyWrong)
    warn(
      'Someone on this computer tries keys at Staffdesk. None was right, and none can be guessed.',
    );
  return refuse(reply.header('connection', 'close'), gate.wrong > manyWrong ? 429 : 401);
}

function sessionOf({ gate, connections }: Bridge, request: FastifyRequest): string | null {
  const given = request.headers[sessionHeader];
  const session = gate.sessionOf(typeof given === 'string' ? given : undefined);
  if (session !== null) connections.trust(request.raw.socket);
  return session;
}

function windowOf({ headers: { [windowHeader]: name } }: FastifyRequest): string | undefined {
  return typeof name === 'string' && /^[\w-]{1,64}$/.test(name) ? name : undefined;
}

function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, name)
    ? (body as Record<string, unknown>)[name]
    : undefined;
}
