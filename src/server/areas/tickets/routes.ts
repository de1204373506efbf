import type { FastifyInstance } from 'fastify';
import { openTicket } from './open-ticket.ts';
import { changeTicket } from './change-ticket.ts';
import { mergeTicket } from './merge-ticket.ts';
import { ticketBatch } from './ticket-list.ts';
import { assertReachable, closeTicket, getTicketText, reopenTicket } from './tickets.ts';
import { Problem, problems } from '../../http/problem.ts';
import { conversationList } from '../messages/conversation-list.ts';
import { openPlace, sealPlace, type ListScope } from './list-cursor.ts';
import { longList } from './long-list.ts';
import { textRoute, writeRoute, type Services } from '../../http/route.ts';

export function ticketRoutes(app: FastifyInstance, services: Services): void {
  readingRoutes(app, services);
  changingRoutes(app, services);
}

function readingRoutes(app: FastifyInstance, services: Services): void {
  const { pool, settings, gates } = services;

  textRoute(
    app,
    services,
    'listTickets',
    'signed-in',
    ({ actor, query: { status = null, limit, cursor } }) => {
      const scope: ListScope = { settings, actor, route: 'listTickets', question: status };
      return longList({
        head: '{',
        name: 'tickets',
        limit,
        gate: gates.heavy,
        from: openPlace(scope, cursor),
        cursorOf: (place) => sealPlace(scope, place),
        batch: (after, rows) => ticketBatch(pool, actor, { status, after, rows }),
      });
    },
  );

  textRoute(app, services, 'getTicket', 'signed-in', async ({ actor, params, query }) =>
    conversationList(services, {
      route: 'getTicket',
      actor,
      ticketId: params.id,
      query,
      head: `{"ticket":${await getTicketText(pool, actor, params.id)},`,
    }),
  );
}

function changingRoutes(app: FastifyInstance, services: Services): void {
  writeRoute(app, services, 'createTicket', 'customer', {
    authorize: () => Promise.resolve(),
    effect: (tx, { actor, body, key }) =>
      openTicket(tx, actor, { ...body, clientId: key, least: services.portal.minMessageLength }),
  });

  writeRoute(app, services, 'patchTicket', 'staff', {
    authorize: (tx, { actor, params }) => assertReachable(tx, actor, params.id),
    effect(tx, { actor, params, body: { base, ...change } }) {
      return changeTicket(tx, actor, params.id, change, base ?? {});
    },
  });

  writeRoute(app, services, 'closeTicket', 'signed-in', {
    // A ticket of another customer, a closed one and one that does not exist get the same response,
    // the one of closing itself.
    authorize: (tx, { actor, params }) =>
      assertReachable(tx, actor, params.id).catch((error: unknown) => {
        throw error instanceof Problem ? problems.notFoundOrClosed() : error;
      }),
    effect: (tx, { actor, params }) => closeTicket(tx, actor, params.id),
  });

  writeRoute(app, services, 'reopenTicket', 'staff', {
    authorize: (tx, { actor, params }) => assertReachable(tx, actor, params.id),
    effect: (tx, { actor, params }) => reopenTicket(tx, actor, params.id),
  });

  writeRoute(app, services, 'mergeTicket', 'staff', {
    authorize: (tx, { actor, params }) => assertReachable(tx, actor, params.id),
    alsoChanges: ({ body }) => [body.into],
    effect: (tx, { actor, params, body }) => mergeTicket(tx, actor, params.id, body.into),
  });
}
