import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface SlowLink {
  server: string;
  requests: () => number;
  close: () => void;
}

/**
 * A proxy on 127.0.0.1 before the API that keeps each request back for `ms`, as a distant server
 * would, and counts them.
 */
export async function openSlowLink(api: string, ms: number): Promise<SlowLink> {
  const agent = new Agent({ keepAlive: true });
  let requests = 0;
  const proxy = createServer((asked, answer) => {
    requests += 1;
    void wait(ms).then(() => {
      const sent = request(
        api + (asked.url ?? ''),
        { agent, method: asked.method, headers: asked.headers },
        (response) => {
          answer.writeHead(response.statusCode ?? 502, response.headers);
          response.pipe(answer);
          // An event stream has no end of its own.
          answer.on('close', () => {
            response.destroy();
          });
        },
      );
      sent.on('error', () => {
        answer.destroy();
      });
      asked.pipe(sent);
    });
  });
  await new Promise<void>((done) => {
    proxy.listen(0, '127.0.0.1', done);
  });
  return {
    // A listening TCP server always has an AddressInfo; the string form is for pipes.
    server: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    requests: () => requests,
    close() {
      proxy.close();
      proxy.closeAllConnections();
      agent.destroy();
    },
  };
}
