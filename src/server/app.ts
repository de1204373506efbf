import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Clock } from '../core/clock.ts';
import { createTokens } from './auth/tokens.ts';
import { bodyReading } from './body.ts';
import { systemClock } from './clock.ts';
import { migrate } from './db/migrate.ts';
import { createPool } from './db/pool.ts';
import type { Pool } from './db/pool.ts';
import { readSettings } from './db/settings.ts';
import { documentation } from './documentation.ts';
import { earlyErrors, errorHandling } from './errors.ts';
import type { EventHub } from './events/hub.ts';
import { openEventHub } from './events/hub.ts';
import type { Limits } from './limits.ts';
import { createLimiter, defaultLimits } from './limits.ts';
import { authRoutes } from './routes/auth.ts';
import { capabilityRoutes } from './routes/capabilities.ts';
import { eventRoutes } from './routes/events.ts';
import { faqRoutes } from './routes/faq.ts';
import { healthRoutes } from './routes/health.ts';
import { messageRoutes } from './routes/messages.ts';
import { presenceRoutes } from './routes/presence.ts';
import type { Services } from './routes/route.ts';
import { staffRoutes } from './routes/staff.ts';
import { syncRoutes } from './routes/sync.ts';
import { ticketRoutes } from './routes/tickets.ts';

export interface ApiOptions {
  databaseUrl: string;
  limits?: Partial<Limits>;
  /** Writes structured logs to stdout, without bodies, tokens or query values. */
  log?: boolean;
  clock?: Clock;
}
export interface Api { app: FastifyInstance; pool: Pool; close: () => Promise<void> }

const bodyLimit = 1024 * 1024;
/** Requests under way get this long to finish when the server closes. */
const patienceMs = 8_000;

/** Builds the support API on a PostgreSQL database, migrating it first. Throws what PostgreSQL says when it cannot. */
export async function buildApi({ databaseUrl, limits, log = false, clock = systemClock }: ApiOptions): Promise<Api> {
  const pool = createPool(databaseUrl);
  let hub: EventHub | null = null;
  try {
    await migrate(pool);
    const settings = await readSettings(pool);
    hub = await openEventHub(pool, databaseUrl, clock);
    const app = await buildApp({ pool, settings, hub, tokens: createTokens(pool, settings.signingKey) }, { ...defaultLimits, ...limits }, log);
    return { app, pool, close: closer(app, hub, pool) };
  } catch (error) {
    await hub?.close();
    await pool.end();
    throw error;
  }
}

async function buildApp(parts: Omit<Services, 'limiters'>, limits: Limits, log: boolean): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit,
    // Method and path only: a query can hold a cursor or a search.
    ...(log ? { logger: { level: 'info', serializers: { req: (req: FastifyRequest) => ({ method: req.method, url: req.url.split('?')[0] ?? '' }) } } } : {}),
    forceCloseConnections: 'idle',
    ...earlyErrors,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  errorHandling(app);
  bodyReading(app);
  await app.register(rateLimit, { global: false, cache: 50_000 });
  await app.register(compress, { global: true, threshold: 1024, encodings: ['br', 'gzip'], brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } } });
  await app.register(documentation);
  const perAddress = createLimiter(app, 'address', limits.perAddress);
  app.addHook('onRequest', (request) => perAddress(request, request.ip));
  const services: Services = {
    ...parts,
    limiters: {
      user: createLimiter(app, 'user', limits.perUser),
      loginAccount: createLimiter(app, 'login account', limits.loginPerAccount),
      loginAddress: createLimiter(app, 'login address', limits.loginPerAddress),
    },
  };
  app.after(() => {
    for (const add of [authRoutes, ticketRoutes, messageRoutes, syncRoutes, eventRoutes, staffRoutes, faqRoutes, capabilityRoutes, presenceRoutes, healthRoutes]) add(app, services);
  });
  await app.ready();
  return app;
}

/** Ends event streams first, since they never finish by themselves; then lets requests finish, for a bounded time. */
function closer(app: FastifyInstance, hub: EventHub, pool: Pool): () => Promise<void> {
  return async () => {
    await hub.close();
    const force = setTimeout(() => { app.server.closeAllConnections(); }, patienceMs);
    await app.close();
    clearTimeout(force);
    await pool.end();
  };
}
