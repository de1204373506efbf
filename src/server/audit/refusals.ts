import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock, Timer } from '../../core/clock.ts';
import { placeOf } from '../http/addresses.ts';
import type { Pool } from '../db/pool.ts';
import { actorIdOf } from '../http/route.ts';
import { logSession } from './log.ts';

/**
 * The first refusal of a kind is logged at once; those that follow in this time become one more
 * entry, with their number.
 */
const windowMs = 60_000;
/** Kinds told apart in that time. A flood of more is one kind, so it fills no disk. */
const mostKinds = 200;
/**
 * An access token ends every ten minutes and is refreshed then: so few refused ones from a place
 * mean nothing.
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
 * Adds to the audit log who was refused what: writes on what is not theirs, calls of staff by
 * customers, tries beyond the limits.
 */
export function auditRefusals(app: FastifyInstance, pool: Pool, clock: Clock): void {
  const windows = new Map<string, Window>();
  let timer: Timer | null = null;

  async function log(
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
        // What was refused stays refused.
        console.error(
          'A refusal could not be logged:',
          error instanceof Error ? error.message : error,
        );
      },
    );
  }

  async function closeWindows(): Promise<void> {
    timer?.cancel();
    timer = null;
    const ended = [...windows.values()];
    windows.clear();
    for (const { refusal, seen, logged } of ended)
      if (logged > 0 && seen > logged) await log({ ...refusal, entityId: null }, seen - logged);
  }

  async function note(refusal: Refusal): Promise<void> {
    timer ??= clock.setTimer(() => {
      void closeWindows();
    }, windowMs);
    const key = `${refusal.actorId ?? placeOf(refusal.address ?? '')} ${refusal.route} ${refusal.status}`;
    const isNew = !windows.has(key) && windows.size >= mostKinds;
    const window = windows.get(isNew ? 'others' : key) ?? {
      refusal: isNew ? others : refusal,
      seen: 0,
      logged: 0,
    };
    windows.set(isNew ? 'others' : key, window);
    window.seen += 1;
    if (window.logged > 0 || window.seen < (refusal.status === 401 ? usualUnauthenticated : 1))
      return;
    window.logged = window.seen;
    await log(window.refusal, window.seen);
  }

  // Before the answer is out, so that nobody who sees it can be ahead of its entry.
  app.addHook('onSend', async (request, reply) => {
    if (isWorthALine(request, reply.statusCode)) await note(refusalOf(request, reply.statusCode));
  });
  app.addHook('onClose', closeWindows);
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
