import { createServer } from 'node:net';

export interface ListenAddress {
  host: string;
  port: number;
}

/**
 * Checks that the API can listen on an address, before anything is created for it. Throws an Error
 * that says why not and what to do.
 */
export function tryAddress({ host, port }: ListenAddress): Promise<void> {
  const server = createServer();
  return new Promise((done, fail) => {
    server.on('error', (error) => {
      fail(listenError(error, { host, port }));
    });
    server.listen({ host, port }, () => {
      server.close(() => {
        done();
      });
    });
  });
}

export function listenError(error: unknown, { host, port }: ListenAddress): Error {
  return new Error(explain(error, host, port), { cause: error });
}

function explain(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use by another program. Choose another one with --port N, or 0 for any free one.`;
  if (code === 'EACCES')
    return `This user may not listen on port ${port}. Choose one above 1023 with --port N, or 0 for any free one.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return (
      `"${host}" is not an address of this machine. Use --host 127.0.0.1 for this machine ` +
      'alone, or 0.0.0.0 for every network.'
    );
  }
  return error instanceof Error ? error.message : String(error);
}
