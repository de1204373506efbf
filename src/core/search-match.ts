import type { Condition } from './search-query.ts';
import { tagKey } from './tags.ts';
import { isActive, isAssignedTo, type Gone } from './views.ts';

export interface MatchFields {
  status: string;
  priority: string;
  category: string;
  assignee_id: string | null;
  tags: readonly string[];
  snoozed_until: number | null;
}

/**
 * True if a ticket with its pending operations meets the conditions that an operation can change;
 * the other conditions need only the cache. The desk has the same rules in SQL (search-where.ts); a
 * test compares them.
 */
export function meets(
  conditions: readonly Condition[],
  ticket: MatchFields,
  now: number,
  gone: Gone = new Set(),
): boolean {
  return conditions.every((condition) => {
    const holds = meetsOne(condition, ticket, now, gone);
    return holds === null || holds !== condition.not;
  });
}

function meetsOne(
  condition: Condition,
  ticket: MatchFields,
  now: number,
  gone: Gone,
): boolean | null {
  switch (condition.kind) {
    case 'status':
    case 'priority':
    case 'category':
      return condition.values.includes(ticket[condition.kind]);
    case 'assignee':
      return isAssignedTo(condition.ids, ticket.assignee_id, gone);
    case 'tag':
      return ticket.tags.some((tag) => condition.tags.includes(tagKey(tag)));
    case 'snoozed':
      return ticket.snoozed_until !== null && ticket.snoozed_until > now;
    case 'open':
      return isActive(ticket.status);
    case 'closed':
      return !isActive(ticket.status);
    default:
      return null;
  }
}
