import type { TextRow } from '../../db/pool.ts';
import { flag, quoted, textOf } from '../../http/json-text.ts';

/**
 * The columns that `ticketText` reads, as SQL on `t` and its requester `u`. Notes are counted for
 * staff only, and a ticket contains nothing else of them. How staff work on a ticket is private: a
 * customer sees no assignee, tags or snooze, and a version that grows with what they see and
 * reveals no counts.
 */
export const ticketColumns = (staff: boolean): string => `
  t.id, t.subject, t.category, t.priority, t.status, wire_time(t.created_at),
  wire_time(t.updated_at), wire_time(t.resolved_at), wire_time(t.last_message_at),
  u.id, u.full_name, u.email, ${staff ? staffColumns : customerColumns}, t.last_preview, t.last_is_staff`;

const staffColumns = `t.assignee_id, to_json(t.tags)::text, wire_time(t.snoozed_until), t.version,
  t.public_messages + (select count(*)::int from support_messages n where n.ticket_id = t.id and n.is_internal)`;
const customerColumns =
  "null, '[]', null, floor(extract(epoch from t.updated_at) * 1000)::bigint, t.public_messages";

/** The number of messages according to the ticket's row. */
export const messageCountOf = (row: TextRow): number => Number(row[16]);

/** A ticket in the form of the wire, as JSON. */
export function ticketText(row: TextRow): string {
  const [
    id,
    subject,
    category,
    priority,
    status,
    created,
    updated,
    resolved,
    lastMessage,
    requester,
    name,
    email,
    assignee,
    tags,
    snoozed,
    version,
    count,
    preview,
    lastIsStaff,
  ] = row;
  const person = `{"id":"${requester}","name":${textOf(name)},"email":${textOf(email)}}`;
  const last =
    typeof preview === 'string'
      ? `{"preview":${textOf(preview)},"is_staff":${flag(lastIsStaff)}}`
      : 'null';
  return (
    `{"id":"${id}","subject":${textOf(subject)},"category":"${category}",` +
    `"priority":"${priority}","status":"${status}","created_at":"${created}",` +
    `"updated_at":"${updated}","resolved_at":${quoted(resolved)},` +
    `"last_message_at":${quoted(lastMessage)},"requester":${person},` +
    `"assignee_id":${quoted(assignee)},"tags":${tags},"snoozed_until":${quoted(snoozed)},` +
    `"version":${version},"message_count":${count},"last_message":${last}}`
  );
}
