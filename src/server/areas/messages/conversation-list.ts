import type { Readable } from 'node:stream';
import type { Actor } from '../../auth/actor.ts';
import { conversationBatch } from './conversation.ts';
import type { ListOrder } from '../tickets/list-batch.ts';
import { openPlace, sealPlace } from '../tickets/list-cursor.ts';
import { longList } from '../tickets/long-list.ts';
import type { Services } from '../../http/route.ts';

interface ConversationRequest {
  route: 'getTicket' | 'listMessages';
  actor: Actor;
  ticketId: string;
  query: { cursor?: string | undefined; limit: number; order: ListOrder };
  /** The response up to its list. */
  head: string;
}

/**
 * A ticket's messages that the actor may see. The caller has checked that they may see the ticket.
 */
export function conversationList(
  { pool, settings, gates }: Services,
  { route, actor, ticketId, query, head }: ConversationRequest,
): Promise<Buffer | Readable> {
  const { cursor, limit, order } = query;
  const scope = { settings, actor, route, question: [ticketId, order] };
  return longList({
    head,
    name: 'messages',
    limit,
    gate: gates.heavy,
    from: openPlace(scope, cursor),
    cursorOf: (place) => sealPlace(scope, place),
    batch: (after, rows) => conversationBatch(pool, actor, ticketId, { after, rows, order }),
  });
}
