import { assertNever } from './assert-never.ts';
import type { Operation, OperationIntent } from './operation.ts';
import { changeTags } from './tags.ts';
import { graphemes, plainText } from './text.ts';

/** The fields of a cached ticket that a pending operation can change. */
export interface TicketFields {
  status: string;
  priority: string;
  category: string;
  assignee_id: string | null;
  tags: string[];
  snoozed_until: number | null;
  subject: string;
  activity_at: number;
  preview: string;
  preview_by: 'customer' | 'staff' | 'me' | 'none';
  resolved_at: number | null;
}

export interface Overlay {
  pending: number;
  notSent: boolean;
  fields: string[];
}

/**
 * Lays the pending operations of one ticket over the server's state, in order, and names the fields
 * that they change. A conflicting change is left out: the server's value stays on screen until the
 * agent decides.
 */
export function layOver<T extends TicketFields>(
  truth: T,
  operations: readonly Operation[],
): { ticket: T; overlay: Overlay } {
  const ticket = { ...truth };
  const fields = new Set<string>();
  let pending = 0;
  let notSent = false;
  for (const operation of operations) {
    if (operation.state === 'parked') {
      notSent = true;
      continue;
    }
    pending += 1;
    for (const field of applyIntent(ticket, operation)) fields.add(field);
  }
  return { ticket, overlay: { pending, notSent, fields: [...fields] } };
}

function applyIntent(ticket: TicketFields, operation: Operation): string[] {
  const { intent } = operation;
  switch (intent.kind) {
    case 'reply':
      ticket.preview = previewOf(intent.text);
      ticket.preview_by = 'me';
      ticket.activity_at = Math.max(ticket.activity_at, operation.createdAt);
      if (ticket.status === 'open' || ticket.status === 'waiting') ticket.status = 'in_progress';
      return [];
    case 'note':
    case 'unreadable':
      return [];
    case 'close':
      ticket.status = 'closed';
      ticket.resolved_at = operation.createdAt;
      ticket.snoozed_until = null;
      return ['status'];
    case 'reopen':
      ticket.status = 'open';
      ticket.resolved_at = null;
      return ['status'];
    case 'change':
      return applyChange(ticket, intent.change);
    default:
      return assertNever(intent);
  }
}

type Change = Extract<OperationIntent, { kind: 'change' }>['change'];

/** The fields of a ticket that a change sets. */
type Changeable = Omit<TicketFields, 'activity_at' | 'preview' | 'preview_by' | 'resolved_at'>;

/** The ticket as it is once the change is made. */
export function withChange<T extends Changeable>(ticket: T, change: Change): T {
  const changed = { ...ticket };
  applyChange(changed, change);
  return changed;
}

function applyChange(ticket: Changeable, change: Change): string[] {
  if (change.status !== undefined) ticket.status = change.status;
  if (change.priority !== undefined) ticket.priority = change.priority;
  if (change.category !== undefined) ticket.category = change.category;
  if (change.assignee_id !== undefined) ticket.assignee_id = change.assignee_id;
  if (change.subject !== undefined) ticket.subject = change.subject;
  if (change.snoozed_until !== undefined)
    ticket.snoozed_until = change.snoozed_until === null ? null : Date.parse(change.snoozed_until);
  if (change.tags !== undefined) ticket.tags = changeTags(ticket.tags, change.tags);
  return Object.keys(change);
}

const longestPreview = 140;

/** The text without half a character at its end. */
const wholePairs = (text: string): string => text.replace(/[\uD800-\uDBFF]$/, '');

/**
 * The beginning of a message on one line, at most 140 code points, never cut inside a visible
 * character.
 */
export function previewOf(text: string): string {
  const line = plainText(wholePairs(text.slice(0, 1000)))
    .replace(/\s+/gu, ' ')
    .trim();
  if (line.length <= longestPreview || /^[ -~]*$/u.test(line))
    return line.slice(0, longestPreview).trimEnd();
  let preview = '';
  let left = longestPreview;
  for (const { segment } of graphemes(line)) {
    left -= [...segment].length;
    if (left < 0) break;
    preview += segment;
  }
  return preview;
}
