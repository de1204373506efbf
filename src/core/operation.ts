import { z } from 'zod';
import { maxMessageLength, TicketBase, TicketChange } from '../contract/api.ts';
import { Uuid } from '../contract/entities.ts';
import { assertNever } from './assert-never.ts';

/** The version of the payload shapes below; a stored operation keeps the one it was written with. */
export const payloadVersion = 1;

const message = z.object({ text: z.string().min(1).max(maxMessageLength) });

/** What the agent meant, never the HTTP call: one member per intent. `reply` and `note` are different kinds (R2). */
export const OperationIntent = z.discriminatedUnion('kind', [
  message.extend({ kind: z.literal('reply') }),
  message.extend({ kind: z.literal('note'), mentions: z.array(Uuid).default([]) }),
  z.object({ kind: z.literal('change'), change: TicketChange, base: TicketBase }),
  z.object({ kind: z.literal('close') }),
  z.object({ kind: z.literal('reopen') }),
]);
export type OperationIntent = z.infer<typeof OperationIntent>;
export type OperationKind = OperationIntent['kind'];

/** An entry that this version cannot read is kept and shown as it is, never dropped (R5). */
export type StoredIntent = OperationIntent | { kind: 'unreadable'; raw: string };

/** Where an operation stands. `acked` and `discarded` are kept as the journal and the bin. */
export type OperationState = 'queued' | 'inflight' | 'acked' | 'parked' | 'discarded';

export const parkReasons = {
  conflict: 'Someone else changed the same field.',
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

function describeChange(change: TicketChange, staffName: (id: string) => string): string {
  const parts: string[] = [];
  if (change.status !== undefined) parts.push(`Status: ${words(change.status)}`);
  if (change.priority !== undefined) parts.push(`Priority: ${words(change.priority)}`);
  if (change.category !== undefined) parts.push(`Category: ${words(change.category)}`);
  if (change.assignee_id !== undefined) parts.push(`Assignee: ${change.assignee_id === null ? 'nobody' : staffName(change.assignee_id)}`);
  if (change.subject !== undefined) parts.push(`Subject: ${change.subject}`);
  if (change.snoozed_until !== undefined) parts.push(change.snoozed_until === null ? 'Wake up' : 'Snooze');
  for (const tag of change.tags?.add ?? []) parts.push(`Add tag ${tag}`);
  for (const tag of change.tags?.remove ?? []) parts.push(`Remove tag ${tag}`);
  return parts.join(', ');
}

function words(value: string): string {
  const text = value.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
