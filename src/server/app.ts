import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import Fastify, { LogController, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Clock } from '../core/clock.ts';
import { auditRefusals } from './audit/refusals.ts';
import { inRanges, placeOf } from './http/addresses.ts';
import { createTokens } from './auth/tokens.ts';
import { createTries } from './auth/tries.ts';
import { bodyReading } from './http/body.ts';
import { systemClock } from './clock.ts';
import { migrate } from './db/migrate.ts';
import { createPool, type Pool, type PoolBounds } from './db/pool.ts';
import { readSettings } from './db/settings.ts';
import { documentation } from './http/documentation.ts';
import {
  boundedServer,
  boundRequests,
  defaultConnectionBounds,
  type ConnectionBounds,
} from './http/connections.ts';
import { earlyErrors, errorHandling, setSafeHeaders } from './http/errors.ts';
import { openEventHub, type EventHub } from './events/hub.ts';
import { startPruning } from './feed/prune.ts';
import { createGate } from './http/gate.ts';
import { createLimiter, defaultLimits, type Limits } from './http/limits.ts';
import { compression } from './http/compression.ts';
import { createMetrics } from './status/metrics.ts';
import { portal } from './portal.ts';
import { defaultPortal, type PortalSettings } from './portal-settings.ts';
import { createReads, defaultReadBounds, type ReadBounds } from './http/reads.ts';
import { loggerOptions, requestLog, type LogOptions } from './http/request-log.ts';
import { authRoutes } from './auth/routes.ts';
import { capabilityRoutes } from './status/capabilities.ts';
import { eventRoutes } from './events/routes.ts';
import { faqRoutes } from './areas/faq/routes.ts';
import { healthRoutes } from './status/health.ts';
import { macroRoutes } from './areas/macros/routes.ts';
import { messageRoutes } from './areas/messages/routes.ts';
import { metricsRoutes } from './status/metrics-route.ts';
import { presenceRoutes } from './areas/presence/routes.ts';
import type { Services } from './http/route.ts';
import { searchRoutes } from './areas/search/routes.ts';
import { staffRoutes } from './areas/people/routes.ts';
import { syncRoutes } from './feed/routes.ts';
import { ticketRoutes } from './areas/tickets/routes.ts';

export interface ApiOptions {
  databaseUrl: string;
  limits?: Partial<Limits>;
  database?: Partial<PoolBounds>;
  connections?: Partial<ConnectionBounds>;
  reads?: Partial<ReadBounds>;
  /** How long a long read waits for its turn before it is refused (ms). */
  gateMs?: number;
  /** The most event streams of this process. */
  mostStreams?: number;
  /**
   * If set, each request is logged to stdout as a line of JSON, without bodies, tokens or query
   * values.
   */
  log?: LogOptions | null;
  /** The bearer token for /metrics. Without one only this machine may read it. */
  metricsToken?: string | null;
  /**
   * Addresses, ranges and names such as `loopback`, separated by commas, whose X-Forwarded-For is
   * trusted.
   */
  trustProxy?: string | null;
  /** How long /readyz reports that this process is stopping before its port closes. */
  drainMs?: number;
  /** For the customer's page. */
  portal?: Partial<PortalSettings>;
  clock?: Clock;
  /** For tests: compares responses that are written by hand with the contract. */
  checkAnswers?: boolean;
}
export interface Api {
  app: FastifyInstance;
  pool: Pool;
  close: () => Promise<void>;
}

const bodyLimit = 1024 * 1024;
/**
 * The most pages of a full sync and parts of long lists, and the most pages of the feed, made at
 * once; the rest of the pool is for all other requests.
 */
const [heavyAtOnce, changesAtOnce] = [4, 8];
/** Less than the 20 s after which a desk gives up a request. */
const gatePatienceMs = 15_000;
/**
 * How long open requests, and then connections to PostgreSQL, may take to finish when the server
 * closes.
 */
const patienceMs = 8_000;
const poolPatienceMs = 2_000;

/** Migrates the database and builds the support API on it. Throws the error of PostgreSQL. */
export async function buildApi(options: ApiOptions): Promise<Api> {
  const { databaseUrl, database = {}, drainMs = 0, clock = systemClock } = options;
  const pool = createPool(databaseUrl, database);
  const stopping = new AbortController();
  let hub: EventHub | null = null;
  try {
    await migrate(pool);
    const settings = await readSettings(pool);
    hub = await openEventHub(pool, databaseUrl, clock, options.mostStreams);
    const app = await buildApp(
      {
        pool,
        settings,
        hub,
        stopping: stopping.signal,
        tokens: createTokens(pool, settings.signingKey),
      },
      options,
    );
    return {
      app,
      pool,
      close: closer({ app, hub, pruning: startPruning(pool), pool, stopping, clock, drainMs }),
    };
  } catch (error) {
    await hub?.close();
    await pool.end();
    throw error;
  }
}

type Parts = Omit<Services, 'portal' | 'perUser' | 'tries' | 'checkAnswers' | 'reads' | 'gates'>;

async function buildApp(parts: Parts, options: ApiOptions): Promise<FastifyInstance> {
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const bounds: ConnectionBounds = { ...defaultConnectionBounds, ...options.connections };
  const app = createApp(options, bounds);
  const metrics = createMetrics(parts.pool, parts.hub);
  app.addHook('onRequest', async (request, reply) => {
    setSafeHeaders(reply.raw, request.id);
  });
  // A kept-alive connection would delay the end until it is cut.
  app.addHook('onSend', async (_request, reply) => {
    if (parts.stopping.aborted) reply.header('connection', 'close');
  });
  metrics.observe(app);
  if (options.log) requestLog(app, options.log);
  boundRequests(app, bounds);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  errorHandling(app);
  bodyReading(app);
  await app.register(rateLimit, { global: false, cache: 50_000 });
  await app.register(compress, compression);
  await app.register(cookie);
  await app.register(documentation);
  const perAddress = createLimiter(app, 'address', limits.perAddress);
  app.addHook('onRequest', (request) => perAddress(request, placeOf(request.ip)));
  const services = servicesOf(app, parts, options, limits);
  auditRefusals(app, parts.pool, options.clock ?? systemClock);
  await portal(app);
  app.after(() => {
    for (const add of routes) add(app, services);
    metricsRoutes(app, metrics, options.metricsToken ?? null);
  });
  await app.ready();
  return app;
}

const routes = [
  authRoutes,
  ticketRoutes,
  messageRoutes,
  macroRoutes,
  syncRoutes,
  eventRoutes,
  searchRoutes,
  staffRoutes,
  faqRoutes,
  capabilityRoutes,
  presenceRoutes,
  healthRoutes,
];

function createApp(options: ApiOptions, bounds: ConnectionBounds): FastifyInstance {
  return Fastify({
    bodyLimit,
    serverFactory: boundedServer(bounds, inRanges(options.trustProxy ?? null)),
    ...(options.log ? { logger: loggerOptions } : {}),
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'request_id',
    }),
    genReqId: () => randomUUID(),
    trustProxy: options.trustProxy ?? false,
    forceCloseConnections: 'idle',
    // Requests on open connections are still served; only /readyz reports that this process is
    // stopping.
    return503OnClosing: false,
    ...earlyErrors,
  });
}

function servicesOf(
  app: FastifyInstance,
  parts: Parts,
  options: ApiOptions,
  limits: Limits,
): Services {
  const { gateMs = gatePatienceMs } = options;
  return {
    ...parts,
    portal: { ...defaultPortal, ...options.portal },
    checkAnswers: options.checkAnswers ?? false,
    gates: {
      heavy: createGate(heavyAtOnce, gateMs),
      changes: createGate(changesAtOnce, gateMs),
    },
    reads: createReads({ ...defaultReadBounds, ...options.reads }),
    perUser: createLimiter(app, 'user', limits.perUser),
    tries: createTries(parts.pool, limits),
  };
}

interface Running {
  app: FastifyInstance;
  hub: EventHub;
  pruning: { stop: () => Promise<void> };
  pool: Pool;
  stopping: AbortController;
  clock: Clock;
  drainMs: number;
}

/**
 * Closes the port and ends event streams, which would never finish; then gives open requests a
 * limited time.
 */
function closer({
  app,
  hub,
  pruning,
  pool,
  stopping,
  clock,
  drainMs,
}: Running): () => Promise<void> {
  return async () => {
    stopping.abort();
    if (drainMs > 0)
      await new Promise<void>((done) => {
        clock.setTimer(done, drainMs);
      });
    const force = setTimeout(() => {
      app.server.closeAllConnections();
    }, patienceMs);
    await Promise.all([app.close(), hub.close()]);
    clearTimeout(force);
    await pruning.stop();
    await Promise.race([pool.end(), sleep(poolPatienceMs, undefined, { ref: false })]);
  };
}
