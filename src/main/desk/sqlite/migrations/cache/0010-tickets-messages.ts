import type { WriteDb } from '../../connection.ts';

const meta = `
    create table meta (name text primary key, value text not null) without rowid;
`;

const tickets = `
    create table tickets (
      key integer primary key,
      id text not null unique,
      subject text not null,
      requester_id text not null,
      requester_name text not null,
      requester_email text not null,
      status text not null,
      priority text not null,
      category text not null,
      assignee_id text,
      tags text not null,
      snoozed_until integer,
      created_at integer not null,
      updated_at integer not null,
      resolved_at integer,
      version integer not null,
      message_count integer not null,
      activity_at integer not null,
      preview text not null,
      preview_is_staff integer,
      preview_staff_id text,
      last_customer_at integer,
      generation integer not null,
      active integer not null generated always as (status not in ('resolved', 'closed')) stored
    );
    create index tickets_activity on tickets (activity_at desc, id desc);
    create index tickets_assignee on tickets (active, assignee_id, activity_at desc, id desc);
    create index tickets_active on tickets (active, activity_at desc, id desc);
    create index tickets_priority on tickets (active, priority, activity_at desc, id desc);
    create index tickets_status on tickets (status, activity_at desc, id desc);
    create index tickets_requester on tickets (requester_id, activity_at desc);
    create index tickets_snoozed on tickets (snoozed_until) where snoozed_until is not null;
`;

const messages = `
    create table messages (
      key integer primary key,
      id text not null unique,
      ticket_id text not null,
      user_id text,
      staff_id text,
      author_name text not null,
      text text not null,
      is_internal integer not null,
      created_at integer not null,
      client_id text,
      generation integer not null
    );
    create index messages_ticket on messages (ticket_id, key);
    create index messages_client on messages (client_id) where client_id is not null;
`;

const staff = `
    create table staff (id text primary key, name text not null, email text not null,
      role text not null, is_active integer not null) without rowid;
`;

const unread = `
    -- Which tickets have a customer's message that this agent has not seen; derived from the read marks in outbox.db.
    create table unread (ticket_id text primary key, since integer not null) without rowid;
`;

const search = `
    create virtual table message_search
      using fts5(text, content='messages', content_rowid='key',
      tokenize="unicode61 remove_diacritics 2", prefix='2 3');
    create virtual table ticket_search
      using fts5(subject, requester_name, requester_email, tags, content='tickets',
      content_rowid='key', tokenize="unicode61 remove_diacritics 2", prefix='2 3');
`;

/**
 * The copy of the server. `key` is the creation time in microseconds, made unique: an integer that
 * grows with time lets the search index answer newest first without sorting.
 */
export function up(db: WriteDb): void {
  for (const sql of [meta, tickets, messages, staff, unread, search]) db.exec(sql);
}
