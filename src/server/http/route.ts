import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  apiBase,
  routes,
  type Answer,
  type ApiRoute,
  type RouteName,
} from '../../contract/wire/api.ts';
import { subjectKindOf } from '../audit/changes.ts';
import { authenticate, isStaff, type Actor } from '../auth/actor.ts';
import type { Tokens } from '../auth/tokens.ts';
import type { Tries } from '../auth/tries.ts';
import { conditional } from './conditional.ts';
import type { Pool, Tx } from '../db/pool.ts';
import type { ServerSettings } from '../db/settings.ts';
import { onceOnly } from './idempotency.ts';
import type { EventHub } from '../events/hub.ts';
import type { Limiter } from './limits.ts';
import type { Gate } from './gate.ts';
import { problems } from './problem.ts';
import type { PortalSettings } from '../portal-settings.ts';
import type { Reads } from './reads.ts';
import { assertAnswer, assertStream } from './assert-answer.ts';

/** The parts that routes use. */
export interface Services {
  pool: Pool;
  tokens: Tokens;
  settings: ServerSettings;
  hub: EventHub;
  portal: PortalSettings;
  /** Aborted once this process has been told to stop. */
  stopping: AbortSignal;
  /** True in tests: responses written by hand are compared with the contract. */
  checkAnswers: boolean;
  reads: Reads;
  /** `heavy`: pages of a full sync and parts of long lists; `changes`: pages of the feed. */
  gates: Record<'heavy' | 'changes', Gate>;
  perUser: Limiter;
  tries: Tries;
}

/**
 * The callers allowed: anyone signed in, customers or staff. Calls without a sign-in are
 * `publicRoute`s.
 */
export type Access = 'signed-in' | 'customer' | 'staff';

type Parsed<R extends RouteName, K extends 'params' | 'query' | 'body'> =
  (typeof routes)[R] extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined;
interface Input<R extends RouteName> {
  params: Parsed<R, 'params'>;
  query: Parsed<R, 'query'>;
  body: Parsed<R, 'body'>;
  request: FastifyRequest;
  reply: FastifyReply;
}
type Guarded<R extends RouteName> = Input<R> & { actor: Actor };

/** Adds a call without a sign-in. */
export function publicRoute<R extends RouteName>(
  app: FastifyInstance,
  name: R,
  handler: (input: Input<R>) => Promise<Answer<R>>,
): void {
  add(app, name, [], handler);
}

/** Adds a call that only reads. */
export function readRoute<R extends RouteName>(
  app: FastifyInstance,
  services: Services,
  name: R,
  access: Access,
  handler: (input: Guarded<R>) => Promise<Answer<R>>,
): void {
  add<R>(app, name, [admission(services, access)], (input) =>
    handler({ ...input, actor: actorOf(input.request) }),
  );
}

/**
 * Adds a call that only reads and returns finished JSON. Long and frequent responses are written by
 * hand, instead of making objects of rows, parsing them by a schema and turning them into text.
 * `checkAnswers` compares them with the contract.
 */
export function textRoute<R extends RouteName>(
  app: FastifyInstance,
  services: Services,
  name: R,
  access: Access,
  handler: (input: Guarded<R>) => Promise<Buffer | Readable>,
): void {
  const { answer } = routes[name];
  add<R>(app, name, [admission(services, access)], async (input) => {
    const actor = actorOf(input.request);
    const made = await services.reads.run(actor.id, input.reply.raw, () =>
      handler({ ...input, actor }),
    );
    input.reply.type('application/json; charset=utf-8');
    if (Buffer.isBuffer(made)) {
      if (services.checkAnswers) assertAnswer(answer, made.toString());
      return made;
    }
    input.reply.header('cache-control', 'no-store');
    return services.checkAnswers ? assertStream(answer, made) : made;
  });
}

export interface WriteSteps<R extends RouteName> {
  /**
   * Throws Problem if the actor may not touch this; checked again before a stored response is
   * repeated.
   */
  authorize: (tx: Tx, input: Guarded<R>) => Promise<unknown>;
  effect: (tx: Tx, input: Guarded<R> & { key: string | null }) => Promise<Answer<R> & object>;
  /** The ids of further entities that the effect changes, besides the one in the path. */
  alsoChanges?: (input: Guarded<R>) => string[];
}

/** Adds a call that writes: in one transaction, and only once per `Idempotency-Key`. */
export function writeRoute<R extends RouteName>(
  app: FastifyInstance,
  services: Services,
  name: R,
  access: Access,
  steps: WriteSteps<R>,
): void {
  const kind = subjectKindOf(routes[name].path);
  add<R>(app, name, [admission(services, access)], (plain) => {
    const input = { ...plain, actor: actorOf(plain.request) };
    const key = readKey(plain.request);
    const id = (plain.params as { id?: string } | undefined)?.id;
    const subject = {
      kind,
      ids: [...(id === undefined ? [] : [id]), ...(steps.alsoChanges?.(input) ?? [])],
    };
    // A call without a body schema ignores the body.
    const payload = 'body' in routes[name] ? input.body : null;
    return onceOnly(
      services.pool,
      { actor: input.actor, key, route: name, subject, payload },
      {
        authorize: (tx) => steps.authorize(tx, input),
        effect: (tx) => steps.effect(tx, { ...input, key }),
      },
    );
  });
}

type Hook = (request: FastifyRequest) => Promise<void>;
const actors = new WeakMap<FastifyRequest, Actor>();

/** Admits a caller before the body is looked at: a stranger must not learn the shape of a body. */
export function admission({ tokens, pool, perUser }: Services, access: Access): Hook {
  return async (request) => {
    const actor = await authenticate(request, tokens, pool);
    await perUser(request, actor.id);
    // Remembered even if they are refused: the logs name the caller.
    actors.set(request, actor);
    if (access === 'staff' && !isStaff(actor)) throw problems.staffOnly();
    if (access === 'customer' && isStaff(actor)) throw problems.customersOnly();
  };
}

/** The caller that `admission` has identified. */
export function actorOf(request: FastifyRequest): Actor {
  const actor = actors.get(request);
  if (!actor) throw new Error('the route has no admission hook');
  return actor;
}

/** Null for a call without a sign-in, and before the caller is identified. */
export function actorIdOf(request: FastifyRequest): string | null {
  return actors.get(request)?.id ?? null;
}

/** Null without the header. Throws Problem 400. */
function readKey(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) throw problems.badKey();
  return key;
}

function add<R extends RouteName>(
  app: FastifyInstance,
  name: R,
  onRequest: Hook[],
  handler: (input: Input<R>) => Promise<unknown>,
): void {
  const route: ApiRoute = routes[name];
  const { params, query, body, answer } = route;
  app.route({
    method: route.method,
    url: apiBase + route.path,
    schema: {
      operationId: name,
      ...(params ? { params } : {}),
      ...(query ? { querystring: query } : {}),
      ...(body ? { body } : {}),
      response: { 200: answer },
    },
    onRequest,
    ...(route.method === 'GET' ? { onSend: conditional } : {}),
    handler(request, reply) {
      // Fastify has parsed these with the schemas of the same map entry that Input<R> is inferred
      // from.
      return handler({
        params: request.params,
        query: request.query,
        body: request.body,
        request,
        reply,
      } as Input<R>);
    },
  });
}
