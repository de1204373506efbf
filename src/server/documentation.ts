import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { apiBase, ConflictBody, ErrorBody, ValidationErrorBody } from '../contract/api.ts';

/** The refusals that any call can answer; they are documented here and not compiled, since problem.ts makes them. */
const refusals = { '4xx': ErrorBody, 422: ValidationErrorBody, '5xx': ErrorBody };

/** GET /openapi.json: the contract, generated from the schemas that validate. */
export const documentation = fastifyPlugin(async (app: FastifyInstance) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Staffdesk support API', version: '2', description: 'Every POST and PATCH below /support takes the header Idempotency-Key: the same key has one effect.' },
      servers: [{ url: '/' }],
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      security: [{ bearer: [] }],
    },
    transform(document) {
      const response = document.schema?.response;
      if (!response || document.schema?.hide) return jsonSchemaTransform(document);
      const conflict = document.route.method === 'PATCH' ? { 412: ConflictBody } : {};
      return jsonSchemaTransform({ ...document, schema: { ...document.schema, response: { ...response, ...refusals, ...conflict } } });
    },
  });
  app.after(() => {
    for (const url of ['/openapi.json', `${apiBase}/openapi.json`]) app.get(url, { schema: { hide: true } }, () => app.swagger());
  });
});
