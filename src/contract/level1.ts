import { z } from 'zod';
import { MessageCreate, routes } from './api.ts';
import { MessageLevel1, TicketLevel1, Uuid } from './entities.ts';

const idParams = z.strictObject({ id: Uuid });

/**
 * The calls of level 1 as the existing service answers them: the paths of level 2 with smaller answers. A level-2 server
 * answers them too, since its shapes only add fields.
 */
export const level1Routes = {
  /** There is no paging: a list shorter than `limit` is complete. */
  level1Tickets: {
    method: 'GET', path: '/support/tickets', answer: z.object({ tickets: z.array(TicketLevel1) }),
    query: z.strictObject({ limit: z.number().int() }),
  },
  level1Ticket: { method: 'GET', path: '/support/tickets/:id', params: idParams, answer: z.object({ ticket: TicketLevel1, messages: z.array(MessageLevel1) }) },
  level1Messages: { method: 'GET', path: '/support/tickets/:id/messages', params: idParams, answer: z.object({ messages: z.array(MessageLevel1) }) },
  /** Not idempotent: two requests are two messages. */
  level1Reply: { method: 'POST', path: '/support/tickets/:id/messages', params: idParams, body: MessageCreate, answer: MessageLevel1 },
  level1Close: { method: 'POST', path: '/support/tickets/:id/close', params: idParams, answer: TicketLevel1 },
} as const;

/** Every call that the desk can make, on servers of either level. */
export const clientRoutes = { ...routes, ...level1Routes };
export type ClientRouteName = keyof typeof clientRoutes;
export type ClientAnswer<R extends ClientRouteName> = z.output<(typeof clientRoutes)[R]['answer']>;
