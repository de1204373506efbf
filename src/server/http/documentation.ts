import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import {
  apiBase,
  ConflictBody,
  ErrorBody,
  MacroConflictBody,
  MergedBody,
  ValidationErrorBody,
} from '../../contract/wire/api.ts';

/**
 * The refusals that any call can return; they are documented here and not compiled, because
 * problem.ts makes them.
 */
const refusals = { '4xx': ErrorBody, 422: ValidationErrorBody, '5xx': ErrorBody };

/** GET /openapi.json: the contract, generated from the schemas that validate. */
export const documentation = fastifyPlugin(async (app: FastifyInstance) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Staffdesk support API',
        version: '2',
        description:
          'Every POST, PATCH and DELETE below /support takes the header Idempotency-Key: the same key has one effect.',
      },
      servers: [{ url: '/' }],
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      security: [{ bearer: [] }],
    },
    transform(document) {
      const response = document.schema?.response;
      if (!response || document.schema?.hide) return jsonSchemaTransform(document);
      const { method, url } = document.route;
      const conflict =
        method === 'PATCH'
          ? { 412: url.startsWith(`${apiBase}/support/macros`) ? MacroConflictBody : ConflictBody }
          : {};
      const missing = url.startsWith(`${apiBase}/support/tickets/`) ? { 404: MergedBody } : {};
      return jsonSchemaTransform({
        ...document,
        schema: {
          ...document.schema,
          response: { ...response, ...refusals, ...conflict, ...missing },
        },
      });
    },
  });
  app.after(() => {
    for (const url of ['/openapi.json', `${apiBase}/openapi.json`])
      app.get(url, { schema: { hide: true } }, () => app.swagger());
  });
});
