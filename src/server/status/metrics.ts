import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { apiBase, eventsPath } from '../../contract/wire/api.ts';
import type { Pool } from '../db/pool.ts';
import type { EventHub } from '../events/hub.ts';
import { feedLagSeconds } from '../feed/changes.ts';
import { onEnd, routeOf } from '../http/request-log.ts';

export interface Metrics {
  /** Counts and times every request from here on. */
  observe(app: FastifyInstance): void;
  /** The metrics in Prometheus' text format, and its content type. */
  read(): Promise<{ type: string; text: string }>;
}

const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

/**
 * Measurements of this process. Labels are only route templates, methods and statuses: a known set
 * that identifies nobody.
 */
export function createMetrics(pool: Pool, hub: EventHub): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const { requests, durations } = requestMetrics(registry);
  addGauges(registry, pool, hub);
  return {
    observe(app) {
      onEnd(app, (request, _reply, { ms, status }) => {
        const route = routeOf(request);
        const labels = {
          method: request.method,
          route: route ?? 'none',
          status: status === null ? 'aborted' : String(status),
        };
        requests.inc(labels);
        if (route !== apiBase + eventsPath) durations.observe(labels, ms / 1_000);
      });
    },
    read: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}

function requestMetrics(registry: Registry) {
  const labelNames = ['method', 'route', 'status'] as const;
  const registers = [registry];
  const requests = new Counter({
    name: 'staffdesk_http_requests_total',
    help: 'Requests that ended; status "aborted": the caller went first',
    labelNames,
    registers,
  });
  const durations = new Histogram({
    name: 'staffdesk_http_request_duration_seconds',
    help: 'Time from the request to the end of its answer, event streams left out',
    labelNames,
    buckets: secondsBuckets,
    registers,
  });
  return { requests, durations };
}

/** Adds the metrics that are read only when they are asked for. */
function addGauges(registry: Registry, pool: Pool, hub: EventHub): void {
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number | Promise<number>): void => {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await read());
      },
    });
  };
  gauge('staffdesk_event_streams', 'Open event streams of this process', () => hub.stats().streams);
  gauge('staffdesk_db_pool_connections', 'Connections to PostgreSQL', () => pool.totalCount);
  gauge(
    'staffdesk_db_pool_idle',
    'Connections to PostgreSQL that nobody uses',
    () => pool.idleCount,
  );
  gauge(
    'staffdesk_db_pool_waiting',
    'Requests that wait for a connection to PostgreSQL',
    () => pool.waitingCount,
  );
  // NaN while PostgreSQL is away: the other metrics can still be read, and an alarm on a missing
  // value works.
  gauge(
    'staffdesk_feed_lag_seconds',
    'How long the oldest open writer holds the change feed back',
    () => feedLagSeconds(pool).catch(() => Number.NaN),
  );
  new Counter({
    name: 'staffdesk_notices_delivered_total',
    help: 'Announced writes that were passed on to event streams',
    registers,
    collect() {
      this.reset();
      this.inc(hub.stats().noticesDelivered);
    },
  });
}
