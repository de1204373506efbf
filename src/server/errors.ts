import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { Problem } from './problem.ts';

/** Sentences for what Fastify itself refuses, in the API's shape. */
const ownSentences: Record<string, string> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is too large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send JSON with content-type application/json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body does not have the announced length',
};

/** Every refusal as `{detail}`; what we did not foresee as a 500 that says nothing of the inside. */
export function errorHandling(app: FastifyInstance): void {
  const known: { method: string; pattern: RegExp }[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    const pattern = new RegExp(`^${url.replace(/:\w+/g, '[^/]+')}/?$`);
    for (const one of Array.isArray(method) ? method : [method]) known.push({ method: one, pattern });
  });

  app.setErrorHandler((error: FastifyError | Problem, request, reply) => answer(error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const allowed = known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    if (allowed.length === 0) return reply.code(404).send({ detail: 'Not found' });
    return reply.code(405).header('allow', [...new Set(allowed)].join(', ')).send({ detail: 'Method Not Allowed' });
  });
}

function answer(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Problem) return reply.code(error.status).headers(error.headers).send(error.body);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const where = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'body');
    const detail = error.validation.map((issue) => ({ loc: [where, ...issue.instancePath.split('/').filter(Boolean)], msg: issue.message ?? 'invalid', type: issue.keyword }));
    return reply.code(422).send({ detail });
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return reply.code(status).send({ detail: ownSentences[error.code] ?? (status === 429 ? 'Too many requests' : 'The request cannot be read') });
  request.log.error({ err: error }, 'request failed');
  return reply.code(500).send({ detail: 'Internal server error' });
}
