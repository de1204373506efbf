import { z } from 'zod';
import { MessageCreate, routes } from './api.ts';
import { MessageLevel1, TicketLevel1, Uuid } from './entities.ts';

const idParams = z.strictObject({ id: Uuid });
const nextCursor = z.string().min(1).max(2048).optional();

/**
 * The calls of level 1 as the existing service serves them: the paths of level 2 with smaller
 * responses. A level-2 server serves them too, since its shapes only add fields.
 */
const level1Routes = {
  /**
   * There is no paging on level 1: a list shorter than `limit` is complete. Our own server uses
   * pages, here and below.
   */
  level1Tickets: {
    method: 'GET',
    path: '/support/tickets',
    answer: z.object({ tickets: z.array(TicketLevel1), next_cursor: nextCursor }),
    query: z.strictObject({ limit: z.number().int(), cursor: nextCursor }),
  },
  level1Ticket: {
    method: 'GET',
    path: '/support/tickets/:id',
    params: idParams,
    query: z.strictObject({ cursor: nextCursor }),
    answer: z.object({
      ticket: TicketLevel1,
      messages: z.array(MessageLevel1),
      next_cursor: nextCursor,
    }),
  },
  level1Messages: {
    method: 'GET',
    path: '/support/tickets/:id/messages',
    params: idParams,
    query: z.strictObject({ cursor: nextCursor }),
    answer: z.object({ messages: z.array(MessageLevel1), next_cursor: nextCursor }),
  },
  /** Not idempotent: two requests are two messages. */
  level1Reply: {
    method: 'POST',
    path: '/support/tickets/:id/messages',
    params: idParams,
    body: MessageCreate,
    answer: MessageLevel1,
  },
  level1Close: {
    method: 'POST',
    path: '/support/tickets/:id/close',
    params: idParams,
    answer: TicketLevel1,
  },
} as const;

/** Every call that the desk can make, to servers of either level. */
export const clientRoutes = { ...routes, ...level1Routes };
export type ClientRouteName = keyof typeof clientRoutes;
export type ClientAnswer<R extends ClientRouteName> = z.output<(typeof clientRoutes)[R]['answer']>;
