import type { TicketFilter } from '../contract/bridge.ts';
import type { Condition } from './search-query.ts';
import { tagKey } from './tags.ts';

/** The filter of a list as conditions of a search. */
export function conditionsOf(filter: TicketFilter): Condition[] {
  const not = false;
  const fields = (['status', 'priority', 'category'] as const).flatMap((kind): Condition[] => {
    const values = filter[kind];
    return values ? [{ kind, not, values }] : [];
  });
  return [
    ...fields,
    ...(filter.assignee ? [{ kind: 'assignee' as const, not, ids: filter.assignee }] : []),
    ...(filter.tag ? [{ kind: 'tag' as const, not, tags: filter.tag.map(tagKey) }] : []),
    ...(filter.unread ? [{ kind: 'unread' as const, not }] : []),
  ];
}
