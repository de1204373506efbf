import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';

/**
 * The port of last time when it is still free, else any free one, remembered in `file`. The desk's
 * cache belongs to the address of its server, and what a browser has compiled to that of the page,
 * so the address should stay.
 */
export async function stablePort(file: string): Promise<number> {
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const port =
    (Number.isInteger(last) && last > 0 && last < 65_536 ? await tryPort(last) : null) ??
    (await freePort());
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, String(port));
  return port;
}

/** A port that is free now; 0 where there is none. */
export async function freePort(): Promise<number> {
  return (await tryPort(0)) ?? 0;
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((done) => {
    const server = createServer();
    server.on('error', () => {
      done(null);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        done(typeof address === 'object' && address ? address.port : null);
      });
    });
  });
}
