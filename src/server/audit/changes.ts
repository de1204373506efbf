import { row, rows, type Tx } from '../db/pool.ts';

/**
 * The subject of a write: the existing entities that it changes, and their kind, which is also that
 * of the one it creates.
 */
export interface Subject {
  kind: 'ticket' | 'macro';
  ids: string[];
}

/**
 * The fields that the log compares, for the ids in `param`. Texts are not among them: the log only
 * shows that a macro's text has changed.
 */
const states: Record<Subject['kind'], (param: string) => string> = {
  ticket: (param) => `
    select t.id, jsonb_build_object(
      'requester_id', t.user_id, 'subject', t.subject, 'category', t.category,
      'priority', t.priority, 'status', t.status, 'assignee_id', t.assignee_id, 'tags', t.tags,
      'snoozed_until', wire_time(t.snoozed_until)) as state
    from support_tickets t where t.id = any(${param})`,
  macro: (param) => `
    select m.id, jsonb_build_object(
      'name', m.name, 'text', 'sha256:' || encode(sha256(convert_to(m.text, 'UTF8')), 'hex'),
      'actions', m.actions) as state
    from support_macros m where m.id = any(${param})`,
};
const merged = (param: string): string =>
  `select g.id, jsonb_build_object('merged_into', g.into_id) as state from merged_tickets g where g.id = any(${param})`;

/**
 * The kind that the calls below a path are about. Throws for an unknown path, so that a new write
 * cannot stay unlogged.
 */
export function subjectKindOf(path: string): Subject['kind'] {
  if (path.startsWith('/support/tickets')) return 'ticket';
  if (path.startsWith('/support/macros')) return 'macro';
  throw new Error(`${path}: say in audit/changes.ts what a write there is about.`);
}

export type Before = Record<string, unknown>;

/**
 * Locks the subject of a write, in the order of ids so that no two writes deadlock. Returns its
 * state before the write.
 */
export async function lockSubject(tx: Tx, { kind, ids }: Subject): Promise<Before> {
  if (ids.length === 0) return {};
  return Object.fromEntries(
    (
      await rows<{ id: string; state: unknown }>(
        tx,
        `${states[kind]('$1')} order by id for update`,
        [ids],
      )
    ).map(({ id, state }) => [id, state]),
  );
}

export interface Write {
  actorId: string;
  route: string;
  subject: Subject;
  before: Before;
  answer: object;
}

/**
 * Adds a write to the audit log in its own transaction: an entry for each entity, with the fields
 * that have changed.
 */
export async function logWrite(
  tx: Tx,
  { actorId, route, subject, before, answer }: Write,
): Promise<void> {
  const made = 'id' in answer && typeof answer.id === 'string' ? answer.id : null;
  const ids = subject.ids.length > 0 ? subject.ids : [made];
  const isTicket = subject.kind === 'ticket';
  const other = made !== null && !ids.includes(made) ? made : null;
  const logged = await row<{ n: number }>(
    tx,
    `
    with logged as (
      insert into audit_log (actor_id, action, ticket_id, entity_id, changes)
      select $1, $2, case when $3 then i.id end, case when $3 then $4::uuid else i.id end,
        audit_changes($6::jsonb->(i.id::text), n.state)
      from unnest($5::uuid[]) with ordinality i(id, place) left join (${states[subject.kind]('$5')}
        union all ${merged('$5')}) n on n.id = i.id
      order by i.place
      returning 1)
    select count(*)::int as n from logged`,
    [actorId, route, isTicket, other, ids, JSON.stringify(before)],
  );
  if (logged?.n !== ids.length)
    throw new Error(`${route} left ${logged?.n ?? 0} audit entries instead of ${ids.length}`);
}
