import { partsOf } from '../../core/search-text.ts';
import type { WriteDb } from './open.ts';

/** Puts a message into the indexes of the search. */
export function indexMessage(db: WriteDb, key: number, text: string): void {
  db.prepare('insert into message_search (rowid, text) values (?, ?)').run(key, text);
  indexParts(db, 'message_parts', key, text);
}

/** Takes messages out again. An external-content index is told the old text itself, so this goes before the rows. */
export function unindexMessages(db: WriteDb, where: string, bound: string | number): void {
  db.prepare(`delete from message_parts where rowid in (select key from messages where ${where})`).run(bound);
  db.prepare(`insert into message_search (message_search, rowid, text) select 'delete', key, text from messages where ${where}`).run(bound);
}

export interface IndexedTicket { subject: string; requester_name: string; requester_email: string; tags: string }

export function indexTicket(db: WriteDb, key: number, ticket: IndexedTicket): void {
  db.prepare('insert into ticket_search (rowid, subject, requester_name, requester_email, tags) values (?, ?, ?, ?, ?)').run(key, ticket.subject, ticket.requester_name, ticket.requester_email, ticket.tags);
  indexParts(db, 'ticket_parts', key, `${ticket.subject} ${ticket.requester_name}`);
}

export function unindexTicket(db: WriteDb, key: number, ticket: IndexedTicket): void {
  db.prepare("insert into ticket_search (ticket_search, rowid, subject, requester_name, requester_email, tags) values ('delete', ?, ?, ?, ?, ?)")
    .run(key, ticket.subject, ticket.requester_name, ticket.requester_email, ticket.tags);
  db.prepare('delete from ticket_parts where rowid = ?').run(key);
}

function indexParts(db: WriteDb, table: 'message_parts' | 'ticket_parts', key: number, text: string): void {
  const parts = partsOf(text);
  if (parts !== null) db.prepare(`insert into ${table} (rowid, parts) values (?, ?)`).run(key, parts);
}
