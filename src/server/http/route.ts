import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { apiBase, routes, type Answer, type ApiRoute, type RouteName } from '../../contract/api.ts';
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
import type { Reads } from './reads.ts';
import { assertAnswer, assertStream } from './assert-answer.ts';

/** What routes work with. */
export interface Services {
  pool: Pool;
  tokens: Tokens;
  settings: ServerSettings;
  hub: EventHub;
  /** Aborted once this process has been told to stop. */
  stopping: AbortSignal;
  /** Whether answers that are written by hand are compared with the contract: in tests. */
  checkAnswers: boolean;
  reads: Reads;
  /** `heavy`: pages of the full copy and parts of long lists; `changes`: pages of the feed. */
  gates: Record<'heavy' | 'changes', Gate>;
  perUser: Limiter;
  tries: Tries;
}

/**
 * Who may call: anyone signed in, customers or staff. Calls for anyone at all are `publicRoute`s.
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

/** A call without a sign-in. */
export function publicRoute<R extends RouteName>(
  app: FastifyInstance,
  name: R,
  handler: (input: Input<R>) => Promise<Answer<R>>,
): void {
  add(app, name, [], handler);
}

/** A call that only reads. */
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
 * A call that only reads and answers JSON as it is to be sent: what is long or often asked is
 * written by hand, once, in place of rows that become objects, are parsed by a schema and become
 * text. `checkAnswers` holds it to the contract.
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
   * Throws Problem when the actor may not touch this; asked again before a stored answer is
   * repeated.
   */
  authorize: (tx: Tx, input: Guarded<R>) => Promise<unknown>;
  effect: (tx: Tx, input: Guarded<R> & { key: string | null }) => Promise<Answer<R> & object>;
  /** What the effect changes besides the thing in the path. */
  alsoChanges?: (input: Guarded<R>) => string[];
}

/** A call that writes: in one transaction, and once only per `Idempotency-Key`. */
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
    // A call without a body schema ignores what is sent as one.
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

/**
 * Lets in who may call, before the body is looked at: a stranger learns nothing of what a body
 * should be.
 */
export function admission({ tokens, pool, perUser }: Services, access: Access): Hook {
  return async (request) => {
    const actor = await authenticate(request, tokens, pool);
    await perUser(request, actor.id);
    // Known also where they are refused: the logs name who tried.
    actors.set(request, actor);
    if (access === 'staff' && !isStaff(actor)) throw problems.staffOnly();
    if (access === 'customer' && isStaff(actor)) throw problems.customersOnly();
  };
}

/** The caller whom `admission` knows. */
export function actorOf(request: FastifyRequest): Actor {
  const actor = actors.get(request);
  if (!actor) throw new Error('the route has no admission hook');
  return actor;
}

/** Null for a call without a sign-in, and until there is one. */
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
