import { z } from 'zod';
import {
  MacroActions,
  PresenceState,
  SettableTime,
  Tag,
  TicketCategory,
  TicketPriority,
  TicketStatus,
  Uuid,
} from '../entities.ts';

const Ms = z.number().int();

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
  'needs-you',
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

export const MessageKind = z.enum(['reply', 'note']);
export type MessageKind = z.infer<typeof MessageKind>;

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
  needs_you: z.boolean(),
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

/** Why an operation is parked; the window has the sentences. */
export const ParkReason = z.enum([
  'conflict',
  'stale',
  'lost',
  'ticket-merged',
  'ticket-gone',
  'ticket-closed',
  'not-allowed',
  'not-supported',
  'refused',
  'unreadable',
  'unknown-outcome',
]);
export type ParkReason = z.infer<typeof ParkReason>;

export const ThreadMessage = z.object({
  /** The message id, or the operation id while the server has not confirmed it. */
  id: Uuid,
  kind: z.enum(['customer', 'reply', 'note']),
  mine: z.boolean(),
  author: z.string(),
  text: z.string(),
  at: Ms,
  /** The state of the operation; null for a message on the server. */
  delivery: z.enum(['held', 'queued', 'sending', 'needs-you']).nullable(),
  /** With `held`: the rest of the undo window; null if only the agent can release it. */
  held_ms: Ms.nullable(),
  /** Set with `needs-you`: why. */
  problem: ParkReason.nullable(),
  /** Colleagues mentioned in an internal note. */
  mentions: z.array(Uuid).default([]),
});
export type ThreadMessage = z.infer<typeof ThreadMessage>;

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
/** What a reply also does with its ticket: closes it, or snoozes it until the customer replies. */
export const SendFinish = z.enum(['close', 'wait']);
export type SendFinish = z.infer<typeof SendFinish>;

/** Not limited: a text that was put before another one may be longer than any that was typed. */
export const Draft = z.object({
  ticket_id: Uuid,
  kind: MessageKind,
  text: z.string(),
  saved_at: Ms,
  actions: SendActions.default({}),
});
export type Draft = z.infer<typeof Draft>;

/** An earlier text of a draft. */
export const DraftVersion = z.object({ saved_at: Ms, text: z.string() });
export type DraftVersion = z.infer<typeof DraftVersion>;

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

export const TicketFieldChange = z
  .strictObject({
    status: TicketStatus,
    priority: TicketPriority,
    category: TicketCategory,
    assignee_id: Uuid.nullable(),
    tags: z.strictObject({ add: z.array(Tag).max(50), remove: z.array(Tag).max(50) }),
    snoozed_until: SettableTime.nullable(),
  })
  .partial()
  .refine((c) => Object.keys(c).length > 0, { message: 'name at least one field' });
export type TicketFieldChange = z.infer<typeof TicketFieldChange>;

export const searchOperators = [
  'from',
  'assignee',
  'status',
  'tag',
  'priority',
  'category',
  'before',
  'after',
  'is',
  'has',
] as const;
export const isValues = ['unread', 'snoozed', 'open', 'closed'] as const;
export const hasValues = ['note', 'draft'] as const;
/** An operator with an unusable value, which was left out of the search. */
export const SearchProblem = z.object({ operator: z.enum(searchOperators), value: z.string() });
export type SearchProblem = z.infer<typeof SearchProblem>;

/**
 * A search to suggest if nothing was found: for any of the words, for a word as it is spelled in a
 * ticket, or with a value that an operator has. `query`: the complete search; `shown`: its new
 * part. Each finds something, except for values.
 */
export const SearchStep = z.object({
  kind: z.enum(['any', 'spelling', 'value']),
  query: z.string(),
  shown: z.string(),
});
export type SearchStep = z.infer<typeof SearchStep>;

export const SearchHit = z.object({
  row: TicketRow,
  /** Text around the match; `\u0001` and `\u0002` enclose each highlighted part. */
  snippet: z.string(),
  message_id: Uuid.nullable(),
  /**
   * The time of the matching message, or of the ticket's last activity if the ticket itself
   * matches.
   */
  at: Ms,
  /** The number of further matching messages of the ticket. */
  more: z.number().int(),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** A ticket found by the server that is not on this computer. */
export const OlderTicket = z.object({
  id: Uuid,
  subject: z.string(),
  requester: z.string(),
  status: z.string(),
  preview: z.string(),
  activity_at: Ms,
});
export type OlderTicket = z.infer<typeof OlderTicket>;

/** A solved ticket about a similar problem. */
export const SimilarTicket = z.object({
  id: Uuid,
  subject: z.string(),
  status: z.string(),
  resolved_at: Ms.nullable(),
});
export type SimilarTicket = z.infer<typeof SimilarTicket>;

/** A canned reply; `text` may contain variables (core/macro.ts). */
export const MacroItem = z.object({
  id: Uuid,
  name: z.string(),
  text: z.string(),
  actions: MacroActions,
});
export type MacroItem = z.infer<typeof MacroItem>;

/**
 * The tickets that colleagues have in front of them. `known` is false while this is unknown:
 * offline, or not supported by the server.
 */
export const PresenceView = z.object({
  known: z.boolean(),
  people: z.array(
    z.object({ ticket_id: Uuid, staff_id: Uuid, state: PresenceState.exclude(['away']) }),
  ),
});
export type PresenceView = z.infer<typeof PresenceView>;
