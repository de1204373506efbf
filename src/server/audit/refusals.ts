import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock, Timer } from '../../core/clock.ts';
import { placeOf } from '../http/addresses.ts';
import type { Pool } from '../db/pool.ts';
import { actorIdOf } from '../http/route.ts';
import { logSession } from './log.ts';

/**
 * The first refusal of a kind is logged at once. All that follow in this time become one more entry
 * with their number.
 */
const windowMs = 60_000;
/** Kinds counted separately in that time. All others are one kind, so a flood fills no disk. */
const mostKinds = 200;
/**
 * An access token expires every ten minutes and is then refreshed, so fewer refusals than this from
 * one place are normal.
 */
const usualUnauthenticated = 10;

interface Refusal {
  actorId: string | null;
  entityId: string | null;
  address: string | null;
  route: string;
  status: number;
}
interface Window {
  refusal: Refusal;
  seen: number;
  logged: number;
}

/**
 * Adds refused requests to the audit log: writes to tickets of others, staff calls by customers, and
 * tries beyond the limits.
 */
export function auditRefusals(app: FastifyInstance, pool: Pool, clock: Clock): void {
  const windows = new Map<string, Window>();
  let timer: Timer | null = null;

  async function closeWindows(): Promise<void> {
    timer?.cancel();
    timer = null;
    const ended = [...windows.values()];
    windows.clear();
    for (const { refusal, seen, logged } of ended)
      if (logged > 0 && seen > logged)
        await logRefusal(pool, { ...refusal, entityId: null }, seen - logged);
  }

  async function note(refusal: Refusal): Promise<void> {
    timer ??= clock.setTimer(() => {
      void closeWindows();
    }, windowMs);
    const window = windowFor(windows, refusal);
    window.seen += 1;
    const least = refusal.status === 401 ? usualUnauthenticated : 1;
    if (window.logged > 0 || window.seen < least) return;
    window.logged = window.seen;
    await logRefusal(pool, window.refusal, window.seen);
  }

  // Before the response is sent, so that its receiver always finds the entry.
  app.addHook('onSend', async (request, reply) => {
    if (isWorthALine(request, reply.statusCode)) await note(refusalOf(request, reply.statusCode));
  });
  app.addHook('onClose', closeWindows);
}

/** The window that counts refusals of this kind; made if there is none. */
function windowFor(windows: Map<string, Window>, refusal: Refusal): Window {
  const { actorId, address, route, status } = refusal;
  const kind = `${actorId ?? placeOf(address ?? '')} ${route} ${status}`;
  const isOther = !windows.has(kind) && windows.size >= mostKinds;
  const key = isOther ? 'others' : kind;
  const known = windows.get(key);
  if (known) return known;
  const made = { refusal: isOther ? others : refusal, seen: 0, logged: 0 };
  windows.set(key, made);
  return made;
}

async function logRefusal(
  pool: Pool,
  { actorId, entityId, address, route, status }: Refusal,
  count: number,
): Promise<void> {
  const changes = {
    route: { after: route },
    status: { after: status },
    ...(count === 1 ? {} : { count: { after: count } }),
  };
  await logSession(pool, { action: 'refused', actorId, entityId, address, changes }).catch(
    (error: unknown) => {
      // The request is refused all the same.
      console.error(
        'A refusal could not be logged:',
        error instanceof Error ? error.message : error,
      );
    },
  );
}

const others: Refusal = {
  actorId: null,
  entityId: null,
  address: null,
  route: 'others',
  status: 0,
};

const nameOf = (request: FastifyRequest): string | undefined =>
  request.routeOptions.schema?.operationId;

function isWorthALine(request: FastifyRequest, status: number): boolean {
  const route = nameOf(request);
  if (route === undefined) return false;
  switch (status) {
    case 403:
      return true;
    case 404:
      return request.method !== 'GET' && request.method !== 'HEAD' && actorIdOf(request) !== null;
    // A wrong password has its own entry.
    case 401:
      return (
        route !== 'login' && (request.headers.authorization !== undefined || route === 'refresh')
      );
    case 429:
      return route === 'login' || route === 'register';
    default:
      return false;
  }
}

function refusalOf(request: FastifyRequest, status: number): Refusal {
  const id = z.uuid().safeParse((request.params as { id?: string } | undefined)?.id);
  return {
    actorId: actorIdOf(request),
    entityId: id.success ? id.data : null,
    address: request.ip,
    route: nameOf(request) ?? '',
    status,
  };
}
