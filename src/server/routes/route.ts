import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Answer, ApiRoute, RouteName } from '../../contract/api.ts';
import { apiBase, routes } from '../../contract/api.ts';
import type { Actor } from '../auth/actor.ts';
import { authenticate, isStaff } from '../auth/actor.ts';
import type { Tokens } from '../auth/tokens.ts';
import type { Pool, Tx } from '../db/pool.ts';
import type { ServerSettings } from '../db/settings.ts';
import { onceOnly } from '../domain/idempotency.ts';
import type { EventHub } from '../events/hub.ts';
import { Problem, problems } from '../problem.ts';

/** What routes work with. */
export interface Services { pool: Pool; tokens: Tokens; settings: ServerSettings; hub: EventHub; limits: Limits }
/** Requests a minute. */
export interface Limits { loginPerAccount: number; loginPerAddress: number; perUser: number }

/** Who may call: anyone, anyone signed in, or staff. */
export type Access = 'public' | 'signed-in' | 'staff';

type Parsed<R extends RouteName, K extends 'params' | 'query' | 'body'> = (typeof routes)[R] extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined;
interface Input<R extends RouteName> { params: Parsed<R, 'params'>; query: Parsed<R, 'query'>; body: Parsed<R, 'body'>; request: FastifyRequest; reply: FastifyReply }
type Guarded<R extends RouteName> = Input<R> & { actor: Actor };

/** A call without a sign-in. */
export function publicRoute<R extends RouteName>(app: FastifyInstance, name: R, handler: (input: Input<R>) => Promise<Answer<R>>): void {
  add(app, name, handler);
}

/** A call that only reads. */
export function readRoute<R extends RouteName>(app: FastifyInstance, services: Services, name: R, access: Exclude<Access, 'public'>, handler: (input: Guarded<R>) => Promise<Answer<R>>): void {
  add<R>(app, name, async (input) => handler({ ...input, actor: await admit(services, input.request, access) }));
}

export interface WriteSteps<R extends RouteName> {
  /** Throws Problem when the actor may not touch this; asked again before a stored answer is repeated. */
  authorize: (tx: Tx, input: Guarded<R>) => Promise<unknown>;
  effect: (tx: Tx, input: Guarded<R> & { key: string | null }) => Promise<Answer<R> & object>;
}

/** A call that writes: in one transaction, and once only per `Idempotency-Key`. */
export function writeRoute<R extends RouteName>(app: FastifyInstance, services: Services, name: R, access: Exclude<Access, 'public'>, steps: WriteSteps<R>): void {
  add<R>(app, name, async (plain) => {
    const input = { ...plain, actor: await admit(services, plain.request, access) };
    const key = readKey(plain.request);
    const ticketId = (plain.params as { id?: string } | undefined)?.id ?? null;
    const request = { actor: input.actor, key, route: name, ticketId, payload: input.body };
    return onceOnly(services.pool, request, (tx) => steps.authorize(tx, input), (tx) => steps.effect(tx, { ...input, key }));
  });
}

export async function admit(services: Pick<Services, 'tokens' | 'pool'>, request: FastifyRequest, access: Exclude<Access, 'public'>): Promise<Actor> {
  const actor = await authenticate(request, services.tokens, services.pool);
  if (access === 'staff' && !isStaff(actor)) throw problems.staffOnly();
  return actor;
}

/** Printable ASCII of at most 200 characters, as the header's draft asks; null without the header. */
function readKey(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) throw new Problem(400, 'Idempotency-Key must be 1 to 200 printable characters');
  return key;
}

function add<R extends RouteName>(app: FastifyInstance, name: R, handler: (input: Input<R>) => Promise<unknown>): void {
  const route: ApiRoute = routes[name];
  app.route({
    method: route.method,
    url: apiBase + route.path,
    schema: {
      operationId: name,
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { querystring: route.query } : {}),
      ...(route.body ? { body: route.body } : {}),
      response: { 200: route.answer },
    } as Record<string, unknown>,
    handler: async (request, reply) => {
      // Fastify has parsed these with the schemas of the same map entry that Input<R> is inferred from.
      const input = { params: request.params, query: request.query, body: request.body, request, reply } as Input<R>;
      return handler(input);
    },
  });
}
