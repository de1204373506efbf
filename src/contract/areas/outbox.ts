import { z } from 'zod';
import { TicketChange } from '../wire/api.ts';
import { Uuid } from '../wire/entities.ts';
import { SendActions, SendFinish } from './message.ts';
import { ParkReason } from './parking.ts';
import { type AreaContract, Ms, done, operationId, queued } from './parts.ts';
import { ThreadMessage } from './tickets.ts';

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
  state: z.enum(['held', 'queued', 'sending', 'not-sent']),
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
  state: z.enum(['waiting', 'done', 'not-sent', 'discarded']),
});
export type UnitPart = z.infer<typeof UnitPart>;

/** Operations and their outcomes. */
export const outboxContract = {
  calls: {
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
    /** Operations discarded in the last 30 days, newest first. */
    'outbox.bin': { input: done, output: z.array(JournalItem) },
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
  },
  live: {
    'outbox.list': { topics: ['tickets', 'operations'] },
    'outbox.journal': { topics: ['tickets', 'operations'] },
    'outbox.bin': { topics: ['tickets', 'operations'] },
  },
} as const satisfies AreaContract;
