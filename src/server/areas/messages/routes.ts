import type { FastifyInstance } from 'fastify';
import { addMessage, addNote } from './messages.ts';
import { assertReachable, getTicketText } from '../tickets/tickets.ts';
import { conversationList } from './conversation-list.ts';
import { textRoute, writeRoute, type Services } from '../../http/route.ts';

export function messageRoutes(app: FastifyInstance, services: Services): void {
  textRoute(app, services, 'listMessages', 'signed-in', async ({ actor, params, query }) => {
    await getTicketText(services.pool, actor, params.id);
    return conversationList(services, {
      route: 'listMessages',
      actor,
      ticketId: params.id,
      query,
      head: '{',
    });
  });

  writeRoute(app, services, 'postMessage', 'signed-in', {
    authorize: (tx, { actor, params }) => assertReachable(tx, actor, params.id),
    effect: (tx, { actor, params, body, key }) =>
      addMessage(tx, actor, {
        ticketId: params.id,
        text: body.message,
        clientId: key,
        least: services.portal.minMessageLength,
      }),
  });

  writeRoute(app, services, 'postNote', 'staff', {
    authorize: (tx, { actor, params }) => assertReachable(tx, actor, params.id),
    effect: (tx, { actor, params, body, key }) =>
      addNote(tx, actor, {
        ticketId: params.id,
        text: body.message,
        clientId: key,
        mentions: body.mentions,
      }),
  });
}
