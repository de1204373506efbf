import type { SyncPage } from '../../../contract/wire/api.ts';
import { assertNever } from '../../../core/assert-never.ts';
import { removeMacro } from '../areas/compose/macros.ts';
import { storeMerge } from '../areas/tickets/merged.ts';
import { removeMessage } from '../areas/tickets/message-writes.ts';
import { markRemoved } from '../areas/tickets/removed.ts';
import { removeStaff } from '../areas/tickets/staff.ts';
import { getTicket, removeTicket } from '../areas/tickets/tickets-table.ts';
import { markUnread, unreadSince } from '../areas/tickets/unread.ts';
import type { WriteDb } from '../sqlite/connection.ts';

/** Applies a row of a page that names something the server has removed. */
export function remove(db: WriteDb, gone: SyncPage['removed'][number]): void {
  switch (gone.kind) {
    case 'ticket':
      removeTicketOf(db, gone.id, gone.merged_into ?? null);
      return;
    case 'message':
      removeMessage(db, gone.id);
      markRemoved(db, gone.id);
      return;
    case 'staff':
      removeStaff(db, gone.id);
      return;
    case 'macro':
      removeMacro(db, gone.id);
      return;
    default:
      assertNever(gone.kind);
  }
}

/** Nobody has read what was unread in a ticket because it has become a part of another one. */
function removeTicketOf(db: WriteDb, id: string, into: string | null): void {
  const unread = unreadSince(db, id);
  removeTicket(db, id);
  markRemoved(db, id);
  if (into === null) return;
  storeMerge(db, id, into);
  if (unread !== null && getTicket(db, into)) markUnread(db, into, unread);
}
