import { z } from 'zod';
import { maxMessageLength, TicketBase, TicketChange } from '../contract/api.ts';
import { TicketStatus, Uuid } from '../contract/entities.ts';
import { assertNever } from './assert-never.ts';
import { waitsForReply } from './snooze.ts';

/** The version of the payload shapes below; a stored operation keeps the one it was written with. */
export const payloadVersion = 1;

const message = z.object({ text: z.string().min(1).max(maxMessageLength) });

/** What the agent meant, never the HTTP call: one member per intent. `reply` and `note` are different kinds (R2). */
export const OperationIntent = z.discriminatedUnion('kind', [
  message.extend({ kind: z.literal('reply') }),
  message.extend({ kind: z.literal('note'), mentions: z.array(Uuid).default([]) }),
  z.object({ kind: z.literal('change'), change: TicketChange, base: TicketBase }),
  /** `before` is the status that the author saw, `snoozed` the snooze that closing ends, both for an undo. */
  z.object({ kind: z.literal('close'), before: z.string().optional(), snoozed: z.string().optional() }),
  z.object({ kind: z.literal('reopen') }),
]);
export type OperationIntent = z.infer<typeof OperationIntent>;
export type OperationKind = OperationIntent['kind'];

/** An entry that this version cannot read is kept and shown as it is, never dropped (R5). */
export type StoredIntent = OperationIntent | { kind: 'unreadable'; raw: string };

/**
 * Where an operation stands. `held`: in its undo window, or left there when the app was quit; only a timer of the same run
 * or the agent lets it go. `acked` and `discarded` are kept as the journal and the bin.
 */
export type OperationState = 'held' | 'queued' | 'inflight' | 'acked' | 'parked' | 'discarded';

export const parkReasons = {
  conflict: 'Someone else changed the same field.',
  stale: 'Something new was written after what you saw.',
  lost: 'The server does not have this any more: it was set back to an older state.',
  'ticket-merged': 'The ticket was merged into another one.',
  'ticket-gone': 'The ticket is not there any more.',
  'ticket-closed': 'The ticket was closed before this went out. Reopen it, then retry.',
  'not-allowed': 'Your account may not do this any more.',
  'not-supported': 'This server cannot do that.',
  'unknown-outcome': 'Unknown - check. It may have arrived: look at the thread, then retry or discard.',
  refused: 'The server did not accept it.',
  unreadable: 'This entry cannot be read by this version of Staffdesk.',
} as const;
export type ParkReason = keyof typeof parkReasons;

export interface Operation {
  id: string;
  seq: number;
  accountId: string;
  ticketId: string;
  intent: StoredIntent;
  state: OperationState;
  attempts: number;
  /** By this machine's clock, for showing. */
  createdAt: number;
  parked: { reason: ParkReason; detail: string | null } | null;
  /** Key of the newest message that the author saw (server time in microseconds); null: not judged. */
  seenThrough: number | null;
}

/** An operation that has ended: sent, or discarded by the agent. */
export interface SettledOperation extends Operation {
  /** Server time in ms. */
  settledAt: number;
  serverId: string | null;
}

/** What can be taken back by an operation of its own: the opposite change, made against what this one set. Null for messages. */
export function inverseOf(intent: StoredIntent): OperationIntent | null {
  switch (intent.kind) {
    case 'close': return { kind: 'change', change: { status: TicketStatus.safeParse(intent.before).data ?? 'open', ...(intent.snoozed === undefined ? {} : { snoozed_until: intent.snoozed }) }, base: { status: 'closed' } };
    case 'reopen': return { kind: 'close', before: 'open' };
    case 'change': return inverseChange(intent);
    case 'reply':
    case 'note':
    case 'unreadable': return null;
    default: return assertNever(intent);
  }
}

function inverseChange({ change, base }: Extract<OperationIntent, { kind: 'change' }>): OperationIntent | null {
  const { tags, ...fields } = change;
  const before = TicketChange.safeParse(Object.fromEntries(Object.keys(fields).map((field) => [field, base[field as keyof TicketBase]])));
  if (!before.success) return null;
  return { kind: 'change', base: fields, change: { ...before.data, ...(tags ? { tags: { add: tags.remove, remove: tags.add } } : {}) } };
}

/** One line for a person: the text, or what is set to what. `staffName` turns an id into a name. */
export function describeIntent(intent: StoredIntent, staffName: (id: string) => string): string {
  switch (intent.kind) {
    case 'reply':
    case 'note':
      return intent.text;
    case 'close':
      return 'Close the ticket';
    case 'reopen':
      return 'Reopen the ticket';
    case 'change':
      return describeChange(intent.change, staffName);
    case 'unreadable':
      return parkReasons.unreadable;
    default:
      return assertNever(intent);
  }
}

const fieldNames: Record<string, string> = { status: 'Status', priority: 'Priority', category: 'Category', assignee_id: 'Assignee', subject: 'Subject', snoozed_until: 'Snoozed' };

function describeChange({ tags, ...fields }: TicketChange, staffName: (id: string) => string): string {
  const parts = Object.entries(fields).map(([field, value]) => `${fieldName(field)}: ${fieldValue(field, value ?? null, staffName)}`);
  for (const tag of tags?.add ?? []) parts.push(`Add tag ${tag}`);
  for (const tag of tags?.remove ?? []) parts.push(`Remove tag ${tag}`);
  return parts.join(', ');
}

/** A field's name for a person. */
export function fieldName(field: string): string {
  return fieldNames[field] ?? words(field);
}

/** A field's value for a person. */
export function fieldValue(field: string, value: string | null, staffName: (id: string) => string): string {
  if (field === 'assignee_id') return value === null ? 'nobody' : staffName(value);
  if (field === 'snoozed_until') return value === null ? 'no' : untilWords(Date.parse(value));
  return value === null ? 'none' : field === 'subject' ? value : words(value);
}

function untilWords(at: number): string {
  return waitsForReply(at) ? 'until the customer replies' : `until ${new Date(at).toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })}`;
}

/** Which fields of a ticket an intent sets. Tags are a set and clash with nothing. */
export function touchedFields(intent: StoredIntent): string[] {
  if (intent.kind === 'close' || intent.kind === 'reopen') return ['status'];
  return intent.kind === 'change' ? Object.keys(intent.change).filter((field) => field !== 'tags') : [];
}

function words(value: string): string {
  const text = value.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
