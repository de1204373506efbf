import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createSocketServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Trouble } from '../../../../src/contract/troubles.ts';
import { troubleOf } from '../../../../src/core/trouble.ts';
import { createApiClient } from '../../../../src/main/desk/feed/api-client.ts';
import { createServerTime } from '../../../../src/main/desk/feed/server-time.ts';
import { ApiError } from '../../../../src/main/desk/feed/api-error.ts';
import { largestAnswer } from '../../../../src/main/desk/feed/content-coding.ts';
import { createFakeClock } from '../../../helpers/fake-clock.ts';
import { selfSigned } from '../../../helpers/self-signed.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0))
    await new Promise((done) => {
      server.close(done);
    });
});

async function listen(server: Server, scheme = 'http'): Promise<string> {
  servers.push(server);
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering = (answer: RequestListener) => () => listen(createServer(answer));
const speaking = (bytes: string) => () =>
  listen(
    createSocketServer((socket) => {
      socket
        .on('error', () => undefined)
        .once('data', () => {
          socket.end(bytes);
        });
    }),
  );
const json = { 'content-type': 'application/json' };

test.each<[string, () => Promise<string>, 'unreachable' | 'bad-answer' | 'status', Trouble]>([
  [
    'nobody listens',
    () => Promise.resolve('http://127.0.0.1:1'),
    'unreachable',
    'connection-refused',
  ],
  [
    'a name that nobody knows',
    () => Promise.resolve('http://nowhere.invalid'),
    'unreachable',
    'name-not-found',
  ],
  [
    'the connection breaks',
    answering((request) => {
      request.socket.resetAndDestroy();
    }),
    'unreachable',
    'unreachable',
  ],
  [
    'a certificate that nobody vouches for',
    () => listen(createTlsServer(selfSigned), 'https'),
    'unreachable',
    'bad-certificate',
  ],
  [
    'TLS asked of what speaks none',
    async () =>
      (
        await answering((_, response) => {
          response.end();
        })()
      ).replace('http:', 'https:'),
    'unreachable',
    'unexpected-answer',
  ],
  [
    'what speaks no HTTP',
    speaking('220 mail.example.test ESMTP\r\n'),
    'bad-answer',
    'unexpected-answer',
  ],
  [
    'a page',
    answering((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>');
    }),
    'bad-answer',
    'unexpected-answer',
  ],
  [
    'a redirect',
    answering((_, response) => {
      response.writeHead(302, { location: 'http://portal.test/' }).end();
    }),
    'bad-answer',
    'unexpected-answer',
  ],
  [
    'JSON that is cut',
    answering((_, response) => {
      response.writeHead(200, json).end('{"level":2,');
    }),
    'bad-answer',
    'unexpected-answer',
  ],
  [
    'JSON of another kind',
    answering((_, response) => {
      response.writeHead(200, json).end('{"status":"ok"}');
    }),
    'bad-answer',
    'odd-answer',
  ],
  [
    'a coding that it is not in',
    answering((_, response) => {
      response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end('{"level":2}');
    }),
    'bad-answer',
    'unexpected-answer',
  ],
  [
    'more than an answer may be',
    answering((_, response) => {
      response.writeHead(200, json).end(Buffer.alloc(largestAnswer + 1, 0x20));
    }),
    'bad-answer',
    'answer-too-large',
  ],
  [
    'a proxy that wants a sign-in',
    answering((_, response) => {
      response.writeHead(407, { 'content-type': 'text/html' }).end();
    }),
    'bad-answer',
    'proxy-sign-in',
  ],
  [
    'a path that nobody knows',
    answering((_, response) => {
      response.writeHead(404, json).end('{"detail":"Not Found"}');
    }),
    'status',
    'wrong-address',
  ],
  [
    'trouble of the server',
    answering((_, response) => {
      response.writeHead(502, { 'content-type': 'text/html' }).end();
    }),
    'status',
    'server-error',
  ],
  [
    'too many requests',
    answering((_, response) => {
      response.writeHead(429, json).end('{}');
    }),
    'status',
    'rate-limited',
  ],
])('%s', async (_, serve, kind, trouble) => {
  const failed = await createApiClient(await serve(), createServerTime(createFakeClock()))
    .request('capabilities')
    .catch((error: unknown) => error);
  if (!(failed instanceof ApiError)) throw failed;
  expect({ kind: failed.failure.kind, trouble: troubleOf(failed.failure) }).toEqual({
    kind,
    trouble,
  });
});
