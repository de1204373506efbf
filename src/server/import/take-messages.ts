import type { Tx } from '../db/pool.ts';
import type { Counts } from './counts.ts';
import { count } from './stage.ts';
import { showConversations } from './take-tickets.ts';
import { addUnknownStaff } from './take-users.ts';

const ownMark = (m: string): string => `md5(${m}.message || ${m}.is_internal)`;

const markExisting = `
  insert into imported_rows (kind, id, source_mark, own_mark)
  select 'message', i.id, i.mark, 'not of the import'
  from in_messages i join support_messages m on m.id = i.id
  on conflict do nothing`;

/** `ends`: where the messages of a merged ticket belong, after any number of merges. */
const addNew = `
  with recursive places(id, into_id) as (
    select g.id, g.into_id from merged_tickets g
    union all select p.id, g.into_id from places p join merged_tickets g on g.id = p.into_id),
  ends as (select p.id, p.into_id from places p where not exists (select 1 from merged_tickets g
    where g.id = p.into_id)),
  made as (
    insert into support_messages (id, ticket_id, user_id, staff_id, message, is_internal, created_at)
    select i.id, t.id, i.user_id, i.staff_id, i.message, i.is_internal, i.created_at
    from in_messages i left join ends e on e.id = i.ticket_id
      join support_tickets t on t.id = coalesce(e.into_id, i.ticket_id)
    where not exists (select 1 from imported_rows r where r.kind = 'message' and r.id = i.id)
      and (i.staff_id is null or exists (select 1 from users u
        where u.id = i.staff_id)) and (i.user_id is null or exists (select 1 from users u
        where u.id = i.user_id))
    returning id, ticket_id, message, is_internal, staff_id),
  seen as (
    insert into touched (id, has_new_words)
    select ticket_id, bool_or(staff_id is null)
    from made
    group by ticket_id returning 1)
  insert into imported_rows (kind, id, source_mark, own_mark)
  select 'message', m.id, i.mark, ${ownMark('m')}
  from made m join in_messages i using (id)`;

const changedThere =
  "in_messages i join imported_rows r on r.kind = 'message' and r.id = i.id join " +
  'support_messages m on m.id = i.id where r.source_mark <> i.mark';

const updateUntouched = `
  with moved as (
    update support_messages m set message = i.message, is_internal = i.is_internal and m.staff_id is not null
    from in_messages i join imported_rows r on r.kind = 'message' and r.id = i.id
    where m.id = i.id and r.source_mark <> i.mark and r.own_mark = ${ownMark('m')}
    returning m.id, m.ticket_id, m.message, m.is_internal),
  seen as (insert into touched (id, has_new_words) select distinct ticket_id, false from moved
    on conflict do nothing returning 1)
  update imported_rows r set own_mark = ${ownMark('m')} from moved m where r.kind = 'message' and r.id = m.id`;

const markSeen = `
  update imported_rows r set source_mark = i.mark
  from in_messages i
  where r.kind = 'message' and r.id = i.id and r.source_mark <> i.mark`;

/**
 * Imports messages that are not here yet, into the ticket that theirs was merged into, and texts
 * that were changed there.
 */
export async function takeMessages(tx: Tx): Promise<Counts> {
  await addUnknownStaff(tx);
  const found = await count(tx, 'in_messages');
  await tx.query(markExisting);
  const added = await tx.query(addNew);
  const kept = await count(tx, `${changedThere} and r.own_mark <> ${ownMark('m')}`);
  const updated = await tx.query(updateUntouched);
  await tx.query(markSeen);
  await showConversations(tx);
  return { found, added: added.rowCount ?? 0, updated: updated.rowCount ?? 0, kept };
}
