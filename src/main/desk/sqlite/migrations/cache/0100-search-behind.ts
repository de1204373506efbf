import type { WriteDb } from '../../connection.ts';

/**
 * Rows are indexed for the search behind the transaction that stores them: FTS5 flushes for every
 * row that is older than the one before, and a full copy goes newest ticket first. What waits is
 * written down with the row. The indexes hold no text of their own and forget by row, so a row may
 * go or change before it was ever indexed. They merge only on request.
 */
export function up(db: WriteDb): void {
  const words = `content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", prefix='2 3'`;
  db.exec(`
    drop table message_search;
    drop table ticket_search;
    create virtual table message_search using fts5(text, ${words});
    create virtual table ticket_search using fts5(subject, requester_name, requester_email, tags, ${words});
    delete from message_parts;
    delete from ticket_parts;
    create table messages_to_index (key integer primary key);
    create table tickets_to_index (key integer primary key);
    insert into messages_to_index (key) select key from messages;
    insert into tickets_to_index (key) select key from tickets;
  `);
  for (const index of ['message_search', 'message_parts', 'ticket_search', 'ticket_parts']) {
    db.exec(`
      insert into ${index} (${index}, rank) values ('automerge', 0);
      insert into ${index} (${index}, rank) values ('crisismerge', 1000);
      insert into ${index} (${index}, rank) values ('usermerge', 8);
      insert into ${index} (${index}, rank) values ('hashsize', 8388608);
    `);
  }
}
