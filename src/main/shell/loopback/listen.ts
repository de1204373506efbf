import { randomInt } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const host = '127.0.0.1';

/** Above the ports that services register; browsers refuse none of them. */
const lowestPort = 32_768;
const tries = 100;

/**
 * Listens on `port`, or on a random one for 0. The system's own choice of a free port can be
 * steered by a program that holds all the others; this one cannot be foreseen. Throws what listen()
 * throws.
 */
export async function listenOn(
  listen: (port: number) => Promise<unknown>,
  port: number,
): Promise<void> {
  for (let left = port === 0 ? tries : 1; left > 0; left -= 1) {
    try {
      await listen(port === 0 ? randomInt(lowestPort, 65_536) : port);
      return;
    } catch (error) {
      if (left === 1 || !isTaken(error)) throw error;
    }
  }
}

/** Windows says EACCES of ports that it keeps for itself. */
function isTaken(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'EADDRINUSE' || error.code === 'EACCES')
  );
}

export function listenPlain(server: Server, port: number): Promise<void> {
  return new Promise((done, fail) => {
    const failed = (error: Error): void => {
      server.off('listening', listening);
      fail(error);
    };
    const listening = (): void => {
      server.off('error', failed);
      done();
    };
    server.once('error', failed).once('listening', listening).listen(port, host);
  });
}

export function portOf(server: Server): number {
  // A listening TCP server always has an AddressInfo; the string form is for pipes.
  return (server.address() as AddressInfo).port;
}

export function originAt(port: number | undefined): string {
  return `http://${host}:${port}`;
}
