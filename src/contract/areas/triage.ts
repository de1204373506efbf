import { z } from 'zod';
import {
  SettableTime,
  Tag,
  TicketCategory,
  TicketPriority,
  TicketStatus,
  Uuid,
} from '../wire/entities.ts';
import { BridgeErrorCode } from '../errors.ts';
import { ParkReason } from './parking.ts';
import {
  type AreaContract,
  Ms,
  attempt,
  done,
  operationId,
  queued,
  seen,
  ticketId,
} from './parts.ts';
import { TicketQuery } from './tickets.ts';

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

/**
 * How long it can be undone, if that is not possible once it is sent: it is held for that time. 0:
 * not at all. Absent: it can be undone even after it was sent.
 */
const UndoMs = Ms.optional();

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
  'not-sent',
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
 * The result for one ticket of a bulk change. `reason`: with `not-sent`, and with `failed` if it
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

/** Changes of one ticket and of many. */
export const triageContract = {
  calls: {
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
  },
  events: {
    /** The progress of a bulk change. */
    'bulk.changed': Bulk,
  },
} as const satisfies AreaContract;
