import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Heard {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface OtherPort {
  port: number;
  /** All that was sent to it. */
  heard: Heard[];
  close(): Promise<void>;
}

type Page = { type?: string; headers?: Record<string, string>; body: string };

/**
 * Another program that listens on this computer, with pages by their path; 404 for what it has not.
 */
export async function startOtherPort(pages: Record<string, Page>, port = 0): Promise<OtherPort> {
  const heard: Heard[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      heard.push({ method, url, headers, body });
      const page = pages[url.split('?')[0] ?? ''];
      response.writeHead(page ? 200 : 404, {
        'content-type': page?.type ?? 'text/html',
        ...page?.headers,
      });
      response.end(page?.body ?? '');
    });
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', done);
  });
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
}
