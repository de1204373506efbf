import { z } from 'zod';
import { maxMessageLength, TicketChange } from './api.ts';
import { MacroActions, PresenceState, SettableTime, StaffMember, Tag, TicketCategory, TicketPriority, TicketStatus, Uuid } from './entities.ts';
import { BridgeErrorCode, BridgeErrorShape } from './errors.ts';

/**
 * Every call and event between window and desk, said once. Main, preload, loopback and renderer derive from these maps.
 * Times are milliseconds since the epoch, by the server's clock unless a name says otherwise.
 */

export const viewIds = ['mine', 'unassigned', 'open', 'urgent', 'waiting', 'snoozed', 'closed', 'all', 'drafts', 'needs-you'] as const;
export const ViewId = z.enum(viewIds);
export type ViewId = z.infer<typeof ViewId>;

export const ticketSorts = ['newest', 'oldest', 'priority', 'waiting'] as const;
/** `waiting`: whoever waits longest for an answer first. */
export const TicketSort = z.enum(ticketSorts);
export type TicketSort = z.infer<typeof TicketSort>;

/** Narrows a view: each field that is named must have one of its values. Values that nobody knows yet are allowed, as on the wire. */
export const TicketFilter = z.strictObject({
  status: z.array(z.string().max(100)).min(1).max(50),
  priority: z.array(z.string().max(100)).min(1).max(50),
  category: z.array(z.string().max(100)).min(1).max(50),
  /** null: nobody. */
  assignee: z.array(Uuid.nullable()).min(1).max(50),
  tag: z.array(Tag).min(1).max(50),
  unread: z.literal(true),
}).partial();
export type TicketFilter = z.infer<typeof TicketFilter>;

/** Which tickets, in which order. */
export const TicketQuery = z.strictObject({ view: ViewId, filter: TicketFilter.default({}), sort: TicketSort.default('newest') });
export type TicketQuery = z.infer<typeof TicketQuery>;

/** A view of the agent's own. */
export const SavedView = z.strictObject({ id: Uuid, name: z.string().trim().min(1).max(60), query: TicketQuery });
export type SavedView = z.infer<typeof SavedView>;

const Ms = z.number().int();
const Text = z.string().max(maxMessageLength);
export const MessageKind = z.enum(['reply', 'note']);
export type MessageKind = z.infer<typeof MessageKind>;

export const Account = z.object({ id: Uuid, email: z.string(), name: z.string(), role: z.enum(['staff', 'admin']) });
export type Account = z.infer<typeof Account>;

export const SessionState = z.object({
  /** `sign-in-needed`: the account is known and its cache readable, but the server wants a new sign-in before anything goes out. */
  state: z.enum(['signed-out', 'signed-in', 'sign-in-needed']),
  account: Account.nullable(),
  server: z.string(),
  /** Where the token is kept; `memory` costs a sign-in at each start, and the window says so. */
  secret_store: z.enum(['os', 'memory']),
  /** Offered on the sign-in form in the demo only. */
  demo_email: z.string().nullable(),
  /** The outbox was found damaged at this start: how many entries came out of it, and where the damaged file is kept. */
  salvage: z.object({ recovered: z.number().int(), damaged: z.number().int(), file: z.string() }).nullable(),
});
export type SessionState = z.infer<typeof SessionState>;

/**
 * What the connected server can do. A control of the window whose ability is false is off and says so; the desk refuses
 * its command with 'not-supported'. Everything is allowed until the server has been asked once (`level` null).
 */
export const Abilities = z.object({
  level: z.number().int().nullable(),
  notes: z.boolean(),
  /** Status other than closing, priority, category and tags. */
  changes: z.boolean(),
  assignment: z.boolean(),
  reopen: z.boolean(),
  /** News comes at once; else the desk looks every minute. */
  live: z.boolean(),
  presence: z.boolean(),
  macros: z.boolean(),
  /** A reply whose answer is lost can be sent again without becoming two. */
  exactly_once: z.boolean(),
  /** A full copy can leave out what is not kept; else all of it is copied and taken off again. */
  bounded_copy: z.boolean(),
  /** Tickets that are not on this computer can be searched at the server. */
  search: z.boolean(),
});
export type Abilities = z.infer<typeof Abilities>;

export const SyncState = z.object({
  /** `starting`: before the first answer. `first-sync`: the snapshot is under way, what is there is usable. */
  phase: z.enum(['signed-out', 'starting', 'first-sync', 'catching-up', 'live', 'offline', 'sign-in-needed']),
  /** Operations that the server has not confirmed yet; neither parked ones nor what waits behind them. */
  waiting: z.number().int(),
  /** Parked operations: they wait for the agent. */
  needs_you: z.number().int(),
  last_sync_at: Ms.nullable(),
  /** Why the phase is `offline`. */
  reason: z.enum(['unreachable', 'unexpected-answer', 'server-error', 'rate-limited']).nullable(),
  tickets_cached: z.number().int(),
  /** How many days back closed tickets are kept on this computer; null: all are. */
  kept_days: z.number().int().nullable(),
  /** Milliseconds from now to the next attempt while offline. */
  next_attempt_in: Ms.nullable(),
  abilities: Abilities,
});
export type SyncState = z.infer<typeof SyncState>;

/** A ticket that sleeps (`until` null: until the customer replies), or one that has come back, why and when, until somebody writes. */
export const Snooze = z.discriminatedUnion('state', [
  z.object({ state: z.literal('asleep'), until: Ms.nullable() }),
  z.object({ state: z.literal('woke'), by: z.enum(['time', 'reply']), at: Ms }),
]);
export type Snooze = z.infer<typeof Snooze>;

/** One line of the ticket list, pending operations laid over it. */
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
  /** Last message or creation, or the end of a snooze since then. */
  activity_at: Ms,
  /** Until when it sleeps, or slept. */
  snoozed_until: Ms.nullable(),
  snooze: Snooze.nullable(),
  unread: z.boolean(),
  /** Operations on this ticket that the server has not confirmed. */
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

/** Why an operation waits for the agent; the window has the sentences. */
export const ParkReason = z.enum(['conflict', 'stale', 'lost', 'ticket-merged', 'ticket-gone', 'ticket-closed', 'not-allowed', 'not-supported', 'refused', 'unreadable', 'unknown-outcome']);
export type ParkReason = z.infer<typeof ParkReason>;

export const ThreadMessage = z.object({
  /** The message id, or the operation id while the server has not confirmed it. */
  id: Uuid,
  kind: z.enum(['customer', 'reply', 'note']),
  mine: z.boolean(),
  author: z.string(),
  text: z.string(),
  at: Ms,
  /** `null` for what the server has; else where the operation stands. */
  delivery: z.enum(['held', 'queued', 'sending', 'needs-you']).nullable(),
  /** Set with `held`: what is left of the undo window; null when only the agent lets it go. */
  held_ms: Ms.nullable(),
  /** Set with `needs-you`: why. */
  problem: ParkReason.nullable(),
  /** Colleagues whom an internal note names. */
  mentions: z.array(Uuid).default([]),
});
export type ThreadMessage = z.infer<typeof ThreadMessage>;

/** Changes of the ticket that go with a message: a macro's, each of which the agent can take off. */
export const SendActions = z.strictObject({
  status: TicketStatus,
  priority: TicketPriority,
  category: TicketCategory,
  assignee_id: Uuid.nullable(),
  tags: z.strictObject({ add: z.array(Tag).max(50), remove: z.array(Tag).max(50) }),
}).partial();
export type SendActions = z.infer<typeof SendActions>;
/** What else a reply does with its ticket: close it, or put it away until the customer answers. */
export const SendFinish = z.enum(['close', 'wait']);
export type SendFinish = z.infer<typeof SendFinish>;

export const Draft = z.object({ ticket_id: Uuid, kind: MessageKind, text: Text, saved_at: Ms, actions: SendActions.default({}) });
export type Draft = z.infer<typeof Draft>;

/** An earlier text of a draft. */
export const DraftVersion = z.object({ saved_at: Ms, text: Text });
export type DraftVersion = z.infer<typeof DraftVersion>;

export const Thread = z.object({
  ticket: TicketDetail,
  /** Oldest first: the newest `limit` messages before `before`. */
  messages: z.array(ThreadMessage),
  /** Pass as `before` for older messages; `null` at the beginning. */
  older: z.string().nullable(),
  /** Messages after this time were unread when the ticket was opened. */
  read_through: Ms,
  drafts: z.array(Draft),
  /** The requester's other tickets, newest first, at most 5. */
  other_tickets: z.array(z.object({ id: Uuid, subject: z.string(), status: z.string() })),
  /** How many others there are in all. */
  other_count: z.number().int(),
  /** False while earlier messages are still to be fetched: there may be a gap before any message. */
  whole: z.boolean().default(true),
});
export type Thread = z.infer<typeof Thread>;

export const TicketFieldChange = z.strictObject({
  status: TicketStatus,
  priority: TicketPriority,
  category: TicketCategory,
  assignee_id: Uuid.nullable(),
  tags: z.strictObject({ add: z.array(Tag).max(50), remove: z.array(Tag).max(50) }),
  snoozed_until: SettableTime.nullable(),
}).partial().refine((c) => Object.keys(c).length > 0, { message: 'name at least one field' });
export type TicketFieldChange = z.infer<typeof TicketFieldChange>;

/** What is done to many tickets at once. `read`: marks them as read. */
export const BulkAction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('close') }),
  z.strictObject({ kind: z.literal('reopen') }),
  z.strictObject({ kind: z.literal('change'), change: TicketFieldChange }),
  z.strictObject({ kind: z.literal('read') }),
]);
export type BulkAction = z.infer<typeof BulkAction>;

export const bulkLimit = 10_000;
/** Tickets by name, or all of a view but some: also those that no window has loaded. */
export const BulkTarget = z.union([
  z.strictObject({ ids: z.array(Uuid).min(1).max(bulkLimit) }),
  z.strictObject({ query: TicketQuery, except: z.array(Uuid).max(bulkLimit) }),
]);
export type BulkTarget = z.infer<typeof BulkTarget>;

/** Where a ticket of a bulk stands. `todo`: its operation is not queued yet; `skipped`: it was so already. */
export const bulkOutcomes = ['todo', 'waiting', 'done', 'needs-you', 'failed', 'skipped', 'undone'] as const;
export const BulkOutcome = z.enum(bulkOutcomes);
export type BulkOutcome = z.infer<typeof BulkOutcome>;

export const Bulk = z.object({
  id: Uuid,
  action: BulkAction,
  started_at: Ms,
  /** The agent took it back. */
  undone: z.boolean(),
  total: z.number().int(),
  counts: z.record(BulkOutcome, z.number().int()),
});
export type Bulk = z.infer<typeof Bulk>;

/** A field that two people changed: what the author saw, what they want, what the server has. Values as on the wire; the window words them. */
export const FieldConflict = z.object({ field: z.string(), base: z.string().nullable(), mine: z.string().nullable(), theirs: z.string().nullable() });
export type FieldConflict = z.infer<typeof FieldConflict>;

export const OutboxItem = z.object({
  id: Uuid,
  ticket_id: Uuid,
  subject: z.string(),
  kind: z.enum(['reply', 'note', 'change', 'close', 'reopen']),
  /** Of a message, and of what cannot be read; else null. */
  text: z.string().nullable(),
  /** With kind `change`: what it sets. */
  change: TicketChange.nullable(),
  state: z.enum(['held', 'queued', 'sending', 'needs-you']),
  held_ms: Ms.nullable(),
  reason: ParkReason.nullable(),
  attempts: z.number().int(),
  created_at: Ms,
  /** With reason `conflict`. */
  conflicts: z.array(FieldConflict),
  /** With reason `stale`: what was written since, oldest first. */
  newer: z.array(ThreadMessage),
  /** With reason `ticket-merged`: where the conversation went on, where it is known here. */
  merged_into: z.object({ id: Uuid, subject: z.string() }).nullable(),
  /** Waits behind an operation of its ticket that needs the agent. */
  behind: z.boolean(),
  /** The id of the message that this was sent with, the message itself included; null for what stands alone. */
  unit: Uuid.nullable().default(null),
  /** With a message: what was sent with it, as the agent chose it. */
  sent_with: z.object({ actions: SendActions, finish: SendFinish.nullable() }).nullable().default(null),
});
export type OutboxItem = z.infer<typeof OutboxItem>;

/** An operation that has ended: a line of the sent journal or of the bin. `id` was its Idempotency-Key on every try. */
export const JournalItem = z.object({
  id: Uuid,
  ticket_id: Uuid,
  subject: z.string(),
  kind: OutboxItem.shape.kind,
  text: OutboxItem.shape.text,
  change: OutboxItem.shape.change,
  attempts: z.number().int(),
  created_at: Ms,
  ended_at: Ms,
  server_id: z.string().nullable(),
});
export type JournalItem = z.infer<typeof JournalItem>;

/** What became of one ticket of a bulk. `reason` with `needs-you` and, by what stopped it here, with `failed`. */
export const BulkResult = z.object({
  ticket_id: Uuid,
  subject: z.string(),
  requester: z.string(),
  outcome: BulkOutcome,
  reason: z.union([ParkReason, BridgeErrorCode]).nullable(),
});
export type BulkResult = z.infer<typeof BulkResult>;

export const SyncDetail = z.object({
  state: SyncState,
  stream: z.enum(['connected', 'lost', 'unsupported']),
  /** Failed tries since the last that worked. */
  failures: z.number().int(),
  /** From a change at the server to its arrival here, as the last one took; the server's clock tells whole seconds. */
  lag_ms: Ms.nullable(),
  /** When the connection was last rebuilt because nothing moved. */
  rebuilt_at: Ms.nullable(),
  oldest_waiting_at: Ms.nullable(),
});
export type SyncDetail = z.infer<typeof SyncDetail>;

/** What can be told of, whose ticket it is about, and how it is told. */
export const noticeEvents = ['reply', 'mention', 'assigned'] as const;
export const noticeOwners = ['mine', 'unassigned', 'others'] as const;
export const noticeChannels = ['banner', 'sound', 'badge'] as const;
export const NoticeEvent = z.enum(noticeEvents);
export type NoticeEvent = z.infer<typeof NoticeEvent>;
export type NoticeOwner = (typeof noticeOwners)[number];
export type NoticeChannel = (typeof noticeChannels)[number];
export const NoticeRules = z.record(NoticeEvent, z.record(z.enum(noticeOwners), z.array(z.enum(noticeChannels))));
export type NoticeRules = z.infer<typeof NoticeRules>;

/** `HH:MM`, of a wall clock. */
const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const quietBreakers = ['mention', 'urgent'] as const;
export const QuietHours = z.strictObject({
  on: z.boolean(),
  /** Monday first. One that ends before it begins goes on into the next day. */
  days: z.array(z.strictObject({ on: z.boolean(), from: WallTime, to: WallTime })).length(7),
  /** What is told all the same. */
  breaks: z.array(z.enum(quietBreakers)),
});
export type QuietHours = z.infer<typeof QuietHours>;

/** How far back closed tickets are kept on this computer, in days; `auto`: all of a small copy, else the usual number. */
export const keepChoices = ['auto', 'all', 30, 90, 180, 365] as const;
export type KeepChoice = (typeof keepChoices)[number];

export const undoWindows = [0, 5, 10, 20, 30] as const;
/** The agent's own choices. */
export const Settings = z.strictObject({
  /** Seconds in which a reply can be taken back; 0: none. */
  undo_seconds: z.literal(undoWindows),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
  language: z.enum(['system', 'en', 'de']),
  /** By command: the agent's own key, null for none. Commands that are not named keep the one that they come with. */
  shortcuts: z.record(z.string().max(40), z.string().min(1).max(40).nullable()),
  notices: NoticeRules,
  /** Banners name no customer and show none of their words. */
  hide_text: z.boolean(),
  quiet_hours: QuietHours,
  /** The agent's own views, in their order. */
  saved_views: z.array(SavedView).max(50),
  keep_closed_days: z.literal(keepChoices),
});
export type Settings = z.infer<typeof Settings>;
/** Only what changes. */
export const SettingsChange = Settings.partial();
export type SettingsChange = z.infer<typeof SettingsChange>;

export const searchOperators = ['from', 'assignee', 'status', 'tag', 'priority', 'category', 'before', 'after', 'is', 'has'] as const;
export const isValues = ['unread', 'snoozed', 'open', 'closed'] as const;
export const hasValues = ['note', 'draft'] as const;
/** An operator whose value it cannot use; it was left out of the search. */
export const SearchProblem = z.object({ operator: z.enum(searchOperators), value: z.string() });
export type SearchProblem = z.infer<typeof SearchProblem>;

export const SearchHit = z.object({
  row: TicketRow,
  /** Text around the match; `\u0001` and `\u0002` stand before and after each highlighted part. */
  snippet: z.string(),
  message_id: Uuid.nullable(),
  /** When the matching message was written; the ticket's activity where the ticket itself matches. */
  at: Ms,
  /** Further messages of the ticket that match. */
  more: z.number().int(),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** A ticket that the server has found and that is not on this computer. */
export const OlderTicket = z.object({ id: Uuid, subject: z.string(), requester: z.string(), status: z.string(), preview: z.string(), activity_at: Ms });
export type OlderTicket = z.infer<typeof OlderTicket>;

/** A solved ticket that is about the same. */
export const SimilarTicket = z.object({ id: Uuid, subject: z.string(), status: z.string(), resolved_at: Ms.nullable() });
export type SimilarTicket = z.infer<typeof SimilarTicket>;

export const NotificationPayload = z.object({
  ticket_id: Uuid,
  title: z.string(),
  body: z.string(),
  /** One banner per ticket: a newer one with the same tag replaces it. */
  tag: z.string(),
  /** How it is told; one without `banner` is only heard. */
  channels: z.array(z.enum(['banner', 'sound'])),
});
export type NotificationPayload = z.infer<typeof NotificationPayload>;

/** What is kept on this computer; sizes in bytes. */
export const Storage = z.object({ tickets: z.number().int(), messages: z.number().int(), drafts: z.number().int(), waiting: z.number().int(), cache_bytes: z.number().int(), outbox_bytes: z.number().int(), folder: z.string() });
export type Storage = z.infer<typeof Storage>;

/** What runs; null: not a part of this shell. */
export const About = z.object({ version: z.string(), sqlite: z.string(), node: z.string(), electron: z.string().nullable() });
export type About = z.infer<typeof About>;

/** A canned reply; `text` may hold variables (core/macro.ts). */
export const MacroItem = z.object({ id: Uuid, name: z.string(), text: z.string(), actions: MacroActions });
export type MacroItem = z.infer<typeof MacroItem>;

/** Who else has which ticket in front of them. `known` is false while nobody can tell: offline, or a server that cannot say. */
export const PresenceView = z.object({ known: z.boolean(), people: z.array(z.object({ ticket_id: Uuid, staff_id: Uuid, state: PresenceState.exclude(['away']) })) });
export type PresenceView = z.infer<typeof PresenceView>;

/** What became of one part of a message and the changes that went with it. */
export const UnitPart = z.object({ id: Uuid, kind: OutboxItem.shape.kind, state: z.enum(['waiting', 'done', 'needs-you', 'discarded']) });
export type UnitPart = z.infer<typeof UnitPart>;

const back = z.object({ ticket_id: Uuid, kind: MessageKind, text: Text, actions: SendActions.default({}) });
const ticketId = z.strictObject({ ticket_id: Uuid });
const done = z.strictObject({});
const operationId = z.strictObject({ operation_id: Uuid });
const queued = z.object({ operation_id: Uuid });
/** The newest message of the server that was on screen when the agent decided; absent: what the desk has. */
const seen = Uuid.nullable().optional();

export const bridgeCalls = {
  'session.get': { input: done, output: SessionState },
  'session.signIn': { input: z.strictObject({ email: z.string().trim().min(3).max(254), password: z.string().min(1).max(1024) }), output: SessionState },
  /** Ends the session and hides its cache. Drafts and waiting operations stay, for the same account only. */
  'session.signOut': { input: done, output: SessionState },
  'sync.get': { input: done, output: SyncState },
  'sync.detail': { input: done, output: SyncDetail },
  /** Tries now instead of at the next planned attempt: the agent asked, or the network or the machine came back. */
  'sync.retry': { input: done, output: done },
  'staff.list': { input: done, output: z.array(StaffMember) },
  'views.counts': { input: done, output: z.array(z.object({ view: ViewId, count: z.number().int(), unread: z.number().int() })) },
  /** As views.counts, of the agent's own views. */
  'views.saved': { input: done, output: z.array(z.object({ id: Uuid, count: z.number().int(), unread: z.number().int() })) },
  /**
   * A window of a view: behind `after`, which is a row's `position` or the `next` of the window before it, or from the row with
   * the number `at` on. `first` is the number of the first row that is answered.
   */
  'tickets.list': {
    input: z.strictObject({ ...TicketQuery.shape, after: z.string().max(200).nullable(), at: z.number().int().min(0).optional(), limit: z.number().int().min(1).max(1000) }),
    output: z.object({ rows: z.array(TicketRow), next: z.string().nullable(), first: z.number().int(), total: z.number().int() }),
  },
  /** Every tag in use and how many tickets have it, the most used first. */
  'tags.list': { input: done, output: z.array(z.object({ tag: z.string(), count: z.number().int() })) },
  /** Answers once it is durable which tickets are meant; their operations follow, an event tells how far they are. */
  'bulk.start': { input: z.strictObject({ target: BulkTarget, action: BulkAction }), output: Bulk },
  /** The last ones, newest first. */
  'bulk.list': { input: done, output: z.array(Bulk) },
  /** With what became of each ticket: first what needs the agent. */
  'bulk.get': { input: z.strictObject({ bulk_id: Uuid, limit: z.number().int().min(1).max(1000) }), output: z.object({ bulk: Bulk, results: z.array(BulkResult) }) },
  /** Takes all of it back: what has not gone out is dropped, else the opposite is sent. */
  'bulk.undo': { input: z.strictObject({ bulk_id: Uuid }), output: Bulk },
  /** Tries what failed again, and sends what needs the agent as 'mine' or 'anyway'. */
  'bulk.retry': { input: z.strictObject({ bulk_id: Uuid }), output: Bulk },
  /** `reach` widens the newest window back to the first unread message, or to the one named, with some before it. */
  'thread.get': { input: z.strictObject({ ticket_id: Uuid, before: z.string().max(200).nullable(), limit: z.number().int().min(1).max(1000), reach: z.union([z.literal('unread'), Uuid]).optional() }), output: Thread },
  /** Brings a ticket that is not kept on this computer; answers its id, or that of the ticket that took it over. */
  'thread.fetch': { input: ticketId, output: ticketId },
  /** Solved tickets like this one, the likest first. */
  'thread.similar': { input: ticketId, output: z.object({ tickets: z.array(SimilarTicket) }) },
  'thread.markRead': { input: ticketId, output: done },
  /** `indexing`: some messages cannot be found yet, mostly old ones of a full copy. */
  'search.query': {
    input: z.strictObject({ query: z.string().max(500), limit: z.number().int().min(1).max(200) }),
    output: z.object({ hits: z.array(SearchHit), problems: z.array(SearchProblem), indexing: z.boolean() }),
  },
  /** The same words among the closed tickets that are not kept on this computer, asked of the server: newest first, at most `limit`. */
  'search.older': { input: z.strictObject({ query: z.string().max(500), limit: z.number().int().min(1).max(100) }), output: z.object({ tickets: z.array(OlderTicket) }) },
  /** What was searched for and led somewhere, newest first. */
  'search.recent': { input: done, output: z.object({ queries: z.array(z.string()) }) },
  'search.remember': { input: z.strictObject({ query: z.string().trim().min(1).max(500) }), output: done },
  /** Customers by name or address, those with the newest tickets first. */
  'customers.find': {
    input: z.strictObject({ query: z.string().max(500), limit: z.number().int().min(1).max(50) }),
    output: z.object({ customers: z.array(z.object({ id: Uuid, name: z.string(), email: z.string(), tickets: z.number().int() })) }),
  },
  /** Answers after the commit: the operation is durable, and with it what goes with it; the draft of that kind is removed in the same transaction. */
  'compose.send': {
    input: z.strictObject({ ticket_id: Uuid, kind: MessageKind, text: z.string().trim().min(1).max(maxMessageLength), seen, mentions: z.array(Uuid).max(50).optional(), actions: SendActions.optional(), finish: SendFinish.nullable().optional() }),
    output: queued.extend({ held_ms: Ms }),
  },
  /** A message and what was sent with it, in their order, with what became of each. */
  'compose.unit': { input: z.strictObject({ unit: Uuid }), output: z.array(UnitPart) },
  /** Takes a message that has not gone out back into its composer, before what is there, with the changes that were to go with it; it stays in the bin as well. */
  'compose.takeBack': { input: operationId, output: back },
  /** Ends the undo window of a held message. */
  'compose.release': { input: operationId, output: done },
  'draft.save': { input: z.strictObject({ ticket_id: Uuid, kind: MessageKind, text: Text, actions: SendActions.optional() }), output: done },
  'draft.versions': { input: z.strictObject({ ticket_id: Uuid, kind: MessageKind }), output: z.array(DraftVersion) },
  /** `through_replies`: a snooze that the customer's reply does not end, on this desk. */
  'triage.change': { input: z.strictObject({ ticket_id: Uuid, change: TicketFieldChange, through_replies: z.boolean().optional() }), output: queued },
  'triage.close': { input: z.strictObject({ ticket_id: Uuid, seen }), output: queued },
  'triage.reopen': { input: ticketId, output: queued },
  /** Takes a change, close or reopen back: dropped where it has not gone out, else the opposite is sent. */
  'triage.undo': { input: operationId, output: z.object({ result: z.enum(['dropped', 'reversed']) }) },
  'outbox.list': { input: done, output: z.array(OutboxItem) },
  /** Sends a parked operation again; a conflict is sent with what the server has now as its base ('use mine'), a stale one as it is ('send anyway'). */
  'outbox.retry': { input: operationId, output: done },
  'outbox.discard': { input: operationId, output: done },
  /** Decides a conflict by field: `mine` are sent against what the server has now, the other clashing ones are dropped. */
  'outbox.resolve': { input: z.strictObject({ operation_id: Uuid, mine: z.array(z.string().max(40)).max(20) }), output: done },
  /** Sends what was meant for a merged ticket to the one that took it over. */
  'outbox.repost': { input: operationId, output: queued },
  /** Discarded in the last 30 days, newest first. */
  'outbox.bin': { input: done, output: z.array(JournalItem) },
  /** Puts a discarded message back into its composer. */
  'outbox.restore': { input: operationId, output: back },
  /** What the server has confirmed, newest first. */
  'outbox.journal': { input: z.strictObject({ limit: z.number().int().min(1).max(1000) }), output: z.array(JournalItem) },
  /** 'Did it go out twice?': how a message of this desk reached the server; null for one that was not sent from here. */
  'message.receipt': { input: z.strictObject({ message_id: Uuid }), output: JournalItem.nullable() },
  'settings.get': { input: done, output: Settings },
  'settings.set': { input: SettingsChange, output: Settings },
  'storage.get': { input: done, output: Storage },
  /** Removes the copy of the server and loads it again. What waits to be sent, drafts and settings stay as they are. */
  'storage.clear': { input: done, output: done },
  'about.get': { input: done, output: About },
  /** Which ticket is in front of the agent, so that no notification is raised for it. */
  'window.front': { input: z.strictObject({ ticket_id: Uuid.nullable(), focused: z.boolean() }), output: done },
  'macros.list': { input: done, output: z.array(MacroItem) },
  /** What this agent does, for colleagues; said again while they are at it. Null: no ticket in front of them, or nobody at the window. */
  'presence.tell': { input: z.strictObject({ ticket_id: Uuid.nullable(), replying: z.boolean() }), output: done },
  'presence.get': { input: done, output: PresenceView },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export const bridgeEvents = {
  /** Truth or pending operations changed; `ticket_ids` null means 'anything'. */
  'data.changed': z.object({ ticket_ids: z.array(Uuid).nullable() }),
  /** How far a bulk is. */
  'bulk.changed': Bulk,
  'sync.changed': SyncState,
  'session.changed': SessionState,
  /** For shells whose banners the window itself raises (loopback). */
  'notification.show': NotificationPayload,
  /** How many tickets have news that the agent has not seen and wants counted on the app's icon. */
  'badge.changed': z.object({ count: z.number().int() }),
  /** Open this ticket at its first unread message (a click on a banner). */
  'ticket.open': z.object({ ticket_id: Uuid }),
  'presence.changed': PresenceView,
} as const satisfies Record<string, z.ZodType>;

export type CallName = keyof typeof bridgeCalls;
export type CallInput<N extends CallName> = z.input<(typeof bridgeCalls)[N]['input']>;
export type CallOutput<N extends CallName> = z.output<(typeof bridgeCalls)[N]['output']>;
export type EventName = keyof typeof bridgeEvents;
export type EventPayload<N extends EventName> = z.output<(typeof bridgeEvents)[N]>;

export const callNames = Object.keys(bridgeCalls) as CallName[];
export const eventNames = Object.keys(bridgeEvents) as EventName[];

/** What every call answers on either transport. */
export const CallResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: BridgeErrorShape }),
]);
export type CallResult = z.infer<typeof CallResult>;

/** What the window sees as `window.staffdesk` (Electron) or builds over HTTP (loopback). */
export interface StaffdeskBridge {
  shell: 'electron' | 'loopback';
  call(name: CallName, input: unknown): Promise<CallResult>;
  on(name: EventName, listener: (payload: unknown) => void): () => void;
}
