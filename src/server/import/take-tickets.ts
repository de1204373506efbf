import type { Tx } from '../db/pool.ts';
import type { Counts } from './counts.ts';
import { count } from './stage.ts';

/**
 * Imports tickets that are not here yet, then the changes there of tickets that nobody has changed
 * here.
 */
export async function takeTickets(tx: Tx): Promise<Counts> {
  const found = await count(tx, 'in_tickets');
  await tx.query(`insert into imported_rows (kind, id, source_mark, own_mark)
    select 'ticket', i.id, i.mark, 'not of the import'
    from in_tickets i join support_tickets t on t.id = i.id
    on conflict do nothing`);
  const added = await tx.query(`
    with made as (
      insert into support_tickets (id, user_id, subject, category, priority, status, created_at,
        updated_at, resolved_at)
      select i.id, i.user_id, i.subject, i.category, i.priority, i.status, i.created_at, i.updated_at, i.resolved_at
      from in_tickets i join users u on u.id = i.user_id
      where not exists (select 1 from imported_rows r where r.kind = 'ticket' and r.id = i.id)
      returning id, version)
    insert into imported_rows (kind, id, source_mark, own_mark)
    select 'ticket', m.id, i.mark, m.version::text
    from made m join in_tickets i using (id)`);
  const changed =
    "in_tickets i join imported_rows r on r.kind = 'ticket' and r.id = i.id join " +
    'support_tickets t on t.id = i.id where r.source_mark <> i.mark';
  const kept = await count(tx, `${changed} and r.own_mark <> t.version::text`);
  const updated = await tx.query(`
    with moved as (
      update support_tickets t
      set subject = i.subject, category = i.category, priority = i.priority, status = i.status,
        resolved_at = i.resolved_at, updated_at = i.updated_at,
        snoozed_until = case when i.status = 'closed' then null else t.snoozed_until end
      from in_tickets i join imported_rows r on r.kind = 'ticket' and r.id = i.id
      where t.id = i.id and r.source_mark <> i.mark and r.own_mark = t.version::text
      returning t.id, t.version)
    update imported_rows r set own_mark = m.version::text from moved m where r.kind = 'ticket' and r.id = m.id`);
  await tx.query(
    `
      update imported_rows r set source_mark = i.mark
      from in_tickets i
      where r.kind = 'ticket' and r.id = i.id and r.source_mark <> i.mark`,
  );
  return { found, added: added.rowCount ?? 0, updated: updated.rowCount ?? 0, kept };
}

/**
 * Updates counts, preview and times of the tickets whose conversation has grown. A customer's new
 * message in a ticket that was changed here since makes it wait for a reply, even if it was closed:
 * it would be missed otherwise.
 */
export async function showConversations(tx: Tx): Promise<void> {
  await tx.query(`
    with last as (
      select distinct on (m.ticket_id) m.ticket_id, m.created_at, m.staff_id is not null as is_staff, i.preview
      from touched x join support_messages m on m.ticket_id = x.id left join in_messages i on i.id = m.id
      where not m.is_internal order by m.ticket_id, m.created_at desc, m.id desc),
    shown as (
      update support_tickets t set
        public_messages = (select count(*) from support_messages m where m.ticket_id = t.id and not m.is_internal),
        last_message_at = l.created_at,
        last_preview = coalesce(l.preview, t.last_preview), last_is_staff = case
          when l.preview is null then t.last_is_staff else l.is_staff end,
        updated_at = greatest(t.updated_at, l.created_at),
        status = case when x.has_new_words and not l.is_staff
          and r.own_mark <> t.version::text then 'waiting' else t.status end,
        snoozed_until = case when x.has_new_words and not l.is_staff then null else t.snoozed_until end,
        resolved_at = case when x.has_new_words and not l.is_staff
          and r.own_mark <> t.version::text then null else t.resolved_at end
      from touched x join last l on l.ticket_id = x.id left join imported_rows r on r.kind = 'ticket' and r.id = x.id
      where t.id = x.id
      returning t.id, t.version)
    update imported_rows r set own_mark = s.version::text
    from shown s
    where r.kind = 'ticket' and r.id = s.id and r.own_mark = (s.version - 1)::text`);
}
