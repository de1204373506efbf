import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { actorIdOf } from './route.ts';

export interface LogOptions {
  /** True if the line contains the caller's address. */
  addresses: boolean;
}

/**
 * Logs no host name, no address and no message of an error: PostgreSQL and JSON quote their input
 * in their messages.
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
 * Logs one line for each request, even if its caller gave it up. The route is its template, because
 * an address can contain anything.
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
  /** Null if the caller left before the end of the response. */
  status: number | null;
}

/** Calls `note` once for each request, when its response is sent or its connection is gone. */
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

/** The template of a route, such as `/api/v1/support/tickets/:id`; null if no route matches. */
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
 * The fields that identify an error and its origin. pino's type requires a message; it stays empty.
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
