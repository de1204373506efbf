import { z } from 'zod';
import { Tag, TicketCategory, TicketPriority, TicketStatus, Uuid } from '../wire/entities.ts';

export const MessageKind = z.enum(['reply', 'note']);
export type MessageKind = z.infer<typeof MessageKind>;

/**
 * Changes of the ticket sent with a message; they come from a macro, and the agent can remove each.
 */
export const SendActions = z
  .strictObject({
    status: TicketStatus,
    priority: TicketPriority,
    category: TicketCategory,
    assignee_id: Uuid.nullable(),
    tags: z.strictObject({ add: z.array(Tag).max(50), remove: z.array(Tag).max(50) }),
  })
  .partial();
export type SendActions = z.infer<typeof SendActions>;

/** A reply can also close its ticket, or snooze it until the customer replies. */
export const SendFinish = z.enum(['close', 'wait']);
export type SendFinish = z.infer<typeof SendFinish>;
