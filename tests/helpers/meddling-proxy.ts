import { createServer, request as ask, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { apiBase } from '../../src/contract/wire/api.ts';

/** A request as `POST /support/tickets/…/messages?…`, below the API's base, and its key. */
export interface Passing {
  name: string;
  key: string | null;
  body: string;
}
export interface Said {
  status: number;
  type?: string;
  body: string;
  headers?: Record<string, string>;
}
/**
 * `instead`: the answer in place of the server's; null: the server is asked, and `after` may change
 * its answer.
 */
interface Meddling {
  instead?: (passing: Passing) => Said | null;
  after?: (passing: Passing, said: Said) => Said;
}

export interface MeddlingProxy {
  server: string;
  /** Every request so far. */
  log: Passing[];
  meddle: (meddling: Meddling) => void;
  /** Another server takes over behind the same address. */
  aim: (target: string) => void;
  close: () => Promise<void>;
}

/**
 * Something between a desk and its server that speaks HTTP: a gateway, a cache, a captive portal.
 * Streams are passed on as they come.
 */
export async function startMeddlingProxy(first: string): Promise<MeddlingProxy> {
  let target = first;
  let current: Meddling = {};
  const log: Passing[] = [];

  const proxy = createServer((incoming, outgoing) => {
    void (async () => {
      const body = await textOf(incoming);
      const passing = {
        name: `${incoming.method ?? ''} ${(incoming.url ?? '').slice(apiBase.length)}`,
        key: String(incoming.headers['idempotency-key'] ?? '') || null,
        body,
      };
      log.push(passing);
      const say = ({ status, type = 'application/json', body: text, headers = {} }: Said): void => {
        outgoing.writeHead(status, { 'content-type': type, ...headers }).end(text);
      };
      const instead = current.instead?.(passing) ?? null;
      if (instead) {
        say(instead);
        return;
      }
      const headers = {
        ...incoming.headers,
        host: new URL(target).host,
        'accept-encoding': 'identity',
      };
      const upstream = ask(
        `${target}${incoming.url ?? ''}`,
        { method: incoming.method, headers },
        (answer) => {
          if (answer.headers['content-type']?.startsWith('text/event-stream')) {
            outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
            answer.pipe(outgoing);
            return;
          }
          void textOf(answer).then(
            (text) => {
              const said = {
                status: answer.statusCode ?? 500,
                type: answer.headers['content-type'] ?? '',
                body: text,
                headers: answer.headers.date ? { date: answer.headers.date } : {},
              };
              say(current.after?.(passing, said) ?? said);
            },
            () => {
              outgoing.destroy();
            },
          );
        },
      );
      outgoing.on('close', () => {
        upstream.destroy();
      });
      upstream.on('error', () => {
        outgoing.destroy();
      });
      upstream.end(body);
    })().catch(() => {
      outgoing.destroy();
    });
  });
  await new Promise<void>((done) => {
    proxy.listen(0, '127.0.0.1', done);
  });
  return {
    server: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    log,
    meddle(meddling) {
      current = meddling;
    },
    aim(next) {
      target = next;
    },
    close: () =>
      new Promise((done) => {
        proxy.close(() => {
          done();
        });
        proxy.closeAllConnections();
      }),
  };
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
