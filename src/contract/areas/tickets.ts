import { z } from 'zod';
import { StaffMember, Tag, Uuid } from '../wire/entities.ts';
import { MessageKind, SendActions } from './message.ts';
import { ParkReason } from './parking.ts';
import { type AreaContract, Ms, done, ticketId } from './parts.ts';
import { ofRows } from './topics.ts';

export const viewIds = [
  'mine',
  'unassigned',
  'open',
  'urgent',
  'waiting',
  'snoozed',
  'closed',
  'all',
  'drafts',
] as const;

export const ViewId = z.enum(viewIds);
export type ViewId = z.infer<typeof ViewId>;

export const ticketSorts = ['newest', 'oldest', 'priority', 'waiting'] as const;

/** `waiting`: the customer who has waited longest for a reply comes first. */
export const TicketSort = z.enum(ticketSorts);
export type TicketSort = z.infer<typeof TicketSort>;

/**
 * Narrows a view: each field that is present must have one of its values. Unknown values are
 * allowed, as on the wire.
 */
export const TicketFilter = z
  .strictObject({
    status: z.array(z.string().max(100)).min(1).max(50),
    priority: z.array(z.string().max(100)).min(1).max(50),
    category: z.array(z.string().max(100)).min(1).max(50),
    /** null: nobody. */
    assignee: z.array(Uuid.nullable()).min(1).max(50),
    tag: z.array(Tag).min(1).max(50),
    unread: z.literal(true),
  })
  .partial();
export type TicketFilter = z.infer<typeof TicketFilter>;

/** A selection of tickets, with their order. */
export const TicketQuery = z.strictObject({
  view: ViewId,
  filter: TicketFilter.default({}),
  sort: TicketSort.default('newest'),
});
export type TicketQuery = z.infer<typeof TicketQuery>;

/** One of the agent's own views. */
export const SavedView = z.strictObject({
  id: Uuid,
  name: z.string().trim().min(1).max(60),
  query: TicketQuery,
});
export type SavedView = z.infer<typeof SavedView>;

/**
 * A snoozed ticket (`until` null: until the customer replies), or one that has come back, why and
 * when, until the next message.
 */
export const Snooze = z.discriminatedUnion('state', [
  z.object({ state: z.literal('asleep'), until: Ms.nullable() }),
  z.object({ state: z.literal('woke'), by: z.enum(['time', 'reply']), at: Ms }),
]);
export type Snooze = z.infer<typeof Snooze>;

/** One row of the ticket list, with the pending operations laid over it. */
export const TicketRow = z.object({
  id: Uuid,
  subject: z.string(),
  requester: z.string(),
  preview: z.string(),
  /** The last message is by staff; the list puts 'You:' or a name before the preview. */
  preview_by: z.enum(['customer', 'staff', 'me', 'none']),
  status: z.string(),
  priority: z.string(),
  category: z.string(),
  assignee_id: Uuid.nullable(),
  tags: z.array(z.string()),
  /** The time of the last message or the creation, or of the end of a later snooze. */
  activity_at: Ms,
  /** The end of the snooze; it may be past. */
  snoozed_until: Ms.nullable(),
  snooze: Snooze.nullable(),
  unread: z.boolean(),
  /** Operations of this ticket that the server has not confirmed. */
  pending: z.number().int(),
  not_sent: z.boolean(),
  draft: z.boolean(),
});
export type TicketRow = z.infer<typeof TicketRow>;

export const TicketDetail = TicketRow.extend({
  requester_id: Uuid,
  requester_email: z.string(),
  created_at: Ms,
  updated_at: Ms,
  resolved_at: Ms.nullable(),
  message_count: z.number().int(),
  /** Fields whose shown value is not yet confirmed by the server. */
  pending_fields: z.array(z.string()),
});
export type TicketDetail = z.infer<typeof TicketDetail>;

export const ThreadMessage = z.object({
  /** The message id, or the operation id while the server has not confirmed it. */
  id: Uuid,
  kind: z.enum(['customer', 'reply', 'note']),
  mine: z.boolean(),
  author: z.string(),
  text: z.string(),
  at: Ms,
  /** The state of the operation; null for a message on the server. */
  delivery: z.enum(['held', 'queued', 'sending', 'not-sent']).nullable(),
  /** With `held`: the rest of the undo window; null if only the agent can release it. */
  held_ms: Ms.nullable(),
  /** Set with `not-sent`: why. */
  problem: ParkReason.nullable(),
  /** Colleagues mentioned in an internal note. */
  mentions: z.array(Uuid).default([]),
});
export type ThreadMessage = z.infer<typeof ThreadMessage>;

/** Not limited: a text that was put before another one may be longer than any that was typed. */
export const Draft = z.object({
  ticket_id: Uuid,
  kind: MessageKind,
  text: z.string(),
  saved_at: Ms,
  actions: SendActions.default({}),
});
export type Draft = z.infer<typeof Draft>;

export const Thread = z.object({
  ticket: TicketDetail,
  /** Oldest first: the newest `limit` messages before `before`. */
  messages: z.array(ThreadMessage),
  /** Pass as `before` for older messages; `null` at the beginning. */
  older: z.string().nullable(),
  /** Messages after this time were unread when the ticket was opened. */
  read_through: Ms,
  /** Names the present state of the thread, for `thread.markRead`. */
  unread_state: z.string().default(''),
  /** Names the mark by which the agent keeps the ticket unread; `null` without one. */
  kept_unread: z.number().int().nullable().default(null),
  drafts: z.array(Draft),
  /** The requester's other tickets, newest first, at most 5. */
  other_tickets: z.array(z.object({ id: Uuid, subject: z.string(), status: z.string() })),
  /** The number of other tickets in total. */
  other_count: z.number().int(),
  /** False while earlier messages are still being loaded: there may be a gap before any message. */
  whole: z.boolean().default(true),
});
export type Thread = z.infer<typeof Thread>;

/** Lists and threads. */
export const ticketsContract = {
  calls: {
    'staff.list': { input: done, output: z.array(StaffMember) },
    'views.counts': {
      input: done,
      output: z.array(
        z.object({ view: ViewId, count: z.number().int(), unread: z.number().int() }),
      ),
    },
    /** Like views.counts, for the agent's own views. */
    'views.saved': {
      input: done,
      output: z.array(z.object({ id: Uuid, count: z.number().int(), unread: z.number().int() })),
    },
    /**
     * A range of a view: after `after`, which is a row's `position` or the `next` of the range before
     * it, or from row number `at` on. `first`: the number of the first row returned. `kept`: the rows
     * of `keep` that are in the view, wherever they are.
     */
    'tickets.list': {
      input: z.strictObject({
        ...TicketQuery.shape,
        after: z.string().max(200).nullable(),
        at: z.number().int().min(0).optional(),
        limit: z.number().int().min(1).max(1000),
        keep: z.array(Uuid).max(100).optional(),
      }),
      output: z.object({
        rows: z.array(TicketRow),
        next: z.string().nullable(),
        first: z.number().int(),
        total: z.number().int(),
        kept: z.array(TicketRow).default([]),
      }),
    },
    /** Every tag in use with its number of tickets, the most used first. */
    'tags.list': {
      input: done,
      output: z.array(z.object({ tag: z.string(), count: z.number().int() })),
    },
    /**
     * `reach`: extends the newest messages back to the first unread one, or to the one named, and
     * some before it.
     */
    'thread.get': {
      input: z.strictObject({
        ticket_id: Uuid,
        before: z.string().max(200).nullable(),
        limit: z.number().int().min(1).max(1000),
        reach: z.union([z.literal('unread'), Uuid]).optional(),
      }),
      output: Thread,
    },
    /**
     * Loads a ticket that is not on this computer. Returns its id, or the id of the ticket that it
     * was merged into.
     */
    'thread.fetch': { input: ticketId, output: ticketId },
    /**
     * `state`: the `unread_state` of the thread on screen. If newer messages have come since, nothing
     * changes, because they were not seen.
     */
    'thread.markRead': {
      input: ticketId.extend({ state: z.string().max(100).optional() }),
      output: z.object({ read: z.boolean() }),
    },
    /**
     * Keeps a ticket unread, durable when it returns, until it is opened again or answered. `state`:
     * as `unread_state` of its thread is now, to mark it read again by.
     */
    'thread.markUnread': { input: ticketId, output: z.object({ state: z.string() }) },
  },
  live: {
    'staff.list': { topics: ['staff'] },
    'views.counts': { topics: ofRows },
    'views.saved': { topics: [...ofRows, 'settings'] },
    'tickets.list': { topics: ofRows },
    /** It names other tickets of its customer. */
    'thread.get': {
      topics: ['tickets'],
      ofItsTicket: ['snoozes', 'reads', 'operations', 'drafts'],
    },
  },
} as const satisfies AreaContract;
