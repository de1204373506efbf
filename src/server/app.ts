import compress from '@fastify/compress';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Fastify from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { apiBase } from '../contract/api.ts';
import { createTokens } from './auth/tokens.ts';
import { migrate } from './db/migrate.ts';
import { createPool } from './db/pool.ts';
import type { Pool } from './db/pool.ts';
import { readSettings } from './db/settings.ts';
import { errorHandling } from './errors.ts';
import { openEventHub } from './events/hub.ts';
import { Problem, problems } from './problem.ts';
import { authRoutes } from './routes/auth.ts';
import { feedRoutes } from './routes/feed.ts';
import { messageRoutes } from './routes/messages.ts';
import { referenceRoutes } from './routes/reference.ts';
import type { Limits, Services } from './routes/route.ts';
import { ticketRoutes } from './routes/tickets.ts';

export interface ApiOptions {
  databaseUrl: string;
  limits?: Partial<Limits>;
  /** Writes structured logs to stdout, without bodies, tokens or query values. */
  log?: boolean;
}
export interface Api { app: FastifyInstance; pool: Pool; close: () => Promise<void> }

const defaultLimits: Limits = { loginPerAccount: 5, loginPerAddress: 20, perUser: 1_200 };
const bodyLimit = 1024 * 1024;

/** Builds the support API on a PostgreSQL database, migrating it first. Throws what PostgreSQL says when it cannot. */
export async function buildApi(options: ApiOptions): Promise<Api> {
  const pool = createPool(options.databaseUrl);
  try {
    await migrate(pool);
    const settings = await readSettings(pool);
    const hub = await openEventHub(pool, options.databaseUrl);
    const services: Services = { pool, settings, hub, tokens: createTokens(pool, settings.signingKey), limits: { ...defaultLimits, ...options.limits } };
    const app = await buildApp(services, options.log ?? false);
    return { app, pool, close: async () => { await hub.close(); await app.close(); await pool.end(); } };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function buildApp(services: Services, log: boolean): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit,
    // Method and path only: a query can hold a cursor or a search.
    ...(log ? { logger: { level: 'info', serializers: { req: (req: FastifyRequest) => ({ method: req.method, url: req.url.split('?')[0] ?? '' }) } } } : {}),
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  errorHandling(app);
  await app.register(rateLimit, {
    global: true, max: services.limits.perUser, timeWindow: 60_000, hook: 'onRequest',
    keyGenerator: (request) => request.headers.authorization ?? request.ip,
    errorResponseBuilder: (_request, context) => problems.tooMany(context.ttl / 1000),
  });
  await app.register(compress, { global: true, threshold: 1024, encodings: ['br', 'gzip'], brotliOptions: { params: { [1]: 4 } } });
  await app.register(swagger, { openapi: { info: { title: 'Staffdesk support API', version: '2' }, servers: [{ url: '/' }] }, transform: jsonSchemaTransform });
  app.addHook('preValidation', async (request) => { if (hasUnstorableText(request.body)) throw new Problem(422, 'unstorable', { body: { detail: [{ loc: ['body'], msg: 'text holds a NUL or half a character', type: 'value_error' }] } }); });

  app.after(() => {
    authRoutes(app, services);
    ticketRoutes(app, services);
    messageRoutes(app, services);
    feedRoutes(app, services);
    referenceRoutes(app, services);
    for (const url of ['/openapi.json', `${apiBase}/openapi.json`]) app.get(url, { schema: { hide: true } }, () => app.swagger());
    app.get('/healthz', { schema: { hide: true } }, () => ({ status: 'ok' }));
    app.get('/readyz', { schema: { hide: true } }, async () => { await services.pool.query('select 1'); return { status: 'ok' }; });
  });
  await app.ready();
  return app;
}

/** PostgreSQL cannot store U+0000 or half a surrogate pair in text; both are the caller's mistake, not a 500. */
function hasUnstorableText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed();
  if (Array.isArray(value)) return value.some(hasUnstorableText);
  if (typeof value === 'object' && value !== null) return Object.entries(value).some(([key, inner]) => hasUnstorableText(key) || hasUnstorableText(inner));
  return false;
}
