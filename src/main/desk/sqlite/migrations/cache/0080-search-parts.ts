import type { WriteDb } from '../../connection.ts';

/**
 * Indexes that search needs beyond words: parts of scripts that are written without spaces, found
 * by pairs of letters that are cut when a text is stored (`like` over a million messages takes
 * seconds; a later step fills them); authors; notes; and the fields of every ticket in one index
 * that is walked newest first.
 */
export function up(db: WriteDb): void {
  const pairs =
    `content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0 categories ` +
    `'L* N* Co M*'", prefix='1'`;
  db.exec(`
    create virtual table message_parts using fts5(parts, ${pairs});
    create virtual table ticket_parts using fts5(parts, ${pairs});
    create index messages_staff on messages (staff_id, key) where staff_id is not null;
    create index messages_notes on messages (ticket_id) where is_internal = 1;
    create index tickets_searched on tickets (activity_at desc, id desc, status, priority, category,
      assignee_id, snoozed_until, requester_id);
  `);
}
