import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';

/**
 * The last port if it is still free, else any free one; remembered in `file`. The port should stay
 * the same: the desk's cache belongs to the address of its server, and the browser's code cache to
 * the address of the page.
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

/** A port that is free now; 0 if there is none. */
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
