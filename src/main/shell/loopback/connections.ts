import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { maxHeaderBytes, type Bounds } from './bounds.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Makes the servers of one shell, which share one bound on connections. */
export interface Connections {
  createServer(handler: Handler): Server;
  /**
   * This request comes from a window of ours: its connection is never cut to make room, nor because
   * it waits.
   */
  trust(socket: Socket): void;
}

/** `onCrowded` is called once, when the first connection had to be cut. */
export function createConnections(bounds: Bounds, onCrowded: () => void): Connections {
  /** In the order in which they came. */
  const strangers = new Set<Socket>();
  const busy = new Set<Socket>();
  const windows = new Set<Socket>();
  let crowded = false;

  function accept(socket: Socket): void {
    strangers.add(socket);
    socket.once('close', () => {
      for (const set of [strangers, busy, windows]) set.delete(socket);
    });
    if (strangers.size + windows.size <= bounds.connections) return;
    if (!crowded) onCrowded();
    crowded = true;
    const [...waiting] = strangers;
    const idle = waiting.find((one) => !busy.has(one) && one !== socket);
    (idle ?? waiting[0])?.destroy();
  }

  return {
    createServer(handler) {
      const server = boundedServer(bounds, handler);
      server.on('connection', accept);
      server.on('request', ({ socket }, response) => {
        busy.add(socket);
        response.once('close', () => {
          busy.delete(socket);
        });
      });
      return server;
    },
    trust(socket) {
      if (strangers.delete(socket)) windows.add(socket);
      // A call may wait longer for the support server than a stranger may be silent.
      socket.setTimeout(0);
    },
  };
}

function boundedServer(bounds: Bounds, handler: Handler): Server {
  const options = {
    headersTimeout: bounds.headersMs,
    requestTimeout: bounds.requestMs,
    keepAliveTimeout: bounds.keepAliveMs,
    connectionsCheckingInterval: bounds.checkMs,
    maxHeaderSize: maxHeaderBytes,
  };
  const server = createServer(options, handler);
  server.setTimeout(bounds.silentMs);
  return server;
}
