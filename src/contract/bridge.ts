import { z } from 'zod';
import { maxDraftLength, maxMessageLength } from './api.ts';
import { StaffMember, Uuid } from './entities.ts';
import { BridgeErrorShape } from './errors.ts';
import { messageText } from './text.ts';
import {
  Bulk,
  BulkAction,
  BulkResult,
  BulkTarget,
  JournalItem,
  OutboxItem,
  UndoMs,
  UnitPart,
} from './bridge/outbox.ts';
import { LiveResult, WatchId, type Dependence } from './bridge/live.ts';
import {
  About,
  NotificationPayload,
  SessionState,
  Storage,
  SyncDetail,
  SyncState,
} from './bridge/session.ts';
import { Settings, SettingsChange } from './bridge/settings.ts';
import {
  DraftVersion,
  MacroItem,
  MessageKind,
  OlderTicket,
  PresenceView,
  SearchHit,
  SearchProblem,
  SearchStep,
  SendActions,
  SendFinish,
  SimilarTicket,
  Thread,
  TicketFieldChange,
  TicketQuery,
  TicketRow,
  ViewId,
} from './bridge/tickets.ts';

export * from './bridge/live.ts';
export * from './bridge/outbox.ts';
export * from './bridge/session.ts';
export * from './bridge/settings.ts';
export * from './bridge/tickets.ts';

/**
 * Every call and event between window and desk, defined once; their shapes are in bridge/. Main,
 * preload, loopback and renderer derive from these maps. Times are milliseconds since the epoch, by
 * the server's clock unless a name says otherwise.
 */

const Ms = z.number().int();
const DraftText = z.string().max(maxDraftLength);

/** `saved_at`: names a state of a draft; null if there is no draft. */
const draftState = z.object({ saved_at: Ms.nullable() });
/**
 * The state of the draft that the window knows; text written elsewhere since then is not lost.
 * Omitted if unknown.
 */
const replaces = Ms.nullable().optional();
const back = draftState.extend({
  ticket_id: Uuid,
  kind: MessageKind,
  text: z.string(),
  actions: SendActions.default({}),
});
const ticketId = z.strictObject({ ticket_id: Uuid });
const done = z.strictObject({});
const operationId = z.strictObject({ operation_id: Uuid });
const queued = z.object({ operation_id: Uuid });
/**
 * The newest of the server's messages that was on screen when the agent decided; omitted: the
 * newest that the desk has.
 */
const seen = Uuid.nullable().optional();
/**
 * The window's id for one decision of the agent. If it is repeated because no response came, the
 * desk returns the result of the first time.
 */
const attempt = Uuid.optional();

export const bridgeCalls = {
  'session.get': { input: done, output: SessionState },
  'session.signIn': {
    input: z.strictObject({
      email: z.string().trim().min(3).max(254),
      password: z.string().min(1).max(1024),
    }),
    output: SessionState,
  },
  /**
   * Ends the session and hides its cache. Drafts and unsent operations stay, for the same account
   * only.
   */
  'session.signOut': { input: done, output: SessionState },
  /**
   * The agent confirms that a server known at another address, or from before it was copied or
   * restored, is the one signed in to: its work on this computer continues there.
   */
  'session.takeOver': {
    input: z.strictObject({ key: z.string().min(1).max(400) }),
    output: SessionState,
  },
  'sync.get': { input: done, output: SyncState },
  'sync.detail': { input: done, output: SyncDetail },
  /**
   * Tries now instead of at the next scheduled attempt: the agent asked for it, or the network or
   * the machine has come back.
   */
  'sync.retry': { input: done, output: done },
  'staff.list': { input: done, output: z.array(StaffMember) },
  'views.counts': {
    input: done,
    output: z.array(z.object({ view: ViewId, count: z.number().int(), unread: z.number().int() })),
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
   * Returns once the set of tickets is stored; their operations follow, and an event reports the
   * progress.
   */
  'bulk.start': {
    input: z.strictObject({ target: BulkTarget, action: BulkAction, attempt }),
    output: Bulk,
  },
  /** The latest bulk changes, newest first. */
  'bulk.list': { input: done, output: z.array(Bulk) },
  /** With the result for each ticket, those that need the agent first. */
  'bulk.get': {
    input: z.strictObject({ bulk_id: Uuid, limit: z.number().int().min(1).max(1000) }),
    output: z.object({ bulk: Bulk, results: z.array(BulkResult) }),
  },
  /**
   * Undoes all of it: operations not sent yet are dropped, the others are reversed by a new one.
   */
  'bulk.undo': { input: z.strictObject({ bulk_id: Uuid }), output: Bulk },
  /** Tries failed operations again, and sends those that need the agent as 'mine' or 'anyway'. */
  'bulk.retry': { input: z.strictObject({ bulk_id: Uuid }), output: Bulk },
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
  /** Solved tickets similar to this one, the most similar first. */
  'thread.similar': { input: ticketId, output: z.object({ tickets: z.array(SimilarTicket) }) },
  /**
   * `state`: the `unread_state` of the thread on screen. If newer messages have come since, nothing
   * changes, because they were not seen.
   */
  'thread.markRead': {
    input: ticketId.extend({ state: z.string().max(100).optional() }),
    output: done,
  },
  /** Keeps a ticket unread, durable when it returns, until it is opened again or answered. */
  'thread.markUnread': { input: ticketId, output: done },
  /** `indexing`: some messages cannot be found yet, mostly old ones of a full sync. */
  'search.query': {
    input: z.strictObject({
      query: z.string().max(500),
      limit: z.number().int().min(1).max(200),
      /** Suggest other searches if nothing is found. */
      steps: z.boolean().optional(),
    }),
    output: z.object({
      hits: z.array(SearchHit),
      problems: z.array(SearchProblem),
      indexing: z.boolean(),
      steps: z.array(SearchStep),
    }),
  },
  /**
   * Searches the closed tickets that are not on this computer, at the server: newest first, at most
   * `limit`.
   */
  'search.older': {
    input: z.strictObject({ query: z.string().max(500), limit: z.number().int().min(1).max(100) }),
    output: z.object({ tickets: z.array(OlderTicket) }),
  },
  /** Searches from which a ticket was opened, newest first. */
  'search.recent': { input: done, output: z.object({ queries: z.array(z.string()) }) },
  'search.remember': {
    input: z.strictObject({ query: z.string().trim().min(1).max(500) }),
    output: done,
  },
  /** Customers by name or address, those with the newest tickets first. */
  'customers.find': {
    input: z.strictObject({ query: z.string().max(500), limit: z.number().int().min(1).max(50) }),
    output: z.object({
      customers: z.array(
        z.object({ id: Uuid, name: z.string(), email: z.string(), tickets: z.number().int() }),
      ),
    }),
  },
  /**
   * Returns after the commit: the operation and the changes sent with it are stored, and the draft
   * that it was sent from is removed in the same transaction. A draft that another window wrote
   * stays.
   */
  'compose.send': {
    input: z.strictObject({
      ticket_id: Uuid,
      kind: MessageKind,
      text: messageText({ least: 1, most: maxMessageLength }),
      seen,
      mentions: z.array(Uuid).max(50).optional(),
      actions: SendActions.optional(),
      finish: SendFinish.nullable().optional(),
      replaces,
      attempt,
      /**
       * Earlier attempts with other words that got no response: if one of them arrived, it is
       * returned and nothing is queued.
       */
      unless: z.array(Uuid).max(20).optional(),
    }),
    output: queued.extend({ held_ms: Ms }),
  },
  /** The parts of a message sent with changes, in order, with the state of each. */
  'compose.unit': { input: z.strictObject({ unit: Uuid }), output: z.array(UnitPart) },
  /**
   * Puts a message that has not been sent back into its composer, before the present text, with the
   * changes that it was to be sent with. It stays in the bin as well.
   */
  'compose.takeBack': { input: operationId, output: back },
  /** Ends the undo window of a held message. */
  'compose.release': { input: operationId, output: done },
  'draft.save': {
    input: z.strictObject({
      ticket_id: Uuid,
      kind: MessageKind,
      text: DraftText,
      actions: SendActions.optional(),
      replaces,
      /**
       * The attempt of a send of this text that got no response: if it arrived, the text is no
       * draft, and the message is returned.
       */
      attempt,
      /**
       * The author of the text, who may have signed out in another window meanwhile; it is stored
       * for them all the same. Omitted: the signed-in agent.
       */
      account: Uuid.optional(),
    }),
    output: draftState.extend({ sent: queued.extend({ held_ms: Ms }).optional() }),
  },
  'draft.versions': {
    input: z.strictObject({ ticket_id: Uuid, kind: MessageKind }),
    output: z.array(DraftVersion),
  },
  /** Takes an earlier text; the one that it replaces becomes a version, in one transaction. */
  'draft.restoreVersion': {
    input: z.strictObject({ ticket_id: Uuid, kind: MessageKind, text: DraftText }),
    output: back,
  },
  /** `through_replies`: a snooze that the customer's reply does not end, on this desk only. */
  'triage.change': {
    input: z.strictObject({
      ticket_id: Uuid,
      change: TicketFieldChange,
      through_replies: z.boolean().optional(),
      attempt,
    }),
    output: queued,
  },
  'triage.close': {
    input: z.strictObject({ ticket_id: Uuid, seen, attempt }),
    output: queued.extend({ undo_ms: UndoMs }),
  },
  'triage.reopen': { input: ticketId.extend({ attempt }), output: queued },
  /**
   * Undoes a change, close or reopen: dropped if not sent yet, else reversed by a new operation.
   */
  'triage.undo': {
    input: operationId,
    output: z.object({ result: z.enum(['dropped', 'reversed']) }),
  },
  'outbox.list': { input: done, output: z.array(OutboxItem) },
  /**
   * Sends a parked operation again. A conflict takes the server's present values as its base ('use
   * mine'); a stale reply is sent as it is ('send anyway').
   */
  'outbox.retry': { input: operationId, output: done },
  'outbox.discard': { input: operationId, output: done },
  /**
   * Resolves a conflict by field: `mine` are sent against the server's present values, the other
   * conflicting fields are dropped.
   */
  'outbox.resolve': {
    input: z.strictObject({ operation_id: Uuid, mine: z.array(z.string().max(40)).max(20) }),
    output: done,
  },
  /** Sends an operation of a merged ticket to the ticket that it was merged into. */
  'outbox.repost': { input: operationId, output: queued },
  /** Reopens the ticket of a message that was parked because it is closed, and sends the message. */
  'outbox.reopenAndSend': { input: operationId, output: done },
  /** Operations discarded in the last 30 days, newest first. */
  'outbox.bin': { input: done, output: z.array(JournalItem) },
  /** Puts a discarded message back into its composer. */
  'outbox.restore': { input: operationId, output: back },
  /** Operations that the server has confirmed, newest first. */
  'outbox.journal': {
    input: z.strictObject({ limit: z.number().int().min(1).max(1000) }),
    output: z.array(JournalItem),
  },
  /**
   * How a message of this desk reached the server, which shows whether it was sent twice. Null for
   * a message that was not sent from here.
   */
  'message.receipt': {
    input: z.strictObject({ message_id: Uuid }),
    output: JournalItem.nullable(),
  },
  'settings.get': { input: done, output: Settings },
  'settings.set': { input: SettingsChange, output: Settings },
  'storage.get': { input: done, output: Storage },
  /**
   * Removes the copy of the server's data and loads it again. Unsent operations, drafts and
   * settings are kept.
   */
  'storage.clear': { input: done, output: done },
  'about.get': { input: done, output: About },
  /** The ticket in front of the agent, which raises no notification. */
  'window.front': {
    input: z.strictObject({ ticket_id: Uuid.nullable(), focused: z.boolean() }),
    output: done,
  },
  'macros.list': { input: done, output: z.array(MacroItem) },
  /**
   * The agent's presence, for colleagues; repeated as long as it lasts. Null: no ticket is in front
   * of them, or nobody is at the window.
   */
  'presence.tell': {
    input: z.strictObject({ ticket_id: Uuid.nullable(), replying: z.boolean() }),
    output: done,
  },
  'presence.get': { input: done, output: PresenceView },
  /**
   * Runs one of `liveQueries` now, and again whenever a commit touches what it depends on: results
   * that differ are pushed as `live.changed`. Where it fails it is watched as well. `ended`: live
   * queries of this window that are over.
   */
  'live.watch': {
    input: z.strictObject({
      id: WatchId,
      name: z.string().max(40),
      input: z.unknown(),
      ended: z.union([z.literal('all'), z.array(WatchId).max(1_000)]),
    }),
    output: z.unknown(),
  },
  'live.end': { input: z.strictObject({ ended: z.array(WatchId).max(1_000) }), output: done },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

const ofRows = ['tickets', 'snoozes', 'reads', 'operations', 'drafts', 'staff'] as const;

/** The calls that can be watched, and what each depends on. */
export const liveQueries = {
  'staff.list': { topics: ['staff'] },
  'macros.list': { topics: ['macros'] },
  'views.counts': { topics: ofRows },
  'views.saved': { topics: [...ofRows, 'settings'] },
  'tickets.list': { topics: ofRows },
  /** It names other tickets of its customer. */
  'thread.get': { topics: ['tickets'], ofItsTicket: ['snoozes', 'reads', 'operations', 'drafts'] },
  'search.query': { topics: ofRows },
  'outbox.list': { topics: ['tickets', 'operations'] },
  'outbox.journal': { topics: ['tickets', 'operations'] },
  'outbox.bin': { topics: ['tickets', 'operations'] },
} as const satisfies Partial<Record<keyof typeof bridgeCalls, Dependence>>;
export type LiveName = keyof typeof liveQueries;

export const bridgeEvents = {
  /** The progress of a bulk change. */
  'bulk.changed': Bulk,
  'sync.changed': SyncState,
  'session.changed': SessionState,
  /** For the loopback shell, whose window shows the banners itself. */
  'notification.show': NotificationPayload,
  /**
   * The number of tickets with news that the agent has not seen and wants counted on the app's
   * icon.
   */
  'badge.changed': z.object({ count: z.number().int() }),
  /** Open this ticket at its first unread message (a click on a banner). */
  'ticket.open': z.object({ ticket_id: Uuid }),
  'presence.changed': PresenceView,
  /** To the window that watches it. */
  'live.changed': LiveResult,
} as const satisfies Record<string, z.ZodType>;

export type CallName = keyof typeof bridgeCalls;
export type CallInput<N extends CallName> = z.input<(typeof bridgeCalls)[N]['input']>;
export type CallOutput<N extends CallName> = z.output<(typeof bridgeCalls)[N]['output']>;
export type EventName = keyof typeof bridgeEvents;
export type EventPayload<N extends EventName> = z.output<(typeof bridgeEvents)[N]>;

export const callNames = Object.keys(bridgeCalls) as CallName[];
export const eventNames = Object.keys(bridgeEvents) as EventName[];

/**
 * The result of every call, on either transport. `revision`: how much the desk had committed by then;
 * what was pushed with a lower one knows nothing of this call.
 */
export const CallResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown(), revision: z.number().int().optional() }),
  z.object({ ok: z.literal(false), error: BridgeErrorShape }),
]);
export type CallResult = z.infer<typeof CallResult>;

/**
 * The bridge as the window sees it: `window.staffdesk` in Electron, built over HTTP in the loopback
 * shell.
 */
export interface StaffdeskBridge {
  shell: 'electron' | 'loopback';
  call(name: CallName, input: unknown): Promise<CallResult>;
  on(name: EventName, listener: (payload: unknown) => void): () => void;
}
