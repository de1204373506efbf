import type { FastifyInstance } from 'fastify';
import { bytesOf, listParts } from '../domain/json-text.ts';
import { messagesOf } from '../domain/messages.ts';
import { openTicket } from '../domain/open-ticket.ts';
import { changeTicket } from '../domain/change-ticket.ts';
import { mergeTicket } from '../domain/merge-ticket.ts';
import { assertReachable, closeTicket, getTicketText, reopenTicket, ticketTexts } from '../domain/tickets.ts';
import { Problem, problems } from '../problem.ts';
import type { Services } from './route.ts';
import { textRoute, writeRoute } from './route.ts';

export function ticketRoutes(app: FastifyInstance, services: Services): void {
  const { pool } = services;

  textRoute(app, services, 'listTickets', 'signed-in', async ({ actor, query }) => {
    const tickets = await ticketTexts(pool, actor, 'and ($2::text is null or t.status = $2) order by t.created_at desc, t.id desc limit $3', [query.status ?? null, query.limit]);
    return bytesOf(['{', ...listParts('tickets', tickets), '}']);
  });

  textRoute(app, services, 'getTicket', 'signed-in', async ({ actor, params }) =>
    bytesOf([`{"ticket":${await getTicketText(pool, actor, params.id)},`, ...listParts('messages', await messagesOf(pool, actor, params.id)), '}']));

  writeRoute(app, services, 'createTicket', 'customer', {
    authorize: () => Promise.resolve(),
    effect: (tx, { actor, body, key }) => openTicket(tx, actor, { ...body, clientId: key }),
  });

  writeRoute(app, services, 'patchTicket', 'staff', {
    authorize: (tx, { actor, params }) => assertReachable(tx, actor, params.id),
    effect(tx, { actor, params, body: { base, ...change } }) {
      return changeTicket(tx, actor, params.id, change, base ?? {});
    },
  });

  writeRoute(app, services, 'closeTicket', 'signed-in', {
    // A foreign ticket, one that is closed and one that never was get the same answer, which closing itself gives.
    authorize: (tx, { actor, params }) => assertReachable(tx, actor, params.id).catch((error: unknown) => { throw error instanceof Problem ? problems.notFoundOrClosed() : error; }),
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
