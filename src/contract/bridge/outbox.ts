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
 * How long it can be undone, where it cannot be once it is sent: it is held that long. 0: not at
 * all. Absent: also afterwards.
 */
export const UndoMs = Ms.optional();

/**
 * A field that two people changed: what the author saw, what they want, what the server has. Values
 * as on the wire; the window words them.
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
  /** Of a message, and of what cannot be read; else null. */
  text: z.string().nullable(),
  /** With kind `change`: what it sets. */
  change: TicketChange.nullable(),
  state: z.enum(['held', 'queued', 'sending', 'needs-you']),
  held_ms: Ms.nullable(),
  reason: ParkReason.nullable(),
  attempts: z.number().int(),
  /** Answers in a row that were not to this operation: something between mixes them up. */
  odd_answers: z.number().int().default(0),
  created_at: Ms,
  /** With reason `conflict`. */
  conflicts: z.array(FieldConflict),
  /** With reason `stale`: what was written since, oldest first. */
  newer: z.array(ThreadMessage),
  /** With reason `ticket-merged`: where the conversation went on, where it is known here. */
  merged_into: z.object({ id: Uuid, subject: z.string() }).nullable(),
  /** Waits behind an operation of its ticket that needs the agent. */
  behind: z.boolean(),
  /** The one of its ticket that it waits for. */
  waits_for: Uuid.nullable().default(null),
  /**
   * The id of the message that this was sent with, the message itself included; null for what
   * stands alone.
   */
  unit: Uuid.nullable().default(null),
  /** With a message: what was sent with it, as the agent chose it. */
  sent_with: z
    .object({ actions: SendActions, finish: SendFinish.nullable() })
    .nullable()
    .default(null),
});
export type OutboxItem = z.infer<typeof OutboxItem>;

/**
 * An operation that has ended: a line of the sent journal or of the bin. `id` was its
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

/** What became of one part of a message and the changes that went with it. */
export const UnitPart = z.object({
  id: Uuid,
  kind: OutboxItem.shape.kind,
  state: z.enum(['waiting', 'done', 'needs-you', 'discarded']),
});
export type UnitPart = z.infer<typeof UnitPart>;

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

/**
 * Where a ticket of a bulk stands. `todo`: its operation is not queued yet; `skipped`: it was so
 * already.
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
  /** The agent took it back. */
  undone: z.boolean(),
  total: z.number().int(),
  /** In the answer to its start. */
  undo_ms: UndoMs,
  counts: z.record(BulkOutcome, z.number().int()),
});
export type Bulk = z.infer<typeof Bulk>;

/**
 * What became of one ticket of a bulk. `reason` with `needs-you` and, by what stopped it here, with
 * `failed`.
 */
export const BulkResult = z.object({
  ticket_id: Uuid,
  subject: z.string(),
  requester: z.string(),
  outcome: BulkOutcome,
  reason: z.union([ParkReason, BridgeErrorCode]).nullable(),
});
export type BulkResult = z.infer<typeof BulkResult>;
