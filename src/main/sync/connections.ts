import { Agent } from 'node:http';
import type { AgentOptions } from 'node:http';
import { Agent as SecureAgent } from 'node:https';

/**
 * The connections to one server. A new one may lead to another server, as after a change of DNS or of who has a port.
 */
export interface Connections {
  http: Agent;
  https: SecureAgent;
  /** How many were opened so far, and whether one of them is there for the next request. */
  opened(): number;
  free(): boolean;
  /** How many were lost so far, as far as a request has met it. */
  losses(): number;
  /** A request found no answer. */
  lost(): void;
  /** Closes what no request is using. */
  close(): void;
}

/** As Node's own: what nothing uses is closed after 5 s. */
const agentOptions: AgentOptions = { keepAlive: true, scheduling: 'lifo', timeout: 5_000 };

/** `simulated`: there are no sockets, so only what was lost tells of a new connection. */
export function createConnections(simulated: boolean): Connections {
  const http = new Agent(agentOptions);
  const https = new SecureAgent(agentOptions);
  let opened = 0;
  let losses = 0;
  for (const agent of [http, https]) {
    const connect = agent.createConnection.bind(agent);
    agent.createConnection = (options, callback) => {
      opened += 1;
      return connect(options, callback);
    };
  }
  return {
    http, https,
    opened: () => opened,
    losses: () => losses,
    free: () => simulated || [http, https].some((agent) => Object.values(agent.freeSockets).some((sockets) => (sockets?.length ?? 0) > 0)),
    lost() { losses += 1; },
    close() {
      for (const agent of [http, https]) for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
    },
  };
}
