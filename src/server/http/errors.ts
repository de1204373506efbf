import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type ServerResponse } from 'node:http';
import type {
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  FastifyServerOptions,
} from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { Problem, problems } from './problem.ts';

/** Sentences for Fastify's own refusals, in the API's shape. */
const ownSentences: Record<string, string> = {
  FST_ERR_BAD_URL: 'The address is not valid',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is too large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send JSON with content-type application/json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body does not have the announced length',
};

/**
 * PostgreSQL's codes for temporary trouble: it shuts down, fails over, has no room left, or ended a
 * statement, a transaction or a deadlock.
 */
const passingState = /^(57014|57P0[1-5]|53\w{3}|40001|40P01|55P03|08\w{3}|25P03|25006)$/;
/** The system's codes for a PostgreSQL that cannot be reached. */
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** Temporary trouble as the driver reports it, without a code. */
const passingTexts = [
  'timeout exceeded when trying to connect',
  'Connection terminated',
  'Client has encountered a connection error',
  'Client was closed',
  'Cannot use a pool after calling end',
];

/**
 * For every response: browsers and proxies must not store it, guess another type, show it in a
 * frame or let another site's page read it. The customer's page replaces them by its own.
 */
const safeHeaders: Record<string, string> = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** Set on the raw response, so that an event stream, which Fastify does not send, has them too. */
export function setSafeHeaders(response: ServerResponse, requestId: string): void {
  response.setHeader('x-request-id', requestId);
  for (const [name, value] of Object.entries(safeHeaders)) response.setHeader(name, value);
}

/** A refusal as raw HTTP, for a connection without a request that could be answered. */
export function rawRefusal(status: number, detail: string, retryAfter?: number): string {
  const body = JSON.stringify({ detail });
  const headers = {
    ...safeHeaders,
    'x-request-id': randomUUID(),
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  };
  const lines = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}\r\n${body}`;
}

const unreadable: Record<string, [status: number, detail: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive'],
};

/**
 * For refusals before any route is known: an address that cannot be decoded, or a request that is
 * not HTTP.
 */
export const earlyErrors: Pick<FastifyServerOptions, 'frameworkErrors' | 'clientErrorHandler'> = {
  frameworkErrors: (error, request, reply) => {
    setSafeHeaders(reply.raw, request.id);
    void answer(error, request, reply);
  },
  clientErrorHandler(error, socket) {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, detail] = unreadable[error.code ?? ''] ?? [400, 'The request cannot be read'];
    socket.end(rawRefusal(status, detail), () => {
      socket.destroy();
    });
  },
};

/**
 * Sends every refusal as `{detail}`; an unforeseen error is a 500 that reveals nothing of the
 * inside.
 */
export function errorHandling(app: FastifyInstance): void {
  const known: { method: string; pattern: RegExp }[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    const pattern = new RegExp(
      `^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`,
    );
    for (const one of Array.isArray(method) ? method : [method])
      known.push({ method: one, pattern });
  });
  app.setErrorHandler((error: FastifyError | Problem, request, reply) =>
    answer(error, request, reply),
  );
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const allowed = known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    if (allowed.length === 0) return reply.code(404).send({ detail: 'Not found' });
    return reply
      .code(405)
      .header('allow', [...new Set(allowed)].join(', '))
      .send({ detail: 'Method Not Allowed' });
  });
}

function answer(
  error: FastifyError | Problem,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof Problem) return send(reply, error);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const where =
      error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'body');
    const detail = error.validation.map((issue) => ({
      loc: [where, ...issue.instancePath.split('/').filter(Boolean)],
      msg: issue.message ?? 'invalid',
      type: issue.keyword,
    }));
    return reply.code(422).send({ detail });
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500)
    return reply
      .code(status)
      .send({ detail: ownSentences[error.code] ?? 'The request cannot be read' });
  request.log.error({ err: error }, 'request failed');
  if (isPassing(error)) return send(reply, problems.unavailable());
  return reply.code(500).send({ detail: 'Internal server error' });
}

function isPassing({ code, message }: FastifyError): boolean {
  return (
    passingState.test(code) ||
    unreachable.has(code) ||
    passingTexts.some((text) => message.startsWith(text))
  );
}

function send(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).headers(problem.headers).send(problem.body);
}
