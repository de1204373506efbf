import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { actorIdOf } from './route.ts';

export interface LogOptions {
  /** Whether the caller's address is in the line. */
  addresses: boolean;
}

/**
 * No host name, no address, no message of an error: those of PostgreSQL and of JSON quote what they
 * were given.
 */
export const loggerOptions: Exclude<FastifyServerOptions['logger'], boolean | undefined> = {
  level: 'info',
  base: { pid: process.pid },
  serializers: {
    req: (request) => ({ method: request.method }),
    err: describeError,
  },
};

/**
 * One line a request, also for one that its caller gave up. The route is its template: an address
 * can hold anything.
 */
export function requestLog(app: FastifyInstance, { addresses }: LogOptions): void {
  onEnd(app, (request, reply, { ms, status }) => {
    request.log.info(
      {
        method: request.method,
        route: routeOf(request),
        status,
        ms: Math.round(ms * 10) / 10,
        actor_id: actorIdOf(request),
        ...(addresses ? { address: request.ip } : {}),
      },
      'request',
    );
  });
}

export interface RequestEnd {
  ms: number;
  /** Null when the caller went before the answer was out. */
  status: number | null;
}

/** Calls `note` once for each request, when its answer is out or its connection gone. */
export function onEnd(
  app: FastifyInstance,
  note: (request: FastifyRequest, reply: FastifyReply, end: RequestEnd) => void,
): void {
  app.addHook('onRequest', async (request, reply) => {
    const began = performance.now();
    reply.raw.once('close', () => {
      note(request, reply, {
        ms: performance.now() - began,
        status: reply.raw.writableFinished ? reply.raw.statusCode : null,
      });
    });
  });
}

/** The template of a route, such as `/api/v1/support/tickets/:id`; null where no route fits. */
export function routeOf(request: FastifyRequest): string | null {
  return request.routeOptions.url ?? null;
}

type PostgresError = Error & {
  code?: string;
  table?: string;
  constraint?: string;
  routine?: string;
};

/**
 * What identifies an error and where it came from. pino's type asks for a message; it stays empty.
 */
function describeError({
  name,
  stack = '',
  code,
  table,
  constraint,
  routine,
}: PostgresError): { type: string; message: string; stack: string } & Record<string, unknown> {
  return {
    type: name,
    message: '',
    code,
    table,
    constraint,
    routine,
    stack: stack
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
  };
}
