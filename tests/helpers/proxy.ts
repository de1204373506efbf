import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** `cut-answers`: the request arrives and takes effect, but its answer is lost on the way back. `stall`: connections stay open and carry nothing to the server. */
export type ProxyMode = 'up' | 'down' | 'cut-answers' | 'stall';

/** A network between a client and a server on 127.0.0.1 that can fail on demand. */
export async function startProxy(target: string): Promise<{ server: string; set: (mode: ProxyMode) => void; /** Another server takes over behind the same address. */ aim: (target: string) => void; close: () => Promise<void> }> {
  let { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let mode: ProxyMode = 'up';
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => { socket.destroy(); });
    socket.on('close', () => { sockets.delete(socket); });
  };
  const proxy = createServer((client) => {
    keep(client);
    if (mode === 'down') { client.resetAndDestroy(); return; }
    const server = connect(Number(port), hostname);
    keep(server);
    client.on('data', (chunk) => { if (mode !== 'stall') server.write(chunk); });
    client.on('end', () => { server.end(); });
    server.on('data', (chunk) => { if (mode === 'cut-answers') { client.resetAndDestroy(); server.destroy(); } else client.write(chunk); });
    server.on('end', () => { client.end(); });
    client.on('close', () => { server.destroy(); });
  });
  await new Promise<void>((done) => { proxy.listen(0, '127.0.0.1', done); });
  return {
    server: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    set(next) {
      mode = next;
      if (next === 'down') for (const socket of sockets) socket.destroy();
    },
    aim(next) { ({ hostname, port } = new URL(next)); },
    close: () => new Promise((done) => { for (const socket of sockets) socket.destroy(); proxy.close(() => { done(); }); }),
  };
}
