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

export * from './bridge/outbox.ts';
export * from './bridge/session.ts';
export * from './bridge/settings.ts';
export * from './bridge/tickets.ts';

/**
 * Every call and event between window and desk, said once; their shapes stand in bridge/. Main,
 * preload, loopback and renderer derive from these maps. Times are milliseconds since the epoch, by
 * the server's clock unless a name says otherwise.
 */

const Ms = z.number().int();
const DraftText = z.string().max(maxDraftLength);

/** `saved_at` names a state of a draft; null: there is no draft. */
const draftState = z.object({ saved_at: Ms.nullable() });
/**
 * The state of the draft that the window knows; what was written elsewhere since is not lost. Left
 * out: nobody says.
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
 * The newest message of the server that was on screen when the agent decided; absent: what the desk
 * has.
 */
const seen = Uuid.nullable().optional();
/**
 * The window's name for one decision of the agent. Repeated because no answer came, it finds what
 * it made the first time.
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
   * Ends the session and hides its cache. Drafts and waiting operations stay, for the same account
   * only.
   */
  'session.signOut': { input: done, output: SessionState },
  /**
   * The agent says that a server that was known at another address, or before it was copied or
   * restored, is the one that is signed in to: its work here goes on there.
   */
  'session.takeOver': {
    input: z.strictObject({ key: z.string().min(1).max(400) }),
    output: SessionState,
  },
  'sync.get': { input: done, output: SyncState },
  'sync.detail': { input: done, output: SyncDetail },
  /**
   * Tries now instead of at the next planned attempt: the agent asked, or the network or the
   * machine came back.
   */
  'sync.retry': { input: done, output: done },
  'staff.list': { input: done, output: z.array(StaffMember) },
  'views.counts': {
    input: done,
    output: z.array(z.object({ view: ViewId, count: z.number().int(), unread: z.number().int() })),
  },
  /** As views.counts, of the agent's own views. */
  'views.saved': {
    input: done,
    output: z.array(z.object({ id: Uuid, count: z.number().int(), unread: z.number().int() })),
  },
  /**
   * A window of a view: behind `after`, which is a row's `position` or the `next` of the window
   * before it, or from the row with the number `at` on. `first` is the number of the first row that
   * is answered. `kept`: the rows of `keep` that are in the view, wherever.
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
  /** Every tag in use and how many tickets have it, the most used first. */
  'tags.list': {
    input: done,
    output: z.array(z.object({ tag: z.string(), count: z.number().int() })),
  },
  /**
   * Answers once it is durable which tickets are meant; their operations follow, an event tells how
   * far they are.
   */
  'bulk.start': {
    input: z.strictObject({ target: BulkTarget, action: BulkAction, attempt }),
    output: Bulk,
  },
  /** The last ones, newest first. */
  'bulk.list': { input: done, output: z.array(Bulk) },
  /** With what became of each ticket: first what needs the agent. */
  'bulk.get': {
    input: z.strictObject({ bulk_id: Uuid, limit: z.number().int().min(1).max(1000) }),
    output: z.object({ bulk: Bulk, results: z.array(BulkResult) }),
  },
  /** Takes all of it back: what has not gone out is dropped, else the opposite is sent. */
  'bulk.undo': { input: z.strictObject({ bulk_id: Uuid }), output: Bulk },
  /** Tries what failed again, and sends what needs the agent as 'mine' or 'anyway'. */
  'bulk.retry': { input: z.strictObject({ bulk_id: Uuid }), output: Bulk },
  /**
   * `reach` widens the newest window back to the first unread message, or to the one named, with
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
   * Brings a ticket that is not kept on this computer; answers its id, or that of the ticket that
   * took it over.
   */
  'thread.fetch': { input: ticketId, output: ticketId },
  /** Solved tickets like this one, the likest first. */
  'thread.similar': { input: ticketId, output: z.object({ tickets: z.array(SimilarTicket) }) },
  /**
   * `state`: what of the thread was on screen, by its `unread_state`. Where more has come since,
   * that was not seen, and nothing changes.
   */
  'thread.markRead': {
    input: ticketId.extend({ state: z.string().max(100).optional() }),
    output: done,
  },
  /** `indexing`: some messages cannot be found yet, mostly old ones of a full copy. */
  'search.query': {
    input: z.strictObject({
      query: z.string().max(500),
      limit: z.number().int().min(1).max(200),
      /** What to try where nothing is found. */ steps: z.boolean().optional(),
    }),
    output: z.object({
      hits: z.array(SearchHit),
      problems: z.array(SearchProblem),
      indexing: z.boolean(),
      steps: z.array(SearchStep),
    }),
  },
  /**
   * The same words among the closed tickets that are not kept on this computer, asked of the
   * server: newest first, at most `limit`.
   */
  'search.older': {
    input: z.strictObject({ query: z.string().max(500), limit: z.number().int().min(1).max(100) }),
    output: z.object({ tickets: z.array(OlderTicket) }),
  },
  /** What was searched for and led somewhere, newest first. */
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
   * Answers after the commit: the operation is durable, and with it what goes with it; the draft
   * that it was sent from is removed in the same transaction. One that another window wrote stays.
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
       * Earlier attempts with other words, whose answers never came: where one of them arrived, it
       * is returned and nothing is queued.
       */
      unless: z.array(Uuid).max(20).optional(),
    }),
    output: queued.extend({ held_ms: Ms }),
  },
  /** A message and what was sent with it, in their order, with what became of each. */
  'compose.unit': { input: z.strictObject({ unit: Uuid }), output: z.array(UnitPart) },
  /**
   * Takes a message that has not gone out back into its composer, before what is there, with the
   * changes that were to go with it; it stays in the bin as well.
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
       * Of a send of this text that has no answer yet: where that arrived, the text is no draft,
       * and the message is returned.
       */
      attempt,
      /**
       * Whose text it is: an agent who has signed out meanwhile, in another window, still has it
       * kept. Absent: who is signed in.
       */
      account: Uuid.optional(),
    }),
    output: draftState.extend({ sent: queued.extend({ held_ms: Ms }).optional() }),
  },
  'draft.versions': {
    input: z.strictObject({ ticket_id: Uuid, kind: MessageKind }),
    output: z.array(DraftVersion),
  },
  /** `through_replies`: a snooze that the customer's reply does not end, on this desk. */
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
   * Takes a change, close or reopen back: dropped where it has not gone out, else the opposite is
   * sent.
   */
  'triage.undo': {
    input: operationId,
    output: z.object({ result: z.enum(['dropped', 'reversed']) }),
  },
  'outbox.list': { input: done, output: z.array(OutboxItem) },
  /**
   * Sends a parked operation again; a conflict is sent with what the server has now as its base
   * ('use mine'), a stale one as it is ('send anyway').
   */
  'outbox.retry': { input: operationId, output: done },
  'outbox.discard': { input: operationId, output: done },
  /**
   * Decides a conflict by field: `mine` are sent against what the server has now, the other
   * clashing ones are dropped.
   */
  'outbox.resolve': {
    input: z.strictObject({ operation_id: Uuid, mine: z.array(z.string().max(40)).max(20) }),
    output: done,
  },
  /** Sends what was meant for a merged ticket to the one that took it over. */
  'outbox.repost': { input: operationId, output: queued },
  /** Discarded in the last 30 days, newest first. */
  'outbox.bin': { input: done, output: z.array(JournalItem) },
  /** Puts a discarded message back into its composer. */
  'outbox.restore': { input: operationId, output: back },
  /** What the server has confirmed, newest first. */
  'outbox.journal': {
    input: z.strictObject({ limit: z.number().int().min(1).max(1000) }),
    output: z.array(JournalItem),
  },
  /**
   * 'Did it go out twice?': how a message of this desk reached the server; null for one that was
   * not sent from here.
   */
  'message.receipt': {
    input: z.strictObject({ message_id: Uuid }),
    output: JournalItem.nullable(),
  },
  'settings.get': { input: done, output: Settings },
  'settings.set': { input: SettingsChange, output: Settings },
  'storage.get': { input: done, output: Storage },
  /**
   * Removes the copy of the server and loads it again. What waits to be sent, drafts and settings
   * stay as they are.
   */
  'storage.clear': { input: done, output: done },
  'about.get': { input: done, output: About },
  /** Which ticket is in front of the agent, so that no notification is raised for it. */
  'window.front': {
    input: z.strictObject({ ticket_id: Uuid.nullable(), focused: z.boolean() }),
    output: done,
  },
  'macros.list': { input: done, output: z.array(MacroItem) },
  /**
   * What this agent does, for colleagues; said again while they are at it. Null: no ticket in front
   * of them, or nobody at the window.
   */
  'presence.tell': {
    input: z.strictObject({ ticket_id: Uuid.nullable(), replying: z.boolean() }),
    output: done,
  },
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
