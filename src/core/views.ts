import type { TicketFilter, ViewId } from '../contract/bridge.ts';
import { hasTag } from './tags.ts';

/** Views defined by a rule over ticket fields. `drafts` is a list of tickets from outbox.db. */
export type RuleView = Exclude<ViewId, 'drafts'>;

export interface ViewFields {
  status: string;
  priority: string;
  assignee_id: string | null;
  snoozed_until: number | null;
}

/**
 * True for a ticket that still needs work. An unknown status counts as active, so that such a
 * ticket is never hidden.
 */
export function isActive(status: string): boolean {
  return status !== 'resolved' && status !== 'closed';
}

/** The ids of colleagues whose accounts are deactivated. */
export type Gone = ReadonlySet<string>;
const nobodyGone: Gone = new Set();

/**
 * True if somebody has to take a ticket: it has no assignee, or one whose account is deactivated.
 */
export function isUnassigned(assigneeId: string | null, gone: Gone): boolean {
  return assigneeId === null || gone.has(assigneeId);
}

/**
 * True if a ticket belongs in a view, for the agent `me` at the server's time `now`. The desk has
 * the same rules in SQL; a test compares them.
 */
export function inView(
  view: RuleView,
  ticket: ViewFields,
  me: string,
  now: number,
  gone: Gone = nobodyGone,
): boolean {
  const snoozed = ticket.snoozed_until !== null && ticket.snoozed_until > now;
  const active = isActive(ticket.status);
  switch (view) {
    case 'mine':
      return active && !snoozed && ticket.assignee_id === me;
    case 'unassigned':
      return active && !snoozed && isUnassigned(ticket.assignee_id, gone);
    case 'open':
      return active && !snoozed;
    case 'urgent':
      return active && !snoozed && ticket.priority === 'urgent';
    case 'waiting':
      return !snoozed && ticket.status === 'waiting';
    case 'snoozed':
      return active && snoozed;
    case 'closed':
      return !active;
    case 'all':
      return true;
  }
}

export interface FilterFields {
  status: string;
  priority: string;
  category: string;
  assignee_id: string | null;
  tags: readonly string[];
  unread: boolean;
}

/** True if a ticket passes a filter; the desk has the same in SQL (ticket-list.ts). */
export function passes(
  filter: TicketFilter,
  ticket: FilterFields,
  gone: Gone = nobodyGone,
): boolean {
  return (
    (filter.status?.includes(ticket.status) ?? true) &&
    (filter.priority?.includes(ticket.priority) ?? true) &&
    (filter.category?.includes(ticket.category) ?? true) &&
    (filter.assignee === undefined || isAssignedTo(filter.assignee, ticket.assignee_id, gone)) &&
    (filter.tag?.some((tag) => hasTag(ticket.tags, tag)) ?? true) &&
    (filter.unread === undefined || ticket.unread)
  );
}

/** True if a ticket is assigned to one of these; null stands for nobody. */
export function isAssignedTo(
  ids: readonly (string | null)[],
  assigneeId: string | null,
  gone: Gone,
): boolean {
  return ids.includes(assigneeId) || (ids.includes(null) && isUnassigned(assigneeId, gone));
}
