import { Agent, type AgentOptions } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import type { Socket } from 'node:net';

interface Agents {
  http: Agent;
  https: SecureAgent;
}

/**
 * The connections to one server. A new one may lead to another server, as after a change of DNS or
 * of who has a port.
 */
export interface Connections {
  /** For a request that identifies the server: it may open a connection. */
  asking: Agents;
  /**
   * For all else: goes out on a connection that a question has opened. Where none is free it fails
   * with `NoConnectionError`.
   */
  reusing: Agents;
  /**
   * Where `freely`, lets all other requests open connections too: asking a server that does not
   * identify itself would show nothing.
   */
  openFreely(freely: boolean): void;
  /** How many were opened so far, and whether one of them is there for the next request. */
  opened(): number;
  free(): boolean;
  /** How many were lost so far, as far as a request has met it. */
  losses(): number;
  /** A request found no answer. */
  lost(): void;
  /** Ends what no request is using, and the others once theirs is over. */
  close(): void;
}

/** Nothing was sent: a connection has to be opened first, by a question. */
export class NoConnectionError extends Error {}

/** As Node's own: what nothing uses is closed after 5 s. */
const agentOptions: AgentOptions = { keepAlive: true, scheduling: 'lifo', timeout: 5_000 };

/** `simulated`: there are no sockets, so only a lost connection shows that there is a new one. */
export function createConnections(simulated: boolean): Connections {
  const asking: Agents = { http: new Agent(agentOptions), https: new SecureAgent(agentOptions) };
  const all = [asking.http, asking.https];
  /** Those of before `close()` are not used again. */
  let current = new WeakSet<object>();
  let freely = false;
  let opened = 0;
  let losses = 0;
  for (const agent of all)
    watchSockets(agent, {
      opening() {
        opened += 1;
      },
      opened: (socket) => current.add(socket),
      mayKeep: (socket) => current.has(socket),
    });
  const mayOpen = (): boolean => freely;

  return {
    asking,
    reusing: { http: reusing(asking.http, mayOpen), https: reusing(asking.https, mayOpen) },
    openFreely(next) {
      freely = next;
    },
    opened: () => opened,
    losses: () => losses,
    free: () => simulated || all.some((agent) => freeSockets(agent).length > 0),
    lost() {
      losses += 1;
    },
    close() {
      current = new WeakSet();
      for (const socket of all.flatMap(freeSockets)) socket.destroy();
    },
  };
}

const freeSockets = (agent: Agent): Socket[] =>
  Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? []);

interface SocketWatch {
  opening(): void;
  opened(socket: object): void;
  /** Whether a request that is over leaves its socket to the next one. */
  mayKeep(socket: object): boolean;
}

function watchSockets(agent: Agent, { opening, opened, mayKeep }: SocketWatch): void {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    opening();
    const socket = connect(options, callback);
    if (socket) opened(socket);
    return socket;
  };
  const keep = agent.keepSocketAlive.bind(agent);
  // Node's own method returns whether the socket is kept; its type says otherwise.
  agent.keepSocketAlive = (socket) => mayKeep(socket) && keep(socket);
}

/** Returns an agent that shares the sockets of this one, and opens another only where it may. */
function reusing<A extends Agent>(agent: A, mayOpen: () => boolean): A {
  // Its state is that of the agent that stands behind it.
  const only = Object.create(agent) as A;
  only.createConnection = (options, callback) => {
    if (mayOpen()) return agent.createConnection(options, callback);
    // Node hands an error over without a socket; its type wants both.
    callback?.(
      new NoConnectionError('no connection where the server has said who it is'),
      undefined as never,
    );
    return undefined;
  };
  return only;
}
