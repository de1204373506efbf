import type { FastifyInstance, FastifyRequest } from 'fastify';
import { placeOf } from './addresses.ts';
import { problems } from './problem.ts';

/** Requests a minute. The login limits are API.md's; the others only stop a client that runs wild. */
export interface Limits { loginPerAccount: number; loginPerAddress: number; perUser: number; perAddress: number }

export const defaultLimits: Limits = { loginPerAccount: 5, loginPerAddress: 20, perUser: 1_200, perAddress: 6_000 };

export type Limiter = (request: FastifyRequest, key: string) => Promise<void>;

/** Counts requests by a key in a window of one minute. The limiter throws Problem 429 once a key has used its share. */
export function createLimiter(app: FastifyInstance, name: string, max: number): Limiter {
  const keys = new WeakMap<FastifyRequest, string>();
  const count = app.createRateLimit({ max, timeWindow: 60_000, keyGenerator: (request) => `${name} ${keys.get(request) ?? ''}` });
  return async (request, key) => {
    keys.set(request, key);
    const verdict = await count(request);
    if (!verdict.isAllowed && verdict.isExceeded) throw problems.tooMany(verdict.ttlInSeconds);
  };
}
