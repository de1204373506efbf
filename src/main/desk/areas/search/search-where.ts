import { assertNever } from '../../../../core/assert-never.ts';
import type { Condition } from '../../../../core/search-query.ts';
import { personMatch } from '../../../../core/search-text.ts';
import { goneStaffSql } from '../tickets/staff.ts';

/** Values of one statement, by name. */
export interface Bound {
  values: Record<string, string | number | null>;
  add(value: string | number | null): string;
}

export function createBound(): Bound {
  const values: Bound['values'] = {};
  return {
    values,
    add(value) {
      const name = `v${Object.keys(values).length}`;
      values[name] = value;
      return `@${name}`;
    },
  };
}

export interface SearchScope {
  /** Server time in ms. */
  now: number;
  drafts: readonly string[];
  /** Tickets with open operations: what those can change is decided over their rows, not here. */
  overlaid: readonly string[];
  /** How a tag is spelled in the cache, by its folded name. */
  spelled: (tag: string) => readonly string[];
}

/** Whether rows are messages `m` with their tickets `t`, or tickets alone. */
export type RowKind = 'message' | 'ticket';

const changeable = [
  'status',
  'priority',
  'category',
  'assignee',
  'tag',
  'snoozed',
  'open',
  'closed',
];

/**
 * The conditions as SQL over `t` and, for messages, `m`. core/search-match.ts has those that an
 * operation can change as a rule over rows.
 */
export function whereOf(
  conditions: readonly Condition[],
  kind: RowKind,
  scope: SearchScope,
  bound: Bound,
): string {
  const overlaid = scope.overlaid.length > 0 ? bound.add(JSON.stringify(scope.overlaid)) : null;
  return conditions
    .map((condition) => {
      const sql = `${condition.not ? 'not ' : ''}(${sqlOf(condition, kind, scope, bound)})`;
      return overlaid !== null && changeable.includes(condition.kind)
        ? ` and (t.id in (select value from json_each(${overlaid})) or ${sql})`
        : ` and ${sql}`;
    })
    .join('');
}

function sqlOf(condition: Condition, kind: RowKind, scope: SearchScope, bound: Bound): string {
  const list: ListSql = (values) =>
    `(select value from json_each(${bound.add(JSON.stringify(values))}))`;
  switch (condition.kind) {
    case 'status':
    case 'priority':
    case 'category':
      return `t.${condition.kind} in ${list(condition.values)}`;
    case 'assignee':
      return assigneeSql(condition, list);
    case 'tag':
      return (
        'exists (select 1 from ticket_tags g where g.ticket_id = t.id and g.tag in ' +
        `${list(condition.tags.flatMap(scope.spelled))})`
      );
    case 'from':
      return fromSql(condition, kind, list, bound);
    case 'before':
      return `${kind === 'message' ? 'm.created_at' : 't.activity_at'} < ${bound.add(condition.at)}`;
    case 'after':
      return `${kind === 'message' ? 'm.created_at' : 't.activity_at'} >= ${bound.add(condition.at)}`;
    case 'unread':
      return 'exists (select 1 from unread u where u.ticket_id = t.id)';
    case 'snoozed':
      return `ifnull(t.snoozed_until > ${bound.add(scope.now)}, 0)`;
    case 'open':
      return "t.status not in ('resolved', 'closed')";
    case 'closed':
      return "t.status in ('resolved', 'closed')";
    case 'note':
      return (
        'exists (select 1 from messages n indexed by messages_notes where n.ticket_id = t.id ' +
        'and n.is_internal = 1)'
      );
    case 'draft':
      return `t.id in ${list(scope.drafts)}`;
    default:
      return assertNever(condition);
  }
}

type ListSql = (values: readonly unknown[]) => string;

function assigneeSql({ ids }: Extract<Condition, { kind: 'assignee' }>, list: ListSql): string {
  const named = `ifnull(t.assignee_id in ${list(ids.filter((id) => id !== null))}, 0)`;
  return ids.includes(null)
    ? `t.assignee_id is null or ${named} or t.assignee_id in ${goneStaffSql}`
    : named;
}

function fromSql(
  { requester, authors }: Extract<Condition, { kind: 'from' }>,
  kind: RowKind,
  list: ListSql,
  bound: Bound,
): string {
  const parts: string[] = [];
  // Of a ticket it is asked who wrote only where nobody can be its requester: reading all messages
  // of each takes its time.
  if (authors.length > 0 && (kind === 'message' || requester === null))
    parts.push(
      kind === 'message'
        ? `ifnull(m.staff_id in ${list(authors)}, 0)`
        : `exists (select 1 from messages a where a.ticket_id = t.id and a.staff_id in ${list(authors)})`,
    );
  if (requester !== null)
    parts.push(
      `t.key in (select rowid from ticket_search where ticket_search match ${bound.add(requesterMatch(requester))})`,
    );
  return parts.join(' or ');
}

/** As an expression over the requester's columns of the index. */
export function requesterMatch(requester: string): string {
  return `{requester_name requester_email} : (${personMatch(requester) ?? '""'})`;
}
