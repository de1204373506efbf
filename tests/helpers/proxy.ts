import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * `cut-answers`: the next write arrives and takes effect, but its answer and all others from then
 * on are lost on the way back. `hold-answers`: answers to writes wait for the next mode. `stall`:
 * connections stay open and carry nothing to the server.
 */
export type ProxyMode = 'up' | 'down' | 'cut-answers' | 'hold-answers' | 'stall';

/** A network between a client and a server on 127.0.0.1 that can fail on demand. */
export async function startProxy(target: string): Promise<{
  server: string;
  set: (mode: ProxyMode) => void;
  /** Another server takes over behind the same address. */ aim: (target: string) => void;
  /** How many parts of answers wait. */
  held: () => number;
  close: () => Promise<void>;
}> {
  let { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let mode: ProxyMode = 'up';
  let written = false;
  let held: (() => void)[] = [];
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => {
      socket.destroy();
    });
    socket.on('close', () => {
      sockets.delete(socket);
    });
  };
  const proxy = createServer((client) => {
    keep(client);
    if (mode === 'down') {
      client.resetAndDestroy();
      return;
    }
    const server = connect(Number(port), hostname);
    keep(server);
    let asked = false;
    client.on('data', (chunk: Buffer) => {
      // The body of a request may come in a chunk of its own.
      const [, method] = /^([A-Z]+) \//.exec(chunk.toString('latin1', 0, 9)) ?? [];
      if (method !== undefined) asked = method === 'POST' || method === 'PATCH';
      written ||= asked;
      if (mode !== 'stall') server.write(chunk);
    });
    client.on('end', () => {
      server.end();
    });
    server.on('data', (chunk) => {
      if (mode === 'cut-answers' && written) {
        client.resetAndDestroy();
        server.destroy();
      } else if (mode === 'hold-answers' && asked) held.push(() => client.write(chunk));
      else client.write(chunk);
    });
    server.on('end', () => {
      client.end();
    });
    // As at a port where nothing listens.
    server.on('error', () => {
      client.resetAndDestroy();
    });
    client.on('close', () => {
      server.destroy();
    });
  });
  await new Promise<void>((done) => {
    proxy.listen(0, '127.0.0.1', done);
  });
  return {
    server: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    set(next) {
      mode = next;
      written = false;
      for (const send of held) send();
      held = [];
      if (next === 'down') for (const socket of sockets) socket.destroy();
    },
    held: () => held.length,
    aim(next) {
      ({ hostname, port } = new URL(next));
    },
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        proxy.close(() => {
          done();
        });
      }),
  };
}
