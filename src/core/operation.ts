import { z } from 'zod';
import { maxMessageLength, TicketBase, TicketChange } from '../contract/wire/api.ts';
import type { ParkReason } from '../contract/bridge.ts';
import { TicketStatus, Uuid } from '../contract/wire/entities.ts';
import { assertNever } from './assert-never.ts';

/**
 * The version of the payload shapes below; a stored operation keeps the version that it was written
 * with.
 */
export const payloadVersion = 1;

const message = z.object({ text: z.string().min(1).max(maxMessageLength) });

/**
 * The agent's intent, never the HTTP call: one member per intent. `reply` and `note` are different
 * kinds (R2).
 */
export const OperationIntent = z.discriminatedUnion('kind', [
  message.extend({ kind: z.literal('reply') }),
  message.extend({ kind: z.literal('note'), mentions: z.array(Uuid).default([]) }),
  z.object({ kind: z.literal('change'), change: TicketChange, base: TicketBase }),
  /**
   * `before`: the status that the author saw; `snoozed`: the snooze that closing ends; both for an
   * undo.
   */
  z.object({
    kind: z.literal('close'),
    before: z.string().optional(),
    snoozed: z.string().optional(),
  }),
  z.object({ kind: z.literal('reopen') }),
]);
export type OperationIntent = z.infer<typeof OperationIntent>;

/** An entry that this version cannot read is kept and shown as it is, never dropped (R5). */
export type StoredIntent = OperationIntent | { kind: 'unreadable'; raw: string };

/**
 * The state of an operation. `held`: in its undo window, or left there when the app was quit; only
 * a timer of the same run or the agent releases it. `acked` and `discarded` are kept as the journal
 * and the bin.
 */
export type OperationState = 'held' | 'queued' | 'inflight' | 'acked' | 'parked' | 'discarded';

export type { ParkReason };

export interface Operation {
  id: string;
  seq: number;
  accountId: string;
  ticketId: string;
  intent: StoredIntent;
  state: OperationState;
  attempts: number;
  /** By this machine's clock, only to be shown. */
  createdAt: number;
  parked: { reason: ParkReason; detail: string | null } | null;
  /**
   * The key of the newest message that the author saw (server time in microseconds); null: not
   * checked.
   */
  seenThrough: number | null;
}

/** An operation that has ended: sent, or discarded by the agent. */
export interface SettledOperation extends Operation {
  /** Server time in ms. */
  settledAt: number;
  serverId: string | null;
}

/**
 * The operation that undoes an intent: the opposite change, with the values of this one as its
 * base. Null for messages.
 */
export function inverseOf(intent: StoredIntent): OperationIntent | null {
  switch (intent.kind) {
    case 'close':
      return {
        kind: 'change',
        change: {
          status: TicketStatus.safeParse(intent.before).data ?? 'open',
          ...(intent.snoozed === undefined ? {} : { snoozed_until: intent.snoozed }),
        },
        base: { status: 'closed' },
      };
    case 'reopen':
      return { kind: 'close', before: 'open' };
    case 'change':
      return inverseChange(intent);
    case 'reply':
    case 'note':
    case 'unreadable':
      return null;
    default:
      return assertNever(intent);
  }
}

function inverseChange({
  change,
  base,
}: Extract<OperationIntent, { kind: 'change' }>): OperationIntent | null {
  const { tags, ...fields } = change;
  const before = TicketChange.safeParse(
    Object.fromEntries(
      Object.keys(fields).map((field) => [field, base[field as keyof TicketBase]]),
    ),
  );
  if (!before.success) return null;
  return {
    kind: 'change',
    base: fields,
    change: { ...before.data, ...(tags ? { tags: { add: tags.remove, remove: tags.add } } : {}) },
  };
}

/** The fields of a ticket that an intent sets. Tags are a set and never conflict. */
export function touchedFields(intent: StoredIntent): string[] {
  if (intent.kind === 'close' || intent.kind === 'reopen') return ['status'];
  return intent.kind === 'change'
    ? Object.keys(intent.change).filter((field) => field !== 'tags')
    : [];
}
