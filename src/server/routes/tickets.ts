import type { FastifyInstance } from 'fastify';
import { row } from '../db/pool.ts';
import { addMessage, messagesOf } from '../domain/messages.ts';
import { changeTicket, closeTicket, getTicket, reopenTicket, selectTickets } from '../domain/tickets.ts';
import { isStaff } from '../auth/actor.ts';
import { problems } from '../problem.ts';
import type { Services } from './route.ts';
import { readRoute, writeRoute } from './route.ts';

export function ticketRoutes(app: FastifyInstance, services: Services): void {
  const { pool } = services;

  readRoute(app, services, 'listTickets', 'signed-in', async ({ actor, query }) => ({
    tickets: await selectTickets(pool, actor, 'and ($2::text is null or t.status = $2) order by t.created_at desc, t.id desc limit $3', [query.status ?? null, query.limit]),
  }));

  readRoute(app, services, 'getTicket', 'signed-in', async ({ actor, params }) => ({
    ticket: await getTicket(pool, actor, params.id),
    messages: await messagesOf(pool, actor, params.id),
  }));

  writeRoute(app, services, 'createTicket', 'signed-in', {
    authorize: () => Promise.resolve(),
    async effect(tx, { actor, body, key }) {
      if (isStaff(actor)) throw problems.invalidField(['body'], 'tickets are opened by customers');
      const made = await row<{ id: string }>(tx, 'insert into support_tickets (user_id, subject, category, priority) values ($1, $2, $3, $4) returning id', [actor.id, body.subject, body.category, body.priority]);
      if (!made) throw new Error('insert answered no row');
      await addMessage(tx, actor, { ticketId: made.id, text: body.message, clientId: key });
      // The opening message is no answer to anyone: a new ticket is open, not waiting.
      await tx.query("update support_tickets set status = 'open' where id = $1", [made.id]);
      return getTicket(tx, actor, made.id);
    },
  });

  writeRoute(app, services, 'patchTicket', 'staff', {
    authorize: (tx, { actor, params }) => getTicket(tx, actor, params.id),
    effect(tx, { actor, params, body }) {
      const { base, ...change } = body;
      return changeTicket(tx, actor, params.id, change, base ?? {});
    },
  });

  writeRoute(app, services, 'closeTicket', 'signed-in', {
    authorize: (tx, { actor, params }) => getTicket(tx, actor, params.id).catch(() => { throw problems.notFoundOrClosed(); }),
    effect: (tx, { actor, params }) => closeTicket(tx, actor, params.id),
  });

  writeRoute(app, services, 'reopenTicket', 'staff', {
    authorize: (tx, { actor, params }) => getTicket(tx, actor, params.id),
    effect: (tx, { actor, params }) => reopenTicket(tx, actor, params.id),
  });
}
