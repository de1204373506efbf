import { z } from 'zod';
import { TicketChange } from '../api.ts';
import { Uuid } from '../entities.ts';
import { BridgeErrorCode } from '../errors.ts';
import {
  ParkReason,
  SendActions,
  SendFinish,
  ThreadMessage,
  TicketFieldChange,
  TicketQuery,
} from './tickets.ts';

const Ms = z.number().int();

/**
 * How long it can be undone, if that is not possible once it is sent: it is held for that time. 0:
 * not at all. Absent: it can be undone even after it was sent.
 */
export const UndoMs = Ms.optional();

/**
 * A field that two people changed: the value that the author saw, the one they want and the
 * server's. As on the wire; the window translates them.
 */
export const FieldConflict = z.object({
  field: z.string(),
  base: z.string().nullable(),
  mine: z.string().nullable(),
  theirs: z.string().nullable(),
});
export type FieldConflict = z.infer<typeof FieldConflict>;

export const OutboxItem = z.object({
  id: Uuid,
  ticket_id: Uuid,
  subject: z.string(),
  kind: z.enum(['reply', 'note', 'change', 'close', 'reopen']),
  /** Of a message or of an unreadable operation; else null. */
  text: z.string().nullable(),
  /** With kind `change`: the fields that it sets. */
  change: TicketChange.nullable(),
  state: z.enum(['held', 'queued', 'sending', 'needs-you']),
  held_ms: Ms.nullable(),
  reason: ParkReason.nullable(),
  attempts: z.number().int(),
  /**
   * Consecutive responses that belonged to other operations: something on the way mixes them up.
   */
  odd_answers: z.number().int().default(0),
  created_at: Ms,
  /** With reason `conflict`. */
  conflicts: z.array(FieldConflict),
  /** With reason `stale`: the messages written since, oldest first. */
  newer: z.array(ThreadMessage),
  /**
   * With reason `ticket-merged`: the ticket that the conversation continues in, if it is on this
   * computer.
   */
  merged_into: z.object({ id: Uuid, subject: z.string() }).nullable(),
  /** It waits for an operation of its ticket that needs the agent. */
  behind: z.boolean(),
  /** The operation of its ticket that it waits for. */
  waits_for: Uuid.nullable().default(null),
  /**
   * The id of the message that this was sent with, or of the message itself; null if it was sent
   * alone.
   */
  unit: Uuid.nullable().default(null),
  /** With a message: the changes sent with it, as the agent chose them. */
  sent_with: z
    .object({ actions: SendActions, finish: SendFinish.nullable() })
    .nullable()
    .default(null),
});
export type OutboxItem = z.infer<typeof OutboxItem>;

/**
 * An operation that has ended: an entry of the sent journal or of the bin. `id`: its
 * Idempotency-Key on every try.
 */
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

/** The state of one part of a message sent with changes. */
export const UnitPart = z.object({
  id: Uuid,
  kind: OutboxItem.shape.kind,
  state: z.enum(['waiting', 'done', 'needs-you', 'discarded']),
});
export type UnitPart = z.infer<typeof UnitPart>;

/** A change of many tickets at once. `read`: marks them as read. */
export const BulkAction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('close') }),
  z.strictObject({ kind: z.literal('reopen') }),
  z.strictObject({ kind: z.literal('change'), change: TicketFieldChange }),
  z.strictObject({ kind: z.literal('read') }),
  z.strictObject({ kind: z.literal('unread') }),
]);
export type BulkAction = z.infer<typeof BulkAction>;

export const bulkLimit = 10_000;
/** Tickets by id, or all of a view with exceptions, including those that no window has loaded. */
export const BulkTarget = z.union([
  z.strictObject({ ids: z.array(Uuid).min(1).max(bulkLimit) }),
  z.strictObject({ query: TicketQuery, except: z.array(Uuid).max(bulkLimit) }),
]);
export type BulkTarget = z.infer<typeof BulkTarget>;

/**
 * The state of a ticket in a bulk change. `todo`: its operation is not queued yet; `skipped`:
 * nothing had to change.
 */
export const bulkOutcomes = [
  'todo',
  'waiting',
  'done',
  'needs-you',
  'failed',
  'skipped',
  'undone',
] as const;
export const BulkOutcome = z.enum(bulkOutcomes);
export type BulkOutcome = z.infer<typeof BulkOutcome>;

export const Bulk = z.object({
  id: Uuid,
  action: BulkAction,
  started_at: Ms,
  /** The agent undid it. */
  undone: z.boolean(),
  total: z.number().int(),
  /** Only in the response to its start. */
  undo_ms: UndoMs,
  counts: z.record(BulkOutcome, z.number().int()),
});
export type Bulk = z.infer<typeof Bulk>;

/**
 * The result for one ticket of a bulk change. `reason`: with `needs-you`, and with `failed` if it
 * was stopped on this computer.
 */
export const BulkResult = z.object({
  ticket_id: Uuid,
  subject: z.string(),
  requester: z.string(),
  outcome: BulkOutcome,
  reason: z.union([ParkReason, BridgeErrorCode]).nullable(),
});
export type BulkResult = z.infer<typeof BulkResult>;
