import type { TicketDetail, TicketRow } from '../../../../contract/bridge.ts';
import { snoozeOf } from '../../../../core/snooze.ts';
import { isActive } from '../../../../core/views.ts';
import { layOver, type TicketFields } from '../../../../core/overlay.ts';
import type { Operation } from '../../../../core/operation.ts';
import type { TicketRecord } from './tickets-table.ts';
import type { Sleep } from '../triage/snooze.ts';

/** A cached ticket in the shape that operations are laid over. */
export function toFields(record: TicketRecord, me: string): TicketRecord & TicketFields {
  return { ...record, preview_by: previewBy(record, me) };
}

function previewBy(record: TicketRecord, me: string): TicketFields['preview_by'] {
  if (record.preview_is_staff === null) return 'none';
  if (!record.preview_is_staff) return 'customer';
  return record.preview_staff_id === me ? 'me' : 'staff';
}

/** A list line: the truth with the ticket's open operations over it. */
export function toRow(
  record: TicketRecord,
  operations: readonly Operation[],
  me: string,
  draft: boolean,
  sleep: Sleep,
): TicketRow {
  const { ticket, overlay } = layOver(toFields(record, me), operations);
  const { until, snooze: found } = snoozeOf(ticket, sleep.local.get(record.id), sleep.now);
  // A resolved ticket neither sleeps nor wakes.
  const snooze = isActive(ticket.status) ? found : null;
  return {
    id: ticket.id,
    subject: ticket.subject,
    requester: ticket.requester_name,
    preview: ticket.preview,
    preview_by: ticket.preview_by,
    status: ticket.status,
    priority: ticket.priority,
    category: ticket.category,
    assignee_id: ticket.assignee_id,
    tags: ticket.tags,
    // One that has just woken stands on top of its view.
    activity_at: Math.max(ticket.activity_at, snooze?.state === 'woke' ? snooze.at : 0),
    snoozed_until: until,
    snooze,
    unread: ticket.unread,
    pending: overlay.pending,
    not_sent: overlay.notSent,
    draft,
  };
}

export function toDetail(
  record: TicketRecord,
  operations: readonly Operation[],
  me: string,
  draft: boolean,
  sleep: Sleep,
): TicketDetail {
  const { ticket, overlay } = layOver(toFields(record, me), operations);
  return {
    ...toRow(record, operations, me, draft, sleep),
    requester_id: ticket.requester_id,
    requester_email: ticket.requester_email,
    created_at: ticket.created_at,
    updated_at: ticket.updated_at,
    resolved_at: ticket.resolved_at,
    message_count: ticket.message_count,
    pending_fields: overlay.fields,
  };
}
