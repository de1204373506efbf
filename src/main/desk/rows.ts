import type { TicketDetail, TicketRow } from '../../contract/bridge.ts';
import type { TicketFields } from '../../core/overlay.ts';
import { layOver } from '../../core/overlay.ts';
import type { Operation } from '../../core/operation.ts';
import type { TicketRecord } from '../db/tickets.ts';

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
export function toRow(record: TicketRecord, operations: readonly Operation[], me: string, draft: boolean): TicketRow {
  const { ticket, overlay } = layOver(toFields(record, me), operations);
  return {
    id: ticket.id, subject: ticket.subject, requester: ticket.requester_name, preview: ticket.preview, preview_by: ticket.preview_by,
    status: ticket.status, priority: ticket.priority, category: ticket.category, assignee_id: ticket.assignee_id, tags: ticket.tags,
    activity_at: ticket.activity_at, snoozed_until: ticket.snoozed_until, unread: ticket.unread,
    pending: overlay.pending, needs_you: overlay.needsYou, draft,
  };
}

export function toDetail(record: TicketRecord, operations: readonly Operation[], me: string, draft: boolean): TicketDetail {
  const { ticket, overlay } = layOver(toFields(record, me), operations);
  return {
    ...toRow(record, operations, me, draft),
    requester_id: ticket.requester_id, requester_email: ticket.requester_email, created_at: ticket.created_at, updated_at: ticket.updated_at,
    resolved_at: ticket.resolved_at, message_count: ticket.message_count, pending_fields: overlay.fields,
  };
}
