import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { seeded } from '../../src/server/demo/random.ts';

/**
 * Faults of the network between a desk and its server, on every connection. `latency`: every chunk
 * arrives late. `reset`: connections break at a random byte, in either direction.
 * `cut-after-commit`: the request arrives and takes effect, then the answer is lost, every third
 * time. `slow-close`: the other side's end is passed on late. `bandwidth`: a few kilobytes a
 * second.
 */
export const networkFaults = [
  'latency',
  'reset',
  'cut-after-commit',
  'slow-close',
  'bandwidth',
] as const;
export type NetworkFault = (typeof networkFaults)[number];

export interface FaultyNetwork {
  server: string;
  /** From now on it is bad. */ spoil: () => void;
  /** How often the fault struck. */ struck: () => number;
  close: () => Promise<void>;
}

const latencyMs = 40;
const slowCloseMs = 150;
const bytesPerTick = 4_096;
const tickMs = 50;

/**
 * A network in front of a server on 127.0.0.1 that is good until it is spoilt, and then bad in one
 * way.
 */
export async function startFaultyNetwork(
  target: string,
  fault: NetworkFault,
  seed: number,
): Promise<FaultyNetwork> {
  const { hostname, port } = new URL(target);
  const random = seeded(seed);
  const sockets = new Set<Socket>();
  let healthy = true;
  let struck = 0;
  let answers = 0;

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
    const server = connect(Number(port), hostname);
    keep(client);
    keep(server);
    const breakBoth = (): void => {
      struck += 1;
      client.resetAndDestroy();
      server.destroy();
    };
    // A connection that will break does so after this many bytes.
    let left = fault === 'reset' && random() < 0.8 ? Math.floor(random() * 8_000) : Infinity;

    const free = new Map<Socket, number>();

    function pass(to: Socket, chunk: Buffer): void {
      if (healthy || to.destroyed) {
        to.write(chunk);
        return;
      }
      switch (fault) {
        case 'latency':
          struck += 1;
          setTimeout(() => {
            if (!to.destroyed) to.write(chunk);
          }, latencyMs);
          return;
        case 'reset':
          left -= chunk.length;
          if (left < 0) breakBoth();
          else to.write(chunk);
          return;
        case 'cut-after-commit':
          // Only answers of writes are small and come at once; the event stream's first bytes count
          // as well, which does no harm.
          if (to === client && (answers += 1) % 3 === 0) breakBoth();
          else to.write(chunk);
          return;
        case 'bandwidth':
          struck += 1;
          for (let at = 0; at < chunk.length; at += bytesPerTick) {
            const part = chunk.subarray(at, at + bytesPerTick);
            // Behind what is still on its way in this direction.
            const due = Math.max(free.get(to) ?? 0, performance.now()) + tickMs;
            free.set(to, due);
            setTimeout(() => {
              if (!to.destroyed) to.write(part);
            }, due - performance.now());
          }
          return;
        case 'slow-close':
          to.write(chunk);
      }
    }
    const end = (to: Socket): void => {
      if (fault !== 'slow-close' || healthy) {
        to.end();
        return;
      }
      struck += 1;
      setTimeout(() => {
        to.end();
      }, slowCloseMs);
    };
    client.on('data', (chunk: Buffer) => {
      pass(server, chunk);
    });
    server.on('data', (chunk: Buffer) => {
      pass(client, chunk);
      // A server that closes each connection after an answer, so that there is something to close
      // slowly.
      if (fault === 'slow-close' && !healthy && random() < 0.15) server.end();
    });
    client.on('end', () => {
      end(server);
    });
    server.on('end', () => {
      end(client);
    });
    client.on('close', () => {
      if (fault !== 'slow-close') server.destroy();
    });
  });
  await new Promise<void>((done) => {
    proxy.listen(0, '127.0.0.1', done);
  });
  return {
    server: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    struck: () => struck,
    spoil() {
      healthy = false;
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
