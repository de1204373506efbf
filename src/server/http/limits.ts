import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problems } from './problem.ts';

export interface Limits {
  /** Tries to sign in per minute; counted for all API processes together (auth/tries.ts). */
  loginPerAccount: number;
  loginPerAddress: number;
  /** Accounts opened per hour; counted the same way. */
  registerPerAddress: number;
  /** Requests per minute to each API process: this only stops a client that runs wild. */
  perUser: number;
  perAddress: number;
}

export const defaultLimits: Limits = {
  loginPerAccount: 5,
  loginPerAddress: 20,
  registerPerAddress: 30,
  perUser: 1_200,
  perAddress: 6_000,
};

export type Limiter = (request: FastifyRequest, key: string) => Promise<void>;

/**
 * Counts requests by key in a window of one minute. The limiter throws Problem 429 once a key has
 * used its share.
 */
export function createLimiter(app: FastifyInstance, name: string, max: number): Limiter {
  const keys = new WeakMap<FastifyRequest, string>();
  const count = app.createRateLimit({
    max,
    timeWindow: 60_000,
    keyGenerator: (request) => `${name} ${keys.get(request) ?? ''}`,
  });
  return async (request, key) => {
    keys.set(request, key);
    const verdict = await count(request);
    if (!verdict.isAllowed && verdict.isExceeded) throw problems.tooMany(verdict.ttlInSeconds);
  };
}
