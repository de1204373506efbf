import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A free port for what ends and comes back, or for who takes it over. Systems hand out others to
 * whoever asks for any, 32768 and up, so nobody gets it in between.
 */
export async function lastingPort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    // Somebody has it.
    return false;
  } finally {
    server.close();
  }
}
